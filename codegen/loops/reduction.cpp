// Kind reduction: rows (lanes along the reduced run, rows.cpp) or columns (lanes across rows), in stages.
#include "codegen/loops/loops.h"
#include "codegen/loops/rows.h"
#include "ir/op/order.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;
namespace {
using ::torch::op::kLanes;

void runColumnStage(Emitter &e, Level &column, const Stage &stage) {
  const Nest &nest = e.nest;
  int lanes = e.laneDim >= 0 ? e.lanes : 0;
  llvm::SmallVector<Reducer> reducers;
  for (int r : stage.reductions) reducers.push_back({e, nest.nodes[r]});
  e.at(column);
  Value n = e.number(nest.space[nest.dims[nest.reducedDim]].extent);
  llvm::SmallVector<Value> initial;
  for (Reducer &r : reducers)
    for (const Lane &l : r.identity(lanes)) initial.push_back(l.v);
  auto loop = e.b.create<scf::ForOp>(e.loc(), e.constantIndex(0), n, e.constantIndex(1), initial);
  Operation *outer = column.before;
  column.before = loop;
  Level body;
  body.parent = &column;
  body.block = loop.getBody();
  body.before = loop.getBody()->empty() ? nullptr : loop.getBody()->getTerminator();
  body.knows.assign(nest.dims.size(), true);
  body.mask = column.mask;
  body.indices[nest.reducedDim] = loop.getInductionVar();
  for (int s : stage.stores) e.store(s, body);
  llvm::SmallVector<Value> next;
  size_t at = 0;
  for (Reducer &r : reducers) {
    Running first;
    for (int p = 0; p < r.parts(); ++p)
      first.push_back({&e.emission, loop.getRegionIterArgs()[at++], r.partType(p)});
    Running element = r.element(body, lanes);
    e.at(body);
    for (const Lane &l : r.combine(first, element)) next.push_back(l.v);
  }
  if (!reducers.empty()) {
    e.at(body);
    e.b.create<scf::YieldOp>(e.loc(), next);
  }
  column.before = outer;
  at = 0;
  for (auto [i, r] : llvm::enumerate(reducers)) {
    at += r.parts();
    column.values[stage.reductions[i]] = {&e.emission, loop.getResult(at - 1), r.partType(r.parts() - 1)};
  }
}
}  // namespace

// Extra parameter of columns: the number of lane blocks; of rows that keep nodes: the elements of one kept row.
void planReduction(const Nest &nest, LoopPlan &plan) {
  int64_t perTask = planRows(nest, plan);
  plan.kept = plan.laneDim == nest.reducedDim ? chooseKept(nest) : llvm::SmallVector<int>();
  if (!plan.kept.empty()) {
    plan.params.push_back((nest.extent(nest.reducedDim) + kLanes - 1) / kLanes * kLanes);
    plan.scratchBytes = static_cast<int64_t>(plan.kept.size()) * plan.params.back() * 8;
  }
  plan.grain = std::max<int64_t>(1, (1 << 13) / std::max<int64_t>(perTask, 1));
}

void emitReduction(Emitter &e, std::pair<Value, Value> range, llvm::ArrayRef<int> kept, Value scratch) {
  const Nest &nest = e.nest;
  TaskLoop tasks = openRows(e, range);
  Level &row = tasks.level;
  Rows rows(e, row);
  e.at(e.entry);
  for (auto [i, node] : llvm::enumerate(kept)) {
    Value bytes = e.b.create<arith::MulIOp>(e.loc(), e.extra(0), e.constantIndex(8 * i));
    auto type = MemRefType::get({ShapedType::kDynamic}, scalar::elementType(e.b.getContext(), nest.nodes[node].dtype));
    rows.kept.push_back({node, e.b.create<memref::ViewOp>(e.loc(), type, scratch, bytes, e.extra(0))});
  }
  for (const Stage &stage : stages(nest)) {
    if (nest.row) rows.run(stage);
    else runColumnStage(e, row, stage);
  }
  for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i)
    if (!nest.dependsOn(nest.outputs[i].index, nest.reducedDim)) e.store(i, row);
}
}  // namespace mlir::weft
