/// How a contraction is cut: for the registers, the caches and the threads. No choice here changes
/// a bit of the result.
#pragma once
#include "codegen/contraction/geometry.h"
#include "codegen/contraction/tile.h"

namespace mlir::weft::contraction {
struct Blocks {
  int64_t chunk, depth;    // of k: what is one chain; what panels hold at a time
  int64_t rows, columns;   // of a task, whole tiles
  bool shareA, shareB;     // packed once, by a launch before
};
/// The register tile of every product. Its edges are cut finer where they are multiplied, so that
/// one does for all extents.
Tile productTile(unsigned elementBits, const Target& target);
Blocks chooseBlocks(const Geometry& geometry, const Tile& tile, unsigned elementBits,
                    const Target& target);

constexpr int64_t kFewRows = 8;
/// Packing B pays when several tiles of rows read it; below, memory is the limit. (Where B is
/// small, neither counts as much as the code would take to make.)
bool hasFewRows(const Geometry& geometry, unsigned elementBits);
/// Columns of a task, whole vectors of `lanes`.
int64_t fewRowsColumns(const Geometry& geometry, int64_t lanes, unsigned elementBits,
                       const Target& target);
}  // namespace mlir::weft::contraction
