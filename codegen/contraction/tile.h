/// The register tile: rows x (vectors x lanes) accumulators.
#pragma once
#include "codegen/contraction/emit.h"

namespace mlir::weft::contraction {
struct Tile {
  unsigned rows, vectors, lanes;
  unsigned columns() const { return vectors * lanes; }
  unsigned elements() const { return rows * columns(); }
};

/// Where something begins in a memref.
struct Place {
  Value memref, at;
};

/// Where accumulators rest: row r at `at + r * stride`. Of a row, `count` (null: all) elements may be written; all may be
/// read.
struct Accumulators {
  Value memref, at, stride, count;
};

/// acc[r][c] = sum over i < count of a[i * rows + r] * b[i * columns + c], each one chain that goes on from what the
/// accumulators hold, or starts from zero where `first` (null: nowhere).
void multiply(Emit& e, const Tile& tile, Place a, Place b, Value count, Value first, const Accumulators& accumulators);
}  // namespace mlir::weft::contraction
