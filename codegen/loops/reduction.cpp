// Kind reduction: rows (lanes along the reduced run, rows.cpp) or columns (lanes across rows), in
// stages.
#include "codegen/loops/rows.h"
#include "ir/op/order.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;
namespace {
using ::torch::op::kLanes;

Running running(Emitter &e, const Reducer &r, ValueRange values, size_t &at) {
  Running out;
  for (int p = 0; p < r.parts(); ++p) out.push_back({&e.emission, values[at++], r.partType(p)});
  return out;
}
// Each reducer's values of `a` combined with those that `b` gives.
template <class F>
llvm::SmallVector<Value> combined(Emitter& e, llvm::ArrayRef<Reducer> reducers, ValueRange a,
                                  F&& b) {
  llvm::SmallVector<Value> next;
  size_t at = 0;
  for (const Reducer &r : reducers) {
    Running first = running(e, r, a, at), second = b(r);
    for (const Lane &l : r.combine(first, second)) next.push_back(l.v);
  }
  return next;
}
void toEnd(Emitter &e, Block *block) {
  if (!block->empty() && isa<scf::YieldOp>(block->back())) e.b.setInsertionPoint(&block->back());
  else e.b.setInsertionPointToEnd(block);
}

// The elements of one chunk, one after the other; at the insertion point.
scf::ForOp runColumnChunk(Emitter& e, Level& column, const Stage& stage,
                          llvm::ArrayRef<Reducer> reducers, std::pair<Value, Value> range,
                          ValueRange initial) {
  auto loop =
      e.b.create<scf::ForOp>(e.loc(), range.first, range.second, e.constantIndex(1), initial);
  Level body;
  body.parent = &column;
  body.block = loop.getBody();
  body.before = loop.getBody()->empty() ? nullptr : loop.getBody()->getTerminator();
  body.knows.assign(e.nest.dims.size(), true);
  body.mask = column.mask;
  body.indices[e.nest.reducedDim] = loop.getInductionVar();
  for (int s : stage.stores) e.store(s, body);
  auto next = combined(e, reducers, loop.getRegionIterArgs(), [&](const Reducer &r) {
    Running element = r.element(body, e.laneDim >= 0 ? e.lanes : 0);
    e.at(body);
    return element;
  });
  if (next.empty()) return loop;
  e.at(body);
  e.b.create<scf::YieldOp>(e.loc(), next);
  return loop;
}

void runColumnStage(Emitter& e, Level& column, const Stage& stage, const Chunks& chunks,
                    bool shared) {
  const int lanes = e.laneDim >= 0 ? e.lanes : 0;
  llvm::SmallVector<Reducer> reducers;
  for (int r : stage.reductions) reducers.push_back({e, e.nest.nodes[r]});
  e.at(column);
  llvm::SmallVector<Value> initial;
  for (Reducer &r : reducers)
    for (const Lane &l : r.identity(lanes)) initial.push_back(l.v);
  Value one = e.constantIndex(1);
  auto loop = e.b.create<scf::ForOp>(e.loc(), chunks.begin, chunks.end, one, initial);
  Operation *outer = column.before;
  column.before = loop;
  toEnd(e, loop.getBody());
  scf::ForOp chunk =
      runColumnChunk(e, column, stage, reducers, chunks.range(loop.getInductionVar()), initial);
  e.b.setInsertionPointAfter(chunk);
  size_t at = 0;
  auto next = combined(e, reducers, loop.getRegionIterArgs(),
                       [&](const Reducer &r) { return running(e, r, chunk.getResults(), at); });
  if (!next.empty()) e.b.create<scf::YieldOp>(e.loc(), next);
  column.before = outer;
  ValueRange results = loop.getResults();
  if (shared) {
    // What tasks of one chunk left.
    e.at(column);
    Value own = e.b.create<arith::SubIOp>(e.loc(), chunks.end, chunks.begin);
    Value others = e.b.create<arith::SubIOp>(e.loc(), chunks.count, own), zero = e.constantIndex(0);
    others = e.b.create<arith::SelectOp>(e.loc(), chunks.finishes, others, zero);
    auto rest = e.b.create<scf::ForOp>(e.loc(), zero, others, one, results);
    OpBuilder::InsertionGuard guard(e.b);
    e.b.setInsertionPointToEnd(rest.getBody());
    int number = 0;
    auto all = combined(e, reducers, rest.getRegionIterArgs(), [&](const Reducer &r) {
      Running out;
      for (int p = 0; p < r.parts(); ++p)
        out.push_back(chunks.saved(number++, rest.getInductionVar(), r.partType(p), lanes));
      return out;
    });
    e.b.create<scf::YieldOp>(e.loc(), all);
    results = rest.getResults();
  }
  at = 0;
  for (auto [i, r] : llvm::enumerate(reducers))
    column.values[stage.reductions[i]] = running(e, r, results, at).back();
  if (!shared) return;
  e.at(column);
  auto leaves = e.b.create<scf::IfOp>(e.loc(), chunks.finishes, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPoint(leaves.elseYield());
  int number = 0;
  at = 0;
  for (const Reducer &r : reducers)
    for (const Lane &l : running(e, r, results, at)) chunks.save(number++, chunks.begin, l);
}
}  // namespace

// Extra parameter of columns: the number of lane blocks; of rows that keep nodes: the elements of
// one kept row; then those of shared chunks.
void planReduction(const Nest &nest, LoopPlan &plan, int threads) {
  int64_t perTask = planRows(nest, plan);
  plan.kept = plan.laneDim == nest.reducedDim ? chooseKept(nest) : llvm::SmallVector<int>();
  if (!plan.kept.empty()) {
    plan.params.push_back((nest.extent(nest.reducedDim) + kLanes - 1) / kLanes * kLanes);
    plan.scratchBytes = static_cast<int64_t>(plan.kept.size()) * plan.params.back() * 8;
  }
  plan.grain = std::max<int64_t>(1, (1 << 13) / std::max<int64_t>(perTask, 1));
  planChunks(nest, plan, threads);
}

void emitReduction(Emitter& e, std::pair<Value, Value> range, llvm::ArrayRef<int> kept, Value parts,
                   Value scratch) {
  const Nest &nest = e.nest;
  const int counts = !kept.empty() || (e.laneDim >= 0 && e.laneDim != nest.reducedDim);
  TaskLoop tasks = parts ? openRows(e, range, e.extra(counts)) : openRows(e, range);
  Level &row = tasks.level;
  Chunks chunks(e, row, parts, counts);
  e.at(e.entry);
  Value keptBytes = e.constantIndex(0);
  llvm::SmallVector<Rows::Kept> memory;
  for (int node : kept) {
    auto type = MemRefType::get({ShapedType::kDynamic},
                                scalar::elementType(e.b.getContext(), nest.nodes[node].dtype));
    memory.push_back(
        {node, e.b.create<memref::ViewOp>(e.loc(), type, scratch, keptBytes, e.extra(0))});
    Value bytes = e.b.create<arith::MulIOp>(e.loc(), e.extra(0), e.constantIndex(8));
    keptBytes = e.b.create<arith::AddIOp>(e.loc(), keptBytes, bytes);
  }
  if (!parts) chunks.useScratch(scratch, keptBytes);
  Rows rows(e, row, chunks);
  rows.kept = std::move(memory);
  for (const Stage &stage : stages(nest)) {
    if (nest.row) rows.run(stage);
    else runColumnStage(e, row, stage, chunks, parts != nullptr);
  }
  Level after;
  after.parent = &row;
  after.knows = row.knows;
  after.mask = row.mask;
  after.conditional = true;
  if (parts) {
    e.at(row);
    auto branch = e.b.create<scf::IfOp>(e.loc(), chunks.finishes);
    row.before = branch;
    after.block = branch.thenBlock();
    after.before = branch.thenYield();
  }
  for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i)
    if (!nest.dependsOn(nest.outputs[i].index, nest.reducedDim)) e.store(i, parts ? after : row);
}
}  // namespace mlir::weft
