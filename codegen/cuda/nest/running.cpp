#include "codegen/cuda/nest/running.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace scalar = ::torch::scalar;
namespace {
constexpr int kWarp = 32;
}

Reductions::Reductions(Emitter& e, const Stage& stage)
    : e(e), nodes(stage.reductions.begin(), stage.reductions.end()) {
  for (int r : stage.reductions) reducers.push_back(Reducer{e, e.nest.nodes[r]});
}

int Reductions::count() const {
  int n = 0;
  for (const Reducer& r : reducers) n += r.parts();
  return n;
}

llvm::SmallVector<Running> Reductions::lanes(ValueRange values) const {
  llvm::SmallVector<Running> out;
  size_t at = 0;
  for (const Reducer& r : reducers) {
    out.emplace_back();
    for (int p = 0; p < r.parts(); ++p)
      out.back().push_back({&e.emission, values[at++], r.partType(p)});
  }
  return out;
}
llvm::SmallVector<Value> Reductions::values(llvm::ArrayRef<Running> lanes) {
  llvm::SmallVector<Value> out;
  for (const Running& r : lanes)
    for (const Lane& x : r) out.push_back(x.v);
  return out;
}

llvm::SmallVector<Value> Reductions::identities() const {
  llvm::SmallVector<Running> out;
  for (const Reducer& r : reducers) out.push_back(r.identity(0));
  return values(out);
}

llvm::SmallVector<Value> Reductions::with(Level& level, ValueRange running) const {
  llvm::SmallVector<Running> before = lanes(running), out;
  for (auto [r, b] : llvm::zip(reducers, before)) {
    Running element = r.element(level, 0);
    out.push_back(r.combine(b, element));
  }
  return values(out);
}

llvm::SmallVector<Value> Reductions::combined(ValueRange a, ValueRange b) const {
  llvm::SmallVector<Running> x = lanes(a), y = lanes(b), out;
  for (auto [r, left, right] : llvm::zip(reducers, x, y)) out.push_back(r.combine(left, right));
  return values(out);
}

llvm::SmallVector<Value> Reductions::overLanes(ValueRange running, int group) const {
  Words w(e);
  llvm::SmallVector<Value> all(running);
  for (int mask = group / 2; mask > 0; mask /= 2) {
    llvm::SmallVector<Running> others = lanes(all);
    for (Running& r : others)
      for (Lane& x : r) x = w.exchanged(x, mask);
    all = combined(all, values(others));
  }
  return all;
}

// Warps leave theirs where every warp reads them all.
llvm::SmallVector<Value> Reductions::overBlock(ValueRange running, int threads,
                                               Value thread) const {
  llvm::SmallVector<Value> own = overLanes(running, std::min(threads, kWarp));
  const int warps = threads / kWarp;
  if (warps <= 1) return own;
  Words w(e);
  llvm::SmallVector<Value> memory;
  for (Value v : own) {
    const bool isBool = v.getType().isInteger(1);
    memory.push_back(w.shared(isBool ? e.b.getI8Type() : v.getType(), warps));
  }
  Value first = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, w.rem(thread, kWarp),
                                          w.constant(0));
  auto branch = e.b.create<scf::IfOp>(e.loc(), first);
  llvm::SmallVector<Running> typed = lanes(own);
  {
    OpBuilder::InsertionGuard guard(e.b);
    e.b.setInsertionPoint(branch.thenYield());
    size_t i = 0;
    for (const Running& r : typed)
      for (const Lane& x : r)
        e.b.create<memref::StoreOp>(e.loc(), e.toMemory(x), memory[i++], w.div(thread, kWarp));
  }
  w.sync();
  size_t i = 0;
  for (Running& r : typed)
    for (Lane& x : r) {
      Value v = e.b.create<memref::LoadOp>(e.loc(), memory[i++], w.rem(thread, warps));
      x = e.fromMemory(v, x.dtype);
    }
  return overLanes(values(typed), warps);
}

void Reductions::publish(Level& row, ValueRange results) const {
  for (auto [node, r, x] : llvm::zip(nodes, reducers, lanes(results)))
    row.values[node] = r.result(x);
}

void Reductions::save(Value memory, Value at, Value step, ValueRange running) const {
  Words w(e);
  for (const Running& r : lanes(running)) {
    for (const Lane& x : r) {
      e.b.create<memref::StoreOp>(e.loc(), w.word(x), memory, at);
      at = w.add(at, step);
    }
  }
}

llvm::SmallVector<Value> Reductions::saved(Value memory, Value at, Value step) const {
  Words w(e);
  llvm::SmallVector<Value> out;
  for (const Reducer& r : reducers) {
    for (int p = 0; p < r.parts(); ++p) {
      Value v = e.b.create<memref::LoadOp>(e.loc(), memory, at);
      at = w.add(at, step);
      out.push_back(w.fromWord(v, e.emission, r.partType(p)).v);
    }
  }
  return out;
}
}  // namespace mlir::weft::cuda
