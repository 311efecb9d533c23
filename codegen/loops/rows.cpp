#include "codegen/loops/rows.h"

#include "codegen/loops/loops.h"
#include "ir/op/order.h"
#include "llvm/ADT/ScopeExit.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {

Rows::Rows(Emitter &e, Level &row, const Chunks &chunks)
    : e(e), row(row), chunks(chunks), registers(static_cast<int>(::torch::op::kLanes) / e.lanes) {}

void Rows::run(const Stage &stage) {
  llvm::SmallVector<Reducer> reducers;
  for (int r : stage.reductions) reducers.push_back({e, e.nest.nodes[r]});
  llvm::SmallVector<Value> results = reduce(stage, reducers);
  size_t at = 0;
  for (auto [i, r] : llvm::enumerate(reducers)) {
    at += r.parts();
    row.values[stage.reductions[i]] = {&e.emission, results[at - 1], r.partType(r.parts() - 1)};
  }
}

llvm::SmallVector<Value> Rows::reduce(const Stage &stage, llvm::ArrayRef<Reducer> reducers) {
  llvm::SmallDenseSet<int> needed = neededBy(e.nest, stage);
  auto fill = llvm::make_scope_exit([&] {
    for (Kept &k : kept) k.filled = k.filled || needed.contains(k.node);
  });
  e.at(row);
  if (reducers.empty()) {
    runRange(row, stage, reducers, e.constantIndex(0), chunks.elements);
    return {};
  }
  llvm::SmallVector<Value> initial;
  for (const Reducer &r : reducers)
    for (const Lane &l : r.identity(0)) initial.push_back(l.v);
  auto loop =
      e.b.create<scf::ForOp>(e.loc(), chunks.begin, chunks.end, e.constantIndex(1), initial);
  Operation *outer = row.before;
  row.before = loop;
  Level chunk;
  chunk.parent = &row;
  chunk.block = loop.getBody();
  chunk.knows = row.knows;
  e.at(chunk);
  auto [from, to] = chunks.range(loop.getInductionVar());
  llvm::SmallVector<Value> results = runRange(chunk, stage, reducers, from, to);
  e.at(chunk);
  size_t at = 0;
  for (const Reducer &r : reducers)
    for (int p = 0; p < r.parts(); ++p, ++at)
      chunks.save(static_cast<int>(at), loop.getInductionVar(),
                  {&e.emission, results[at], r.partType(p)});
  e.b.create<scf::YieldOp>(e.loc(), results);
  row.before = outer;
  e.at(row);
  Value several = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::ugt, chunks.count,
                                            e.constantIndex(1));
  if (chunks.finishes) several = e.b.create<arith::AndIOp>(e.loc(), several, chunks.finishes);
  auto all =
      e.b.create<scf::IfOp>(e.loc(), loop.getResultTypes(), several, /*withElseRegion=*/true);
  e.b.setInsertionPointToEnd(all.elseBlock());
  e.b.create<scf::YieldOp>(e.loc(), loop.getResults());
  e.b.setInsertionPointToEnd(all.thenBlock());
  llvm::SmallVector<Value> total = collectSaved(reducers);
  e.b.create<scf::YieldOp>(e.loc(), total);
  e.at(row);
  return {all.getResults().begin(), all.getResults().end()};
}

// The elements [from, to): whole vectors, a masked one; the accumulators of the kLanes virtual
// lanes take turns.
llvm::SmallVector<Value> Rows::runRange(Level& around, const Stage& stage,
                                        llvm::ArrayRef<Reducer> reducers, Value from, Value to) {
  Value zero = e.constantIndex(0), width = e.constantIndex(e.lanes);
  Value n = e.b.create<arith::SubIOp>(e.loc(), to, from);
  Value rest = e.b.create<arith::RemUIOp>(e.loc(), n, width),
        whole = e.b.create<arith::SubIOp>(e.loc(), to, rest);
  auto loop = e.b.create<scf::ForOp>(e.loc(), from, whole, width, identities(reducers));
  Operation *outer = around.before;
  around.before = loop;
  Level body = level(around, loop.getBody(), loop.getInductionVar());
  finish(body, stage, reducers, loop.getRegionIterArgs());
  around.before = outer;
  e.at(around);
  Value some = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::ne, rest, zero);
  auto tail = e.b.create<scf::IfOp>(e.loc(), loop.getResultTypes(), some, true);
  around.before = loop;
  Level last = level(around, tail.thenBlock(), whole);
  e.at(last);
  last.mask = firstLanes(e, rest);
  finish(last, stage, reducers, loop.getResults());
  around.before = outer;
  e.b.setInsertionPointToEnd(tail.elseBlock());
  if (tail.elseBlock()->empty()) e.b.create<scf::YieldOp>(e.loc(), loop.getResults());
  e.at(around);
  llvm::SmallVector<Value> results;
  if (reducers.empty()) return results;
  for (const Running &r : collect(reducers, unturn(reducers, n, tail.getResults())))
    for (const Lane &l : r) results.push_back(l.v);
  return results;
}

llvm::SmallVector<Value> Rows::identities(llvm::ArrayRef<Reducer> reducers) {
  llvm::SmallVector<Value> out;
  for (const Reducer &r : reducers)
    for (int u = 0; u < registers; ++u)
      for (const Lane &l : r.identity(e.lanes)) out.push_back(l.v);
  return out;
}

// The results of chunks are a row themselves; at the insertion point.
llvm::SmallVector<Value> Rows::collectSaved(llvm::ArrayRef<Reducer> reducers) {
  Value step = e.constantIndex(::torch::op::kLanes);
  auto loop =
      e.b.create<scf::ForOp>(e.loc(), e.constantIndex(0), chunks.count, step, identities(reducers));
  e.b.setInsertionPointToEnd(loop.getBody());
  llvm::SmallVector<Value> next;
  size_t at = 0;
  int number = 0;
  for (const Reducer &r : reducers) {
    for (int u = 0; u < registers; ++u) {
      Value first =
          e.b.create<arith::AddIOp>(e.loc(), loop.getInductionVar(), e.constantIndex(u * e.lanes));
      Value left = e.b.create<arith::SubIOp>(e.loc(), chunks.count, first);
      left = e.b.create<arith::MaxSIOp>(e.loc(), left, e.constantIndex(0));
      Lane exists{&e.emission, firstLanes(e, left), DType::Bool};
      Running sum, results, neutral = r.identity(e.lanes);
      for (int p = 0; p < r.parts(); ++p) {
        sum.push_back({&e.emission, loop.getRegionIterArgs()[at++], r.partType(p)});
        Lane saved = chunks.saved(number + p, first, r.partType(p), e.lanes);
        results.push_back(::torch::scalar::select(exists, saved, neutral[p]));
      }
      for (const Lane &l : r.combine(sum, results)) next.push_back(l.v);
    }
    number += r.parts();
  }
  e.b.create<scf::YieldOp>(e.loc(), next);
  e.b.setInsertionPointAfter(loop);
  llvm::SmallVector<Value> out;
  for (const Running &r : collect(reducers, loop.getResults()))
    for (const Lane &l : r) out.push_back(l.v);
  return out;
}

Level Rows::level(Level &parent, Block *block, Value r) {
  Level l;
  l.parent = &parent;
  l.block = block;
  l.before = block->empty() ? nullptr : block->getTerminator();
  l.knows.assign(e.nest.dims.size(), true);
  l.indices[e.nest.reducedDim] = r;
  return l;
}

// Kept nodes of the vector at `body`: from scratch, or to it.
void Rows::keep(Level &body, const Stage &stage) {
  llvm::SmallDenseSet<int> needed = neededBy(e.nest, stage);
  for (Kept &k : kept) {
    if (!needed.contains(k.node)) continue;
    Value at = body.indices.lookup(e.nest.reducedDim);
    DType dtype = e.nest.nodes[k.node].dtype;
    auto type = VectorType::get({e.lanes}, cast<MemRefType>(k.memory.getType()).getElementType());
    if (k.filled) {
      e.at(body);
      body.values[k.node] = {&e.emission, e.b.create<vector::LoadOp>(e.loc(), type, k.memory, at),
                             dtype};
    } else {
      Lane x = e.get(k.node, body);
      e.at(body);
      e.b.create<vector::StoreOp>(e.loc(), x.v, k.memory, at);
    }
  }
}

void Rows::finish(Level& body, const Stage& stage, llvm::ArrayRef<Reducer> reducers,
                  ValueRange running) {
  keep(body, stage);
  for (int s : stage.stores) e.store(s, body);
  llvm::SmallVector<Value> next;
  size_t at = 0;
  for (const Reducer &r : reducers) {
    Running first;
    for (int p = 0; p < r.parts(); ++p)
      first.push_back({&e.emission, running[at + p], r.partType(p)});
    Running element = r.element(body, e.lanes);
    e.at(body);
    Running sum = r.combine(first, element);
    size_t count = static_cast<size_t>(registers * r.parts());
    for (size_t i = r.parts(); i < count; ++i) next.push_back(running[at + i]);
    for (const Lane &l : sum) next.push_back(l.v);
    at += count;
  }
  e.at(body);
  if (body.before && isa<scf::YieldOp>(body.before)) {
    e.b.create<scf::YieldOp>(e.loc(), next);
    body.before->erase();
  } else {
    e.b.create<scf::YieldOp>(e.loc(), next);
  }
}

// After q vectors the accumulator of virtual lanes 0.. stands at position q mod registers: turn on
// to the start.
ValueRange Rows::unturn(llvm::ArrayRef<Reducer> reducers, Value n, ValueRange running) {
  if (registers == 1) return running;
  Value width = e.constantIndex(e.lanes), count = e.constantIndex(registers),
        one = e.constantIndex(1);
  Value vectors = e.b.create<arith::CeilDivUIOp>(e.loc(), n, width);
  Value turned = e.b.create<arith::RemUIOp>(e.loc(), vectors, count);
  Value left =
      e.b.create<arith::RemUIOp>(e.loc(), e.b.create<arith::SubIOp>(e.loc(), count, turned), count);
  auto loop = e.b.create<scf::ForOp>(e.loc(), e.constantIndex(0), left, one, running);
  OpBuilder::InsertionGuard guard(e.b);
  e.b.setInsertionPointToEnd(loop.getBody());
  llvm::SmallVector<Value> next;
  ValueRange args = loop.getRegionIterArgs();
  // Parts of one accumulator lie together; every reduction has `registers` accumulators.
  size_t at = 0;
  for (const Reducer &r : reducers) {
    size_t parts = r.parts(), size = parts * registers;
    for (size_t i = parts; i < size; ++i) next.push_back(args[at + i]);
    for (size_t i = 0; i < parts; ++i) next.push_back(args[at + i]);
    at += size;
  }
  e.b.create<scf::YieldOp>(e.loc(), next);
  return loop.getResults();
}

// The tree of ir/op/order.h: lane l with lane l + w, w = kLanes / 2, ..., 1. What is left is one
// scalar each.
llvm::SmallVector<Running> Rows::collect(llvm::ArrayRef<Reducer> reducers, ValueRange running) {
  llvm::SmallVector<Running> out;
  size_t at = 0;
  for (const Reducer &r : reducers) {
    std::vector<Running> lanes;
    for (int u = 0; u < registers; ++u) {
      Running one;
      for (int p = 0; p < r.parts(); ++p)
        one.push_back({&e.emission, running[at++], r.partType(p)});
      lanes.push_back(one);
    }
    for (; lanes.size() > 1; lanes.resize(lanes.size() / 2))
      for (size_t u = 0; u < lanes.size() / 2; ++u)
        lanes[u] = r.combine(lanes[u], lanes[u + lanes.size() / 2]);
    Running sum = lanes[0];
    for (int width = e.lanes / 2; width >= 1; width /= 2) {
      Running low, high;
      for (const Lane &l : sum) {
        low.push_back(part(l, 0, width));
        high.push_back(part(l, width, width));
      }
      sum = r.combine(low, high);
    }
    for (Lane &l : sum)
      if (l.vectorType())
        l.v = e.b.create<vector::ExtractOp>(e.loc(), l.v, llvm::ArrayRef<int64_t>{0});
    out.push_back(sum);
  }
  return out;
}

Lane Rows::part(const Lane &x, int64_t from, int64_t size) {
  return {x.e,
          e.b.create<vector::ExtractStridedSliceOp>(e.loc(), x.v, llvm::ArrayRef<int64_t>{from},
                                                    llvm::ArrayRef<int64_t>{size},
                                                    llvm::ArrayRef<int64_t>{1}),
          x.dtype};
}
}  // namespace mlir::weft
