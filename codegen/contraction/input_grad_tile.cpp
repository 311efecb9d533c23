#include <algorithm>

#include "codegen/contraction/input_grad.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::weft::contraction {

/// On cores that do two vector fmas and two loads in a cycle; rows x vectors chains hide a latency
/// of four.
double costOf(const Tile& tile, int64_t m, int64_t n) {
  const double cycles =
      std::max({tile.rows * tile.vectors / 2.0, (tile.rows + tile.vectors) / 2.0, 4.0}) + 0.25;
  return double(llvm::divideCeil(m, tile.rows)) * llvm::divideCeil(n, tile.columns()) * cycles;
}

Tile chooseGradTile(int64_t m, int64_t n, unsigned elementBits, const Target& target) {
  const unsigned lanes = std::min(target.vectorBits / elementBits, 16u);
  static const unsigned wide[][2] = {{8, 3}, {12, 2}, {6, 4}, {10, 2}, {6, 3},
                                     {4, 4}, {6, 2},  {4, 3}, {14, 1}, {8, 2},
                                     {8, 1}, {4, 2},  {4, 1}, {2, 4},  {1, 4}};
  static const unsigned narrow[][2] = {{6, 2}, {4, 3}, {4, 2}, {10, 1},
                                       {6, 1}, {4, 1}, {2, 4}, {1, 4}};
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
}  // namespace mlir::weft::contraction
