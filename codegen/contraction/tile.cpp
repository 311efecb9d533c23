#include "codegen/contraction/tile.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::weft::contraction {

Value multiplyAdd(Emit& e, Value x, Value y, Value acc) {
  if (isa<FloatType>(getElementTypeOrSelf(acc.getType())))
    return e.b.create<math::FmaOp>(e.loc, x, y, acc);
  return e.b.create<arith::AddIOp>(e.loc, e.b.create<arith::MulIOp>(e.loc, x, y), acc);
}

namespace {
/// All steps of k.
SmallVector<Value> steps(Emit& e, const Tile& tile, Pitch pitch, Place a, Place b, Value count,
                         ArrayRef<Value> start, const Prefetch& next) {
  auto loop = e.b.create<scf::ForOp>(e.loc, e.constant(0), count, e.constant(1), start);
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> acc(loop.getRegionIterArgs());
  Value aRow = e.add(a.at, e.mul(loop.getInductionVar(), pitch.a));
  Value bRow = e.add(b.at, e.mul(loop.getInductionVar(), pitch.b));
  if (next.memref) {
    Value at = e.add(next.at, e.mul(loop.getInductionVar(), next.step));
    e.b.create<memref::PrefetchOp>(e.loc, next.memref, at, /*isWrite=*/false, /*localityHint=*/2,
                                   /*isDataCache=*/true);
  }
  SmallVector<Value> columns;
  for (unsigned v = 0; v < tile.vectors; ++v)
    columns.push_back(e.loadVector(b.memref, e.add(bRow, v * tile.lanes), tile.lanes));
  for (unsigned r = 0; r < tile.rows; ++r) {
    Value row = e.splat(e.load(a.memref, e.add(aRow, r)), tile.lanes);
    for (unsigned v = 0; v < tile.vectors; ++v) {
      Value& x = acc[r * tile.vectors + v];
      x = multiplyAdd(e, row, columns[v], x);
    }
  }
  e.b.create<scf::YieldOp>(e.loc, acc);
  return SmallVector<Value>(loop.getResults());
}

SmallVector<Value> start(Emit& e, const Tile& tile, Value first, const Accumulators& held,
                         llvm::function_ref<Value(unsigned, unsigned)> slot) {
  VectorType type =
      e.vectorOf(cast<MemRefType>(held.memref.getType()).getElementType(), tile.lanes);
  auto load = [&] {
    SmallVector<Value> values;
    for (unsigned r = 0; r < tile.rows; ++r)
      for (unsigned v = 0; v < tile.vectors; ++v)
        values.push_back(e.loadVector(held.memref, slot(r, v), tile.lanes));
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

void multiply(Emit& e, const Tile& tile, Pitch pitch, Place a, Place b, Value count, Value first,
              const Accumulators& held, const Prefetch& next) {
  auto slot = [&](unsigned r, unsigned v) {
    return e.add(e.add(held.at, e.mul(held.stride, r)), v * tile.lanes);
  };
  SmallVector<Value> acc =
      steps(e, tile, pitch, a, b, count, start(e, tile, first, held, slot), next);
  auto store = [&](ArrayRef<Value> masks) {
    for (unsigned r = 0; r < tile.rows; ++r)
      for (unsigned v = 0; v < tile.vectors; ++v)
        e.storeVector(acc[r * tile.vectors + v], held.memref, slot(r, v),
                      masks.empty() ? Value() : masks[v]);
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

void multiplyEdge(Emit& e, const Tile& tile, Value rows, Value columns, Place a, Place b,
                  Value count, Value first, const Accumulators& held, const Prefetch& next) {
  const Pitch pitch{tile.rows, tile.columns()};
  constexpr unsigned kPair = 2, kLatency = 4;
  // Tiles of `vectors` vectors from `column` on: a whole one, or few rows in pairs, as long as
  // those are faster.
  auto allRows = [&](unsigned vectors, Value column) {
    auto piece = [&](unsigned height, Value row, const Prefetch& next) {
      Accumulators part{
          held.memref, e.add(e.add(held.at, e.mul(row, held.stride)), column), held.stride, {}};
      multiply(e, {height, vectors, tile.lanes}, pitch, {a.memref, e.add(a.at, row)},
               {b.memref, e.add(b.at, column)}, count, first, part, next);
    };
    const unsigned mostPairs = (tile.rows * vectors - 1) / std::max(kPair * vectors, kLatency);
    e.when(
        e.less(e.constant(mostPairs * kPair), rows), [&] { piece(tile.rows, e.constant(0), next); },
        [&] { e.loop(e.constant(0), rows, kPair, [&](Value row) { piece(kPair, row, {}); }); });
  };
  Value wide = e.less(e.constant(tile.columns() - tile.lanes), columns);
  e.when(
      wide, [&] { allRows(tile.vectors, e.constant(0)); },
      [&] {
        e.loop(e.constant(0), columns, tile.lanes, [&](Value column) { allRows(1, column); });
      });
}
}  // namespace mlir::weft::contraction
