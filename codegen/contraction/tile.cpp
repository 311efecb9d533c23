#include "codegen/contraction/tile.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::weft::contraction {

Value multiplyAdd(Emit& e, Value x, Value y, Value acc) {
  if (isa<FloatType>(getElementTypeOrSelf(acc.getType()))) return e.b.create<math::FmaOp>(e.loc, x, y, acc);
  return e.b.create<arith::AddIOp>(e.loc, e.b.create<arith::MulIOp>(e.loc, x, y), acc);
}

namespace {
/// The steps [from, to), `unroll` at a time.
SmallVector<Value> steps(Emit& e, const Tile& tile, Place a, Place b, Value from, Value to, unsigned unroll,
                         ArrayRef<Value> start, const Prefetch& next) {
  auto loop = e.b.create<scf::ForOp>(e.loc, from, to, e.constant(unroll), start);
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> acc(loop.getRegionIterArgs());
  Value aRow = e.add(a.at, e.mul(loop.getInductionVar(), tile.rows));
  Value bRow = e.add(b.at, e.mul(loop.getInductionVar(), tile.columns()));
  if (next.memref) {
    Value at = e.add(next.at, e.mul(loop.getInductionVar(), next.step));
    e.b.create<memref::PrefetchOp>(e.loc, next.memref, at, /*isWrite=*/false, /*localityHint=*/2, /*isDataCache=*/true);
  }
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

SmallVector<Value> start(Emit& e, const Tile& tile, Value first, const Accumulators& held,
                         llvm::function_ref<Value(unsigned, unsigned)> slot) {
  VectorType type = e.vectorOf(cast<MemRefType>(held.memref.getType()).getElementType(), tile.lanes);
  auto load = [&] {
    SmallVector<Value> values;
    for (unsigned r = 0; r < tile.rows; ++r)
      for (unsigned v = 0; v < tile.vectors; ++v) values.push_back(e.loadVector(held.memref, slot(r, v), tile.lanes));
    return values;
  };
  if (!first) return load();
  const unsigned n = tile.rows * tile.vectors;
  auto chosen = e.b.create<scf::IfOp>(e.loc, SmallVector<Type>(n, type), first, true);
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPointToStart(chosen.thenBlock());
  e.b.create<scf::YieldOp>(e.loc, SmallVector<Value>(n, e.zero(type)));
  e.b.setInsertionPointToStart(chosen.elseBlock());
  e.b.create<scf::YieldOp>(e.loc, load());
  return SmallVector<Value>(chosen.getResults());
}
}  // namespace

void multiply(Emit& e, const Tile& tile, Place a, Place b, Value count, Value first, const Accumulators& held,
              const Prefetch& next) {
  auto slot = [&](unsigned r, unsigned v) { return e.add(e.add(held.at, e.mul(held.stride, r)), v * tile.lanes); };
  SmallVector<Value> acc = start(e, tile, first, held, slot);
  // A large tile hides the loop's own instructions; a small one is read several steps at a time.
  const unsigned n = tile.rows * tile.vectors, unroll = n >= 12 ? 1 : n >= 6 ? 2 : 4;
  Value from = e.constant(0);
  if (unroll > 1) {
    Value most = e.sub(count, e.rem(count, e.constant(unroll)));
    acc = steps(e, tile, a, b, from, most, unroll, acc, next);
    from = most;
  }
  acc = steps(e, tile, a, b, from, count, 1, acc, next);
  auto store = [&](ArrayRef<Value> masks) {
    for (unsigned r = 0; r < tile.rows; ++r)
      for (unsigned v = 0; v < tile.vectors; ++v)
        e.storeVector(acc[r * tile.vectors + v], held.memref, slot(r, v), masks.empty() ? Value() : masks[v]);
  };
  if (!held.count) return store({});
  e.when(
      e.less(e.constant(tile.columns() - 1), held.count), [&] { store({}); },
      [&] {
        SmallVector<Value> masks;
        for (unsigned v = 0; v < tile.vectors; ++v)
          masks.push_back(e.firstLanes(e.add(held.count, -int64_t(v * tile.lanes)), tile.lanes));
        store(masks);
      });
}
}  // namespace mlir::weft::contraction
