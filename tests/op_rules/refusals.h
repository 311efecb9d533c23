/// What shape rules refuse: a row is a rule, what makes one of its cases (tests/ops) wrong, and a
/// piece of the sentence that says so. It holds for every op of the rule.
#pragma once
#include <functional>

#include "ir/op/shape.h"
#include "tests/ops/op_case.h"

namespace torch {
namespace test {

/// Makes a case wrong; false where it says nothing of this one.
using Change = std::function<bool(OpCase&)>;
struct Refusal {
  op::ShapeRule rule;
  const char* what;
  Change change;
  const char* sentence;
};

const std::vector<Refusal>& refusals();
void add_elementwise_refusals(std::vector<Refusal>& rows);
void add_reduction_refusals(std::vector<Refusal>& rows);
void add_contraction_refusals(std::vector<Refusal>& rows);
void add_window_refusals(std::vector<Refusal>& rows);
void add_view_refusals(std::vector<Refusal>& rows);
void add_indexing_refusals(std::vector<Refusal>& rows);
void add_creation_refusals(std::vector<Refusal>& rows);
void add_control_refusals(std::vector<Refusal>& rows);

// The changes. Operands and dims count from 0, dims from the back when negative.
/// The operands have these sizes, those behind them none.
Change sizes(std::vector<op::Dims> dims);
/// Operand `i` has one element more along `dim`; one more dim (a leading 1); one dim less.
Change grown(size_t i, int dim);
Change deeper(size_t i);
Change flatter(size_t i);
Change scalar(size_t i);
/// Of this element type; of any other than it has.
Change typed(size_t i, op::DType dtype);
Change other_type(size_t i);
/// Only the first `count` operands.
Change only(size_t count);
/// A list attribute; one element longer; with this element first, or last.
Change list(const char* name, op::Dims values);
Change longer(const char* name);
Change first(const char* name, int64_t value);
Change last(const char* name, int64_t value);
/// A number; an element type.
Change number(const char* name, int64_t value);
Change dtype(const char* name, op::DType dtype);
/// One after the other.
Change both(Change a, Change b);
}  // namespace test
}  // namespace torch
