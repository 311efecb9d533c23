// Reductions of columns: `group` warps take 32 neighbours along the innermost dim, a lane each, and share
// the rows; a block of 256 threads, at least, takes so many neighbours.
#include "codegen/cuda/nest/emit.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace {
constexpr int kWarp = 32;

class Columns {
 public:
  explicit Columns(Kernel& k) : k(k), e(k.e), w(e), column(k.level), reduced(e) {}

  void emit() {
    findColumn();
    for (const Stage& stage : stages(e.nest)) {
      Reductions reductions(e, stage);
      llvm::SmallVector<Value> own = elements(stage, reductions);
      if (reductions.count() == 0) continue;
      e.at(column);
      llvm::SmallVector<Value> results = overWarps(reductions, own);
      if (k.parts()) return saveParts(reductions, results);
      reductions.publish(column, results);
    }
    finishRow(k, column, isFirst());
  }

 private:
  void findColumn() {
    const Nest& nest = e.nest;
    Value thread = w.thread(), block = w.block(), blocks = e.extra(0);
    const int group = k.plan.group, tiles = k.plan.threads / kWarp / group;
    lane = w.rem(thread, kWarp);
    inBlock = w.div(thread, kWarp);
    warp = tiles == 1 ? inBlock : w.rem(inBlock, group);
    if (k.parts()) {
      part = takePart(k, block, reduced.elements, 1);
    } else {
      part.from = w.constant(0);
      part.to = reduced.elements;
    }
    llvm::SmallVector<int> outer = keptDims(nest);
    const int inner = outer.pop_back_val();
    size = e.number(nest.space[nest.dims[inner]].extent);
    Value tile = w.rem(block, blocks);
    if (tiles > 1) tile = w.add(w.mul(tile, tiles), w.div(inBlock, group));
    Value c = w.add(w.mul(tile, kWarp), lane);
    outerNumber = w.div(block, blocks);
    exists = w.less(c, size);
    part.to = w.select(exists, part.to, part.from);
    c = w.min(c, w.add(size, w.constant(-1)));
    spread(e, column, outer, outerNumber);
    column.knows[inner] = true;
    column.indices[inner] = c;
    number = c;
  }

  llvm::SmallVector<Value> elements(const Stage& stage, const Reductions& reductions) {
    e.at(column);
    return loop(e, column, w.add(part.from, warp), part.to, w.constant(k.plan.group),
                reductions.identities(), false, [&](Level& level, Value r, ValueRange running) {
                  e.at(level);
                  level.indices[e.nest.reducedDim] = reduced.enter(e, level, r);
                  level.knows[e.nest.reducedDim] = true;
                  llvm::SmallVector<Value> next = reductions.with(level, running);
                  for (int s : stage.stores) e.get(e.nest.outputs[s].node, level);
                  for (int s : stage.stores) e.store(s, level);
                  return next;
                });
  }

  // In ascending order of the warps, by each of them.
  llvm::SmallVector<Value> overWarps(const Reductions& reductions, ValueRange own) {
    const int warps = k.plan.group;
    if (warps == 1) return llvm::to_vector(own);
    llvm::SmallVector<Value> memory;
    Value at = w.add(w.mul(inBlock, kWarp), lane);
    Value first = w.mul(w.sub(inBlock, warp), kWarp);
    for (Value v : own) {
      const bool isBool = v.getType().isInteger(1);
      memory.push_back(w.shared(isBool ? e.b.getI8Type() : v.getType(), k.plan.threads));
      if (isBool) v = e.b.create<arith::ExtUIOp>(e.loc(), e.b.getI8Type(), v);
      e.b.create<memref::StoreOp>(e.loc(), v, memory.back(), at);
    }
    w.sync();
    return loop(e, column, w.constant(0), w.constant(warps), w.constant(1), reductions.identities(),
                false, [&](Level& level, Value i, ValueRange running) {
                  e.at(level);
                  llvm::SmallVector<Value> other;
                  Value place = w.add(w.add(first, w.mul(i, kWarp)), lane);
                  for (auto [m, v] : llvm::zip(memory, own)) {
                    Value x = e.b.create<memref::LoadOp>(e.loc(), m, place);
                    if (x.getType() != v.getType())
                      x = e.b.create<arith::TruncIOp>(e.loc(), v.getType(), x);
                    other.push_back(x);
                  }
                  return reductions.combined(running, other);
                });
  }

  Value isFirst() {
    e.at(column);
    Value first = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, warp, w.constant(0));
    return w.both(first, exists);
  }
  void saveParts(const Reductions& reductions, ValueRange results) {
    when(e, column, isFirst(), [&](Level& inside) {
      e.at(inside);
      Value columns = e.extra(3);
      Value at = w.add(w.mul(outerNumber, size), number);
      reductions.save(k.parts(), w.add(w.mul(part.number, columns), at), w.mul(part.count, columns),
                      results);
    });
  }

  Kernel& k;
  Emitter& e;
  Words w;
  Level& column;
  Reduced reduced;
  Part part;
  Value lane, warp, inBlock, size, outerNumber, number, exists;
};
}  // namespace

void emitColumns(Kernel& k) { Columns(k).emit(); }
}  // namespace mlir::weft::cuda
