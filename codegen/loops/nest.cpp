#include "codegen/loops/nest.h"

#include "codegen/loops/trace.h"
#include "ir/interface/convert.h"
#include "passes/fusion/group.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }
}  // namespace

uint64_t Nest::dimsOf(const Index &index) const {
  uint64_t out = 0;
  for (const Index::Term &t : index.terms) {
    const Atom &atom = space[t.atom];
    for (auto [position, dim] : llvm::enumerate(dims))
      if (dim == t.atom) out |= uint64_t(1) << position;
    if (atom.kind == Atom::symbol) out |= facts_[symbols.lookup(t.atom)].dims;
    out |= dimsOf(atom.inner);
  }
  return out;
}
uint64_t Nest::foldsOf(const Index &index) const {
  uint64_t out = 0;
  for (const Index::Term &t : index.terms) {
    const Atom &atom = space[t.atom];
    for (auto [i, f] : llvm::enumerate(folds))
      if (f.atom == t.atom) out |= uint64_t(1) << i;
    if (atom.kind == Atom::symbol) out |= facts_[symbols.lookup(t.atom)].folds;
    out |= foldsOf(atom.inner);
  }
  return out;
}
int Nest::stageOf(const Index &index) const {
  int stage = 0;
  for (const Index::Term &t : index.terms) {
    const Atom &atom = space[t.atom];
    stage = std::max(stage, stageOf(atom.inner));
    if (atom.kind == Atom::symbol) stage = std::max(stage, facts_[symbols.lookup(t.atom)].stage);
  }
  return stage;
}

uint64_t Nest::reducedBits() const {
  uint64_t bits = 0;
  for (int dim : {reducedDim, outerReducedDim})
    if (dim >= 0) bits |= uint64_t(1) << dim;
  return bits;
}

void Nest::analyze() {
  facts_.clear();
  for (const NestNode &n : nodes) {
    Facts f{dimsOf(n.index), stageOf(n.index), foldsOf(n.index)};
    auto include = [&](int node) {
      f.folds |= facts_[node].folds;
      f.dims |= facts_[node].dims;
      f.stage = std::max(f.stage, facts_[node].stage);
    };
    if (n.mask >= 0) include(n.mask);
    for (int o : n.operands) include(o);
    if (n.kind == NestNode::reduction) {
      // Known for the whole row, and only there.
      f.dims = ((uint64_t(1) << dims.size()) - 1) & ~reducedBits();
      ++f.stage;
    }
    if (n.kind == NestNode::given) {
      f.dims = (uint64_t(1) << dims.size()) - 1;
      if (n.size > 0) f.folds = uint64_t(1) << (n.size - 1);
    }
    if (n.kind == NestNode::fold) f.folds &= ~(uint64_t(1) << n.argument);
    facts_.push_back(f);
  }
}

Nest::Nest(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  for (BlockArgument a : body.getArguments()) arguments.push_back(dtypeOf(a));
  auto isSmall = [](Value v) {
    return cast<RankedTensorType>(v.getType()).getNumElements() < (int64_t(1) << 31);
  };
  small = llvm::all_of(body.getArguments(), isSmall) &&
          llvm::all_of(body.getTerminator()->getOperands(), isSmall);
}

IndexVector Nest::addDims(llvm::ArrayRef<int64_t> sizes, int sequential, int outer) {
  IndexVector index;
  for (auto [i, size] : llvm::enumerate(sizes)) {
    const int position = static_cast<int>(i);
    if (size == 1 && position != sequential && position != outer) {
      index.push_back(Index(0));
      continue;
    }
    index.push_back(space.dim(size));
    if (position == sequential) reducedDim = dims.size();
    if (position == outer) outerReducedDim = dims.size();
    dims.push_back(index.back().terms[0].atom);
  }
  return index;
}

llvm::SmallVector<unsigned> Nest::dropUnread() {
  llvm::SmallVector<unsigned> old;
  llvm::DenseMap<int, int> position;
  llvm::SmallVector<DType> kept;
  for (NestNode &n : nodes) {
    if (n.kind != NestNode::load) continue;
    auto [at, isNew] = position.try_emplace(n.argument, static_cast<int>(old.size()));
    if (isNew) {
      old.push_back(n.argument);
      kept.push_back(arguments[n.argument]);
    }
    n.argument = at->second;
  }
  arguments = std::move(kept);
  return old;
}

bool mayLieOver(const Nest& nest, int output, int argument) {
  const NestOutput& o = nest.outputs[output];
  return nest.kind == Nest::map &&
         ::torch::op::dtype_bytes(nest.arguments[argument]) == ::torch::op::dtype_bytes(o.dtype) &&
         llvm::all_of(nest.nodes, [&](const NestNode& n) {
           return n.kind != NestNode::load || n.argument != argument || n.index == o.index;
         });
}
bool mayLieOver(const Nest& nest) {
  for (int o = 0; o < static_cast<int>(nest.outputs.size()); ++o)
    for (int a = 0; a < static_cast<int>(nest.arguments.size()); ++a)
      if (mayLieOver(nest, o, a)) return true;
  return false;
}

FailureOr<Nest> traceNest(KernelOp kernel) {
  Nest nest(kernel);
  Block &body = kernel.getBody().front();
  // The domain: the elements of the results, or the rows and the reduced run of the reductions.
  llvm::SmallVector<int64_t> sizes;
  auto isReduced = [&](size_t run) {
    return nest.kind == Nest::reduction && ReductionShape::isReduced(run);
  };
  llvm::SmallVector<Operation *> reductions;
  for (Operation &op : body)
    if (isReduction(&op)) reductions.push_back(&op);
  Operation *yield = body.getTerminator();
  llvm::SmallVector<Operation *> checks;
  for (Operation &op : body)
    if (op.hasTrait<Check>()) checks.push_back(&op);
  if (reductions.empty()) {
    llvm::append_range(sizes,
                       sizesOf((checks.empty() ? yield : checks[0])->getOperand(0)));
  } else {
    ReductionShape shape = reductionShape(reductions[0]);
    sizes.assign(shape.sizes.begin(), shape.sizes.end());
    nest.kind = Nest::reduction;
    nest.row = shape.isRow();
  }
  const int runs = static_cast<int>(sizes.size());
  IndexVector index = nest.kind == Nest::reduction
                          ? nest.addDims(sizes, runs - 2, runs > 3 ? runs - 4 : -1)
                          : nest.addDims(sizes, -1),
              row;
  llvm::SmallVector<int64_t> rowSizes;
  for (auto [i, size] : llvm::enumerate(sizes)) {
    if (isReduced(i)) continue;
    row.push_back(index[i]);
    rowSizes.push_back(size);
  }
  Trace trace(kernel, nest);
  for (Operation *op : reductions) {
    Value x = op->getOperand(0);
    int operand = trace.pull(x, nest.space.reshape(index, sizes, sizesOf(x)));
    if (operand < 0) return failure();
    NestNode n{NestNode::reduction, dtypeOf(op->getResult(0))};
    ::torch::op::find_op(op->getName().stripDialect().str().c_str(), n.op);
    n.operands = {operand};
    int node = trace.add(std::move(n));
    trace.give(op->getResult(0), nest.space.linearize(row, rowSizes), node);
  }
  for (Operation *c : checks) {
    const Value checked = c->getOperand(0);
    const bool perRow = nest.kind == Nest::reduction;
    const IndexVector at = perRow ? nest.space.reshape(row, rowSizes, sizesOf(checked)) : index;
    const int node = trace.pull(checked, at);
    if (node < 0) return failure();
    NestCheck &check = nest.checks.emplace_back(
        NestCheck{node, perRow ? nest.space.linearize(row, rowSizes)
                               : nest.space.linearize(index, sizes)});
    if (isa<CheckDivisorOp>(c)) check.kind = NestCheck::divisor;
    if (auto required = dyn_cast<CheckRequiredOp>(c)) {
      check.kind = NestCheck::required;
      check.what = static_cast<int64_t>(required.getWhat());
      check.value = trace.pull(required.getX(), at);
      if (check.value < 0) return failure();
    }
    if (auto ofIndex = dyn_cast<CheckIndexOp>(c)) {
      check.size = static_cast<int64_t>(ofIndex.getSize());
      check.dim = static_cast<int64_t>(ofIndex.getDim());
    }
  }
  int64_t all = 1, rows = 1;
  for (int64_t s : sizes) all *= s;
  for (int64_t s : rowSizes) rows *= s;
  for (Value v : yield->getOperands()) {
    int64_t numel = cast<RankedTensorType>(v.getType()).getNumElements();
    bool perRow = nest.kind == Nest::reduction && numel == rows &&
                  (numel != all || (v.getDefiningOp() && isReduction(v.getDefiningOp())));
    IndexVector at = perRow ? nest.space.reshape(row, rowSizes, sizesOf(v))
                            : nest.space.reshape(index, sizes, sizesOf(v));
    int node = trace.pull(v, at);
    if (node < 0) return failure();
    nest.outputs.push_back(
        {node, perRow ? nest.space.linearize(row, rowSizes) : nest.space.linearize(index, sizes),
         dtypeOf(v)});
  }
  return nest;
}
}  // namespace mlir::weft
