/// Rows in memory to vectors of columns.
#pragma once
#include "codegen/contraction/emit.h"

namespace mlir::weft::contraction {
/// Elements of 4 or 8 bytes in 128 bits, within which shuffles are cheap.
unsigned columnsAtOnce(Type element);
/// So many columns of rows that begin at `rowPlaces`, as vectors with a lane a row.
SmallVector<Value> transposed(Emit& e, Value memref, ArrayRef<Value> rowPlaces);
}  // namespace mlir::weft::contraction
