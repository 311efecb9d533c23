/// Row reductions: lanes along the reduced run.
#pragma once
#include "codegen/loops/reducer.h"
#include "codegen/loops/stages.h"

namespace mlir::weft {

class Rows {
 public:
  Rows(Emitter &e, Level &row);
  /// The scratch of a kept node; filled by the first stage that computes it.
  struct Kept {
    int node;
    Value memory;
    bool filled = false;
  };
  llvm::SmallVector<Kept> kept;
  /// One stage: whole vectors, a masked one; the accumulators of the kLanes virtual lanes take turns.
  void run(const Stage &stage);

 private:
  Level level(Block *block, Value r);
  void keep(Level &body, const Stage &stage);
  void finish(Level &body, const Stage &stage, llvm::ArrayRef<Reducer> reducers, ValueRange running);
  ValueRange unturn(llvm::ArrayRef<Reducer> reducers, Value n, ValueRange running);
  void collect(const Stage &stage, llvm::ArrayRef<Reducer> reducers, ValueRange running);
  Lane part(const Lane &x, int64_t from, int64_t size);

  Emitter &e;
  Level &row;
  int registers;
};
}  // namespace mlir::weft
