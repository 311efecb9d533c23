#include "codegen/contraction/tile.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::weft::contraction {
namespace {
Value multiplyAdd(Emit& e, Value x, Value y, Value acc) {
  if (isa<FloatType>(getElementTypeOrSelf(acc.getType()))) return e.b.create<math::FmaOp>(e.loc, x, y, acc);
  return e.b.create<arith::AddIOp>(e.loc, e.b.create<arith::MulIOp>(e.loc, x, y), acc);
}

/// The steps [from, to), `unroll` at a time.
SmallVector<Value> steps(Emit& e, const Tile& tile, Place a, Place b, Value from, Value to, unsigned unroll,
                         ArrayRef<Value> start) {
  auto loop = e.b.create<scf::ForOp>(e.loc, from, to, e.constant(unroll), start);
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> acc(loop.getRegionIterArgs());
  Value aRow = e.add(a.at, e.mul(loop.getInductionVar(), tile.rows));
  Value bRow = e.add(b.at, e.mul(loop.getInductionVar(), tile.columns()));
  for (unsigned u = 0; u < unroll; ++u) {
    SmallVector<Value> columns;
    for (unsigned v = 0; v < tile.vectors; ++v)
      columns.push_back(e.loadVector(b.memref, e.add(bRow, u * tile.columns() + v * tile.lanes), tile.lanes));
    for (unsigned r = 0; r < tile.rows; ++r) {
      Value row = e.splat(e.load(a.memref, e.add(aRow, u * tile.rows + r)), tile.lanes);
      for (unsigned v = 0; v < tile.vectors; ++v) {
        Value& x = acc[r * tile.vectors + v];
        x = multiplyAdd(e, row, columns[v], x);
      }
    }
  }
  e.b.create<scf::YieldOp>(e.loc, acc);
  return SmallVector<Value>(loop.getResults());
}
}  // namespace

void multiply(Emit& e, const Tile& tile, Place a, Place b, Value count, Value first, Place accumulators) {
  VectorType type = e.vectorOf(cast<MemRefType>(accumulators.memref.getType()).getElementType(), tile.lanes);
  const unsigned n = tile.rows * tile.vectors;
  auto slot = [&](unsigned i) { return e.add(accumulators.at, i * tile.lanes); };
  auto start = e.b.create<scf::IfOp>(e.loc, SmallVector<Type>(n, type), first, true);
  {
    OpBuilder::InsertionGuard guard(e.b);
    e.b.setInsertionPointToStart(start.thenBlock());
    e.b.create<scf::YieldOp>(e.loc, SmallVector<Value>(n, e.zero(type)));
    e.b.setInsertionPointToStart(start.elseBlock());
    SmallVector<Value> held;
    for (unsigned i = 0; i < n; ++i) held.push_back(e.loadVector(accumulators.memref, slot(i), tile.lanes));
    e.b.create<scf::YieldOp>(e.loc, held);
  }
  SmallVector<Value> acc(start.getResults());
  // A large tile hides the loop's own instructions; a small one is read several steps at a time.
  const unsigned unroll = n >= 12 ? 1 : n >= 6 ? 2 : 4;
  Value from = e.constant(0);
  if (unroll > 1) {
    Value most = e.sub(count, e.rem(count, e.constant(unroll)));
    acc = steps(e, tile, a, b, from, most, unroll, acc);
    from = most;
  }
  acc = steps(e, tile, a, b, from, count, 1, acc);
  for (unsigned i = 0; i < n; ++i) e.storeVector(acc[i], accumulators.memref, slot(i));
}
}  // namespace mlir::weft::contraction
