/// A program through passes and back, and its values by the reference tier.
#pragma once
#include "tests/ops/op_case.h"

namespace mlir {
class OpPassManager;
}

namespace torch {
namespace test {

/// Imports, runs the pipeline that `build` makes (verifying after each pass), exports. Throws
/// std::runtime_error with the diagnostics.
op::Graph transform(const op::Graph& graph, void (*build)(mlir::OpPassManager&));

/// The outputs of a graph by the reference tier.
std::vector<Bytes> evaluate(const op::Graph& graph, const std::vector<Bytes>& inputs);
}  // namespace test
}  // namespace torch
