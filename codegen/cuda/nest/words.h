/// Words of the prelude, and index arithmetic, at the insertion point.
#pragma once
#include "codegen/loops/emitter.h"

namespace mlir::weft::cuda {

struct Words {
  OpBuilder& b;
  Location loc;
  explicit Words(Emitter& e) : b(e.b), loc(e.loc()) {}

  Value call(StringRef name, Type result, ValueRange operands = {});
  Value thread() { return call("weft_thread", b.getIndexType()); }
  Value block() { return call("weft_block", b.getIndexType()); }
  Value blocks() { return call("weft_blocks", b.getIndexType()); }
  void sync() { call("weft_sync", {}); }
  /// The value of the lane whose number differs by `mask`.
  Lane exchanged(const Lane& x, int mask) { return moved("weft_shuffle_xor", x, mask); }
  /// That of the lane `distance` below; the lowest keep theirs.
  Lane below(const Lane& x, int distance) { return moved("weft_shuffle_up", x, distance); }

  Value constant(int64_t v) { return b.create<arith::ConstantIndexOp>(loc, v); }
  Value add(Value x, Value y) { return b.createOrFold<arith::AddIOp>(loc, x, y); }
  Value sub(Value x, Value y) { return b.createOrFold<arith::SubIOp>(loc, x, y); }
  Value mul(Value x, Value y) { return b.createOrFold<arith::MulIOp>(loc, x, y); }
  Value mul(Value x, int64_t y) { return y == 1 ? x : mul(x, constant(y)); }
  /// Of what is not negative.
  Value div(Value x, Value y) { return b.createOrFold<arith::DivUIOp>(loc, x, y); }
  Value rem(Value x, Value y) { return b.createOrFold<arith::RemUIOp>(loc, x, y); }
  Value div(Value x, int64_t y) { return y == 1 ? x : div(x, constant(y)); }
  Value rem(Value x, int64_t y) { return y == 1 ? constant(0) : rem(x, constant(y)); }
  Value min(Value x, Value y) { return b.create<arith::MinSIOp>(loc, x, y); }
  Value less(Value x, Value y) {
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, x, y);
  }
  Value both(Value x, Value y) { return b.create<arith::AndIOp>(loc, x, y); }
  Value select(Value c, Value x, Value y) { return b.create<arith::SelectOp>(loc, c, x, y); }
  /// An unrolled loop of `count` turns; its body ends with a yield when `carried` is empty.
  scf::ForOp unrolled(int64_t count, ValueRange carried);
  /// A value as 8 bytes, and back.
  Value word(const Lane& x);
  Lane fromWord(Value word, const ::torch::scalar::Emission& e, DType dtype);
  /// What a block shares.
  Value shared(Type element, int64_t count);

 private:
  Lane moved(StringRef word, const Lane& x, int by);
};

/// Types in memory that other code may give bits: bool as a byte.
Type memoryType(MLIRContext* context, DType dtype);
}  // namespace mlir::weft::cuda
