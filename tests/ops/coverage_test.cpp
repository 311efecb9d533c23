// Every op of the table has cases; every case is one.
#include <gtest/gtest.h>

#include <set>

#include "tests/ops/op_case.h"

namespace torch {
namespace test {

TEST(OpCases, EveryOpHasOne) {
  // What stands above single ops has tests of its own: gradients (tests/passes), kernels
  // (tests/codegen).
  const std::set<std::string> others = {"check_divisor", "check_index", "check_required", "grad", "kernel", "yield"};
  std::set<op::Op> seen;
  for (const OpCase& c : op_cases()) seen.insert(c.op);
  for (size_t i = 0; i < op::op_count(); ++i) {
    const op::Op op = static_cast<op::Op>(i);
    if (!others.count(op::name(op)))
      EXPECT_TRUE(seen.count(op)) << op::name(op) << " has no case in tests/ops";
  }
}

TEST(OpCases, EveryCaseKeepsItsShapeRule) {
  for (const OpCase& c : op_cases()) {
    EXPECT_NO_THROW(c.graph()) << c.name();
    const auto once = draw_inputs(c.inputs, 1), again = draw_inputs(c.inputs, 1);
    EXPECT_EQ(once, again) << c.name();
  }
}

TEST(OpCases, UnsupportedElementTypesAreRefused) {
  for (const OpCase& c : op_cases()) {
    if (std::string(op::info(c.op).types) != "float") continue;
    EXPECT_TRUE(retyped(c, op::DType::Long).empty()) << c.name();
    EXPECT_TRUE(retyped(c, op::DType::Bool).empty()) << c.name();
  }
}
}  // namespace test
}  // namespace torch
