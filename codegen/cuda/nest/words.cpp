#include "codegen/cuda/nest/words.h"

#include "codegen/cuda/print.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace scalar = ::torch::scalar;

Value Words::call(StringRef name, Type result, ValueRange operands) {
  auto module = b.getInsertionBlock()->getParent()->getParentOfType<ModuleOp>();
  if (!module.lookupSymbol(name)) {
    OpBuilder top = OpBuilder::atBlockBegin(module.getBody());
    auto type = b.getFunctionType(operands.getTypes(), result ? TypeRange(result) : TypeRange());
    top.create<func::FuncOp>(module.getLoc(), name, type).setPrivate();
  }
  auto call = b.create<func::CallOp>(loc, name, result ? TypeRange(result) : TypeRange(), operands);
  return result ? call.getResult(0) : Value();
}

// Lanes exchange words of 4 or 8 bytes.
Lane Words::moved(StringRef word, const Lane& x, int by) {
  const Type type = x.v.getType();
  Value v = x.v;
  const bool narrow = type.isInteger(1) || type.isInteger(8) || type.isInteger(16);
  if (narrow) v = b.create<arith::ExtUIOp>(loc, b.getI32Type(), v);
  std::string name = (word + ".").str();
  llvm::raw_string_ostream(name) << v.getType();
  Value distance = b.create<arith::ConstantOp>(loc, b.getI32IntegerAttr(by));
  v = call(name, v.getType(), {v, distance});
  if (narrow) v = b.create<arith::TruncIOp>(loc, type, v);
  return {x.e, v, x.dtype};
}

Value Words::word(const Lane& x) {
  Value v = isa<FloatType>(x.v.getType()) ? scalar::bits(x).v : x.v;
  return v.getType().isInteger(64) ? v : b.create<arith::ExtUIOp>(loc, b.getI64Type(), v);
}
Lane Words::fromWord(Value word, const ::torch::scalar::Emission& e, DType dtype) {
  const Type type = scalar::elementType(b.getContext(), dtype);
  const auto bits = b.getIntegerType(type.getIntOrFloatBitWidth());
  if (bits.getWidth() != 64) word = b.create<arith::TruncIOp>(loc, bits, word);
  if (isa<FloatType>(type)) word = b.create<arith::BitcastOp>(loc, type, word);
  return {&e, word, dtype};
}

scf::ForOp Words::unrolled(int64_t count, ValueRange carried) {
  auto loop = b.create<scf::ForOp>(loc, constant(0), constant(count), constant(1), carried);
  loop->setAttr(kUnroll, b.getUnitAttr());
  return loop;
}

Value Words::shared(Type element, int64_t count) {
  auto type =
      MemRefType::get({count}, element, MemRefLayoutAttrInterface(), b.getI64IntegerAttr(kShared));
  return b.create<memref::AllocaOp>(loc, type);
}

Type memoryType(MLIRContext* context, DType dtype) {
  return dtype == DType::Bool ? IntegerType::get(context, 8) : scalar::elementType(context, dtype);
}
}  // namespace mlir::weft::cuda
