/// Row reductions: lanes along the reduced run.
#pragma once
#include "codegen/loops/chunks.h"
#include "codegen/loops/stages.h"

namespace mlir::weft {

class Rows {
 public:
  Rows(Emitter &e, Level &row, const Chunks &chunks);
  /// The scratch of a kept node; filled by the first stage that computes it.
  struct Kept {
    int node;
    Value memory;
    bool filled = false;
  };
  llvm::SmallVector<Kept> kept;
  /// One stage, chunk by chunk.
  void run(const Stage &stage);
  /// The same; what the reductions come to is the caller's.
  llvm::SmallVector<Value> reduce(const Stage &stage, llvm::ArrayRef<Reducer> reducers);

 private:
  Level level(Level &parent, Block *block, Value r);
  llvm::SmallVector<Value> runRange(Level& around, const Stage& stage,
                                    llvm::ArrayRef<Reducer> reducers, Value from, Value to);
  void keep(Level &body, const Stage &stage);
  void finish(Level& body, const Stage& stage, llvm::ArrayRef<Reducer> reducers,
              ValueRange running);
  ValueRange unturn(llvm::ArrayRef<Reducer> reducers, Value n, ValueRange running);
  llvm::SmallVector<Running> collect(llvm::ArrayRef<Reducer> reducers, ValueRange running);
  llvm::SmallVector<Value> collectSaved(llvm::ArrayRef<Reducer> reducers);
  llvm::SmallVector<Value> identities(llvm::ArrayRef<Reducer> reducers);
  Lane part(const Lane &x, int64_t from, int64_t size);

  Emitter &e;
  Level &row;
  const Chunks &chunks;
  int registers;
};
}  // namespace mlir::weft
