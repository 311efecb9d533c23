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

/// acc[r][c] = sum over i < count of a[i * rows + r] * b[i * columns + c], each one chain that starts from zero where
/// `first`, else from what `accumulators` (rows x columns, dense) holds; the result goes there.
void multiply(Emit& e, const Tile& tile, Place a, Place b, Value count, Value first, Place accumulators);
}  // namespace mlir::weft::contraction
