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

// Elements along `dim`, one after the other, are combined chunk by chunk.
struct Column {
  Emitter &e;
  Level &level;
  int dim, lanes;
  llvm::ArrayRef<Reducer> reducers;
  /// What each reducer takes at one element; it may store there.
  llvm::function_ref<llvm::SmallVector<Running>(Level &)> element;

  llvm::SmallVector<Value> identities() const {
    llvm::SmallVector<Value> out;
    for (const Reducer &r : reducers)
      for (const Lane &l : r.identity(lanes)) out.push_back(l.v);
    return out;
  }
  // At the insertion point.
  scf::ForOp runChunk(std::pair<Value, Value> range, ValueRange initial) const {
    auto loop =
        e.b.create<scf::ForOp>(e.loc(), range.first, range.second, e.constantIndex(1), initial);
    Level body;
    body.parent = &level;
    body.block = loop.getBody();
    body.before = loop.getBody()->empty() ? nullptr : loop.getBody()->getTerminator();
    body.knows = level.knows;
    body.knows[dim] = true;
    body.mask = level.mask;
    body.indices[dim] = loop.getInductionVar();
    llvm::SmallVector<Running> elements = element(body);
    e.at(body);
    size_t at = 0;
    auto next = combined(e, reducers, loop.getRegionIterArgs(),
                         [&](const Reducer &) { return elements[at++]; });
    if (!next.empty()) e.b.create<scf::YieldOp>(e.loc(), next);
    return loop;
  }
  llvm::SmallVector<Value> run(Value begin, Value end, Value size) const {
    e.at(level);
    llvm::SmallVector<Value> initial = identities();
    auto loop = e.b.create<scf::ForOp>(e.loc(), begin, end, e.constantIndex(1), initial);
    Operation *outer = level.before;
    level.before = loop;
    toEnd(e, loop.getBody());
    scf::ForOp chunk = runChunk(chunkRange(e, loop.getInductionVar(), size), initial);
    e.b.setInsertionPointAfter(chunk);
    size_t at = 0;
    auto next = combined(e, reducers, loop.getRegionIterArgs(),
                         [&](const Reducer &r) { return running(e, r, chunk.getResults(), at); });
    if (!next.empty()) e.b.create<scf::YieldOp>(e.loc(), next);
    level.before = outer;
    e.at(level);
    return {loop.getResults().begin(), loop.getResults().end()};
  }
};

std::vector<Reducer> reducersOf(Emitter &e, const Stage &stage) {
  std::vector<Reducer> reducers;
  for (int r : stage.reductions) reducers.push_back({e, e.nest.nodes[r]});
  return reducers;
}
void setResults(Emitter &e, Level &level, const Stage &stage, llvm::ArrayRef<Reducer> reducers,
                ValueRange results) {
  size_t at = 0;
  for (auto [i, r] : llvm::enumerate(reducers))
    level.values[stage.reductions[i]] = running(e, r, results, at).back();
}

// Continues with what tasks of one chunk left, if the task is the one that finishes.
llvm::SmallVector<Value> addSaved(Emitter &e, const Chunks &chunks,
                                  llvm::ArrayRef<Reducer> reducers, int lanes,
                                  ValueRange results) {
  Value own = e.b.create<arith::SubIOp>(e.loc(), chunks.end, chunks.begin);
  Value others = e.b.create<arith::SubIOp>(e.loc(), chunks.count, own), zero = e.constantIndex(0);
  others = e.b.create<arith::SelectOp>(e.loc(), chunks.finishes, others, zero);
  auto rest = e.b.create<scf::ForOp>(e.loc(), zero, others, e.constantIndex(1), results);
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
  return {rest.getResults().begin(), rest.getResults().end()};
}

void runColumnStage(Emitter &e, Level &column, const Stage &stage, const Chunks &chunks,
                    bool shared) {
  const int lanes = e.laneDim >= 0 ? e.lanes : 0;
  const std::vector<Reducer> reducers = reducersOf(e, stage);
  auto element = [&](Level &body) {
    for (int s : stage.stores) e.store(s, body);
    llvm::SmallVector<Running> out;
    for (const Reducer &r : reducers) out.push_back(r.element(body, lanes));
    return out;
  };
  llvm::SmallVector<Value> results = Column{e, column, e.nest.reducedDim, lanes, reducers, element}
                                         .run(chunks.begin, chunks.end, chunks.elements);
  if (shared) results = addSaved(e, chunks, reducers, lanes, results);
  setResults(e, column, stage, reducers, results);
  if (!shared) return;
  auto leaves = e.b.create<scf::IfOp>(e.loc(), chunks.finishes, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPoint(leaves.elseYield());
  int number = 0;
  size_t at = 0;
  for (const Reducer &r : reducers)
    for (const Lane &l : running(e, r, results, at)) chunks.save(number++, chunks.begin, l);
}

// What rows come to is a column of its own.
void runRowsStage(Emitter &e, Level &column, const Stage &stage, const Chunks &chunks) {
  const std::vector<Reducer> reducers = reducersOf(e, stage);
  const int dim = e.nest.outerReducedDim;
  auto element = [&](Level &body) {
    llvm::SmallVector<Value> results = Rows(e, body, chunks).reduce(stage, reducers);
    llvm::SmallVector<Running> out;
    size_t at = 0;
    for (const Reducer &r : reducers) out.push_back(running(e, r, results, at));
    return out;
  };
  e.at(column);
  Value size = e.number(e.nest.space[e.nest.dims[dim]].extent);
  Value count =
      e.b.create<arith::CeilDivUIOp>(e.loc(), size, e.constantIndex(::torch::op::kChunk));
  setResults(e, column, stage, reducers,
             Column{e, column, dim, 0, reducers, element}.run(e.constantIndex(0), count, size));
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
    if (nest.outerReducedDim >= 0) runRowsStage(e, row, stage, chunks);
    else if (nest.row) rows.run(stage);
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
    if (!nest.dependsOnReduced(nest.outputs[i].index)) e.store(i, parts ? after : row);
  for (int i = 0; i < static_cast<int>(nest.checks.size()); ++i) e.check(i, parts ? after : row);
}
}  // namespace mlir::weft
