/// What feeds a contraction and what takes its results, traced: code for single points of it is made
/// where the contraction's code asks.
#pragma once
#include "codegen/compile/lowering.h"
#include "codegen/loops/emitter.h"
#include "codegen/loops/trace.h"

namespace mlir::weft {

/// A nest over given dims that is not made into loops.
struct Points {
  Nest nest;
  std::unique_ptr<Numbers> numbers;
  int node = -1;                         // operand: the element; epilogue: the accumulator
  llvm::SmallVector<unsigned> operands;  // of the kernel, that it loads from

  /// A dim a size, in order.
  IndexVector addDims(llvm::ArrayRef<int64_t> sizes);
  /// Only what is loaded becomes an argument.
  void finish(KernelOp kernel);
  /// The element lies in memory, at a sum of the dims' multiples.
  bool isPlainLoad() const;
  /// An emitter at the builder's place, every dim being `index`.
  Emitter emitter(OpBuilder& b, Location loc, ValueRange buffers, ValueRange params,
                  llvm::ArrayRef<Value> index, int laneDim, int lanes, Value mask, bool fma) const;
};

/// An operand, over its dims.
FailureOr<std::shared_ptr<Points>> tracePoints(KernelOp kernel, Value operand, Backend backend);
/// All that the kernel makes of the result, over its (outer, m, n): resultSizes.
FailureOr<std::shared_ptr<Points>> traceEpilogue(KernelOp kernel, Operation* contraction,
                                                 Backend backend);
llvm::SmallVector<int64_t> resultSizes(Operation* contraction);
llvm::ArrayRef<int64_t> sizesOf(Value v);

/// The kernel's; null after a diagnostic.
Operation* findContraction(KernelOp kernel);
/// Its numbers; an entry a spatial dimension.
struct ContractionWindow {
  llvm::SmallVector<int64_t> stride, padding, dilation;
  int64_t groups = 1;
};
ContractionWindow windowOf(Operation* contraction);

/// The epilogue may write a result over what only it reads, at the same elements.
void findInPlace(const Points& a, const Points& b, const Points& epilogue, Lowered& lowered);
/// The kernel's number of an epilogue's buffer: those that it loads from, then results.
LocalBuffer bufferOf(const Points& epilogue, unsigned index);
}  // namespace mlir::weft
