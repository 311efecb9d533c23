// Kind scan, for bodies that treat every element of the states for itself: the states of one vector
// of elements stay in registers from step to step. Tasks: over the dims of the states (lanes along
// the last).
#include "codegen/loops/loops.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;
namespace {
constexpr int64_t kTaskElements = 1 << 13;

// With all lanes of the loop, whether the node varies along them or not.
Value spread(Emitter &e, Lane x) {
  if (e.laneDim >= 0 && !x.vectorType())
    x.v = e.b.create<vector::BroadcastOp>(e.loc(), VectorType::get({e.lanes}, x.v.getType()), x.v);
  return x.v;
}

// What each step leaves, or the final states.
void storeOutputs(Emitter &e, Level &level, bool ofSteps) {
  for (auto [i, o] : llvm::enumerate(e.nest.outputs))
    if (e.nest.dependsOn(o.index, e.nest.reducedDim) == ofSteps)
      e.store(static_cast<int>(i), level);
}

void runSteps(Emitter &e, Level &row) {
  const Nest &nest = e.nest;
  llvm::SmallVector<Value> initial, next;
  for (const ScanState &s : nest.states) {
    Lane x = e.get(s.initial, row);
    e.at(row);
    initial.push_back(spread(e, x));
  }
  e.at(row);
  Value steps = e.number(nest.space[nest.dims[nest.reducedDim]].extent);
  auto loop =
      e.b.create<scf::ForOp>(e.loc(), e.constantIndex(0), steps, e.constantIndex(1), initial);
  Operation *outer = row.before;
  row.before = loop;
  Level body;
  body.parent = &row;
  body.block = loop.getBody();
  body.before = loop.getBody()->empty() ? nullptr : loop.getBody()->getTerminator();
  body.knows.assign(nest.dims.size(), true);
  body.mask = row.mask;
  body.indices[nest.reducedDim] = loop.getInductionVar();
  for (auto [s, v] : llvm::zip(nest.states, loop.getRegionIterArgs()))
    body.values[s.current] = {&e.emission, v, nest.nodes[s.current].dtype};
  storeOutputs(e, body, true);
  for (const ScanState &s : nest.states) {
    Lane x = e.get(s.next, body);
    e.at(body);
    next.push_back(spread(e, x));
  }
  e.at(body);
  if (!next.empty()) e.b.create<scf::YieldOp>(e.loc(), next);
  row.before = outer;
  for (auto [i, s] : llvm::enumerate(nest.states))
    row.values[s.current] = {&e.emission, loop.getResult(i), nest.nodes[s.current].dtype};
  storeOutputs(e, row, false);
}
}  // namespace

void planScan(const Nest &nest, LoopPlan &plan) {
  plan.grain = std::max<int64_t>(1, kTaskElements / std::max<int64_t>(planRows(nest, plan), 1));
}

void emitScan(Emitter &e, std::pair<Value, Value> range) {
  TaskLoop tasks = openRows(e, range);
  runSteps(e, tasks.level);
}
}  // namespace mlir::weft
