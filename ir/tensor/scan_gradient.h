/// The gradient of weft.scan: a scan the other way round. What a step's gradient reads of the step
/// is kept by the forward scan, as more stacked results (views, casts and creations are made again
/// instead); captured values whose gradients are products or sums over each step get them from one
/// product or sum over all steps, behind the loop.
#pragma once
#include "ir/interface/symbol.h"
#include "ir/tensor/ops.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "mlir/IR/IRMapping.h"

namespace mlir::weft {

class ScanGradient {
 public:
  ScanGradient(ScanOp scan, OpBuilder &builder, ValueRange dys, ArrayRef<bool> needed);
  /// The cotangents of the operands; empty when an op of the body has no gradient rule (said
  /// there). Uses of the scan may move to one that keeps more and stands directly before it.
  SmallVector<Value> run();

 private:
  // work: the body, its yield, and behind it the gradient of one step; arguments: the body's, then
  // cotangents.
  void chooseActive();
  LogicalResult differentiateStep();
  // Which gradients leave the loop by hoisting; then what gradient code stays, and what it reads of
  // the forward code.
  void planTotals();
  void markLive(Value value);
  void require(Value value);
  void replaceForward();
  void buildReverse();
  SmallVector<unsigned> accumulated();

  // scan_hoist.cpp: a per-step value summed over the steps, from stacks of per-step values.
  bool canHoist(Value value);
  void planStacks(Value value);
  void wantStack(Value value);
  Symbol total(Value value);
  Symbol stack(Value value) { return Symbol(builder_, loc_, stacks_.lookup(value)); }

  /// Costs less to make again in the reverse loop than to keep for every step.
  static bool isRemade(Operation *op);
  bool isForward(Operation *op) { return op->isBeforeInBlock(yield_); }
  size_t numArguments() { return scan_.getNumOperands(); }
  bool isStacked(size_t i) { return i >= carried_ && i < carried_ + stacked_; }

  ScanOp scan_;
  OpBuilder &builder_;
  SmallVector<Value> dys_;
  ArrayRef<bool> needed_;
  Location loc_;
  size_t carried_, stacked_;
  int64_t steps_;

  Region region_;
  Block *work_ = nullptr;
  Operation *yield_ = nullptr;
  SmallVector<bool> active_;                       // body arguments that get a cotangent
  llvm::MapVector<unsigned, BlockArgument> dstate_;  // state -> cotangent of the next state
  llvm::MapVector<unsigned, BlockArgument> dout_;    // stacked output -> cotangent of this step's
  SmallVector<Value> gradient_;                    // of each body argument, in work
  // arguments whose gradient is summed behind the loop
  SmallVector<bool> hoisted_;
  // gradient values that hoisting wants of every step
  llvm::SetVector<Value> extra_;
  llvm::DenseSet<Operation *> live_;               // ops of the reverse body
  // forward values that the forward scan hands over
  llvm::SetVector<Value> kept_;
  llvm::DenseSet<unsigned> read_;                  // body arguments that the reverse body reads
  llvm::DenseMap<Value, Value> stacks_;            // work value -> its values of all steps
  SmallVector<Value> results_;
};

}  // namespace mlir::weft
