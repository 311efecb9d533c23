#include "codegen/contraction/transpose.h"

namespace mlir::weft::contraction {
namespace {
Value concatenated(Emit& e, ArrayRef<Value> parts) {
  SmallVector<Value> level(parts);
  while (level.size() > 1) {
    SmallVector<Value> next;
    for (size_t i = 0; i < level.size(); i += 2) {
      SmallVector<int64_t> order(2 * cast<VectorType>(level[i].getType()).getNumElements());
      for (size_t j = 0; j < order.size(); ++j) order[j] = j;
      next.push_back(e.b.create<vector::ShuffleOp>(e.loc, level[i], level[i + 1], order));
    }
    level = next;
  }
  return level.front();
}

/// Lanes of each group of `group`: evens (odd = 0) or odds of x and y in pairs of `width` lanes.
Value interleaved(Emit& e, Value x, Value y, unsigned lanes, unsigned group, unsigned width,
                  unsigned high) {
  SmallVector<int64_t> order;
  for (unsigned g = 0; g < lanes; g += group)
    for (unsigned i = 0; i < group / (2 * width); ++i)
      for (unsigned from : {0u, lanes})
        for (unsigned w = 0; w < width; ++w)
          order.push_back(from + g + high * group / 2 + i * width + w);
  return e.b.create<vector::ShuffleOp>(e.loc, x, y, order);
}
}  // namespace

unsigned columnsAtOnce(Type element) { return 128 / element.getIntOrFloatBitWidth(); }

SmallVector<Value> transposed(Emit& e, Value memref, ArrayRef<Value> rowPlaces) {
  const unsigned lanes = rowPlaces.size(),
                 group = columnsAtOnce(cast<MemRefType>(memref.getType()).getElementType());
  // rows[q]: the columns of rows q, q + group, ..., 128 bits each; a group x group transpose within
  // each 128 bits is left.
  SmallVector<Value> rows;
  for (unsigned q = 0; q < group; ++q) {
    SmallVector<Value> parts;
    for (unsigned row = q; row < lanes; row += group)
      parts.push_back(e.loadVector(memref, rowPlaces[row], group));
    rows.push_back(concatenated(e, parts));
  }
  SmallVector<Value> columns;
  if (group == 2) {
    for (unsigned high : {0u, 1u})
      columns.push_back(interleaved(e, rows[0], rows[1], lanes, 2, 1, high));
    return columns;
  }
  SmallVector<Value> pairs;
  for (unsigned q : {0u, 2u})
    for (unsigned high : {0u, 1u})
      pairs.push_back(interleaved(e, rows[q], rows[q + 1], lanes, 4, 1, high));
  for (unsigned pair : {0u, 1u})
    for (unsigned high : {0u, 1u})
      columns.push_back(interleaved(e, pairs[pair], pairs[pair + 2], lanes, 4, 2, high));
  return columns;
}
}  // namespace mlir::weft::contraction
