/// Kernels that are parts of one: over its operands, in a module of their own.
#pragma once
#include "codegen/compile/lowering.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace mlir::weft {

class KernelParts {
 public:
  explicit KernelParts(KernelOp whole);
  /// The whole's operands, by number; and what `add` adds to them.
  ValueRange operands() const { return entry_->getArguments(); }
  /// A value that no part makes.
  Value add(Type type);
  /// What `results` are, by `ops` of the whole; `inside` are its values that are `operands` here.
  KernelOp add(StringRef kind, llvm::ArrayRef<Value> inside, ValueRange operands,
               const llvm::SmallPtrSetImpl<Operation*>& ops, llvm::ArrayRef<Value> results);
  /// A part's result is that one of the whole's.
  void place(Value result, unsigned ofWhole);
  /// All parts are there: they may be lowered, while the module lives.
  OwningOpRef<ModuleOp> finish();

 private:
  KernelOp whole_;
  OwningOpRef<ModuleOp> module_;
  OpBuilder b_;
  Block* entry_;
  llvm::SmallVector<Value> placed_;
  llvm::SmallVector<int64_t> boundaries_;  // of these
};

/// What `value` is made of within its block, up to where `isGiven` says yes.
void collectOps(Value value, llvm::function_ref<bool(Value)> isGiven,
                llvm::SmallPtrSetImpl<Operation*>& ops);
/// A part's launches follow the whole's; its operands and results are these buffers.
void append(Lowered& whole, Lowered part, llvm::ArrayRef<LocalBuffer> operands,
            llvm::ArrayRef<LocalBuffer> results);
}  // namespace mlir::weft
