/// Reductions that a thread, then a warp, then a block has under way.
#pragma once
#include "codegen/cuda/nest/place.h"
#include "codegen/loops/reducer.h"
#include "codegen/loops/stages.h"

namespace mlir::weft::cuda {

class Reductions {
 public:
  Reductions(Emitter& e, const Stage& stage);
  llvm::ArrayRef<Reducer> all() const { return reducers; }
  llvm::SmallVector<Value> identities() const;
  /// The values with the element at `level` in them.
  llvm::SmallVector<Value> with(Level& level, ValueRange running) const;
  llvm::SmallVector<Value> combined(ValueRange a, ValueRange b) const;
  /// Over `group` neighbouring lanes of a warp (a power of two): each has the result.
  llvm::SmallVector<Value> overLanes(ValueRange running, int group) const;
  /// Over all `threads` of a block, of which this is number `thread`.
  llvm::SmallVector<Value> overBlock(ValueRange running, int threads, Value thread) const;
  /// The stage's reductions are known on the row.
  void publish(Level& row, ValueRange results) const;
  /// As 8 bytes each, in memory of i64, from `at` on, `step` apart; and from there.
  void save(Value memory, Value at, Value step, ValueRange running) const;
  llvm::SmallVector<Value> saved(Value memory, Value at, Value step) const;
  /// How many values it is.
  int count() const;

 private:
  llvm::SmallVector<Running> lanes(ValueRange values) const;
  static llvm::SmallVector<Value> values(llvm::ArrayRef<Running> lanes);
  Emitter& e;
  llvm::SmallVector<int> nodes;
  llvm::SmallVector<Reducer> reducers;
};
}  // namespace mlir::weft::cuda
