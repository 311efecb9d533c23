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

namespace {
/// Packing B pays when several tiles of rows read it; below, memory is the limit.
bool hasFewRows(const Geometry& g, unsigned elementBits, const Target& target) {
  return !env("NOFEW", 0) && g.m <= (target.registers >= 32 ? 8 : 4) && g.b.unit && g.b.p.size() == 1 && g.b.k.size() <= 1 && elementBits >= 32;
}
Blocks fewRowBlocks(const Geometry& g, unsigned elementBits, const Target& target) {
  Blocks blocks;
  const unsigned lanes = target.vectorBits / elementBits;
  blocks.fewRows = true;
  blocks.tile = {unsigned(g.m), 1, lanes};
  blocks.chunk = blocks.depth = std::max<int64_t>(1, ::torch::op::contraction_chunk(g.k, g.splits));
  blocks.rows = g.m;
  const int64_t outer = g.batch * ceilDiv(std::max<int64_t>(1, g.k), blocks.chunk);
  const int64_t wanted = ceilDiv(4 * target.threads, outer), enough = (1 << 17) / blocks.chunk;
  const int64_t most = target.l1 / 2 / (g.m * elementBits / 8);
  const int64_t columns = std::clamp(ceilDiv(g.n, wanted), std::min(enough, most), most);
  blocks.columns = ceilDiv(std::min(columns, g.n), lanes) * lanes;
  blocks.shareA = ceilDiv(g.n, blocks.columns) > 1 && g.batch * g.m * g.k > (1 << 13);
  blocks.shareB = false;
  return blocks;
}
}  // namespace

bool betterSwapped(const Geometry& g, unsigned elementBits, const Target& target) {
  if (g.positions != g.n) return false;  // lanes of images do not stay together
  auto cost = [&](int64_t m, int64_t n) { return costOf(chooseTile(m, n, elementBits, target), m, n); };
  if (hasFewRows(g, elementBits, target)) return false;
  Geometry other = g;
  other.swap();
  return hasFewRows(other, elementBits, target) ? g.m >= 64 : cost(g.n, g.m) < 0.8 * cost(g.m, g.n);
}

Blocks chooseBlocks(const Geometry& g, unsigned elementBits, const Target& target) {
  if (hasFewRows(g, elementBits, target)) return fewRowBlocks(g, elementBits, target);
  Blocks blocks;
  const Tile tile = blocks.tile = chooseTile(g.m, g.n, elementBits, target);
  const int64_t bytes = std::max(1u, elementBits / 8);
  blocks.chunk = std::max<int64_t>(1, ::torch::op::contraction_chunk(g.k, g.splits));
  const int64_t deepest = env("KC", std::max<int64_t>(64, 5 * target.l1 / 4 / (tile.columns() * bytes)));
  blocks.depth = ceilDiv(blocks.chunk, ceilDiv(blocks.chunk, deepest));

  const int64_t rowTiles = ceilDiv(g.m, tile.rows), columnTiles = ceilDiv(g.n, tile.columns());
  // All rows at once as long as their accumulators leave room for some columns: then nobody else needs the same of B.
  const int64_t held = target.l2 / 5 / bytes;
  int64_t rowBlocks = g.m <= env("MALL", 512) ? 1 : ceilDiv(rowTiles, std::max<int64_t>(1, env("MC", 192) / tile.rows));
  const int64_t mostColumns = std::clamp<int64_t>(held / (ceilDiv(rowTiles, rowBlocks) * tile.rows), 1, env("NC", 480));
  int64_t columnBlocks = ceilDiv(columnTiles, std::max<int64_t>(1, mostColumns / tile.columns()));
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
