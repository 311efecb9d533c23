#include "passes/fusion/group.h"

#include "ir/tensor/ops.h"
#include "passes/fusion/cost.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
int64_t numel(Value v) { return cast<RankedTensorType>(v.getType()).getNumElements(); }
}  // namespace

Grouping::Grouping(Block& block, bool separate, const llvm::DenseSet<Operation*>& again,
                   int64_t rows)
    : separate_(separate), again_(again), rows_(rows) {
  for (Value v : block.getTerminator()->getOperands()) request(v, {Request::dense, -1, {}});
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    op.hasTrait<Check>() ? check(&op) : visit(&op);
  }
  if (separate) return;
  mergeReductions();
  appendTails();
  foldChecks();
}

void Grouping::request(Value value, Request r) {
  if (Operation *op = value.getDefiningOp()) requests_[op].push_back(std::move(r));
}

llvm::MapVector<int, std::vector<IndexVector>> Grouping::askedBy(Operation* op,
                                                                 Request::Kind kind) const {
  llvm::MapVector<int, std::vector<IndexVector>> out;
  for (const Request &r : requests_.lookup(op))
    if (r.kind == kind && !llvm::is_contained(out[r.group], r.index))
      out[r.group].push_back(r.index);
  return out;
}

// The op is computed in this group, at these indices; its operands are asked for accordingly.
void Grouping::place(Operation *op, int id, llvm::ArrayRef<IndexVector> indices) {
  Group &g = *groups[id];
  g.ops.insert(op);
  g.codeSize += codeSize(op) * std::max<int64_t>(static_cast<int64_t>(indices.size()), 1);
  if (g.kind == Group::call) {
    for (Value v : op->getOperands()) request(v, {Request::dense, id, {}});
  } else if (isScatter(op)) {
    placeScatter(op, id);
  } else if (auto scan = dyn_cast<ScanOp>(op)) {
    placeScan(scan, id);
  } else if (isContraction(op)) {
    for (Value v : op->getOperands()) request(v, {Request::operand, id, {}});
  } else if (isReduction(op)) {
    Value x = op->getOperand(0);
    request(x, {Request::indexed, id, g.space.reshape(g.dims, g.sizes, sizesOf(x))});
  } else {
    for (const IndexVector &index : indices)
      for (Source &s : reads(op, index, g.space))
        request(op->getOperand(s.operand), {Request::indexed, id, std::move(s.index)});
  }
}

void Grouping::placeScatter(Operation *op, int id) {
  Group &g = *groups[id];
  Value base = op->getOperand(0);
  for (int64_t size : sizesOf(base)) g.base.push_back(size == 1 ? Index(0) : g.space.dim(size));
  IndexVector index = g.dims;
  if (auto add = dyn_cast<IndexAddOp>(op)) index = {g.dims[add.getDim()]};
  request(base, {Request::indexed, id, g.base});
  request(op->getOperand(1), {Request::indexed, id, std::move(index)});
  request(op->getOperand(2), {Request::indexed, id, g.dims});
}

// One kernel reads a slice of what is stacked where it needs it; a loop of launches has all in
// memory.
void Grouping::placeScan(ScanOp op, int id) {
  Group &g = *groups[id];
  size_t carried = op.getNumCarried(), stacked = op.getNumStacked();
  bool elementwise = isElementwiseScan(op);
  for (auto [i, v] : llvm::enumerate(op->getOperands())) {
    bool isSlice = i >= carried && i < carried + stacked;
    if (!elementwise) request(v, {Request::dense, id, {}});
    else if (i < carried)
      request(v, {Request::indexed, id, IndexVector(g.dims.begin() + 1, g.dims.end())});
    else if (isSlice && sizesOf(v) == llvm::ArrayRef(g.sizes))
      request(v, {Request::indexed, id, g.dims});
    else request(v, {Request::dense, id, {}});
  }
}

// A new group whose domain is the op's own elements.
int Grouping::start(Operation *op) {
  int id = static_cast<int>(groups.size());
  Group &g = *groups.emplace_back(std::make_unique<Group>());
  if (isReduction(op)) {
    g.kind = Group::reduction;
    g.shape = reductionShape(op);
    llvm::append_range(g.sizes, g.shape.sizes);
    for (size_t run = 0; run < g.sizes.size(); ++run)
      g.reduced.push_back(ReductionShape::isReduced(run));
  } else if (isScatter(op)) {
    g.kind = Group::scatter;
    llvm::append_range(g.sizes, sizesOf(op->getOperand(2)));
  } else if (auto scan = dyn_cast<ScanOp>(op)) {
    g.kind = Group::scan;
    g.sizes = {sizesOf(scan.getOperand(scan.getNumCarried()))[0]};
    if (isElementwiseScan(op)) llvm::append_range(g.sizes, sizesOf(scan.getBody().getArgument(0)));
  } else {
    g.kind = isContraction(op) ? Group::contraction : isFusible(op) ? Group::map : Group::call;
    llvm::append_range(g.sizes, sizesOf(op->getResult(0)));
  }
  for (int64_t size : g.sizes) g.dims.push_back(size == 1 ? Index(0) : g.space.dim(size));
  IndexVector index;
  if (g.kind != Group::scatter && g.kind != Group::scan)
    index = g.space.reshape(g.dims, g.sizes, sizesOf(op->getResult(0)));
  place(op, id, index);
  return id;
}

// Nobody asks for it: a group of its own, or (starts of slices) one for all single numbers that are
// inputs.
void Grouping::check(Operation *op) {
  Value index = op->getOperand(0);
  auto isStart = [](Value v) { return isa<BlockArgument>(v) && sizesOf(v).empty(); };
  for (int id = 0; isStart(index) && id < static_cast<int>(groups.size()); ++id) {
    Group &g = *groups[id];
    if (g.kind == Group::check && isStart(g.ops.front()->getOperand(0)))
      return place(op, id, {IndexVector()});
  }
  int id = static_cast<int>(groups.size());
  Group &g = *groups.emplace_back(std::make_unique<Group>());
  g.kind = Group::check;
  llvm::append_range(g.sizes, sizesOf(index));
  for (int64_t size : g.sizes) g.dims.push_back(size == 1 ? Index(0) : g.space.dim(size));
  place(op, id, {g.dims});
}

bool Grouping::reaches(int from, int to) const {
  llvm::SmallVector<int> stack{from};
  llvm::SmallSet<int, 32> seen;
  while (!stack.empty()) {
    int at = stack.pop_back_val();
    if (at == to) return true;
    if (!seen.insert(at).second) continue;
    for (int next : groups[at]->consumers) stack.push_back(next);
  }
  return false;
}
// Computed in `home` for all who ask: a cycle if one of them feeds `home`.
bool Grouping::makesCycle(Operation *op, int home) const {
  return llvm::any_of(requests_.lookup(op), [&](const Request &r) {
    return r.group >= 0 && r.group != home && reaches(r.group, home);
  });
}
// Compilers take more than linear time for what is long.
bool Grouping::hasRoom(int group, int64_t code) const {
  return code == 0 || groups[group]->codeSize + code <= kMostCode;
}
// What is made a second time is made late: nothing that is wanted early is made with it.
bool Grouping::mayJoin(Operation *op, int group) const {
  return hasRoom(group, codeSize(op)) &&
         (again_.contains(op) || !again_.contains(groups[group]->ops.front()));
}
// `home` computes the op, for whoever asks.
void Grouping::settle(Operation *op, int home) {
  homes[op] = home;
  for (const Request &r : requests_.lookup(op))
    if (r.group >= 0 && r.group != home) groups[home]->consumers.insert(r.group);
}

void Grouping::visit(Operation *op) {
  if (!requests_.count(op)) return;  // nobody asks
  bool done = separate_           ? false
              : isReduction(op)   ? joinReduction(op) || joinSibling(op)
              : isContraction(op) ? joinContraction(op)
              : isFusible(op)     ? inlineEverywhere(op) || joinAsResult(op) || joinSibling(op)
                                  : false;
  if (!done) settle(op, start(op));
}

// A reduction becomes a stage of a group that reads its result row by row. (Of everything there is
// one row: one task would do all that waits for it.)
bool Grouping::joinReduction(Operation *op) {
  ReductionShape shape = reductionShape(op);
  llvm::SetVector<Operation *> self;
  self.insert(op);
  for (auto &[id, indices] : askedBy(op, Request::indexed)) {
    Group &g = *groups[id];
    if (g.kind == Group::check) continue;  // what is checked is in memory
    bool elementsWait = shape.rows() == 1 && llvm::any_of(g.ops, [&](Operation *o) {
      return (isReduction(o) || numel(o->getResult(0)) != 1) && dependsOnAny(o, self);
    });
    if (elementsWait || !mayJoin(op, id) || makesCycle(op, id)) continue;
    std::vector<Reading> readings;
    for (const IndexVector &i : indices) readings.push_back({i, sizesOf(op->getResult(0)), true});
    if (!takesReduction(id, shape, readings)) continue;
    place(op, id, {});
    settle(op, id);
    return true;
  }
  return false;
}

// Two that run over the same elements of the same values read them once. (A learning rate that all
// share is no reason.)
bool Grouping::joinSibling(Operation *op) {
  bool reduces = isReduction(op);
  if (!reduces && (op->getNumResults() > 1 || op->getNumOperands() == 0 || isFedByContraction(op)))
    return false;
  llvm::ArrayRef<int64_t> sizes = sizesOf(op->getResult(0));
  Value x = reduces ? op->getOperand(0) : op->getResult(0);
  for (int id = 0; id < static_cast<int>(groups.size()); ++id) {
    Group &g = *groups[id];
    bool fits = reduces ? g.kind == Group::reduction && g.shape == reductionShape(op)
                        : g.kind == Group::map && llvm::ArrayRef(g.sizes) == sizes;
    bool asks = llvm::any_of(requests_[op], [&](const Request &r) { return r.group == id; });
    if (!fits || asks || !mayJoin(op, id) || makesCycle(op, id)) continue;
    bool shares = false;
    for (Operation *o : g.ops)
      for (Value v : o->getOperands()) shares = shares || (numel(v) == numel(x) && feeds(v, x));
    // Nothing that this op needs may come from the group.
    if (!shares || dependsOnAny(op, g.ops)) continue;
    place(op, id, {g.space.reshape(g.dims, g.sizes, sizes)});
    settle(op, id);
    return true;
  }
  return false;
}

// A contraction takes the pointwise group that reads its result as epilogue.
bool Grouping::joinContraction(Operation *op) {
  llvm::ArrayRef<int64_t> sizes = sizesOf(op->getResult(0));
  for (auto &[id, indices] : askedBy(op, Request::indexed)) {
    Group &g = *groups[id];
    if (g.kind != Group::map || !mayJoin(op, id) || makesCycle(op, id)) continue;
    if (!llvm::all_of(indices, [&](const IndexVector& i) { return g.isIdentity(i, sizes); }))
      continue;
    g.kind = Group::contraction;
    place(op, id, {});
    settle(op, id);
    return true;
  }
  return false;
}

// Computed again wherever it is asked for, if that costs little. A constant always is, for indices are
// made of it, also where it is in memory besides.
bool Grouping::inlineEverywhere(Operation *op) {
  const bool free = isFree(op), isConstant = isa<ConstantOp>(op);
  bool dense = false;
  for (const Request &r : requests_[op]) {
    dense = dense || r.kind == Request::dense;
    if ((dense && !isConstant) || (r.kind == Request::operand && !free)) return false;
  }
  auto asked = askedBy(op, Request::indexed);
  int64_t evaluations = 0;
  for (auto &[id, indices] : asked) {
    if (indices.size() > 16 && !free) return false;
    if (isWindow(op) && groups[id]->kind == Group::reduction) return false;
    if (!hasRoom(id, codeSize(op) * static_cast<int64_t>(indices.size()))) return false;
    for (const IndexVector &i : indices) evaluations += groups[id]->evaluations(i);
  }
  int64_t own = std::max<int64_t>(numel(op->getResult(0)), 1);
  bool once = asked.size() <= 1 && evaluations <= 2 * own;
  bool cheap = isCheap(op) && asked.size() <= 3 && evaluations <= 4 * own;
  if (!free && !once && !cheap) return false;
  for (auto &[id, indices] : asked) place(op, id, indices);
  for (auto &[id, unused] : askedBy(op, Request::operand)) {
    groups[id]->ops.insert(op);
    for (Value v : op->getOperands()) request(v, {Request::operand, id, {}});
  }
  return !dense;
}

// It needs a buffer: a group that computes every element of it anyway stores it too. What a
// contraction feeds joins only what can be its epilogue as a whole.
bool Grouping::joinAsResult(Operation *op) {
  llvm::ArrayRef<int64_t> sizes = sizesOf(op->getResult(0));
  if (op->getNumResults() > 1) return false;
  bool fed = isFedByContraction(op), window = isFedByWindow(op);
  for (auto &[id, indices] : askedBy(op, Request::indexed)) {
    Group &g = *groups[id];
    bool own = g.kind == Group::call || g.kind == Group::scatter || g.kind == Group::scan;
    if (own || (fed && g.kind != Group::map) || (window && g.kind == Group::reduction) ||
        !mayJoin(op, id) || makesCycle(op, id))
      continue;
    bool identity =
        llvm::all_of(indices, [&](const IndexVector& i) { return g.isIdentity(i, sizes); });
    bool rows =
        llvm::all_of(indices, [&](const IndexVector& i) { return g.isRowIdentity(i, sizes); });
    if (!identity && !rows) continue;
    place(op, id, indices);
    settle(op, id);
    return true;
  }
  return false;
}
}  // namespace mlir::weft
