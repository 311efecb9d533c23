#include "codegen/loops/rows.h"

#include "codegen/loops/loops.h"
#include "ir/op/order.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {

Rows::Rows(Emitter &e, Level &row) : e(e), row(row), registers(static_cast<int>(::torch::op::kLanes) / e.lanes) {}

void Rows::run(const Stage &stage) {
  llvm::SmallVector<Reducer> reducers;
  for (int r : stage.reductions) reducers.push_back({e, e.nest.nodes[r]});
  Value n = e.number(e.nest.space[e.nest.dims[e.nest.reducedDim]].extent);
  e.at(row);
  Value zero = e.constantIndex(0), width = e.constantIndex(e.lanes);
  Value rest = e.b.create<arith::RemUIOp>(e.loc(), n, width), whole = e.b.create<arith::SubIOp>(e.loc(), n, rest);
  llvm::SmallVector<Value> initial;
  for (Reducer &r : reducers)
    for (int u = 0; u < registers; ++u)
      for (const Lane &l : r.identity(e.lanes)) initial.push_back(l.v);
  auto loop = e.b.create<scf::ForOp>(e.loc(), zero, whole, width, initial);
  Operation *outer = row.before;
  row.before = loop;
  Level body = level(loop.getBody(), loop.getInductionVar());
  finish(body, stage, reducers, loop.getRegionIterArgs());
  row.before = outer;
  e.at(row);
  Value some = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::ne, rest, zero);
  auto tail = e.b.create<scf::IfOp>(e.loc(), loop.getResultTypes(), some, true);
  row.before = loop;
  Level last = level(tail.thenBlock(), whole);
  e.at(last);
  last.mask = firstLanes(e, rest);
  finish(last, stage, reducers, loop.getResults());
  row.before = outer;
  e.b.setInsertionPointToEnd(tail.elseBlock());
  if (tail.elseBlock()->empty()) e.b.create<scf::YieldOp>(e.loc(), loop.getResults());
  e.at(row);
  llvm::SmallDenseSet<int> needed = neededBy(e.nest, stage);
  for (Kept &k : kept) k.filled = k.filled || needed.contains(k.node);
  if (reducers.empty()) return;
  ValueRange turned = unturn(reducers, e.b.create<arith::AddIOp>(e.loc(), whole, rest), tail.getResults());
  collect(stage, reducers, turned);
}

Level Rows::level(Block *block, Value r) {
  Level l;
  l.parent = &row;
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
      body.values[k.node] = {&e.emission, e.b.create<vector::LoadOp>(e.loc(), type, k.memory, at), dtype};
    } else {
      Lane x = e.get(k.node, body);
      e.at(body);
      e.b.create<vector::StoreOp>(e.loc(), x.v, k.memory, at);
    }
  }
}

void Rows::finish(Level &body, const Stage &stage, llvm::ArrayRef<Reducer> reducers, ValueRange running) {
  keep(body, stage);
  for (int s : stage.stores) e.store(s, body);
  llvm::SmallVector<Value> next;
  size_t at = 0;
  for (const Reducer &r : reducers) {
    Running first;
    for (int p = 0; p < r.parts(); ++p) first.push_back({&e.emission, running[at + p], r.partType(p)});
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

// After q vectors the accumulator of virtual lanes 0.. stands at position q mod registers: turn on to the start.
ValueRange Rows::unturn(llvm::ArrayRef<Reducer> reducers, Value n, ValueRange running) {
  if (registers == 1) return running;
  Value width = e.constantIndex(e.lanes), count = e.constantIndex(registers), one = e.constantIndex(1);
  Value vectors = e.b.create<arith::CeilDivUIOp>(e.loc(), n, width);
  Value turned = e.b.create<arith::RemUIOp>(e.loc(), vectors, count);
  Value left = e.b.create<arith::RemUIOp>(e.loc(), e.b.create<arith::SubIOp>(e.loc(), count, turned), count);
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

// The tree of ir/op/order.h: lane l with lane l + w, w = kLanes / 2, ..., 1.
void Rows::collect(const Stage &stage, llvm::ArrayRef<Reducer> reducers, ValueRange running) {
  size_t at = 0;
  for (auto [i, r] : llvm::enumerate(reducers)) {
    std::vector<Running> lanes;
    for (int u = 0; u < registers; ++u) {
      Running one;
      for (int p = 0; p < r.parts(); ++p) one.push_back({&e.emission, running[at++], r.partType(p)});
      lanes.push_back(one);
    }
    for (; lanes.size() > 1; lanes.resize(lanes.size() / 2))
      for (size_t u = 0; u < lanes.size() / 2; ++u) lanes[u] = r.combine(lanes[u], lanes[u + lanes.size() / 2]);
    Running sum = lanes[0];
    for (int width = e.lanes / 2; width >= 1; width /= 2) {
      Running low, high;
      for (const Lane &l : sum) {
        low.push_back(part(l, 0, width));
        high.push_back(part(l, width, width));
      }
      sum = r.combine(low, high);
    }
    Lane result = r.result(sum);
    if (result.vectorType())
      result.v = e.b.create<vector::ExtractOp>(e.loc(), result.v, llvm::ArrayRef<int64_t>{0});
    row.values[stage.reductions[i]] = result;
  }
}

Lane Rows::part(const Lane &x, int64_t from, int64_t size) {
  return {x.e, e.b.create<vector::ExtractStridedSliceOp>(e.loc(), x.v, llvm::ArrayRef<int64_t>{from},
                                                         llvm::ArrayRef<int64_t>{size}, llvm::ArrayRef<int64_t>{1}),
          x.dtype};
}
}  // namespace mlir::weft
