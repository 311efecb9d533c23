#include "codegen/cpu/lower.h"

#include "codegen/cpu/lower_memory.h"
#include "llvm/IR/Module.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Dialect/Vector/Transforms/VectorRewritePatterns.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::weft {
namespace {

/// buffers..., parameters..., begin, end, scratch; no results.
LogicalResult checkKernel(func::FuncOp kernel) {
  ArrayRef<Type> types = kernel.getArgumentTypes();
  size_t i = 0, n = types.size();
  while (i < n && isa<MemRefType>(types[i])) ++i;
  bool good = n >= 3 && i <= n - 3 && types[n - 3].isIndex() && types[n - 2].isIndex() &&
              isa<MemRefType>(types[n - 1]);
  for (; good && i + 3 < n; ++i)
    good = types[i].isIndex() || types[i].isInteger(64) || types[i].isF64();
  if (good && !kernel.getNumResults()) return success();
  return kernel.emitError(
             "a kernel takes (memrefs..., index | i64 | f64 parameters..., begin, end, scratch) "
             "and returns "
             "nothing, got ")
         << kernel.getFunctionType();
}

/// Gives a lowered kernel the ABI's signature: buffers and parameters come from arrays of 64-bit
/// words.
void applyAbi(LLVM::LLVMFuncOp kernel) {
  OpBuilder b(kernel.getContext());
  Location loc = kernel.getLoc();
  Type pointer = LLVM::LLVMPointerType::get(b.getContext()), word = b.getI64Type();
  Block& entry = kernel.getBody().front();
  const unsigned n = entry.getNumArguments();
  unsigned buffers = 0;
  while (isa<LLVM::LLVMPointerType>(entry.getArgument(buffers).getType()) && buffers < n - 1)
    ++buffers;
  b.setInsertionPointToStart(&entry);
  SmallVector<Type> types{pointer, pointer, word, word, pointer};
  SmallVector<Value> abi;
  for (Type type : types) abi.push_back(entry.addArgument(type, loc));
  for (unsigned i = 0; i < n; ++i) {
    BlockArgument argument = entry.getArgument(i);
    Value v;
    if (i + 3 >= n) {
      v = abi[i + 5 - n];
    } else {
      bool isBuffer = i < buffers;
      LLVM::GEPArg at = int32_t(isBuffer ? i : i - buffers);
      Value p = b.create<LLVM::GEPOp>(loc, pointer, word, abi[isBuffer ? 0 : 1],
                                      ArrayRef<LLVM::GEPArg>{at});
      v = b.create<LLVM::LoadOp>(loc, argument.getType(), p);
    }
    argument.replaceAllUsesWith(v);
  }
  entry.eraseArguments(0, n);
  kernel.setFunctionType(
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()), types));
}

struct Function : ConvertOpToLLVMPattern<func::FuncOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult matchAndRewrite(func::FuncOp op, OpAdaptor,
                                ConversionPatternRewriter& b) const override {
    SmallVector<Type> arguments;
    Type result = LLVM::LLVMVoidType::get(b.getContext());
    if (op.getNumResults() > 1) return op.emitError("a function returns one value at most");
    if (op.getNumResults()) result = getTypeConverter()->convertType(op.getResultTypes().front());
    if (failed(getTypeConverter()->convertTypes(op.getArgumentTypes(), arguments)) || !result)
      return failure();
    auto function = b.create<LLVM::LLVMFuncOp>(op.getLoc(), op.getName(),
                                               LLVM::LLVMFunctionType::get(result, arguments));
    if (!op.isExternal()) {
      if (op.isPrivate()) function.setLinkage(LLVM::Linkage::Internal);
      b.inlineRegionBefore(op.getBody(), function.getBody(), function.end());
      if (failed(b.convertRegionTypes(&function.getBody(), *getTypeConverter()))) return failure();
    }
    b.eraseOp(op);
    return success();
  }
};
struct Call : ConvertOpToLLVMPattern<func::CallOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult matchAndRewrite(func::CallOp op, OpAdaptor in,
                                ConversionPatternRewriter& b) const override {
    SmallVector<Type> results;
    if (failed(getTypeConverter()->convertTypes(op.getResultTypes(), results))) return failure();
    b.replaceOpWithNewOp<LLVM::CallOp>(op, results, op.getCallee(), in.getOperands());
    return success();
  }
};
struct Return : ConvertOpToLLVMPattern<func::ReturnOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult matchAndRewrite(func::ReturnOp op, OpAdaptor in,
                                ConversionPatternRewriter& b) const override {
    b.replaceOpWithNewOp<LLVM::ReturnOp>(op, in.getOperands());
    return success();
  }
};

LogicalResult lowerStructured(ModuleOp module) {
  MLIRContext* context = module.getContext();
  RewritePatternSet patterns(context);
  populateSCFToControlFlowConversionPatterns(patterns);
  ConversionTarget target(*context);
  target.addIllegalDialect<scf::SCFDialect>();
  target.markUnknownOpDynamicallyLegal([](Operation*) { return true; });
  return applyPartialConversion(module, target, std::move(patterns));
}
}  // namespace

void loadLoopDialects(MLIRContext* context) {
  // Not in translate(): a context's registry must not change while threads work in it.
  registerBuiltinDialectTranslation(*context);
  registerLLVMDialectTranslation(*context);
  context
      ->loadDialect<arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect,
                    index::IndexDialect, LLVM::LLVMDialect, math::MathDialect,
                    memref::MemRefDialect, scf::SCFDialect, ub::UBDialect, vector::VectorDialect>();
}

LogicalResult lowerToLlvm(ModuleOp module) {
  MLIRContext* context = module.getContext();
  // Both conversions are one walk each: structured loops first, since their block arguments change
  // types in the second.
  if (failed(lowerStructured(module))) return failure();
  for (auto kernel : module.getOps<func::FuncOp>())
    if (kernel.isPublic() && failed(checkKernel(kernel))) return failure();

  LLVMTypeConverter converter(context);
  RewritePatternSet patterns(context);
  populateBarePointerPatterns(converter, patterns);
  arith::populateArithToLLVMConversionPatterns(converter, patterns);
  arith::populateCeilFloorDivExpandOpsPatterns(patterns);
  cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
  index::populateIndexToLLVMConversionPatterns(converter, patterns);
  populateMathToLLVMConversionPatterns(converter, patterns);
  ub::populateUBToLLVMConversionPatterns(converter, patterns);
  // Masks compare 32-bit lane numbers: rows of a kernel are far shorter than 2^31.
  vector::populateVectorMaskMaterializationPatterns(patterns, /*force32BitVectorIndices=*/true);
  vector::populateVectorBroadcastLoweringPatterns(patterns);
  vector::populateVectorInterleaveToShufflePatterns(patterns);
  populateVectorToLLVMConversionPatterns(converter, patterns, /*reassociateFPReductions=*/false,
                                         /*force32BitVectorIndices=*/true);
  patterns.add<Function, Call, Return>(converter);
  LLVMConversionTarget target(*context);
  target.addLegalOp<ModuleOp>();
  if (failed(applyFullConversion(module, target, std::move(patterns)))) return failure();

  for (auto kernel : module.getOps<LLVM::LLVMFuncOp>())
    if (kernel.getLinkage() == LLVM::Linkage::External && !kernel.isExternal()) applyAbi(kernel);
  return success();
}

std::unique_ptr<llvm::Module> translate(ModuleOp module, llvm::LLVMContext& context) {
  return translateModuleToLLVMIR(module, context);
}
}  // namespace mlir::weft
