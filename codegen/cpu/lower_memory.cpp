#include "codegen/cpu/lower_memory.h"

#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::weft {
namespace {

Type elementType(const TypeConverter& converter, Value memref) {
  return converter.convertType(cast<MemRefType>(memref.getType()).getElementType());
}

/// base + index elements (bytes when `type` is i8); a vector of indices gives a vector of pointers.
Value elementPointer(OpBuilder& b, Location loc, Type type, Value base, Value index) {
  Type result = base.getType();
  if (auto v = dyn_cast<VectorType>(index.getType()))
    result = LLVM::getFixedVectorType(result, v.getNumElements());
  return b.create<LLVM::GEPOp>(loc, result, type, base, ArrayRef<LLVM::GEPArg>{index});
}
Value offsetBy(OpBuilder& b, Location loc, Type type, Value base, ValueRange indices) {
  return indices.empty() ? base : elementPointer(b, loc, type, base, indices.front());
}
unsigned alignmentOf(Type type) {
  return std::max(1u, getElementTypeOrSelf(type).getIntOrFloatBitWidth() / 8);
}

template <class Op> struct Pattern : ConvertOpToLLVMPattern<Op> {
  using ConvertOpToLLVMPattern<Op>::ConvertOpToLLVMPattern;
  using Adaptor = typename Op::Adaptor;
};

/// memref.load, vector.load.
template <class Op> struct Load : Pattern<Op> {
  Load(LLVMTypeConverter& c) : Pattern<Op>(c, 10) {}
  LogicalResult matchAndRewrite(Op op, typename Op::Adaptor in,
                                ConversionPatternRewriter& b) const override {
    Value base;
    if constexpr (std::is_same_v<Op, memref::LoadOp>) base = op.getMemref();
    else base = op.getBase();
    Type element = elementType(*this->getTypeConverter(), base);
    Type type = this->getTypeConverter()->convertType(op.getResult().getType());
    Value p = offsetBy(b, op.getLoc(), element, b.getRemappedValue(base), in.getIndices());
    b.replaceOpWithNewOp<LLVM::LoadOp>(op, type, p, alignmentOf(type), false, op.getNontemporal());
    return success();
  }
};

/// memref.store, vector.store.
template <class Op> struct Store : Pattern<Op> {
  Store(LLVMTypeConverter& c) : Pattern<Op>(c, 10) {}
  LogicalResult matchAndRewrite(Op op, typename Op::Adaptor in,
                                ConversionPatternRewriter& b) const override {
    Value base, value;
    if constexpr (std::is_same_v<Op, memref::StoreOp>) {
      base = op.getMemref();
      value = in.getValue();
    } else {
      base = op.getBase();
      value = in.getValueToStore();
    }
    Value p = offsetBy(b, op.getLoc(), elementType(*this->getTypeConverter(), base),
                       b.getRemappedValue(base), in.getIndices());
    // A streaming store of whole vectors must be aligned; whoever asks for one has made sure of it.
    unsigned alignment = alignmentOf(value.getType());
    if (auto v = dyn_cast<VectorType>(value.getType()); v && op.getNontemporal())
      alignment = std::min<unsigned>(64, alignment * v.getNumElements());
    b.replaceOpWithNewOp<LLVM::StoreOp>(op, value, p, alignment, false, op.getNontemporal());
    return success();
  }
};

struct MaskedLoad : Pattern<vector::MaskedLoadOp> {
  MaskedLoad(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(vector::MaskedLoadOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    Type type = getTypeConverter()->convertType(op.getType());
    Value p = offsetBy(b, op.getLoc(), elementType(*getTypeConverter(), op.getBase()), in.getBase(),
                       in.getIndices());
    b.replaceOpWithNewOp<LLVM::MaskedLoadOp>(op, type, p, in.getMask(), in.getPassThru(),
                                             alignmentOf(type));
    return success();
  }
};

struct MaskedStore : Pattern<vector::MaskedStoreOp> {
  MaskedStore(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(vector::MaskedStoreOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    Value p = offsetBy(b, op.getLoc(), elementType(*getTypeConverter(), op.getBase()), in.getBase(),
                       in.getIndices());
    b.replaceOpWithNewOp<LLVM::MaskedStoreOp>(op, in.getValueToStore(), p, in.getMask(),
                                              alignmentOf(in.getValueToStore().getType()));
    return success();
  }
};

struct Gather : Pattern<vector::GatherOp> {
  Gather(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(vector::GatherOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    Type element = elementType(*getTypeConverter(), op.getBase());
    Type type = getTypeConverter()->convertType(op.getType());
    Value p = offsetBy(b, op.getLoc(), element, in.getBase(), in.getIndices());
    Value lanes = elementPointer(b, op.getLoc(), element, p, in.getIndexVec());
    b.replaceOpWithNewOp<LLVM::masked_gather>(op, type, lanes, in.getMask(), in.getPassThru(),
                                              b.getI32IntegerAttr(alignmentOf(type)));
    return success();
  }
};

struct Scatter : Pattern<vector::ScatterOp> {
  Scatter(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(vector::ScatterOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    Type element = elementType(*getTypeConverter(), op.getBase());
    Value p = offsetBy(b, op.getLoc(), element, in.getBase(), in.getIndices());
    Value lanes = elementPointer(b, op.getLoc(), element, p, in.getIndexVec());
    b.replaceOpWithNewOp<LLVM::masked_scatter>(
        op, in.getValueToStore(), lanes, in.getMask(),
        b.getI32IntegerAttr(alignmentOf(in.getValueToStore().getType())));
    return success();
  }
};

struct View : Pattern<memref::ViewOp> {
  View(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(memref::ViewOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    b.replaceOp(op,
                elementPointer(b, op.getLoc(), b.getI8Type(), in.getSource(), in.getByteShift()));
    return success();
  }
};

struct Address : Pattern<memref::ExtractAlignedPointerAsIndexOp> {
  Address(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(memref::ExtractAlignedPointerAsIndexOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    b.replaceOpWithNewOp<LLVM::PtrToIntOp>(op, getTypeConverter()->convertType(op.getType()),
                                           in.getSource());
    return success();
  }
};

struct Cast : Pattern<memref::CastOp> {
  Cast(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(memref::CastOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    b.replaceOp(op, in.getSource());
    return success();
  }
};

struct Alloca : Pattern<memref::AllocaOp> {
  Alloca(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(memref::AllocaOp op, Adaptor,
                                ConversionPatternRewriter& b) const override {
    if (!op.getType().hasStaticShape())
      return op.emitError("alloca of dynamic size: use the kernel's scratch");
    auto function = op->getParentOfType<FunctionOpInterface>();
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(&function.getFunctionBody().front());
    Value count =
        b.create<LLVM::ConstantOp>(op.getLoc(), b.getI64IntegerAttr(op.getType().getNumElements()));
    Type element = getTypeConverter()->convertType(op.getType().getElementType());
    b.replaceOpWithNewOp<LLVM::AllocaOp>(op, LLVM::LLVMPointerType::get(b.getContext()), element,
                                         count, 64);
    return success();
  }
};

struct Prefetch : Pattern<memref::PrefetchOp> {
  Prefetch(LLVMTypeConverter& c) : Pattern(c, 10) {}
  LogicalResult matchAndRewrite(memref::PrefetchOp op, Adaptor in,
                                ConversionPatternRewriter& b) const override {
    Value p = offsetBy(b, op.getLoc(), elementType(*getTypeConverter(), op.getMemref()),
                       in.getMemref(), in.getIndices());
    b.replaceOpWithNewOp<LLVM::Prefetch>(op, p, op.getIsWrite(), op.getLocalityHint(),
                                         op.getIsDataCache());
    return success();
  }
};
}  // namespace

void populateBarePointerPatterns(LLVMTypeConverter& converter, RewritePatternSet& patterns) {
  converter.addConversion([](MemRefType type) -> std::optional<Type> {
    if (type.getRank() > 1 || !type.getLayout().isIdentity()) return Type();
    return LLVM::LLVMPointerType::get(type.getContext());
  });
  patterns.add<Load<memref::LoadOp>, Load<vector::LoadOp>, Store<memref::StoreOp>,
               Store<vector::StoreOp>, MaskedLoad, MaskedStore, Gather, Scatter, View, Address,
               Cast, Alloca, Prefetch>(converter);
}
}  // namespace mlir::weft
