#include "runtime/trace/knobs.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>

namespace torch {
namespace runtime {
namespace {

std::map<std::string, std::string> environment;
const char* lookup(const char* name) {
  auto at = environment.find(name);
  return at == environment.end() ? nullptr : at->second.c_str();
}

TEST(Knobs, DefaultsWhenNothingIsSet) {
  environment.clear();
  Knobs k = parse_knobs(lookup);
  EXPECT_EQ(k.threads, 0);
  EXPECT_EQ(k.tier, Knobs::Tier::automatic);
  EXPECT_EQ(k.cpu, "native");
  EXPECT_EQ(k.verify, Knobs::Verify::off);
  EXPECT_TRUE(k.fuse);
  EXPECT_FALSE(k.guards());
  EXPECT_EQ(k.cuda, Knobs::Cuda::automatic);
  EXPECT_TRUE(k.cuda_graphs);
  EXPECT_EQ(k.matmul, Knobs::Matmul::automatic);
  EXPECT_TRUE(k.tune);
  EXPECT_FALSE(k.logs("compiles"));
}

TEST(Knobs, EveryVariableIsRead) {
  environment = {{"WEFT_THREADS", "3"},
                 {"WEFT_TIER", "reference"},
                 {"WEFT_CPU", "v3"},
                 {"WEFT_VERIFY", "each"},
                 {"WEFT_GUARD", "1"},
                 {"WEFT_FUSE", "0"},
                 {"WEFT_CUDA", "emulate"},
                 {"WEFT_CUDA_GRAPHS", "0"},
                 {"WEFT_CUDA_CACHE", "/tmp/kernels"},
                 {"WEFT_MATMUL", "own"},
                 {"WEFT_TUNE", "0"},
                 {"WEFT_LOG", "compiles,barriers"},
                 {"WEFT_DUMP", "/tmp/x"}};
  Knobs k = parse_knobs(lookup);
  EXPECT_EQ(k.threads, 3);
  EXPECT_EQ(k.tier, Knobs::Tier::reference);
  EXPECT_EQ(k.cpu, "x86-64-v3");
  EXPECT_EQ(k.verify, Knobs::Verify::each);
  EXPECT_FALSE(k.fuse);
  EXPECT_EQ(k.guard, Knobs::Guard::end);
  EXPECT_EQ(k.cuda, Knobs::Cuda::emulate);
  EXPECT_FALSE(k.cuda_graphs);
  EXPECT_EQ(k.cuda_cache, "/tmp/kernels");
  EXPECT_EQ(k.matmul, Knobs::Matmul::own);
  EXPECT_FALSE(k.tune);
  EXPECT_TRUE(k.logs("compiles"));
  EXPECT_TRUE(k.logs("barriers"));
  EXPECT_FALSE(k.logs("kernels"));
  EXPECT_EQ(k.dump, "/tmp/x");
}

TEST(Knobs, NonsenseIsRefusedWithWhatWasExpected) {
  for (auto [name, value] : std::map<std::string, std::string>{{"WEFT_THREADS", "0"},
                                                               {"WEFT_TIER", "refrence"},
                                                               {"WEFT_CPU", "pentium"},
                                                               {"WEFT_VERIFY", "yes"},
                                                               {"WEFT_GUARD", "on"},
                                                               {"WEFT_FUSE", "yes"},
                                                               {"WEFT_CUDA", "yes"},
                                                               {"WEFT_CUDA_GRAPHS", "on"},
                                                               {"WEFT_MATMUL", "mine"},
                                                               {"WEFT_TUNE", "always"},
                                                               {"WEFT_LOG", "compiles,barrier"}}) {
    environment = {{name, value}};
    try {
      parse_knobs(lookup);
      FAIL() << name;
    } catch (const std::invalid_argument& e) {
      EXPECT_NE(std::string(e.what()).find(name + ": got \""), std::string::npos) << e.what();
      EXPECT_NE(std::string(e.what()).find("expected"), std::string::npos) << e.what();
    }
  }
}

TEST(Knobs, SetByApi) {
  const Knobs before = knobs();
  Knobs changed = before;
  changed.log = "all";
  set_knobs(changed);
  EXPECT_TRUE(knobs().logs("memory"));
  changed.cpu = "z80";
  EXPECT_THROW(set_knobs(changed), std::invalid_argument);
  set_knobs(before);
}
}  // namespace
}  // namespace runtime
}  // namespace torch
