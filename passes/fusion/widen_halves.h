/// Rewrites what adds up, or chooses among, many f16 or bf16 elements to do so in f32: its operands
/// are cast, its results cast back. Exactly what such an op means (it rounds once), so no bit
/// changes; kernels cast where they read and write. Elementwise ops stay as they are: a value that
/// lies in memory is a narrow one.
#pragma once
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft {
void widenHalves(func::FuncOp func);
}
