// Reductions of rows: `group` threads take a row, `vector` neighbours at once. Up to a warp is part
// of one; else it is the block.
#include "codegen/cuda/nest/emit.h"
#include "codegen/cuda/nest/vectors.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace {
constexpr int kWarp = 32;

class Rows {
 public:
  explicit Rows(Kernel& k) : k(k), e(k.e), plan(k.plan), w(e), row(k.level) {}

  void emit() {
    findRow();
    for (int node : plan.kept) {
      auto type = MemRefType::get(
          {plan.items}, ::torch::scalar::elementType(e.b.getContext(), e.nest.nodes[node].dtype));
      memory[node] = e.b.create<memref::AllocaOp>(e.loc(), type);
    }
    for (const Stage& stage : stages(e.nest)) {
      Reductions reductions(e, stage);
      llvm::SmallVector<Value> own = elements(stage, reductions);
      if (reductions.count() == 0) continue;
      e.at(row);
      llvm::SmallVector<Value> results = plan.group <= kWarp
                                             ? reductions.overLanes(own, plan.group)
                                             : reductions.overBlock(own, plan.group, thread);
      if (k.parts()) return saveParts(reductions, results);
      reductions.publish(row, results);
    }
    finishRow(k, row, isFirst());
  }

 private:
  void findRow() {
    thread = w.thread();
    Value block = w.block();
    Reduced whole(e);
    reduced = whole;
    if (k.parts()) {
      part = takePart(k, block, whole.elements, 1);
    } else {
      part.from = w.constant(0);
      part.to = whole.elements;
    }
    rows = e.extra(0);
    lane = plan.group == plan.threads ? thread : w.rem(thread, plan.group);
    number = block;
    if (plan.group < plan.threads) {
      number = w.add(w.mul(block, plan.threads / plan.group), w.div(thread, plan.group));
      exists = w.less(number, rows);
      part.to = w.select(exists, part.to, part.from);
      number = w.min(number, w.add(rows, w.constant(-1)));
    }
    spread(e, row, keptDims(e.nest), number);
  }

  Value isFirst() {
    e.at(row);
    Value first = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, lane, w.constant(0));
    return exists ? w.both(first, exists) : first;
  }

  void saveParts(const Reductions& reductions, ValueRange results) {
    when(e, row, isFirst(), [&](Level& inside) {
      e.at(inside);
      reductions.save(k.parts(), w.add(w.mul(part.number, rows), number), w.mul(part.count, rows),
                      results);
    });
  }

  // The nodes that a stage needs, what is kept from earlier ones not made again.
  llvm::SmallVector<int> loadsOf(const Stage& stage) {
    llvm::SmallDenseSet<int> needed;
    llvm::SmallVector<int> stack;
    for (int r : stage.reductions) stack.push_back(e.nest.nodes[r].operands[0]);
    for (int s : stage.stores) stack.push_back(e.nest.outputs[s].node);
    while (!stack.empty()) {
      const int id = stack.pop_back_val();
      const NestNode& n = e.nest.nodes[id];
      if (n.kind == NestNode::reduction || filled.contains(id) || !needed.insert(id).second)
        continue;
      if (n.mask >= 0) stack.push_back(n.mask);
      stack.append(n.operands.begin(), n.operands.end());
    }
    llvm::SmallVector<int> loads;
    for (int load : vectorLoads(e.nest, plan.vector))
      if (needed.contains(load) && e.nest.dependsOn(load, e.nest.reducedDim)) loads.push_back(load);
    toFill.clear();
    for (int node : plan.kept)
      if (needed.contains(node)) toFill.push_back(node);
    return loads;
  }

  llvm::SmallVector<Value> elements(const Stage& stage, const Reductions& reductions) {
    const llvm::SmallVector<int> loads = loadsOf(stage);
    Vectors vectors(e, plan.vector, loads, stage.stores);
    e.at(row);
    llvm::SmallVector<Value> start = reductions.identities();
    // `item`: of those that the thread keeps, the first of these neighbours
    auto at = [&](Level& level, Value r, ValueRange running, Value item) {
      Value index = reduced->enter(e, level, r);
      return vectors.run(level, index, running, [&](Level& one, Value i, ValueRange values) {
        keep(one, item ? w.add(item, i) : Value());
        return reductions.with(one, values);
      });
    };
    llvm::SmallVector<Value> own = plan.items ? fixedLoop(start, at) : stridedLoop(start, at);
    filled.insert(toFill.begin(), toFill.end());
    return own;
  }

  using At = llvm::function_ref<llvm::SmallVector<Value>(Level&, Value r, ValueRange, Value item)>;
  llvm::SmallVector<Value> stridedLoop(ValueRange start, At at) {
    e.at(row);
    Value first = w.add(part.from, w.mul(lane, plan.vector));
    Value step = w.constant(plan.group * plan.vector);
    return loop(
        e, row, first, part.to, step, start, false,
        [&](Level& level, Value r, ValueRange running) { return at(level, r, running, {}); });
  }
  // As many turns as the thread has room to keep, unrolled, so that it is registers.
  llvm::SmallVector<Value> fixedLoop(ValueRange start, At at) {
    e.at(row);
    return loop(e, row, w.constant(0), w.constant(plan.items / plan.vector), w.constant(1), start,
                true, [&](Level& level, Value j, ValueRange running) {
                  e.at(level);
                  Value r = w.mul(w.add(w.mul(j, plan.group), lane), plan.vector);
                  Value inside = w.less(r, part.to), item = w.mul(j, plan.vector);
                  return guarded(e, level, inside, running, [&](Level& in, ValueRange values) {
                    e.at(in);
                    return at(in, r, values, item);
                  });
                });
  }

  void keep(Level& one, Value item) {
    if (!item) return;
    e.at(one);
    for (int node : filled) {
      Value v = e.b.create<memref::LoadOp>(e.loc(), memory[node], item);
      one.values[node] = {&e.emission, v, e.nest.nodes[node].dtype};
    }
    for (int node : toFill) {
      Lane x = e.get(node, one);
      e.at(one);
      e.b.create<memref::StoreOp>(e.loc(), x.v, memory[node], item);
    }
  }

  Kernel& k;
  Emitter& e;
  const NestPlan& plan;
  Words w;
  Level& row;
  std::optional<Reduced> reduced;
  Part part;
  Value thread, lane, number, rows, exists;
  llvm::DenseMap<int, Value> memory;
  llvm::SmallDenseSet<int> filled;
  llvm::SmallVector<int> toFill;
};
}  // namespace

void emitRows(Kernel& k) { Rows(k).emit(); }

Part takePart(Kernel& k, Value& block, Value elements, int extra) {
  Words w(k.e);
  Part part;
  part.count = k.e.extra(extra);
  part.number = w.rem(block, part.count);
  block = w.div(block, part.count);
  const Value size = k.e.extra(extra + 1);
  part.from = w.mul(part.number, size);
  part.to = w.min(elements, w.add(part.from, size));
  return part;
}

void finishRow(Kernel& k, Level& row, Value condition) {
  const Nest& nest = k.e.nest;
  when(k.e, row, condition, [&](Level& inside) {
    for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i)
      if (!nest.dependsOnReduced(nest.outputs[i].index)) k.e.store(i, inside);
    for (int i = 0; i < static_cast<int>(nest.checks.size()); ++i) k.e.check(i, inside);
  });
}

// A warp adds up a row's parts.
void emitFinish(Kernel& k) {
  Emitter& e = k.e;
  Words w(e);
  Value thread = w.thread(), lane = w.rem(thread, kWarp), rows = e.extra(0), parts = e.extra(1);
  Value number = w.add(w.mul(w.block(), k.plan.threads / kWarp), w.div(thread, kWarp));
  Value exists = w.less(number, rows);
  number = w.min(number, w.add(rows, w.constant(-1)));
  Level& row = k.level;
  spread(e, row, keptDims(e.nest), number);
  Reductions reductions(e, stages(e.nest).front());
  e.at(row);
  llvm::SmallVector<Value> own =
      loop(e, row, lane, parts, w.constant(kWarp), reductions.identities(), false,
           [&](Level& level, Value p, ValueRange running) {
             e.at(level);
             Value at = w.add(w.mul(p, rows), number);
             return reductions.combined(running, reductions.saved(k.parts(), at, w.mul(parts, rows)));
           });
  e.at(row);
  reductions.publish(row, reductions.overLanes(own, kWarp));
  Value first = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, lane, w.constant(0));
  finishRow(k, row, w.both(first, exists));
}
}  // namespace mlir::weft::cuda
