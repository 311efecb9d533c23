#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "runtime/trace/events.h"
#include "runtime/trace/history.h"
#include "tests/runtime/expect_kernels.h"

namespace torch {
namespace runtime {
namespace {

void launch(const char* name) {
  history::add({name, "map", "train.cpp:41", history::now(), 1000, 3, 16});
}

TEST(History, KeepsTheLatestAndCountsAll) {
  const uint64_t before = history::count();
  launch("one");
  launch("two");
  EXPECT_EQ(history::count(), before + 2);
  auto entries = history::entries(before + 1);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].name, "two");
  for (int i = 0; i < 70000; ++i) launch("many");
  entries = history::entries(before);
  EXPECT_EQ(entries.size(), 65536u);
  EXPECT_EQ(entries[0].name, "many");
  history::clear();
  EXPECT_TRUE(history::entries().empty());
  EXPECT_EQ(history::count(), before + 70002);
}

TEST(History, ThreadsAdd) {
  history::clear();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([] {
      for (int i = 0; i < 1000; ++i) launch("k");
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(history::entries().size(), 4000u);
  history::clear();
}

TEST(ExpectKernels, CountsWhatThisThreadLaunches) {
  EXPECT_FALSE(history::enabled());
  EXPECT_KERNELS(2, {
    launch("a");
    launch("b");
    std::thread([] { launch("elsewhere"); }).join();
  });
  EXPECT_KERNELS(0, {});
  EXPECT_FALSE(history::enabled());
  EXPECT_FALSE(launched(1, {}));
}

TEST(Trace, IsValidJsonWithLaunchesAndEvents) {
  history::clear();
  trace::clear();
  history::enable(true);
  launch("bad \xff name");
  {
    trace::Scope scope("compile", "kernel");
    scope.argument("codegen_ms", "4.2");
  }
  history::enable(false);
  { trace::Scope unseen("compile", "off"); }
  const std::string path = ::testing::TempDir() + "/weft_trace.json";
  trace::write_chrome_trace(path);
  std::ifstream file(path);
  const nlohmann::json trace = nlohmann::json::parse(file);
  ASSERT_EQ(trace["traceEvents"].size(), 2u);
  EXPECT_EQ(trace["traceEvents"][0]["cat"], "kernel");
  EXPECT_EQ(trace["traceEvents"][0]["dur"], 1.0);
  EXPECT_EQ(trace["traceEvents"][1]["name"], "kernel");
  std::remove(path.c_str());
}

TEST(Trace, AnUnwritablePathIsSaid) {
  try {
    trace::write_chrome_trace("/nowhere/trace.json");
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("/nowhere/trace.json"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("No such file"), std::string::npos) << e.what();
  }
}
}  // namespace
}  // namespace runtime
}  // namespace torch
