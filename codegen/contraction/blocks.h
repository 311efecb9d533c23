/// How a contraction is cut: for the registers, the caches and the threads. No choice here changes a bit of the result.
#pragma once
#include "codegen/contraction/geometry.h"
#include "codegen/contraction/tile.h"

namespace mlir::weft::contraction {
struct Blocks {
  Tile tile;
  int64_t chunk, depth;    // of k: what one task sums; what panels hold at a time
  int64_t rows, columns;   // of a task, whole tiles
  bool shareA, shareB;     // packed once, by a launch before
  bool fewRows = false;    // B is read once, in place
};
/// The register tile for m x n of `elementBits`, and about how many cycles a step of k takes with it.
Tile chooseTile(int64_t m, int64_t n, unsigned elementBits, const Target& target);
double costOf(const Tile& tile, int64_t m, int64_t n);
/// Whether the transpose of the product suits the registers better.
bool betterSwapped(const Geometry& geometry, unsigned elementBits, const Target& target);
Blocks chooseBlocks(const Geometry& geometry, unsigned elementBits, const Target& target);
}  // namespace mlir::weft::contraction
