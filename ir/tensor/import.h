/// The recorder's neutral program (op::Graph) as MLIR and back.
#pragma once
#include "ir/op/graph.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::weft {

/// A module with func.func @main: arguments are the graph's inputs, results its outputs. Loads the dialects that it
/// needs. A location is file:line, in a NameLoc with the scope when there is one. Throws RuleError when the graph breaks
/// a shape rule.
OwningOpRef<ModuleOp> importGraph(MLIRContext *context, const ::torch::op::Graph &graph);

/// The way back, for a function of weft ops in one block; the bodies of kernels take the place of their kernels. An op
/// or type that no graph can hold is a diagnostic and failure.
FailureOr<::torch::op::Graph> exportGraph(func::FuncOp func);

/// A location of ours as MLIR's, and back: of a fused location the first with a file, scopes from the outside in.
Location toMlir(MLIRContext *context, const ::torch::op::SourceLocation &location);
::torch::op::SourceLocation toSourceLocation(Location location);
}  // namespace mlir::weft
