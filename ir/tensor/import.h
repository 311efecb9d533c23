/// The recorder's neutral program (op::Graph) as MLIR and back.
#pragma once
#include <optional>

#include "ir/op/graph.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::weft {

/// A module with func.func @main: arguments are the graph's inputs, results its outputs. Loads the
/// dialects that it needs. A location is file:line, in a NameLoc with the scope when there is one,
/// in a FusedLoc with the number of the node (those of a body: of its owner). Throws RuleError when
/// the graph breaks a shape rule.
OwningOpRef<ModuleOp> importGraph(MLIRContext *context, const ::torch::op::Graph &graph);

/// The way back, for a function of weft ops in one block; the bodies of kernels take the place of
/// their kernels. An op or type that no graph can hold is a diagnostic and failure. `recorded`: for
/// each node, the one it stands for in the graph that was imported (nodeOf).
FailureOr<::torch::op::Graph> exportGraph(func::FuncOp func,
                                          std::vector<uint32_t>* recorded = nullptr);

/// A location of ours as MLIR's, and back: of a fused location the first with a file, scopes from
/// the outside in.
Location toMlir(MLIRContext *context, const ::torch::op::SourceLocation &location);
::torch::op::SourceLocation toSourceLocation(Location location);

/// `location`, with the number of a node of the imported graph; and the number, of a fused location
/// the first.
Location withNode(Location location, uint32_t node);
std::optional<uint32_t> nodeOf(Location location);
}  // namespace mlir::weft
