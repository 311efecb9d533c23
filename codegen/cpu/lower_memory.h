/// The patterns for memrefs as bare pointers (upstream's insist on descriptors).
#pragma once
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"

namespace mlir::weft {
/// Makes `converter` turn memref<?xT> into !llvm.ptr and adds what reads and writes through it.
void populateBarePointerPatterns(LLVMTypeConverter& converter, RewritePatternSet& patterns);
}  // namespace mlir::weft
