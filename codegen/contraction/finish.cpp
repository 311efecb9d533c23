#include "codegen/contraction/kernel.h"

namespace mlir::weft::contraction {

void finishRow(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue,
               Arguments arguments, Value batch, Value m0, Value m1, Value n0, Value n1,
               llvm::function_ref<Value(Value, Value, Value)> value) {
  const unsigned lanes = design.tile.lanes;
  Value groups = params[design.groups];
  Value outer = e.mul(e.div(batch, groups), params[design.images]);
  Value firstRow = e.mul(e.rem(batch, groups), params[design.resultM]);
  SmallVector<Value> extents{params[design.images], params[design.positions]};
  runs(e, extents, n0, n1, [&](ArrayRef<Value> numbers, Value n, Value length) {
    Value image = e.add(outer, numbers[0]);
    e.loop(e.constant(0), length, lanes, [&](Value c) {
      Value mask = e.firstLanes(e.sub(length, c), lanes), column = e.add(n, c),
            position = e.add(numbers[1], c);
      e.loop(m0, m1, 1, [&](Value m) {
        SmallVector<Value> index{image, e.add(firstRow, m), position};
        epilogue.store(e.b, e.loc, arguments, index, value(m, column, mask), mask);
      });
    });
  });
}

void finishSums(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue,
                Arguments result, Value batch, Place sums, Value stride, Value row0, Value row1,
                Value column0, Value column1) {
  const unsigned lanes = design.tile.lanes;
  auto held = [&](Value m, Value n, Value mask) -> Value {
    Value row = design.swapped ? n : m, column = design.swapped ? m : n;
    Value at = e.add(sums.at, e.add(e.mul(e.sub(row, row0), stride), e.sub(column, column0)));
    if (!design.swapped) return e.loadVector(sums.memref, at, lanes);
    VectorType type = e.vectorOf(design.element, lanes);
    Value offsets =
        e.b.create<arith::MulIOp>(e.loc, e.iota(lanes), e.splat(e.toI32(stride), lanes));
    return e.b.create<vector::GatherOp>(e.loc, type, sums.memref, at, offsets, mask, e.zero(type));
  };
  Value m0 = row0, m1 = row1, n0 = column0, n1 = column1;
  if (design.swapped) {
    std::swap(m0, n0);
    std::swap(m1, n1);
  }
  finishRow(e, design, params, epilogue, result, batch, m0, m1, n0, n1, held);
}
}  // namespace mlir::weft::contraction
