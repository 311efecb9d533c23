/// The register tile: rows x (vectors x lanes) accumulators. One serves all extents: what is left
/// at the edges is done by smaller ones out of the same panels.
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

/// Where accumulators rest: row r at `at + r * stride`. Of a row, `count` (null: all) elements may
/// be written; all may be read.
struct Accumulators {
  Value memref, at, stride, count;
};

/// Memory that will be read next: `at`, then `step` elements on with every step of k. Null memref:
/// none.
struct Prefetch {
  Value memref, at, step;
};

/// acc + x * y: one fma for floating elements, wrapping for integers.
Value multiplyAdd(Emit& e, Value x, Value y, Value acc);

/// Elements from one step of k to the next in the panels of A and of B.
struct Pitch {
  unsigned a, b;
};

/// acc[r][c] = sum over i < count of a[i * pitch.a + r] * b[i * pitch.b + c], each one chain that
/// goes on from what the accumulators hold, or starts from zero where `first` (null: nowhere).
void multiply(Emit& e, const Tile& tile, Pitch pitch, Place a, Place b, Value count, Value first,
              const Accumulators& accumulators, const Prefetch& next = {});
/// The same for the first `rows` x `columns` accumulators; the others of the tile may become
/// anything.
void multiplyEdge(Emit& e, const Tile& tile, Value rows, Value columns, Place a, Place b,
                  Value count, Value first, const Accumulators& accumulators, const Prefetch& next);
}  // namespace mlir::weft::contraction
