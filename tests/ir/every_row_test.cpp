// Every row of the op table has an example in every_op.mlir, and an op class of its own.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "ir/op/op.h"
#include "ir/tensor/ops.h"
#include "mlir/IR/MLIRContext.h"

namespace mlir::weft {
namespace op = ::torch::op;

TEST(EveryRow, HasAnExample) {
  std::ifstream file("tests/ir/every_op.mlir");
  std::stringstream text;
  text << file.rdbuf();
  ASSERT_FALSE(text.str().empty());
  for (size_t i = 0; i < op::op_count(); ++i) {
    const std::string name = std::string("weft.") + op::name(static_cast<op::Op>(i)) + " ";
    EXPECT_NE(text.str().find(name), std::string::npos) << "tests/ir/every_op.mlir has no example of " << name;
  }
}

TEST(EveryRow, HasAClassThatAgrees) {
  MLIRContext context;
  context.loadDialect<WeftDialect>();
  for (size_t i = 0; i < op::op_count(); ++i) {
    const op::OpInfo &row = op::info(static_cast<op::Op>(i));
    const OperationName name("weft." + std::string(row.name), &context);
    ASSERT_TRUE(name.isRegistered()) << row.name;
    EXPECT_EQ(name.hasTrait<ShapeRule>(), row.rule != nullptr) << row.name;
    // Control ops that autodiff treats itself need neither a vjp nor the trait.
    if (row.family == op::Family::control) continue;
    EXPECT_NE(name.hasInterface<DifferentiableOp>(), name.hasTrait<NoGradient>())
        << row.name << ": expected either a vjp or the trait NoGradient";
    EXPECT_EQ(row.differentiable, name.hasInterface<DifferentiableOp>()) << row.name;
  }
}
}  // namespace mlir::weft
