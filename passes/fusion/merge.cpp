// Kernels that run over the same rows become one: what a reduction made of a row is there for the
// elements of that row.
#include "passes/fusion/cost.h"
#include "passes/fusion/group.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
bool isPerRow(Operation *op, const ReductionShape &shape) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  return isReduction(op) || type.getNumElements() == shape.rows();
}
}  // namespace

// The group computes what it reads so, row by row, if it has such rows or can have them.
bool Grouping::takesReduction(int id, const ReductionShape &shape,
                              llvm::ArrayRef<Reading> readings) {
  Group &g = *groups[id];
  auto fits = [&](Group &g) {
    return llvm::all_of(readings, [&](const Reading &r) {
      return r.perRow ? g.isRowIdentity(r.index, r.sizes) : g.isIdentity(r.index, r.sizes);
    });
  };
  if (g.kind == Group::reduction) return g.shape == shape && fits(g);
  if (g.kind != Group::map || llvm::any_of(g.ops, isWindow)) return false;
  bool overRows = llvm::all_of(
      readings, [&](const Reading &r) { return r.perRow && g.isIdentity(r.index, r.sizes); });
  if (!overRows && !elementsMayWait(shape, rows_)) return false;
  Group as(g);
  if (!as.becomeReduction(shape, overRows) || !fits(as)) return false;
  g = std::move(as);
  return true;
}

// How one group reads the results of another; false: not element by element.
bool Grouping::findReadings(int from, int by, std::vector<Reading> &readings) const {
  for (Operation *op : groups[from]->ops) {
    auto home = homes.find(op);
    if (home == homes.end() || home->second != from) continue;
    for (const Request &r : requests_.lookup(op)) {
      if (r.group != by) continue;
      if (r.kind != Request::indexed) return false;
      readings.push_back({r.index, sizesOf(op->getResult(0)), isPerRow(op, groups[from]->shape)});
    }
  }
  return !readings.empty();
}

bool Grouping::mergeInto(int consumer, int id) {
  Group &g = *groups[id];
  // One row: one task would do all that waits for it.
  if (g.shape.rows() == 1 || !elementsMayWait(g.shape, rows_) ||
      !mayJoin(g.ops.front(), consumer) || !hasRoom(consumer, g.codeSize))
    return false;
  for (int other : g.consumers)
    if (other != consumer && reaches(other, consumer)) return false;
  std::vector<Reading> readings;
  if (!findReadings(id, consumer, readings) || !takesReduction(consumer, g.shape, readings))
    return false;
  moveOps(id, consumer);
  return true;
}

// What a group computes, from the last to the first, to be placed anew: it asks for nothing now.
llvm::SmallVector<Operation *> Grouping::takeOps(int group) {
  for (auto &[op, requests] : requests_)
    llvm::erase_if(requests, [&](const Request &r) { return r.group == group; });
  groups[group]->codeSize = 0;
  llvm::SmallVector<Operation *> ops = groups[group]->ops.takeVector();
  llvm::sort(ops, [](Operation *a, Operation *b) { return b->isBeforeInBlock(a); });
  return ops;
}

// Who is read by the one, or reads it, has to do with the other.
void Grouping::redirect(int from, int to) {
  for (auto &other : groups)
    if (other->consumers.erase(from)) other->consumers.insert(to);
  Group &old = *groups[from], &g = *groups[to];
  g.consumers.insert(old.consumers.begin(), old.consumers.end());
  g.consumers.erase(to);
  old.consumers.clear();
}

void Grouping::moveOps(int from, int to) {
  Group &old = *groups[from], &g = *groups[to];
  for (Operation *op : takeOps(from)) {
    std::vector<IndexVector> indices;
    if (auto asked = askedBy(op, Request::indexed); asked.count(to)) indices = asked[to];
    if (auto home = homes.find(op); home != homes.end() && home->second == from) {
      home->second = to;
      llvm::ArrayRef<int64_t> sizes = sizesOf(op->getResult(0));
      IndexVector own = isPerRow(op, old.shape) ? g.space.reshape(g.rowDims(), g.rowSizes(), sizes)
                               : g.space.reshape(g.dims, g.sizes, sizes);
      if (!llvm::is_contained(indices, own)) indices.push_back(std::move(own));
    }
    place(op, to, indices);
  }
  redirect(from, to);
}

void Grouping::mergeReductions() {
  auto mergeOne = [&] {
    for (int id = 0; id < static_cast<int>(groups.size()); ++id) {
      if (groups[id]->kind != Group::reduction || groups[id]->ops.empty()) continue;
      for (int consumer : groups[id]->consumers)
        if (mergeInto(consumer, id)) return true;
    }
    return false;
  };
  while (mergeOne()) {
  }
}
}  // namespace mlir::weft
