/// A function of the IR as JSON: for other programs, notebooks and diffs.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::weft {

/// {"function", "inputs", "ops", "outputs"}: values are numbered, and every op has its "op",
/// "operands", "results" (with "dtype" and "shape"), "attributes", "location" ("file", "line",
/// "scope") and the "body" of a kernel or loop.
nlohmann::ordered_json toJson(func::FuncOp func);
/// All functions of a module, as text: {"functions": [...]}.
std::string toJsonText(ModuleOp module);
}  // namespace mlir::weft
