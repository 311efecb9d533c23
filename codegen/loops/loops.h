/// weft.kernel -> loop form, for kinds map, reduction, scatter and scan. In: a traced, normalised
/// nest. Out: a function in the ABI of codegen/cpu/lower.h and the numbers that a launch of it
/// takes. The one invariant: bits follow ir/op/order.h, however many lanes, tasks and threads there
/// are.
#pragma once
#include <optional>

#include "codegen/loops/emitter.h"

namespace mlir::weft {

/// What the code is made for.
struct LoopTarget {
  int vectorBytes = 32;
  bool fma = true;
  // into how many tasks it is worth to cut what any number of tasks may do; no bit depends on it
  int threads = 1;
};

/// Tasks of a launch, and the numbers that they take: the nest's, then the plan's.
struct LoopLaunch {
  int64_t tasks = 1, grain = 1;
  std::vector<int64_t> params;
};

/// How a nest becomes loops and tasks.
struct LoopPlan : LoopLaunch {
  int laneDim = -1, lanes = 1;
  llvm::SmallVector<int> kept;     // nodes that a row keeps in scratch from one stage to the next
  int64_t scratchBytes = 0;
  llvm::SmallVector<int> streamed;  // outputs that are too long to stay in the caches
  std::string key;                // equal keys: the same code
  // of chunk results, in a buffer that all tasks share; 0: the code takes none
  int64_t partsBytes = 0;
  std::optional<LoopLaunch> finish;  // of the same code, after the other
};
LoopPlan planLoops(const Nest &nest, const Numbers &numbers, const LoopTarget &target);
void emitLoops(ModuleOp module, StringRef name, const Nest& nest, const Numbers& numbers,
               const LoopPlan& plan, const LoopTarget& target);

// One file a kind.
void planMap(const Nest &nest, LoopPlan &plan);
void emitMap(Emitter &e, std::pair<Value, Value> range);
void planReduction(const Nest &nest, LoopPlan &plan, int threads);
/// `parts`: the buffer of `partsBytes`, or null.
void emitReduction(Emitter& e, std::pair<Value, Value> range, llvm::ArrayRef<int> kept, Value parts,
                   Value scratch);
void planScatter(const Nest &nest, LoopPlan &plan, int threads);
void emitScatter(Emitter &e, std::pair<Value, Value> range);
void planScan(const Nest &nest, LoopPlan &plan);
void emitScan(Emitter &e, std::pair<Value, Value> range);
void planStreams(const Nest &nest, LoopPlan &plan);
/// Whether streaming stores may be used for these outputs; at the entry.
Value streamsAligned(Emitter &e, llvm::ArrayRef<int> streamed);
/// Tens of instructions an element.
bool isExpensive(const NestNode &node);

/// The body of `for task in range`; gives the task dims (positions) their values from the task
/// number and leaves in `rest` what remains of it: the number of the block. Numbers of blocks are
/// extra parameters.
struct TaskLoop {
  Level level;
  llvm::SmallVector<Value> blocks;
};
TaskLoop openTasks(Emitter& e, std::pair<Value, Value> range, llvm::ArrayRef<int> dims,
                   llvm::ArrayRef<Value> blockCounts);
/// The same for kinds that go along one dim in order: tasks are the other dims, lanes in blocks
/// (their number is the first extra parameter); then, further out, `blockCounts`.
TaskLoop openRows(Emitter& e, std::pair<Value, Value> range,
                  llvm::ArrayRef<Value> blockCounts = {});
/// Its tasks and parameter; how many elements one of them has.
int64_t planRows(const Nest &nest, LoopPlan &plan);
/// A vector mask of the first `count` lanes.
Value firstLanes(Emitter &e, Value count);
}  // namespace mlir::weft
