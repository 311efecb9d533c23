// WEFT_VERIFY: a pass, a kernel or a launch list that is wrong is named, with a program that shows
// it; what is right is left in peace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "codegen/compile/kernels.h"
#include "codegen/compile/lowering.h"
#include "codegen/compile/phases.h"
#include "codegen/compile/verify.h"
#include "ir/tensor/import.h"
#include "ir/tensor/ops.h"
#include "mlir/Pass/Pass.h"
#include "passes/fusion/fuse.h"
#include "runtime/executable/kernel_cache.h"
#include "runtime/trace/knobs.h"
#include "tests/codegen/tiers.h"
#include "tests/random/random_graph.h"
#include "tests/reference/graph_builder.h"

namespace torch {
namespace test {
namespace {
using codegen::InternalError;
using codegen::Tier;
using op::GraphBuilder;
using op::Op;
using runtime::Knobs;
using testing::HasSubstr;
namespace weft = mlir::weft;

class Verify : public testing::Test {
 protected:
  void verify(Knobs::Verify how) {
    Knobs changed = runtime::knobs();
    changed.verify = how;
    runtime::set_knobs(changed);
  }
  ~Verify() override {
    runtime::set_knobs(before_);
    runtime::kernel_cache::clear();  // of planted kernels
  }

 private:
  const Knobs before_ = runtime::knobs();
};

template <class Work> InternalError failure_of(Work&& work) {
  try {
    work();
  } catch (const InternalError& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return InternalError("", "", "");
}

std::string text_of(const std::string& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// x + y, then tanh
op::Graph sum_graph(int64_t n) {
  GraphBuilder g;
  const auto x = g.input(f32({n})), y = g.input(f32({n}));
  g.output(g.add(Op::tanh, {g.add(Op::add, {x, y})}));
  return g.graph;
}

// Takes sums for differences.
struct WrongPass : mlir::PassWrapper<WrongPass, mlir::OperationPass<mlir::func::FuncOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(WrongPass)
  llvm::StringRef getArgument() const final { return "wrong"; }
  void runOnOperation() override {
    for (auto add : llvm::make_early_inc_range(getOperation().getOps<weft::AddOp>())) {
      mlir::OpBuilder b(add);
      add.replaceAllUsesWith(
          b.create<weft::SubOp>(add.getLoc(), add.getType(), add.getA(), add.getB()).getResult());
      add.erase();
    }
  }
};

TEST_F(Verify, EachNamesThePassThatChangesValues) {
  const auto context = weft::makeContext();
  const auto wrong = [](mlir::OpPassManager& pm) {
    weft::buildFuse(pm);
    pm.nest<mlir::func::FuncOp>().addPass(std::make_unique<WrongPass>());
  };
  const auto wrong_alone = [](mlir::OpPassManager& pm) {
    pm.addNestedPass<mlir::func::FuncOp>(std::make_unique<WrongPass>());
  };
  auto module = weft::importGraph(context.get(), sum_graph(5));
  weft::runPhase(*module, "simplify", wrong_alone);  // nobody looks

  verify(Knobs::Verify::each);
  module = weft::importGraph(context.get(), sum_graph(5));
  const InternalError error = failure_of([&] { weft::runPhase(*module, "simplify", wrong_alone); });
  EXPECT_EQ(error.phase, "simplify");
  EXPECT_THAT(
      error.what(),
      HasSubstr(
          "internal error in phase simplify: pass wrong changes values: result 1 differs at (0,): "
          "the program before gives "));
  const std::string replay =
      "WEFT_VERIFY=each weft-run " + error.reproducer + " --input random:1 random:2";
  EXPECT_THAT(error.what(), HasSubstr("reproduce with: " + replay));
  EXPECT_EQ(text_of(error.reproducer).rfind("// " + replay + "\n", 0), 0u);
  EXPECT_THAT(text_of(error.reproducer), HasSubstr("weft.add"));
  EXPECT_EQ(std::system(("WEFT_VERIFY=each tools/weft-run " + error.reproducer +
                         " --input random:1 random:2 >/dev/null")
                            .c_str()),
            0);
  std::remove(error.reproducer.c_str());

  module = weft::importGraph(context.get(), sum_graph(5));
  weft::runPhase(*module, "fuse", wrong);  // in kernels it finds no sums
}

// The kernel of the graph's only group is this one from now on.
void plant(const op::Graph& graph, runtime::KernelCode code) {
  const auto context = weft::makeContext();
  auto module = weft::importGraph(context.get(), graph);
  weft::runPhases(*module, true, [](llvm::StringRef) {});
  auto main = module->lookupSymbol<mlir::func::FuncOp>("main");
  const mlir::FailureOr<weft::Lowered> lowered =
      weft::lowerKernel(*main.getOps<weft::KernelOp>().begin(), weft::Backend::cpu);
  ASSERT_TRUE(succeeded(lowered));
  auto kernel = std::make_shared<runtime::Kernel>();
  kernel->name = "planted";
  kernel->kind = "map";
  kernel->code = code;
  bool made = false;
  runtime::kernel_cache::find_or_make(
      weft::keyOf(lowered->launches[0]), [&] { return kernel; }, &made);
  ASSERT_TRUE(made);
}

TEST_F(Verify, EndNamesTheKernelThatIsWrongAndInputsKeepTheirValues) {
  const op::Graph graph = sum_graph(6);
  runtime::kernel_cache::clear();
  plant(graph, [](void* const* buffers, const int64_t*, int64_t, int64_t, void*) {
    for (int i = 0; i < 6; ++i) static_cast<float*>(buffers[2])[i] = i == 4 ? 7 : 0;
  });
  verify(Knobs::Verify::end);
  const auto executable = codegen::compile(graph, Tier::compile);
  Bytes x(24), y(24);
  set_element(x, op::DType::Float, 5, 1);
  const Bytes before = x;
  const void* in[] = {x.data(), y.data()};
  void* out[] = {x.data()};
  ASSERT_TRUE(executable->may_alias(0, 0));
  const InternalError error = failure_of([&] { executable->run(in, out); });
  EXPECT_EQ(error.phase, "loops");
  EXPECT_THAT(error.what(), HasSubstr("internal error in phase loops: kernel add_tanh (map)"));
  EXPECT_THAT(error.what(), HasSubstr("result 1 differs at (4,): the reference tier gives 0 (bits "
                                      "0x00000000), the compiled code "
                                      "gives 7 (bits 0x40e00000); 2 of 6 elements differ; "
                                      "reproduce with: WEFT_VERIFY=each weft-run "));
  EXPECT_THAT(text_of(error.reproducer), HasSubstr("weft.kernel"));
  EXPECT_EQ(
      std::system(
          ("tools/weft-run " + error.reproducer + " --input random:1 random:2 >/dev/null").c_str()),
      0);
  EXPECT_EQ(x, before);
  std::remove(error.reproducer.c_str());
}

// An executable that forgets the last of its kernels.
struct Forgetful : runtime::Executable {
  explicit Forgetful(const op::Graph& graph) {
    input_types = graph.inputs;
    output_types = op::output_types(graph);
  }
  void run(const void* const*, void* const* outputs) const override {
    *static_cast<float*>(outputs[0]) = 3;
  }
  bool may_alias(size_t, size_t) const override { return false; }
};

TEST_F(Verify, WhatNoKernelIsToBlameForIsTheLaunchListsFault) {
  const op::Graph graph = sum_graph(1);
  const auto executable = weft::verified(std::make_unique<Forgetful>(graph), graph, {0, 1});
  const float x = 0.5, y = 0.25;
  float z = 0;
  const void* in[] = {&x, &y};
  void* out[] = {&z};
  const InternalError error = failure_of([&] { executable->run(in, out); });
  EXPECT_EQ(error.phase, "launch");
  EXPECT_THAT(error.what(),
              HasSubstr("internal error in phase launch: result 1 differs at (0,): "));
  std::remove(error.reproducer.c_str());
}

TEST_F(Verify, AnErrorOfTheUserIsNoErrorOfOurs) {
  verify(Knobs::Verify::each);
  GraphBuilder g;
  const auto x = g.input(f32({5})), index = g.input(i64({2}));
  g.output(g.add(Op::index_select, {g.add(Op::neg, {x}), index}, op::attrs::index_select::pack(0)));
  const auto executable = codegen::compile(g.graph, Tier::compile);
  const Bytes values(20);
  Bytes indices(16);
  set_element(indices, op::DType::Long, 1, 5);
  Bytes result(8);
  const void* in[] = {values.data(), indices.data()};
  void* out[] = {result.data()};
  try {
    executable->run(in, out);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const runtime::ValueError& error) {
    EXPECT_STREQ(error.what(), "index 5 is out of bounds for dimension 0 with size 5");
    EXPECT_EQ(error.node, 1u);
  }
  set_element(indices, op::DType::Long, 1, 4);
  executable->run(in, out);
}

TEST_F(Verify, FindsNothingInRandomPrograms) {
  verify(Knobs::Verify::each);
  RandomOptions options;
  options.gradients = true;
  for (uint64_t seed = 0; seed < 25; ++seed) {
    const RandomProgram p = random_program(seed, options);
    EXPECT_NO_THROW(run(p.graph, Tier::compile, p.draw(seed))) << "seed " << seed;
  }
}
}  // namespace
}  // namespace test
}  // namespace torch
