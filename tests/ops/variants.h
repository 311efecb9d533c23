/// What follows from a case: the same op with operands of no dims and of no elements, where its
/// shape rule lets them be, and with operands that are views.
#pragma once
#include "tests/ops/op_case.h"

namespace torch {
namespace test {

/// The case with one of its operands, and with all of them, 0-dim.
std::vector<OpCase> scalar_variants(const OpCase& c);
/// The case with dims of size 0, in every position; its lists of sizes (reshape, expand, slice ...)
/// go along.
std::vector<OpCase> empty_variants(const OpCase& c);

/// How operands lie in memory.
enum class Layout {
  strided,   // transposed, every second element from the second on; 0-dim ones behind an offset
  expanded,  // stride 0 along every second dim
};
constexpr Layout all_layouts[] = {Layout::strided, Layout::expanded};

/// A case behind the views that make its operands from the inputs.
struct LaidOut {
  std::string name;
  op::Graph graph;
  std::vector<Input> inputs;
};
/// The numbers are the case's (`seed`); what no view shows is nan, or an index out of range.
/// Operands whose numbers are listed, each in its place, are never expanded.
LaidOut lay_out(const OpCase& c, Layout layout, uint64_t seed);
}  // namespace test
}  // namespace torch
