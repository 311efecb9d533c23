#include "codegen/contraction/blocks.h"

#include <algorithm>

#include "ir/op/order.h"

namespace mlir::weft::contraction {
namespace {
int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

constexpr int64_t kDeepRows = 512;       // up to here a task takes all rows, above blocks of
constexpr int64_t kBlockRows = 192;
constexpr int64_t kBlockColumns = 480;
constexpr int64_t kTasksAThread = 4;
constexpr int64_t kTaskSteps = 1 << 19;  // a task that does less is not halved again
}  // namespace

Tile productTile(unsigned elementBits, const Target& target) {
  const unsigned lanes = std::min(target.vectorBits / elementBits, 16u);
  return target.registers >= 32 ? Tile{8, 3, lanes} : Tile{6, 2, lanes};
}

Blocks chooseBlocks(const Geometry& g, const Tile& tile, unsigned elementBits,
                    const Target& target) {
  Blocks blocks;
  const int64_t bytes = std::max(1u, elementBits / 8);
  blocks.chunk = std::max<int64_t>(1, ::torch::op::contraction_chunk(g.k, g.splits));
  const int64_t deepest = std::max<int64_t>(64, 5 * target.l1 / 4 / (tile.columns() * bytes));
  blocks.depth = ceilDiv(blocks.chunk, ceilDiv(blocks.chunk, deepest));

  const int64_t rowTiles = ceilDiv(g.m, tile.rows), columnTiles = ceilDiv(g.n, tile.columns());
  // All rows at once as long as their accumulators leave room for some columns: then nobody else
  // needs the same of B.
  const int64_t held = target.l2 / 5 / bytes;
  int64_t rowBlocks =
      g.m <= kDeepRows ? 1 : ceilDiv(rowTiles, std::max<int64_t>(1, kBlockRows / tile.rows));
  const int64_t mostColumns =
      std::clamp<int64_t>(held / (ceilDiv(rowTiles, rowBlocks) * tile.rows), 1, kBlockColumns);
  int64_t columnBlocks = ceilDiv(columnTiles, std::max<int64_t>(1, mostColumns / tile.columns()));
  const int64_t outer = g.batch * ceilDiv(g.k, blocks.chunk);
  const int64_t wanted = target.threads > 1 ? kTasksAThread * target.threads : 1;
  auto rowsOf = [&] { return ceilDiv(rowTiles, rowBlocks); };
  auto columnsOf = [&] { return ceilDiv(columnTiles, columnBlocks); };
  while (outer * rowBlocks * columnBlocks < wanted) {
    const int64_t steps = rowsOf() * columnsOf() * tile.elements() * blocks.chunk;
    if (steps < kTaskSteps || rowsOf() * columnsOf() == 1) break;
    const bool isWide = columnsOf() * tile.columns() >= rowsOf() * tile.rows;
    if (columnsOf() > 1 && (isWide || rowsOf() == 1))
      columnBlocks = ceilDiv(columnTiles, ceilDiv(columnsOf(), 2));
    else rowBlocks = ceilDiv(rowTiles, ceilDiv(rowsOf(), 2));
  }
  blocks.rows = rowsOf() * tile.rows;
  blocks.columns = columnsOf() * tile.columns();
  rowBlocks = ceilDiv(g.m, blocks.rows);
  columnBlocks = ceilDiv(g.n, blocks.columns);
  // Packing again what another task packed costs about a cycle an element; a launch of its own some
  // ten thousand.
  const int64_t again = (1 << 15) * target.threads;
  blocks.shareA = g.batch * g.m * g.k * (columnBlocks - 1) > again;
  blocks.shareB = g.batch * g.n * g.k * (rowBlocks - 1) > again;
  return blocks;
}

bool hasFewRows(const Geometry& g, unsigned elementBits) {
  const bool inPlace = g.b.unit && g.b.p.size() == 1 && g.b.k.size() == 1 && elementBits >= 32;
  return inPlace && g.m <= kFewRows && g.batch * g.n * g.k >= 1 << 16;
}

int64_t fewRowsColumns(const Geometry& g, int64_t lanes, unsigned elementBits,
                       const Target& target) {
  const int64_t wanted = ceilDiv(kTasksAThread * target.threads, g.batch);
  const int64_t enough = (1 << 17) / std::max<int64_t>(1, g.k),
                most = target.l1 / 2 / (g.m * elementBits / 8);
  const int64_t columns = std::clamp(ceilDiv(g.n, wanted), std::min(enough, most), most);
  return ceilDiv(std::min(columns, g.n), lanes) * lanes;
}
}  // namespace mlir::weft::contraction
