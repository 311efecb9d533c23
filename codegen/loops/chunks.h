/// The chunks of a reduced run (ir/op/order.h). A task reduces all chunks of its row one after the
/// other, however many there are. Where nothing but the run could make tasks, and it is long, the
/// same code is launched twice: tasks of one chunk, that leave its result in memory, then tasks
/// that find the results of all there.
#pragma once
#include "codegen/loops/loops.h"
#include "codegen/loops/reducer.h"

namespace mlir::weft {

/// Whether the code can be launched so: no dim left of the run, and nothing along it waits for a
/// reduction.
bool sharesChunks(const Nest &nest);
/// Extra parameters, where it can: into how many tasks the chunks go, and how many chunks one of
/// them reduces.
void planChunks(const Nest &nest, LoopPlan &plan, int threads);

/// The elements of a chunk of a run of `size`, at the insertion point.
std::pair<Value, Value> chunkRange(Emitter &e, Value chunk, Value size);

/// Those of the task at hand.
class Chunks {
 public:
  /// `parts`: the buffer that tasks share, or null; `counts`: the position of the extra parameters.
  Chunks(Emitter &e, Level &row, Value parts, int counts);
  /// Results go to the task's own memory.
  void useScratch(Value memory, Value firstByte) { memory_ = memory, firstByte_ = firstByte; }

  Value elements, count;        // of the run; its chunks
  Value begin, end;             // the chunks that the task reduces
  Value finishes;               // whether it goes on to what follows from the result; null: yes
  /// The range of elements of a chunk, at the insertion point.
  std::pair<Value, Value> range(Value chunk) const { return chunkRange(e, chunk, elements); }
  /// Results in memory, `width` of each chunk: the number-th running value.
  void save(int number, Value chunk, const Lane &result) const;
  Lane saved(int number, Value chunk, DType dtype, int lanes) const;

 private:
  Value view(int number, Type element) const;
  Value place(Value chunk) const;

  Emitter &e;
  Value memory_, firstByte_;
  Value group_, groups_;  // of lanes, among those of one chunk; null: the run is along the lanes
};
}  // namespace mlir::weft
