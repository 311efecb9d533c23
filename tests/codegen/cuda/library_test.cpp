// WEFT_MATMUL: products go to cuBLASLt where that is wanted or faster, others stay with kernels of
// our own; the results are the same.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "codegen/compile/choose.h"
#include "runtime/cuda/emulate/emulate.h"
#include "runtime/trace/knobs.h"
#include "tests/codegen/cuda/device.h"
#include "tests/codegen/cuda/small_program.h"
#include "tests/codegen/tiers.h"
#include "tests/runtime/expect_kernels.h"

namespace torch {
namespace test {
namespace {
using op::DType;
using runtime::Knobs;

// Choices are kept here.
const std::string& folder() {
  static const std::string path =
      std::string(std::getenv("TEST_TMPDIR") ? std::getenv("TEST_TMPDIR") : "/tmp") +
      "/weft_choices_" + std::to_string(getpid());
  return path;
}
const bool set = setenv("WEFT_CUDA_CACHE", folder().c_str(), 1) == 0;

class WithMatmul {
 public:
  explicit WithMatmul(Knobs::Matmul who) {
    Knobs changed = before_;
    changed.matmul = who;
    runtime::set_knobs(changed);
  }
  ~WithMatmul() { runtime::set_knobs(before_); }

 private:
  const Knobs before_ = runtime::knobs();
};

struct Around {
  bool transposed = false;  // the right operand is a transposed view
  bool cast = false;        // operands are f32, cast
  bool epilogue = false;    // a bias, relu and a residual behind it
};
// (2, m, k) times (2, k, n).
SmallProgram product(DType dtype, Around around) {
  const int64_t m = 24, n = 40, k = 16;
  const DType stored = around.cast ? DType::Float : dtype;
  SmallProgram p;
  uint32_t a = p.input(stored, {2, m, k});
  uint32_t b = around.transposed ? p.input(stored, {2, n, k}) : p.input(stored, {2, k, n});
  const uint32_t bias = p.input(dtype, {n}), residual = p.input(dtype, {2, m, n});
  if (around.cast)
    for (uint32_t* x : {&a, &b}) *x = p.add(op::Op::cast, {*x}, op::attrs::cast::pack(dtype));
  if (around.transposed)
    b = p.add(op::Op::permute, {b}, op::attrs::permute::pack(op::Dims{0, 2, 1}));
  uint32_t y = p.add(op::Op::matmul, {a, b});
  if (around.epilogue) {
    const uint32_t wide =
        p.add(op::Op::expand, {bias}, op::attrs::expand::pack(op::Dims{2, m, n}));
    y = p.add(op::Op::add, {p.add(op::Op::relu, {p.add(op::Op::add, {y, wide})}), residual});
  }
  p.graph.outputs = {y};
  return p;
}

// Who did it: "cublaslt", "product", ...; the results are the reference tier's.
std::vector<std::string> kernels_of(const SmallProgram& p, Knobs::Matmul who) {
  WithMatmul knob(who);
  const std::vector<Bytes> inputs = draw_inputs(p.inputs, 3);
  const std::vector<Bytes> expected = run(p.graph, codegen::Tier::reference, inputs);
  runtime::LaunchedKernels launched;
  const std::vector<Bytes> got = run_on_gpu(p.graph, inputs);
  std::vector<std::string> names;
  for (const auto& kernel : launched.list()) names.push_back(kernel.name);
  const op::Type type = op::output_types(p.graph)[0];
  EXPECT_EQ(far(type, expected[0], got[0], tolerance(type.dtype)), "");
  return names;
}
bool uses_library(const SmallProgram& p, Knobs::Matmul who) {
  for (const std::string& name : kernels_of(p, who))
    if (name.find("cublaslt") != std::string::npos) return true;
  return false;
}

TEST(Library, TakesProductsWithWhatIsAroundThem) {
  for (DType dtype : {DType::Float, DType::Double, DType::BFloat16})
    for (bool transposed : {false, true})
      for (bool cast : {false, true})
        for (bool epilogue : {false, true}) {
          SCOPED_TRACE(op::find_dtype(dtype)->ir_name + std::string(transposed ? " t" : "") +
                       (cast ? " cast" : "") + (epilogue ? " epilogue" : ""));
          const SmallProgram p = product(dtype, {transposed, cast, epilogue});
          const bool casts = cast && dtype != DType::Float;
          const std::vector<std::string> names = kernels_of(p, Knobs::Matmul::cublaslt);
          EXPECT_EQ(std::count_if(names.begin(), names.end(),
                                  [](const std::string& n) {
                                    return n.find("cublaslt") != std::string::npos;
                                  }),
                    1);
          EXPECT_EQ(names.size(), 1u + 2 * casts + epilogue);
        }
}
// (the emulated one has no algorithm for f16)
TEST(Library, LeavesOthersToOurKernels) {
  EXPECT_EQ(uses_library(product(DType::Half, {}), Knobs::Matmul::cublaslt),
            runtime::knobs().cuda != Knobs::Cuda::emulate);
  EXPECT_FALSE(uses_library(product(DType::Half, {true}), Knobs::Matmul::own));
  EXPECT_FALSE(uses_library(product(DType::Float, {true}), Knobs::Matmul::automatic));
}

// What is chosen follows from the times, and stays.
class Choice : public ::testing::Test {
 protected:
  void SetUp() override {
    if (runtime::knobs().cuda != Knobs::Cuda::emulate) GTEST_SKIP() << "times are given";
  }
  void TearDown() override { mlir::weft::setStopwatch(nullptr); }
  // As in a new process.
  void times(double own, double next, double library) {
    mlir::weft::setStopwatch([=, this](const std::string&, const std::string& way) {
      asked_.push_back(way);
      if (way == "cublaslt") return library;
      return way == first_ || first_.empty() ? (first_ = way, own) : next;
    });
    asked_.clear();
    first_.clear();
  }
  bool library(const SmallProgram& p) { return uses_library(p, Knobs::Matmul::automatic); }
  std::vector<std::string> asked_;
  std::string first_;
};
SmallProgram of_size(int64_t m) {
  SmallProgram p;
  const uint32_t a = p.input(DType::BFloat16, {m, 64}), b = p.input(DType::BFloat16, {64, 48});
  p.graph.outputs = {p.add(op::Op::matmul, {a, b})};
  return p;
}
// In a loop: the weight, which stays, is cast once.
SmallProgram recurrent() {
  const int64_t n = 16, steps = 3;
  const op::Type state(DType::BFloat16, {n, n});
  SmallProgram body;
  const uint32_t h = body.input(DType::BFloat16, {n, n}), x = body.input(DType::BFloat16, {n, n}),
                 w = body.input(DType::Float, {n, n});
  const uint32_t half = body.add(op::Op::cast, {w}, op::attrs::cast::pack(DType::BFloat16));
  body.graph.outputs = {
      body.add(op::Op::tanh, {body.add(op::Op::add, {body.add(op::Op::matmul, {h, half}), x})})};
  SmallProgram p;
  const uint32_t first = p.input(DType::BFloat16, {n, n}),
                 xs = p.input(DType::BFloat16, {steps, n, n}), by = p.input(DType::Float, {n, n});
  op::GraphNode scan;
  scan.op = op::Op::scan;
  scan.operands = {first, xs, by};
  scan.attrs = op::attrs::scan::pack(1, 1, false);
  scan.results = {state};
  scan.body = std::make_shared<op::Graph>(body.graph);
  p.graph.nodes.push_back(scan);
  p.graph.outputs = {3};
  return p;
}
void damage(const std::string& content) {
  for (const auto& file : std::filesystem::directory_iterator(folder()))
    if (std::ofstream out(file.path(), std::ios::binary); file.file_size() < 600) out << content;
}

TEST_F(Choice, FollowsTheTimes) {
  times(2, 2, 1);
  EXPECT_TRUE(library(of_size(33)));
  EXPECT_TRUE(library(recurrent()));
  times(2, 2, 1);
  EXPECT_TRUE(library(of_size(33)));
  times(1, 1, 2);
  EXPECT_FALSE(library(of_size(34)));
  times(1, 1, 0.99);  // not worth it
  EXPECT_FALSE(library(of_size(35)));
}
TEST_F(Choice, StaysInAProcessAndOnDisk) {
  times(2, 2, 1);
  EXPECT_TRUE(library(of_size(40)));
  asked_.clear();
  EXPECT_TRUE(library(of_size(40)));
  EXPECT_TRUE(asked_.empty());
  times(1, 1, 2);
  EXPECT_TRUE(library(of_size(40)));  // from disk
  EXPECT_TRUE(asked_.empty());
  EXPECT_FALSE(library(of_size(41)));
}
TEST_F(Choice, DamagedFilesAreIgnored) {
  const std::string header("weftcub1\x05\0\0\0\0\0\0\0", 16);
  for (const std::string& content : {std::string(), std::string("nonsense"), header + ": own",
                                     std::string(header) + "other"}) {
    times(2, 2, 1);
    EXPECT_TRUE(library(of_size(50)));
    damage(content);
    times(1, 1, 2);
    EXPECT_FALSE(library(of_size(50)));
    EXPECT_FALSE(asked_.empty());
    damage(content);
  }
}
TEST_F(Choice, IsARuleWhereNothingIsMeasured) {
  times(2, 2, 1);
  Knobs changed = runtime::knobs();
  changed.tune = false;
  runtime::set_knobs(changed);
  EXPECT_FALSE(library(of_size(60)));  // in emulation: our own
  EXPECT_TRUE(asked_.empty());
  changed.tune = true;
  runtime::set_knobs(changed);
}
// By the clock of what runs, each way on memory of its own, which is given back.
TEST_F(Choice, MayMeasure) {
  times(-1, -1, -1);
  const size_t held = runtime::memory_statistics(kGpu).allocated;
  const uint64_t kernels = runtime::cuda::emulate::calls().kernels;
  library(product(DType::BFloat16, {true, false, true}));
  EXPECT_GE(asked_.size(), 2u);
  EXPECT_GE(runtime::cuda::emulate::calls().kernels - kernels, 4u);
  EXPECT_EQ(runtime::memory_statistics(kGpu).allocated, held);
  library(recurrent());
}
// Programs of one process that meet the same products, and their order.
TEST_F(Choice, OfManyProducts) {
  times(2, 2, 1);
  SmallProgram p;
  const uint32_t a = p.input(DType::BFloat16, {70, 64}), b = p.input(DType::BFloat16, {64, 64});
  uint32_t y = a;
  for (int i = 0; i < 4; ++i) y = p.add(op::Op::matmul, {y, b});
  p.graph.outputs = {y};
  EXPECT_TRUE(library(p));
  EXPECT_LE(asked_.size(), 3u);
}
}  // namespace
}  // namespace test
}  // namespace torch
