// What is said when driver or NVRTC are missing; NVIDIA's stub of the driver and the real NVRTC
// where they are.
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "runtime/cuda/cublaslt.h"
#include "runtime/cuda/driver.h"
#include "runtime/cuda/library.h"
#include "runtime/cuda/nodes.h"
#include "runtime/cuda/program.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

/// The first of the toolkits' folders that has it, or "".
std::string in_toolkit(const std::string& name) {
  for (const std::string& folder : toolkit_folders())
    if (std::filesystem::exists(folder + "/" + name)) return folder + "/" + name;
  return "";
}
bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

TEST(Loading, NoDriver) {
  const FoundDriver found = find_driver({"libcuda_that_is_not_there.so.1"});
  EXPECT_EQ(found.driver, nullptr);
  EXPECT_TRUE(begins(found.absence, "no CUDA driver: libcuda_that_is_not_there.so.1: cannot open"))
      << found.absence;
}

TEST(Loading, ALibraryThatIsNoDriver) {
  EXPECT_TRUE(begins(find_driver({"libc.so.6"}).absence, "CUDA driver too old: "));
  EXPECT_TRUE(begins(find_nvrtc({"libc.so.6"}).absence, "NVRTC too old: "));
}

TEST(Loading, TheStubHasEverySymbolAndNoDevice) {
  const std::string stub = in_toolkit("stubs/libcuda.so");
  if (stub.empty()) GTEST_SKIP() << "no toolkit with a stub of the driver";
  const FoundDriver found = find_driver({stub});
  EXPECT_EQ(found.driver, nullptr);
  EXPECT_TRUE(begins(found.absence, "no usable CUDA driver: cuInit failed (CUDA error: "))
      << found.absence;
}

TEST(Loading, NoNvrtc) {
  const FoundNvrtc found = find_nvrtc({"libnvrtc_that_is_not_there.so"});
  EXPECT_EQ(found.nvrtc, nullptr);
  EXPECT_TRUE(begins(found.absence, "no NVRTC: libnvrtc_that_is_not_there.so: cannot open"))
      << found.absence;
}

TEST(Loading, CublasLtHasEverySymbol) {
  EXPECT_TRUE(begins(find_cublaslt({"libcublasLt_that_is_not_there.so"}).absence, "no cuBLASLt: "));
  EXPECT_TRUE(begins(find_cublaslt({"libc.so.6"}).absence, "cuBLASLt too old: "));
  const std::string library = in_toolkit("libcublasLt.so");
  if (library.empty()) GTEST_SKIP() << "no toolkit with cuBLASLt";
  EXPECT_EQ(find_cublaslt({library}).absence, "");
}

TEST(Loading, SwitchedOffOrAbsentIsSaidOnce) {
  if (driver()) GTEST_SKIP() << "here is a GPU";
  EXPECT_FALSE(absence().empty());
  try {
    required_driver();
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_EQ(std::string(e.what()), "CUDA is not available: " + absence());
  }
}

class RealNvrtc : public testing::Test {
 protected:
  void SetUp() override {
    if (!nvrtc()) GTEST_SKIP() << nvrtc_absence();
  }
};

const KernelSource kScale{"scale", R"(
extern "C" __global__ void scale(const float* a, float* b, i64 n) {
  const i64 i = weft_block() * weft_threads() + weft_thread();
  if (i < n) b[i] = weft_sqrt(a[i]) / 3.0f;
}
)"};
const KernelSource kSum{"sum", R"(
extern "C" __global__ void sum(const float* a, float* b) {
  float v = a[weft_thread()];
  for (int m = 16; m > 0; m /= 2) v += weft_shuffle_xor(v, m);
  if (weft_thread() == 0) *b = v;
}
)"};

TEST_F(RealNvrtc, CompilesForEveryGeneration) {
  for (const char* arch : {"sm_80", "sm_90a", "sm_100"}) {
    const Compiled made = compile_for(arch, {kScale, kSum});
    EXPECT_EQ(made.image.substr(1, 3), "ELF") << arch;
    ASSERT_EQ(made.resources.size(), 2u) << made.log;
    for (const Resources& r : made.resources) {
      EXPECT_TRUE(r.name == "scale" || r.name == "sum") << r.name;
      EXPECT_GT(r.registers, 0);
      EXPECT_LE(r.registers, 40);
      EXPECT_EQ(r.spill_store_bytes + r.spill_load_bytes, 0);
    }
  }
  EXPECT_NE(compile_for("compute_90", {kScale}).image.find(".entry scale"), std::string::npos);
}

/// The kernel that prepares runs, and one that does many launches in one.
TEST_F(RealNvrtc, CompilesWhatRunsBeginWith) {
  const KernelSource many{"copy_many", R"(
extern "C" __global__ void copy_many(const __grid_constant__ weft_table<32, 3> t) {
  const int row = t.row();
  const u64* v = t.values + 3 * row;
  const i64 i = t.block(row) * weft_threads() + weft_thread();
  if (i < (i64)v[2]) ((float*)v[1])[i] = ((const float*)v[0])[i];
}
)"};
  for (const char* arch : {"sm_80", "sm_90a", "sm_100"}) {
    const Compiled made = compile_for(arch, {{kPrepareName, kPrepareText}, many});
    for (const Resources& r : made.resources)
      EXPECT_EQ(r.stack_bytes + r.spill_store_bytes + r.spill_load_bytes, 0) << r.name << arch;
  }
}

TEST_F(RealNvrtc, CompilesOnManyThreads) {
  const std::string expected = compile_for("sm_90a", {kScale, kSum}).image;
  std::vector<std::string> images(4);
  std::vector<std::thread> threads;
  for (std::string& image : images)
    threads.emplace_back([&image] { image = compile_for("sm_90a", {kScale, kSum}).image; });
  for (std::thread& t : threads) t.join();
  for (const std::string& image : images) EXPECT_EQ(image.size(), expected.size());
}

TEST_F(RealNvrtc, SaysWhatIsWrong) {
  try {
    compile_for("sm_80", {{"bad", "extern \"C\" __global__ void bad() { nonsense(); }"}});
    FAIL();
  } catch (const std::runtime_error& e) {
    const std::string what = e.what();
    EXPECT_TRUE(begins(what, "NVRTC refuses a kernel (bad) for sm_80: ")) << what;
    EXPECT_NE(what.find("bad(1): error: identifier \"nonsense\" is undefined"), std::string::npos)
        << what;
  }
}

TEST(Arch, TheDevicesOwnOrTheNewestPtx) {
  Nvrtc n;
  n.archs = {75, 80, 86, 90, 100, 120};
  n.major = 13;
  EXPECT_EQ(arch_for(n, 8, 0), "sm_80");
  EXPECT_EQ(arch_for(n, 9, 0), "sm_90a");
  EXPECT_EQ(arch_for(n, 10, 0), "sm_100a");
  EXPECT_EQ(arch_for(n, 12, 0), "sm_120");
  EXPECT_EQ(arch_for(n, 8, 7), "sm_86");
  EXPECT_EQ(arch_for(n, 13, 1), "compute_120");
  try {
    arch_for(n, 7, 0);
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(
        e.what(),
        "NVRTC 13.0 does not compile for sm_70, which this device is; its oldest is sm_75");
  }
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
