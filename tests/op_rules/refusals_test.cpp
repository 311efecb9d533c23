// Every rule refuses what its rows say, for every op that has it; every op refuses operands of
// another number and element types that it does not take.
#include "tests/op_rules/refusals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace torch {
namespace test {
namespace {
using testing::HasSubstr;

std::string sentence(const OpCase& c) {
  std::vector<const op::Type*> types;
  for (const Input& i : c.inputs) types.push_back(&i.type);
  op::Types results;
  return op::infer(c.op, {types.data(), types.size()}, c.attrs, results);
}

std::vector<OpCase> cases_of(op::Op op) {
  std::vector<OpCase> found;
  for (const OpCase& c : op_cases())
    if (c.op == op && !c.body) found.push_back(c);
  return found;
}

class Refusals : public testing::TestWithParam<op::Op> {};

TEST_P(Refusals, AreMadeByTheRule) {
  const op::OpInfo& info = op::info(GetParam());
  const int operands = info.num_operands;
  bool any = false;
  for (const Refusal& row : refusals()) {
    if (row.rule != info.rule) continue;
    bool said = false, applies = false;
    std::string got;
    for (OpCase c : cases_of(GetParam())) {
      if (!row.change(c)) continue;
      applies = true;
      got = sentence(c);
      // A case may be wrong in another way, too, or not at all (a dim 9 of ten).
      said |= got.find(row.sentence) != std::string::npos;
    }
    any |= said;
    if (applies) EXPECT_TRUE(said) << row.what << ": the last case says \"" << got << "\"";
    // Rows about a second or third operand say nothing of ops without.
    else EXPECT_TRUE(operands >= 0 && operands < 3) << row.what << " never happens";
  }
  EXPECT_TRUE(any || info.rule == &op::rules::detach) << "no row refuses anything";
}

TEST_P(Refusals, OfElementTypes) {
  for (OpCase c : cases_of(GetParam())) {
    if (c.inputs.empty()) continue;
    for (op::DType d : all_dtypes) {
      if (op::takes(GetParam(), d)) continue;
      for (Input& i : c.inputs) i.type.dtype = d;
      EXPECT_THAT(sentence(c),
                  testing::AllOf(HasSubstr("not implemented for '"),
                                 HasSubstr(op::find_dtype(d)->enum_name), HasSubstr("expected ")));
    }
    for (Input& i : c.inputs) i.type.dtype = op::DType::Undefined;
    EXPECT_THAT(sentence(c), HasSubstr("without element type"));
    break;
  }
}

TEST_P(Refusals, OfOperandsAndAttributes) {
  const int operands = op::info(GetParam()).num_operands;
  const OpCase c = cases_of(GetParam()).front();
  OpCase more = c, fewer = c, longer = c, shorter = c;
  if (operands >= 0) {
    more.inputs.push_back({f64(), {}});
    EXPECT_THAT(sentence(more), HasSubstr("got " + std::to_string(operands + 1) + " operands"));
  }
  if (operands > 0) {
    fewer.inputs.pop_back();
    EXPECT_THAT(sentence(fewer), HasSubstr("expected " + std::to_string(operands)));
  }
  longer.attrs.push_back(0);
  EXPECT_EQ(sentence(longer), "malformed attributes");
  if (c.attrs.empty()) return;
  shorter.attrs.pop_back();
  EXPECT_EQ(sentence(shorter), "malformed attributes");
}

std::vector<op::Op> ops() {
  std::vector<op::Op> found;
  for (op::Op op : ops_with_cases())
    if (op::info(op).rule) found.push_back(op);
  return found;
}
INSTANTIATE_TEST_SUITE_P(Ops, Refusals, testing::ValuesIn(ops()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace

const std::vector<Refusal>& refusals() {
  static const std::vector<Refusal> all = [] {
    std::vector<Refusal> rows;
    add_elementwise_refusals(rows);
    add_reduction_refusals(rows);
    add_contraction_refusals(rows);
    add_window_refusals(rows);
    add_view_refusals(rows);
    add_indexing_refusals(rows);
    add_creation_refusals(rows);
    add_control_refusals(rows);
    return rows;
  }();
  return all;
}
}  // namespace test
}  // namespace torch
