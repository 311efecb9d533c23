#include "codegen/contraction/blocks.h"

#include <algorithm>
#include <cstdlib>

#include "ir/op/order.h"

namespace mlir::weft::contraction {
namespace {
int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t env(const char* n, int64_t d) { const char* v = getenv(n); return v ? atoll(v) : d; }

/// Cycles a step of k takes, on cores that do two vector fmas and two loads in one: `accumulators` chains hide a latency
/// of four cycles.
double cyclesOf(unsigned rows, unsigned vectors) {
  return std::max({rows * vectors / 2.0, (rows + vectors) / 2.0, 4.0}) + 0.25;
}

}  // namespace

double costOf(const Tile& tile, int64_t m, int64_t n) {
  return double(ceilDiv(m, tile.rows)) * ceilDiv(n, tile.columns()) * cyclesOf(tile.rows, tile.vectors);
}

Tile chooseTile(int64_t m, int64_t n, unsigned elementBits, const Target& target) {
  const unsigned lanes = std::min(target.vectorBits / elementBits, 16u);
  if (int64_t r = env("TR", 0)) return {unsigned(r), unsigned(env("TV", 3)), lanes};
  static const unsigned wide[][2] = {{8, 3}, {12, 2}, {6, 4}, {14, 2}, {10, 2}, {6, 3}, {4, 4}, {6, 2}, {4, 3}, {14, 1}, {10, 1}, {8, 2}, {8, 1}, {6, 1}, {4, 2}, {4, 1}, {2, 4}, {2, 2}, {1, 4}};
  static const unsigned narrow[][2] = {{6, 2}, {4, 3}, {4, 2}, {10, 1}, {6, 1}, {4, 1}, {2, 4}, {2, 2}, {1, 4}};
  Tile best{};
  double least = 0;
  for (auto& [rows, vectors] : target.registers >= 32 ? ArrayRef(wide) : ArrayRef(narrow)) {
    const Tile tile{rows, vectors, lanes};
    const double cost = costOf(tile, m, n);
    if (best.rows && cost >= 0.97 * least) continue;
    best = tile;
    least = cost;
  }
  return best;
}

Blocks chooseBlocks(const Geometry& g, unsigned elementBits, const Target& target) {
  Blocks blocks;
  const Tile tile = blocks.tile = chooseTile(g.m, g.n, elementBits, target);
  const int64_t bytes = std::max(1u, elementBits / 8);
  blocks.chunk = std::max<int64_t>(1, ::torch::op::contraction_chunk(g.k, g.splits));
  const int64_t deepest = env("KC", std::max<int64_t>(64, 5 * target.l1 / 4 / (tile.columns() * bytes)));
  blocks.depth = ceilDiv(blocks.chunk, ceilDiv(blocks.chunk, deepest));

  const int64_t rowTiles = ceilDiv(g.m, tile.rows), columnTiles = ceilDiv(g.n, tile.columns());
  int64_t rowBlocks = ceilDiv(rowTiles, std::max<int64_t>(1, env("MC", 192) / tile.rows));
  int64_t columnBlocks = ceilDiv(columnTiles, std::max<int64_t>(1, env("NC", 480) / tile.columns()));
  const int64_t outer = g.batch * ceilDiv(g.k, blocks.chunk);
  const int64_t wanted = target.threads > 1 ? env("TPT", 4) * target.threads : 1;
  auto rowsOf = [&] { return ceilDiv(rowTiles, rowBlocks); };
  auto columnsOf = [&] { return ceilDiv(columnTiles, columnBlocks); };
  while (outer * rowBlocks * columnBlocks < wanted) {
    const int64_t steps = rowsOf() * columnsOf() * tile.elements() * blocks.chunk;
    if (steps < env("MINW", 1 << 19) || rowsOf() * columnsOf() == 1) break;
    if (columnsOf() > 1 && (columnsOf() * tile.columns() >= rowsOf() * tile.rows || rowsOf() == 1)) columnBlocks = ceilDiv(columnTiles, ceilDiv(columnsOf(), 2));
    else rowBlocks = ceilDiv(rowTiles, ceilDiv(rowsOf(), 2));
  }
  blocks.rows = rowsOf() * tile.rows;
  blocks.columns = columnsOf() * tile.columns();
  rowBlocks = ceilDiv(g.m, blocks.rows);
  columnBlocks = ceilDiv(g.n, blocks.columns);
  // Packing again what another task packed costs about a cycle an element; a launch of its own some ten thousand.
  const int64_t again = env("SHARE", 1 << 15) * target.threads;
  blocks.shareA = g.batch * g.m * g.k * (columnBlocks - 1) > again;
  blocks.shareB = g.batch * g.n * g.k * (rowBlocks - 1) > again;
  return blocks;
}
}  // namespace mlir::weft::contraction
