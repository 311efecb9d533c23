// Maps, and the kinds whose tasks are the CPU's.
#include "codegen/cuda/nest/emit.h"
#include "codegen/cuda/nest/vectors.h"

namespace mlir::weft::cuda {

// Extra parameters: blocks of neighbours along the innermost dim, and in all.
void emitMap(Kernel& k) {
  Emitter& e = k.e;
  Words w(e);
  const Nest& nest = e.nest;
  const int vector = k.plan.vector;
  Value inner = e.extra(0), count = e.extra(1);
  Value first = w.add(w.mul(w.block(), k.plan.threads), w.thread());
  Value step = w.mul(w.blocks(), k.plan.threads);
  llvm::SmallVector<int> outer = llvm::to_vector(llvm::seq<int>(0, nest.dims.size() - 1)), all;
  for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i) all.push_back(i);
  const llvm::SmallVector<int> loads =
      vector > 1 ? vectorLoads(nest, vector) : llvm::SmallVector<int>();
  Vectors vectors(e, vector, loads, all);
  loop(e, k.level, first, count, step, {}, false,
       [&](Level& level, Value number, ValueRange) -> llvm::SmallVector<Value> {
         e.at(level);
         Value at = number;
         if (!outer.empty()) {
           at = w.rem(number, inner);
           spread(e, level, outer, w.div(number, inner));
         }
         return vectors.run(level, w.mul(at, vector), {},
                            [&](Level& one, Value, ValueRange) -> llvm::SmallVector<Value> {
                              for (size_t i = 0; i < nest.checks.size(); ++i)
                                e.check(static_cast<int>(i), one);
                              return {};
                            });
       });
}

// A thread a task. The last parameter: how many there are.
void emitTasks(Kernel& k) {
  Emitter& e = k.e;
  Words w(e);
  Value task = w.add(w.mul(w.block(), k.plan.threads), w.thread());
  Value end = w.min(w.add(task, w.constant(1)), k.last);
  switch (e.nest.kind) {
    case Nest::scatter: return emitScatter(e, {task, end});
    case Nest::scan: return emitScan(e, {task, end});
    case Nest::map:
    case Nest::reduction: return weft::emitMap(e, {task, end});
  }
}
}  // namespace mlir::weft::cuda
