/// Terse building of index arithmetic, loops and vectors at one insertion point. Arithmetic on
/// constants folds.
#pragma once
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::weft::contraction {

struct Emit {
  OpBuilder& b;
  Location loc;

  Value constant(int64_t v) { return b.create<arith::ConstantIndexOp>(loc, v); }
  Value add(Value x, Value y) { return b.createOrFold<arith::AddIOp>(loc, x, y); }
  Value add(Value x, int64_t y) { return y ? add(x, constant(y)) : x; }
  /// Of elements or vectors of them.
  Value plus(Value x, Value y) {
    if (isa<FloatType>(getElementTypeOrSelf(x.getType())))
      return b.create<arith::AddFOp>(loc, x, y);
    return b.create<arith::AddIOp>(loc, x, y);
  }
  Value sub(Value x, Value y) { return b.createOrFold<arith::SubIOp>(loc, x, y); }
  Value mul(Value x, Value y) { return b.createOrFold<arith::MulIOp>(loc, x, y); }
  Value mul(Value x, int64_t y) { return mul(x, constant(y)); }
  Value min(Value x, Value y) { return b.createOrFold<arith::MinSIOp>(loc, x, y); }
  Value max(Value x, Value y) { return b.createOrFold<arith::MaxSIOp>(loc, x, y); }
  /// Of non-negative numbers.
  Value div(Value x, Value y) { return b.createOrFold<arith::DivUIOp>(loc, x, y); }
  Value rem(Value x, Value y) { return b.createOrFold<arith::RemUIOp>(loc, x, y); }
  Value less(Value x, Value y) {
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, x, y);
  }
  Value less(Value x, int64_t y) { return less(x, constant(y)); }
  Value equal(Value x, Value y) {
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, x, y);
  }
  /// 0 <= x < limit
  Value within(Value x, Value limit) {
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, x, limit);
  }
  Value both(Value x, Value y) {
    return x && y ? b.createOrFold<arith::AndIOp>(loc, x, y) : x ? x : y;
  }
  Value select(Value c, Value x, Value y) { return b.createOrFold<arith::SelectOp>(loc, c, x, y); }

  /// for (i = from; i < to; i += step) body(i)
  void loop(Value from, Value to, int64_t step, llvm::function_ref<void(Value)> body) {
    loop(from, to, constant(step), body);
  }
  void loop(Value from, Value to, Value step, llvm::function_ref<void(Value)> body) {
    auto op = b.create<scf::ForOp>(loc, from, to, step);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(op.getBody());
    body(op.getInductionVar());
  }
  void when(Value condition, llvm::function_ref<void()> then,
            llvm::function_ref<void()> otherwise = nullptr) {
    auto op = b.create<scf::IfOp>(loc, condition, static_cast<bool>(otherwise));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(op.thenBlock());
    then();
    if (!otherwise) return;
    b.setInsertionPointToStart(op.elseBlock());
    otherwise();
  }

  VectorType vectorOf(Type element, int64_t lanes) { return VectorType::get({lanes}, element); }
  Value zero(Type type) { return b.create<arith::ConstantOp>(loc, type, b.getZeroAttr(type)); }
  Value splat(Value scalar, int64_t lanes) {
    return b.create<vector::BroadcastOp>(loc, vectorOf(scalar.getType(), lanes), scalar);
  }
  /// <0, 1, 2, ...> of i32.
  Value iota(int64_t lanes) {
    SmallVector<int32_t> numbers(lanes);
    for (int64_t i = 0; i < lanes; ++i) numbers[i] = i;
    return b.create<arith::ConstantOp>(
        loc, DenseElementsAttr::get(vectorOf(b.getI32Type(), lanes), ArrayRef(numbers)));
  }
  Value toI32(Value index) { return b.create<arith::IndexCastOp>(loc, b.getI32Type(), index); }
  /// The first `count` of `lanes`.
  Value firstLanes(Value count, int64_t lanes) {
    return b.create<vector::CreateMaskOp>(loc, vectorOf(b.getI1Type(), lanes), count);
  }
  Value load(Value memref, Value at) { return b.create<memref::LoadOp>(loc, memref, at); }
  void store(Value value, Value memref, Value at) {
    b.create<memref::StoreOp>(loc, value, memref, at);
  }
  Value loadVector(Value memref, Value at, int64_t lanes) {
    Type element = cast<MemRefType>(memref.getType()).getElementType();
    return b.create<vector::LoadOp>(loc, vectorOf(element, lanes), memref, at);
  }
  void storeVector(Value value, Value memref, Value at, Value mask = {}) {
    if (mask) b.create<vector::MaskedStoreOp>(loc, memref, at, mask, value);
    else b.create<vector::StoreOp>(loc, value, memref, at);
  }
  /// `bytes` of i8 scratch from `from` on, as elements.
  Value view(Value scratch, Value from, Type element) {
    auto type = MemRefType::get({ShapedType::kDynamic}, element);
    return b.create<memref::ViewOp>(loc, type, scratch, from, constant(0));
  }
};
}  // namespace mlir::weft::contraction
