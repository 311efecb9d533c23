// WEFT_MATMUL: plain products go to cuBLASLt where that is wanted, others stay with kernels of our
// own; the results are the same.
#include <gtest/gtest.h>

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

// (2, m, k) times (2, k, n), the second maybe a transposed view.
SmallProgram product(DType dtype, bool transposed, bool with_relu) {
  const int64_t m = 24, n = 40, k = 16;
  SmallProgram p;
  const uint32_t a = p.input(dtype, {2, m, k});
  uint32_t b = transposed ? p.input(dtype, {2, n, k}) : p.input(dtype, {2, k, n});
  if (transposed) b = p.add(op::Op::permute, {b}, op::attrs::permute::pack(op::Dims{0, 2, 1}));
  uint32_t y = p.add(op::Op::matmul, {a, b});
  if (with_relu) y = p.add(op::Op::relu, {y});
  p.graph.outputs = {y};
  return p;
}

bool uses_library(const SmallProgram& p, Knobs::Matmul who) {
  WithMatmul knob(who);
  const std::vector<Bytes> inputs = draw_inputs(p.inputs, 3);
  const std::vector<Bytes> expected = run(p.graph, codegen::Tier::reference, inputs);
  runtime::LaunchedKernels launched;
  const std::vector<Bytes> got = run_on_gpu(p.graph, inputs);
  bool library = false;
  for (const auto& kernel : launched.list())
    library = library || kernel.name.find("cublaslt") != std::string::npos;
  const op::Type type = op::output_types(p.graph)[0];
  EXPECT_EQ(far(type, expected[0], got[0], tolerance(type.dtype)), "");
  return library;
}

TEST(Library, TakesPlainProducts) {
  for (DType dtype : {DType::Float, DType::Double, DType::BFloat16})
    for (bool transposed : {false, true}) {
      SCOPED_TRACE(op::find_dtype(dtype)->ir_name);
      EXPECT_TRUE(uses_library(product(dtype, transposed, false), Knobs::Matmul::cublaslt));
    }
}
// (the emulated one has no algorithm for f16)
TEST(Library, LeavesOthersToOurKernels) {
  EXPECT_EQ(uses_library(product(DType::Half, false, false), Knobs::Matmul::cublaslt),
            runtime::knobs().cuda != Knobs::Cuda::emulate);
  EXPECT_FALSE(uses_library(product(DType::Float, false, true), Knobs::Matmul::cublaslt));
  EXPECT_FALSE(uses_library(product(DType::Half, true, false), Knobs::Matmul::own));
  EXPECT_FALSE(uses_library(product(DType::Float, true, false), Knobs::Matmul::automatic));
}
}  // namespace
}  // namespace test
}  // namespace torch
