/// A function of the IR as a picture, in Graphviz' language.
#pragma once
#include <string>

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::weft {

/// A node an op (attributes, location), an edge a use (type of the value); kernels and loops are
/// frames around their ops.
std::string toDot(func::FuncOp func);
/// All functions of a module in one digraph.
std::string toDot(ModuleOp module);
}  // namespace mlir::weft
