/// Programs and their gradients, and central differences to check them by.
#pragma once
#include <gtest/gtest.h>

#include "tests/passes/transform.h"

namespace torch {
namespace test {

/// A program and what its inputs may hold.
struct Program {
  op::Graph graph;
  std::vector<Input> inputs;
};

/// The ops with cases that have gradients.
std::vector<op::Op> differentiable_ops();
inline bool is_differentiated(const Input& i) { return op::is_float(i.type.dtype) && !i.fixed; }

/// Makes the cotangents of the differentiated inputs the outputs of `p`, by a weft.grad. The
/// cotangents of what were the (floating) outputs become inputs, behind the others. False when
/// there is nothing to differentiate.
bool differentiate(Program& p);
/// Through autodiff; and through simplify.
op::Graph expand(const op::Graph& g);
op::Graph expand_and_simplify(const op::Graph& g);

/// Checks `gradient`, an expanded differentiate() of `function`, element by element.
void compare(const std::string& name, const Program& function, const Program& gradient);
/// Checks it (all f64) along one direction, whose numbers the seed says.
void compare_along(uint64_t seed, const Program& function, const Program& gradient);
}  // namespace test
}  // namespace torch
