/// The phases loops and llvm as passes: to look at code, and to replay what codegen/compile wrote
/// as a reproducer.
#pragma once
#include "mlir/IR/DialectRegistry.h"

/// Makes --loops and --lower-to-llvm known, and to the registry what they need.
void register_codegen_passes(mlir::DialectRegistry& registry);
