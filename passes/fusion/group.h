/// Which ops run together. Ops are visited from the results backwards; each is either inlined into
/// the groups that ask for it, or gets a buffer and a group to be computed in.
///
/// In: a block of pure weft ops. Out: groups (later one weft.kernel each). Invariant: the graph of
/// groups has no cycle, and every element that a group's domain asks of an inlined op can be
/// computed where it is asked.
#pragma once
#include <memory>
#include <vector>

#include "ir/access/access.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallSet.h"
#include "mlir/IR/Block.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {

/// How a consumer reads a value.
struct Request {
  enum Kind {
    indexed,  // by a kernel that can pull it at `index`
    operand,  // as an operand of a contraction: access maps are free, computing is not
    dense     // from memory, row-major
  } kind;
  int group;  // -1: a result of the function
  IndexVector index;
};

struct Group {
  enum Kind { map, reduction, contraction, scatter, scan, check, call } kind = map;
  IndexSpace space;
  // of the domain; reduction: which of the dims are reduced
  llvm::SmallVector<int64_t> sizes;
  IndexVector dims;
  llvm::SmallVector<bool> reduced;
  // scatter, whose domain are the updates: an element of what they go to
  IndexVector base;
  ReductionShape shape;               // reduction
  llvm::SetVector<Operation *> ops;   // all that it computes
  int64_t codeSize = 0;               // of them, by codeSize (cost.h)
  // the group that its last task computes when all others are done; and the other way; -1: none
  int tail = -1, tailOf = -1;
  llvm::SmallSet<int, 8> consumers;   // groups that read its results

  /// All elements, or (reduction) without the reduced dims.
  llvm::SmallVector<int64_t> rowSizes() const;
  IndexVector rowDims() const;
  /// Whether reading `sizes` at `index` visits each element once, in the order of the domain (or of
  /// its rows).
  bool isIdentity(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> sizes);
  bool isRowIdentity(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> sizes);
  /// Becomes, from a map, a reduction over such runs, whose domain has its elements or
  /// (`overRows`) its rows. False: it does not fit.
  bool becomeReduction(const ReductionShape &shape, bool overRows);
  /// How often code at this index runs when it stands at the outermost level possible.
  int64_t evaluations(llvm::ArrayRef<Index> index) const;
};

class Grouping {
 public:
  /// `separate`: each op in a group of its own. `again`: what is computed a second time
  /// (recompute.h), so that other groups need not keep it. `rows`: kRowsAttribute.
  Grouping(Block& block, bool separate, const llvm::DenseSet<Operation*>& again, int64_t rows);
  /// In no order.
  std::vector<std::unique_ptr<Group>> groups;
  /// The group that computes what is kept of an op.
  llvm::DenseMap<Operation *, int> homes;
  /// The kernel that a group is of.
  int kernelOf(int group) const {
    return groups[group]->tailOf < 0 ? group : groups[group]->tailOf;
  }

 private:
  // How `group` reads what another computes.
  struct Reading {
    IndexVector index;
    llvm::ArrayRef<int64_t> sizes;
    bool perRow;
  };
  void place(Operation *op, int group, llvm::ArrayRef<IndexVector> indices);
  void request(Value value, Request request);
  int start(Operation *op);
  void placeScatter(Operation *op, int group);
  void placeScan(ScanOp op, int group);
  void visit(Operation *op);
  void check(Operation *op);
  bool joinReduction(Operation *op);
  bool takesReduction(int group, const ReductionShape &shape, llvm::ArrayRef<Reading> readings);
  void mergeReductions();
  bool mergeInto(int consumer, int group);
  bool findReadings(int from, int by, std::vector<Reading> &readings) const;
  void moveOps(int from, int to);
  void redirect(int from, int to);
  llvm::SmallVector<Operation *> takeOps(int group);
  void foldChecks();
  bool foldCheck(CheckIndexOp check, int from);
  void appendTails();
  bool mayAppend(int id, int group) const;
  bool isTailOf(int id, int group) const;
  void appendTail(int id, int group);
  bool appendSingle(int id);
  bool joinContraction(Operation *op);
  bool joinAsResult(Operation *op);
  bool joinSibling(Operation *op);
  bool inlineEverywhere(Operation *op);
  bool reaches(int from, int to) const;
  bool mayJoin(Operation *op, int group) const;
  bool hasRoom(int group, int64_t code) const;
  bool makesCycle(Operation *op, int home) const;
  void settle(Operation *op, int home);
  llvm::MapVector<int, std::vector<IndexVector>> askedBy(Operation *op, Request::Kind kind) const;

  const bool separate_;
  const llvm::DenseSet<Operation *> &again_;
  const int64_t rows_;
  llvm::DenseMap<Operation *, std::vector<Request>> requests_;
};
}  // namespace mlir::weft
