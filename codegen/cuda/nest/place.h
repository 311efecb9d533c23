/// Where a thread stands: its row of the nest, or the element that it starts from.
#pragma once
#include "codegen/cuda/nest/words.h"

namespace mlir::weft::cuda {

/// Gives dims (positions; the last fastest) their indices from a linear number.
void spread(Emitter& e, Level& level, llvm::ArrayRef<int> dims, Value number);
/// A level that continues its parent's block, at whose end (or before what stands there) code goes.
Level continued(Level& parent);
/// Runs `body` in a branch of `level`, where it may not run: nothing is moved out of it.
void when(Emitter& e, Level& level, Value condition, llvm::function_ref<void(Level&)> body);
/// for (i = from; i < to; i += step), carrying values: `body` gives those of the next turn.
llvm::SmallVector<Value> loop(
    Emitter& e, Level& level, Value from, Value to, Value step, ValueRange carried, bool unroll,
    llvm::function_ref<llvm::SmallVector<Value>(Level&, Value, ValueRange)> body);
/// if (condition) body, which gives new values for what is carried; else they stay.
llvm::SmallVector<Value> guarded(
    Emitter& e, Level& level, Value condition, ValueRange carried,
    llvm::function_ref<llvm::SmallVector<Value>(Level&, ValueRange)> body);

/// What is made along the reduced dims of a nest, flattened: the inner one fastest.
struct Reduced {
  Value elements;  // of the run
  Value inner;     // of them, of its inner dim; null: there is one dim
  explicit Reduced(Emitter& e);
  /// Gives the outer dim its index at `level`; the inner one's is returned.
  Value enter(Emitter& e, Level& level, Value r) const;
};
/// How many elements a run has, and its rows.
int64_t reducedElements(const Nest& nest);
int64_t keptElements(const Nest& nest);
llvm::SmallVector<int> keptDims(const Nest& nest);
}  // namespace mlir::weft::cuda
