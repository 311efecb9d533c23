// Kind reduction: rows (lanes along the reduced run) or columns (lanes across rows), in stages: each loop over the
// reduced run computes the reductions whose operands are known by then and stores the elements that are.
#include "codegen/loops/loops.h"
#include "ir/op/order.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;
namespace {
using ::torch::op::kLanes;
using ::torch::op::Op;
int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
bool isIndexReduction(Op op) { return op == Op::argmax || op == Op::argmin; }

// A running reduction: a value, or (argmax) a value and its index.
using Running = llvm::SmallVector<Lane, 2>;

struct Reducer {
  Emitter &e;
  const NestNode &node;

  DType operandType() const { return e.nest.nodes[node.operands[0]].dtype; }
  Lane literal(DType d, double v) const {
    return scalar::literalLane(e.emission, d, ::torch::op::Literal::of(d, v).bits);
  }
  // Of `lanes` lanes (0: a scalar).
  Lane spread(Lane x, int lanes) const {
    if (!lanes) return x;
    auto type = VectorType::get({lanes}, x.v.getType());
    return {&e.emission, e.b.create<vector::BroadcastOp>(e.loc(), type, x.v), x.dtype};
  }
  Lane extreme(DType d, bool least) const {
    if (::torch::op::is_float(d)) return literal(d, least ? -INFINITY : INFINITY);
    int bits = 8 * static_cast<int>(::torch::op::dtype_bytes(d));
    int64_t low = d == DType::Byte || d == DType::Bool ? 0 : INT64_MIN >> (64 - bits);
    int64_t high = d == DType::Bool ? 1 : d == DType::Byte ? 255 : INT64_MAX >> (64 - bits);
    return scalar::literalLane(e.emission, d, least ? low : high);
  }
  Running identity(int lanes) const {
    DType d = operandType();
    switch (node.op) {
      case Op::sum: return {spread(literal(d, 0), lanes)};
      case Op::prod: return {spread(literal(d, 1), lanes)};
      case Op::max: return {spread(extreme(d, true), lanes)};
      case Op::min: return {spread(extreme(d, false), lanes)};
      case Op::any: return {spread(literal(d, 0), lanes)};
      case Op::all: return {spread(literal(d, 1), lanes)};
      case Op::argmax:
      case Op::argmin:
        return {spread(extreme(d, node.op == Op::argmax), lanes),
                spread(scalar::literalLane(e.emission, DType::Long, INT64_MAX), lanes)};
      default: throw RuleError("loops: not a reduction");
    }
  }
  Running combine(const Running &a, const Running &b) const {
    switch (node.op) {
      case Op::sum: return {a[0] + b[0]};
      case Op::prod: return {a[0] * b[0]};
      case Op::max: return {scalar::maximum(a[0], b[0])};
      case Op::min: return {scalar::minimum(a[0], b[0])};
      case Op::any: return {a[0] | b[0]};
      case Op::all: return {a[0] & b[0]};
      default: break;
    }
    // The better value, nan best of all; of equals the lower index.
    Lane better = node.op == Op::argmax ? b[0] > a[0] : b[0] < a[0], equal = b[0] == a[0];
    if (a[0].isFloat()) {
      Lane nanA = a[0] != a[0], nanB = b[0] != b[0];
      better = (better & !nanA) | (nanB & !nanA);
      equal = equal | (nanA & nanB);
    }
    Lane take = better | (equal & (b[1] < a[1]));
    return {scalar::select(take, b[0], a[0]), scalar::select(take, b[1], a[1])};
  }
  // The operand at `level`, lanes that do not exist being neutral.
  Running element(Level &level, int lanes) const {
    Lane x = e.get(node.operands[0], level);
    e.at(level);
    Running out{lanes && !x.vectorType() ? spread(x, lanes) : x};
    if (isIndexReduction(node.op)) {
      Value r = level.indices.lookup(e.nest.reducedDim);
      Lane i{&e.emission, e.b.create<arith::IndexCastOp>(e.loc(), e.b.getI64Type(), r), DType::Long};
      i = spread(i, lanes);
      if (e.laneDim == e.nest.reducedDim) {
        llvm::SmallVector<int64_t> steps;
        for (int l = 0; l < lanes; ++l) steps.push_back(l);
        auto type = VectorType::get({lanes}, e.b.getI64Type());
        Value iota = e.b.create<arith::ConstantOp>(e.loc(), DenseIntElementsAttr::get(type, steps));
        i = i + Lane{&e.emission, iota, DType::Long};
      }
      out.push_back(i);
    }
    if (!level.mask || e.laneDim != e.nest.reducedDim) return out;
    Lane mask{&e.emission, level.mask, DType::Bool};
    Running neutral = identity(lanes);
    for (size_t k = 0; k < out.size(); ++k) out[k] = scalar::select(mask, out[k], neutral[k]);
    return out;
  }
  Lane result(const Running &r) const { return r.back(); }
};

// Reductions and elements of one loop over the reduced run.
struct Stage {
  llvm::SmallVector<int> reductions, stores;
};
std::vector<Stage> stages(const Nest &nest) {
  std::vector<Stage> out;
  auto at = [&](int s) -> Stage & {
    if (static_cast<int>(out.size()) <= s) out.resize(s + 1);
    return out[s];
  };
  for (int i = 0; i < static_cast<int>(nest.nodes.size()); ++i)
    if (nest.nodes[i].kind == NestNode::reduction) at(nest.stage(i) - 1).reductions.push_back(i);
  for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i)
    if (nest.dependsOn(nest.outputs[i].index, nest.reducedDim)) at(nest.stage(nest.outputs[i].node)).stores.push_back(i);
  return out;
}

// The nodes along the row that a stage computes.
llvm::SmallDenseSet<int> neededBy(const Nest &nest, const Stage &stage) {
  llvm::SmallDenseSet<int> needed;
  llvm::SmallVector<int> stack;
  for (int r : stage.reductions) stack.push_back(nest.nodes[r].operands[0]);
  for (int s : stage.stores) stack.push_back(nest.outputs[s].node);
  while (!stack.empty()) {
    int id = stack.pop_back_val();
    const NestNode &n = nest.nodes[id];
    if (n.kind == NestNode::reduction || !nest.dependsOn(id, nest.reducedDim) || !needed.insert(id).second) continue;
    if (n.mask >= 0) stack.push_back(n.mask);
    stack.append(n.operands.begin(), n.operands.end());
  }
  return needed;
}

// What costs much and is needed again in a later stage stays in scratch: the exponentials of a softmax.
llvm::SmallVector<int> chooseKept(const Nest &nest) {
  constexpr size_t kMost = 2;
  llvm::SmallVector<int> kept;
  if (!nest.row) return kept;
  llvm::SmallDenseMap<int, int> uses;
  for (const Stage &s : stages(nest))
    for (int node : neededBy(nest, s)) ++uses[node];
  for (int i = static_cast<int>(nest.nodes.size()); i-- > 0 && kept.size() < kMost;)
    if (uses.lookup(i) > 1 && isExpensive(nest.nodes[i])) kept.push_back(i);
  return kept;
}

class Rows {
 public:
  Rows(Emitter &e, Level &row) : e(e), row(row), registers(static_cast<int>(kLanes) / e.lanes) {}

  // The scratch of a kept node; filled by the first stage that computes it.
  struct Kept {
    int node;
    Value memory;
    bool filled = false;
  };
  llvm::SmallVector<Kept> kept;

  // One stage: whole vectors, a masked one; the accumulators of the kLanes virtual lanes take turns.
  void run(const Stage &stage) {
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
    ValueRange turned = unturn(e.b.create<arith::AddIOp>(e.loc(), whole, rest), tail.getResults());
    collect(stage, reducers, turned);
  }

 private:
  Emitter &e;
  Level &row;
  int registers;

  Level level(Block *block, Value r) {
    Level l;
    l.parent = &row;
    l.block = block;
    l.before = block->empty() ? nullptr : block->getTerminator();
    l.knows.assign(e.nest.dims.size(), true);
    l.indices[e.nest.reducedDim] = r;
    return l;
  }
  int parts(const Reducer &r) const { return isIndexReduction(r.node.op) ? 2 : 1; }

  // Kept nodes of the vector at `body`: from scratch, or to it.
  void keep(Level &body, const Stage &stage) {
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

  void finish(Level &body, const Stage &stage, llvm::ArrayRef<Reducer> reducers, ValueRange running) {
    keep(body, stage);
    for (int s : stage.stores) e.store(s, body);
    llvm::SmallVector<Value> next;
    size_t at = 0;
    for (const Reducer &r : reducers) {
      Running first;
      DType types[] = {r.operandType(), DType::Long};
      for (int p = 0; p < parts(r); ++p) first.push_back({&e.emission, running[at + p], types[p]});
      Running element = r.element(body, e.lanes);
      e.at(body);
      Running sum = r.combine(first, element);
      size_t count = static_cast<size_t>(registers * parts(r));
      for (size_t i = parts(r); i < count; ++i) next.push_back(running[at + i]);
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
  ValueRange unturn(Value n, ValueRange running) {
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
    for (size_t size : groupSizes) {
      size_t parts = size / registers;
      for (size_t i = parts; i < size; ++i) next.push_back(args[at + i]);
      for (size_t i = 0; i < parts; ++i) next.push_back(args[at + i]);
      at += size;
    }
    e.b.create<scf::YieldOp>(e.loc(), next);
    return loop.getResults();
  }

  // The tree of ir/op/order.h: lane l with lane l + w, w = kLanes / 2, ..., 1.
  void collect(const Stage &stage, llvm::ArrayRef<Reducer> reducers, ValueRange running) {
    size_t at = 0;
    for (auto [i, r] : llvm::enumerate(reducers)) {
      std::vector<Running> lanes;
      DType types[] = {r.operandType(), DType::Long};
      for (int u = 0; u < registers; ++u) {
        Running one;
        for (int p = 0; p < parts(r); ++p) one.push_back({&e.emission, running[at++], types[p]});
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
  Lane part(const Lane &x, int64_t from, int64_t size) {
    return {x.e, e.b.create<vector::ExtractStridedSliceOp>(e.loc(), x.v, llvm::ArrayRef<int64_t>{from},
                                                           llvm::ArrayRef<int64_t>{size}, llvm::ArrayRef<int64_t>{1}),
            x.dtype};
  }

 public:
  llvm::SmallVector<size_t> groupSizes;
};

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
    DType types[] = {r.operandType(), DType::Long};
    for (int p = 0; p < (isIndexReduction(r.node.op) ? 2 : 1); ++p)
      first.push_back({&e.emission, loop.getRegionIterArgs()[at++], types[p]});
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
    if (isIndexReduction(r.node.op)) ++at;
    column.values[stage.reductions[i]] = {&e.emission, loop.getResult(at++),
                                          isIndexReduction(r.node.op) ? DType::Long : r.operandType()};
  }
}
}  // namespace

// Extra parameter of columns: the number of lane blocks; of rows that keep nodes: the elements of one kept row.
void planReduction(const Nest &nest, LoopPlan &plan) {
  int64_t perTask = planRows(nest, plan);
  plan.kept = plan.laneDim == nest.reducedDim ? chooseKept(nest) : llvm::SmallVector<int>();
  if (!plan.kept.empty()) {
    plan.params.push_back(ceilDiv(nest.extent(nest.reducedDim), kLanes) * kLanes);
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
    if (nest.row) {
      rows.groupSizes.clear();
      for (int r : stage.reductions)
        rows.groupSizes.push_back((isIndexReduction(nest.nodes[r].op) ? 2 : 1) * (kLanes / e.lanes));
      rows.run(stage);
    } else {
      runColumnStage(e, row, stage);
    }
  }
  for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i)
    if (!nest.dependsOn(nest.outputs[i].index, nest.reducedDim)) e.store(i, row);
}
}  // namespace mlir::weft
