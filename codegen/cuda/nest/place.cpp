#include "codegen/cuda/nest/place.h"

#include "codegen/cuda/print.h"

namespace mlir::weft::cuda {

void spread(Emitter& e, Level& level, llvm::ArrayRef<int> dims, Value number) {
  Words w(e);
  Value rest = number;
  for (size_t i = dims.size(); i-- > 0;) {
    level.knows[dims[i]] = true;
    Value size = e.number(e.nest.space[e.nest.dims[dims[i]]].extent);
    level.indices[dims[i]] = i == 0 ? rest : w.rem(rest, size);
    if (i > 0) rest = w.div(rest, size);
  }
}

Level continued(Level& parent) {
  Level level;
  level.parent = &parent;
  level.block = parent.block;
  level.before = parent.before;
  level.knows = parent.knows;
  level.folds = parent.folds;
  return level;
}

void when(Emitter& e, Level& level, Value condition, llvm::function_ref<void(Level&)> body) {
  e.at(level);
  auto branch = e.b.create<scf::IfOp>(e.loc(), condition);
  Operation* const behind = level.before;
  level.before = branch;
  Level inside = continued(level);
  inside.block = branch.thenBlock();
  inside.before = branch.thenYield();
  inside.conditional = true;
  body(inside);
  level.before = behind;
}

llvm::SmallVector<Value> loop(
    Emitter& e, Level& level, Value from, Value to, Value step, ValueRange carried, bool unroll,
    llvm::function_ref<llvm::SmallVector<Value>(Level&, Value, ValueRange)> body) {
  e.at(level);
  auto loop = e.b.create<scf::ForOp>(e.loc(), from, to, step, carried);
  if (unroll) loop->setAttr(kUnroll, e.b.getUnitAttr());
  Operation* const behind = level.before;
  level.before = loop;
  Level inside = continued(level);
  inside.block = loop.getBody();
  inside.before = carried.empty() ? loop.getBody()->getTerminator() : nullptr;
  llvm::SmallVector<Value> next = body(inside, loop.getInductionVar(), loop.getRegionIterArgs());
  e.at(inside);
  if (!carried.empty()) e.b.create<scf::YieldOp>(e.loc(), next);
  level.before = behind;
  return llvm::to_vector(ValueRange(loop.getResults()));
}

llvm::SmallVector<Value> guarded(
    Emitter& e, Level& level, Value condition, ValueRange carried,
    llvm::function_ref<llvm::SmallVector<Value>(Level&, ValueRange)> body) {
  if (carried.empty()) {
    when(e, level, condition, [&](Level& inside) { body(inside, {}); });
    return {};
  }
  e.at(level);
  auto branch = e.b.create<scf::IfOp>(e.loc(), carried.getTypes(), condition, true);
  Operation* const behind = level.before;
  level.before = branch;
  Level inside = continued(level);
  inside.block = branch.thenBlock();
  inside.before = nullptr;
  inside.conditional = true;
  llvm::SmallVector<Value> next = body(inside, carried);
  e.at(inside);
  e.b.create<scf::YieldOp>(e.loc(), next);
  e.b.setInsertionPointToEnd(branch.elseBlock());
  e.b.create<scf::YieldOp>(e.loc(), carried);
  level.before = behind;
  return llvm::to_vector(ValueRange(branch.getResults()));
}

Reduced::Reduced(Emitter& e) {
  const Nest& nest = e.nest;
  auto extent = [&](int dim) { return e.number(nest.space[nest.dims[dim]].extent); };
  elements = extent(nest.reducedDim);
  if (nest.outerReducedDim < 0) return;
  inner = elements;
  elements = Words(e).mul(inner, extent(nest.outerReducedDim));
}

Value Reduced::enter(Emitter& e, Level& level, Value r) const {
  const Nest& nest = e.nest;
  if (!inner) return r;
  e.at(level);
  Words w(e);
  level.knows[nest.outerReducedDim] = true;
  level.indices[nest.outerReducedDim] = w.div(r, inner);
  return w.rem(r, inner);
}

int64_t reducedElements(const Nest& nest) {
  int64_t n = nest.extent(nest.reducedDim);
  return nest.outerReducedDim < 0 ? n : n * nest.extent(nest.outerReducedDim);
}
llvm::SmallVector<int> keptDims(const Nest& nest) {
  llvm::SmallVector<int> dims;
  for (int d = 0; d < static_cast<int>(nest.dims.size()); ++d)
    if (!nest.isReduced(d)) dims.push_back(d);
  return dims;
}
int64_t keptElements(const Nest& nest) {
  int64_t n = 1;
  for (int d : keptDims(nest)) n *= nest.extent(d);
  return n;
}
}  // namespace mlir::weft::cuda
