// What is made of all rows of a reduction is done by the same kernel: the task that is done last
// finds what the others left. So is the check of an index that only these rows read by.
#include "passes/fusion/checks.h"
#include "passes/fusion/cost.h"
#include "passes/fusion/group.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
int64_t numel(Value v) { return cast<RankedTensorType>(v.getType()).getNumElements(); }
// Without rows there is no task that could be the last.
bool mayHaveTail(const Group &g) {
  return g.kind == Group::reduction && !g.ops.empty() && g.tailOf < 0 && g.shape.rows() > 1;
}
bool isSingle(Operation *op) { return op->getNumResults() == 1 && numel(op->getResult(0)) == 1; }
}  // namespace

// An index with one element a row, that no other group reads by.
bool Grouping::foldCheck(CheckIndexOp check, int from) {
  int home = -1;
  for (int id = 0; id < static_cast<int>(groups.size()); ++id) {
    if (llvm::none_of(groups[id]->ops, [&](Operation *op) { return reliesOn(op, check); }))
      continue;
    if (home >= 0) return false;
    home = id;
  }
  if (home < 0 || groups[home]->kind != Group::reduction) return false;
  Group &g = *groups[home];
  if (g.shape.rows() == 1 || numel(check.getIndex()) != g.shape.rows()) return false;
  for (Operation *op : takeOps(from)) {
    if (op == check)
      place(op, home, {g.space.reshape(g.rowDims(), g.rowSizes(), sizesOf(check.getIndex()))});
    else
      place(op, home, askedBy(op, Request::indexed).lookup(home));
  }
  redirect(from, home);
  return true;
}

void Grouping::foldChecks() {
  for (int id = 0; id < static_cast<int>(groups.size()); ++id) {
    if (groups[id]->kind != Group::check) continue;
    llvm::SmallVector<Operation *> checks;
    for (Operation *op : groups[id]->ops)
      if (op->hasTrait<Check>()) checks.push_back(op);
    if (checks.size() == 1 && isa<CheckIndexOp>(checks[0]))
      foldCheck(cast<CheckIndexOp>(checks[0]), id);
  }
}

// Whether `group` may wait for what `id` needs, and do its work, too: nothing else lies between.
bool Grouping::mayAppend(int id, int group) const {
  for (int other = 0; other < static_cast<int>(groups.size()); ++other)
    if (other != group && groups[other]->consumers.contains(id) && reaches(group, other))
      return false;
  return !reaches(id, group);
}

// A reduction over what another made of its rows, read one by one.
bool Grouping::isTailOf(int id, int group) const {
  constexpr int64_t kShare = 8;  // of the work, at most, that one task does alone
  Group &g = *groups[group], &tail = *groups[id];
  const int64_t rows = g.shape.rows();
  if (tail.kind != Group::reduction || tail.tailOf >= 0 || tail.shape.rows() != 1 ||
      tail.shape.reduced() != rows || g.shape.reduced() < kShare)
    return false;
  std::vector<Reading> readings;
  if (!mayAppend(id, group) || !findReadings(group, id, readings)) return false;
  // What has more than one element is of the rows.
  auto isOfRows = [&](Value v) {
    Operation *def = v.getDefiningOp();
    return numel(v) == 1 || numel(v) == rows || !def || !tail.ops.contains(def);
  };
  for (Operation *op : tail.ops)
    if ((isReduction(op) || isSingle(op)) && !llvm::all_of(op->getOperands(), isOfRows))
      return false;
  return llvm::all_of(readings, [&](const Reading &r) {
    return r.perRow && tail.isIdentity(r.index, r.sizes);
  });
}

// What has one element a row is computed with the rows.
void Grouping::appendTail(int id, int group) {
  Group &g = *groups[group];
  if (g.tail < 0) g.tail = id;
  Group &tail = *groups[g.tail];
  auto asked = [&](Operation *op, int by) { return askedBy(op, Request::indexed).lookup(by); };
  for (Operation *op : takeOps(id)) {
    const llvm::ArrayRef<int64_t> sizes = sizesOf(op->getResult(0));
    auto home = homes.find(op);
    const bool isHome = home != homes.end() && home->second == id;
    std::vector<IndexVector> last = asked(op, g.tail), row = asked(op, group);
    if (isSingle(op) || isReduction(op)) {
      if (isHome) {
        last.push_back(tail.space.reshape(tail.rowDims(), tail.rowSizes(), sizes));
        home->second = g.tail;
      }
      if (!last.empty()) place(op, g.tail, last);
    } else if (isHome || !last.empty()) {
      row.push_back(g.space.reshape(g.rowDims(), g.rowSizes(), sizes));
      homes[op] = group;
    }
    if (!row.empty()) place(op, group, row);
  }
  tail.tailOf = group;
  redirect(id, group);
}

// One element that comes from inputs alone is no launch of its own.
bool Grouping::appendSingle(int id) {
  Group &single = *groups[id];
  auto isAlone = [&](Operation *op) {
    return isSingle(op) && llvm::all_of(op->getOperands(), [&](Value v) {
             return !v.getDefiningOp() || single.ops.contains(v.getDefiningOp());
           });
  };
  if (single.kind != Group::map || !llvm::all_of(single.ops, isAlone)) return false;
  for (int group = static_cast<int>(groups.size()); group-- > 0;) {
    Group &g = *groups[group];
    if (!mayHaveTail(g) || !mayAppend(id, group)) continue;
    if (g.tail < 0) {
      g.tail = id;
      single.tailOf = group;
    } else {
      moveOps(id, g.tail);
      redirect(g.tail, group);
    }
    redirect(id, group);
    return true;
  }
  return false;
}

void Grouping::appendTails() {
  const int count = static_cast<int>(groups.size());
  for (int group = 0; group < count; ++group) {
    if (!mayHaveTail(*groups[group])) continue;
    for (int id = 0; id < count; ++id)
      if (id != group && groups[group]->consumers.contains(id) && isTailOf(id, group))
        appendTail(id, group);
  }
  for (int id = 0; id < count; ++id)
    if (!groups[id]->ops.empty() && groups[id]->tailOf < 0) appendSingle(id);
}
}  // namespace mlir::weft
