#include "runtime/executable/kernel_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace torch {
namespace runtime {
namespace {

std::shared_ptr<const Kernel> named(const std::string& name) {
  auto kernel = std::make_shared<Kernel>();
  kernel->name = name;
  kernel->kind = "map";
  return kernel;
}

TEST(KernelKey, IsMurmurHash3) {
  EXPECT_EQ(kernel_key(""), (KernelKey{0, 0}));
  // From the reference implementation.
  EXPECT_EQ(kernel_key("hello"), (KernelKey{0xcbd8a7b341bd9b02ull, 0x5b1e906a48ae1d19ull}));
  EXPECT_EQ(kernel_key("The quick brown fox jumps over the lazy dog"),
            (KernelKey{0xe34bbc7bbc071b6cull, 0x7a433ca9c49a9347ull}));
}

TEST(KernelCache, MakesOnce) {
  kernel_cache::clear();
  bool made = false;
  auto a = kernel_cache::find_or_make(kernel_key("a"), [] { return named("a"); }, &made);
  EXPECT_TRUE(made);
  auto again = kernel_cache::find_or_make(kernel_key("a"), [] { return named("other"); }, &made);
  EXPECT_FALSE(made);
  EXPECT_EQ(a, again);
}

TEST(KernelCache, OneOfManyThreadsMakesIt) {
  kernel_cache::clear();
  std::atomic<int> made{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      auto k = kernel_cache::find_or_make(kernel_key("slow"), [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ++made;
        return named("slow");
      });
      EXPECT_EQ(k->name, "slow");
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(made, 1);
}

TEST(KernelCache, AFailureIsNotKept) {
  kernel_cache::clear();
  auto fail = []() -> std::shared_ptr<const Kernel> { throw std::runtime_error("no"); };
  EXPECT_THROW(kernel_cache::find_or_make(kernel_key("x"), fail), std::runtime_error);
  EXPECT_EQ(kernel_cache::find_or_make(kernel_key("x"), [] { return named("x"); })->name, "x");
}

TEST(KernelCache, TheOneUsedLongestAgoGoes) {
  kernel_cache::clear();
  kernel_cache::set_capacity(2);
  auto get = [](const char* name) {
    bool made;
    kernel_cache::find_or_make(kernel_key(name), [&] { return named(name); }, &made);
    return made;
  };
  const uint64_t evicted = kernel_cache::statistics().evicted;
  EXPECT_TRUE(get("a"));
  EXPECT_TRUE(get("b"));
  EXPECT_FALSE(get("a"));
  EXPECT_TRUE(get("c"));
  EXPECT_FALSE(get("a"));
  EXPECT_TRUE(get("b"));
  EXPECT_EQ(kernel_cache::statistics().kernels, 2u);
  EXPECT_EQ(kernel_cache::statistics().evicted, evicted + 2);
  kernel_cache::set_capacity(4096);
}
}  // namespace
}  // namespace runtime
}  // namespace torch
