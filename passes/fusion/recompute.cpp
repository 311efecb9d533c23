#include "passes/fusion/recompute.h"

#include "ir/access/access.h"
#include "ir/interface/convert.h"
#include "mlir/IR/IRMapping.h"
#include "passes/fusion/cost.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {
namespace {
// Shorter values, and programs that hold less at once, are not worth a launch.
constexpr int64_t kLong = int64_t(1) << 20, kMuch = int64_t(64) << 20;

int64_t bytesOf(Value v) { return static_cast<int64_t>(toType(v.getType()).bytes()); }
// No memory of its own: who reads it reads what it is of.
bool isView(Operation *op) { return isMovement(op) && op->getNumOperands() == 1; }

template <class F> void forEachUse(Value v, F &&visit) {
  for (OpOperand &use : v.getUses()) {
    visit(use.getOwner());
    if (isView(use.getOwner())) forEachUse(use.getOwner()->getResult(0), visit);
  }
}

class Recomputation {
 public:
  explicit Recomputation(Block &block) : block_(block) {
    int at = 0;
    for (Operation &op : block) position_[&op] = at++;
  }

  llvm::DenseSet<Operation *> run() {
    if (!findPeak()) return {};
    llvm::SmallVector<Operation *> early;
    for (Operation &op : block_.without_terminator())
      if (!isLate(&op) && op.hasTrait<Pointwise>() && isCheap(&op) &&
          bytesOf(op.getResult(0)) >= kLong)
        early.push_back(&op);
    llvm::for_each(early, [&](Operation *op) { visit(op); });
    return std::move(made_);
  }

 private:
  bool isLate(Operation *op) const { return position_.lookup(op) > peak_; }
  int lastUse(Value v) const {
    int last = -1;
    forEachUse(v, [&](Operation *user) {
      if (!isView(user)) last = std::max(last, position_.lookup(user));
    });
    return last;
  }

  // Who reads it makes it.
  static bool isFused(Value v) {
    return v.hasOneUse() && (*v.user_begin())->hasTrait<Pointwise>();
  }

  // Where most is alive; false: it is little.
  bool findPeak() {
    std::vector<int64_t> change(position_.size() + 1);
    for (Operation &op : block_) {
      if (isView(&op)) continue;
      for (Value v : op.getResults()) {
        const int last = lastUse(v);
        if (bytesOf(v) < kLong || last < 0 || isFused(v)) continue;
        change[position_[&op]] += bytesOf(v);
        change[last] -= bytesOf(v);
      }
    }
    int64_t alive = 0, most = 0;
    for (auto [at, bytes] : llvm::enumerate(change))
      if ((alive += bytes) >= most) most = alive, peak_ = static_cast<int>(at);
    return most >= kMuch;
  }

  // It has to be in memory before the peak and after it, and not for its own sake.
  void visit(Operation *op) {
    bool early = false, late = false, returned = false;
    Operation *first = nullptr;
    forEachUse(op->getResult(0), [&](Operation *user) {
      early = early || (!isLate(user) && !isView(user));
      late = late || (isLate(user) && isContraction(user));
      returned = returned || user == block_.getTerminator();
      if (isLate(user) && (!first || user->isBeforeInBlock(first))) first = user;
    });
    llvm::SmallVector<Operation *> chain;
    if (!early || !late || returned || !collect(op, bytesOf(op->getResult(0)), first, chain)) return;
    OpBuilder b(first);
    IRMapping again;
    auto clone = [&](Operation *old) {
      Operation *fresh = b.clone(*old, again);
      position_[fresh] = position_.lookup(first);
      made_.insert(fresh);
    };
    llvm::for_each(chain, clone);
    redirect(op->getResult(0), again, clone);
  }

  // The ops to repeat, operands first; false: what they need is gone when it is needed. Of what is
  // short compared to `whole` bytes it does not matter.
  bool collect(Operation *op, int64_t whole, Operation *first,
               llvm::SmallVectorImpl<Operation *> &chain) const {
    constexpr int64_t kShare = 8;
    constexpr size_t kMost = 12;
    for (Value v : op->getOperands()) {
      Operation *made = v.getDefiningOp();
      if (!made || bytesOf(v) * kShare <= whole || llvm::is_contained(chain, made)) continue;
      if (!isView(made) && lastUse(v) >= position_.lookup(first)) continue;
      if ((!isView(made) && !isCheap(made)) || !collect(made, whole, first, chain)) return false;
    }
    chain.push_back(op);
    return chain.size() <= kMost;
  }

  // Who comes late reads what is made again; views that were taken early are taken again.
  template <class Clone> void redirect(Value old, IRMapping &again, Clone &&clone) {
    for (OpOperand &use : llvm::make_early_inc_range(old.getUses())) {
      Operation *user = use.getOwner();
      if (isLate(user)) use.set(again.lookup(old));
      else if (isView(user) && llvm::any_of(user->getResult(0).getUsers(), [&](Operation *o) {
                 return isLate(o) || isView(o);
               })) {
        if (!again.contains(user->getResult(0))) clone(user);
        redirect(user->getResult(0), again, clone);
      }
    }
  }

  Block &block_;
  llvm::DenseMap<Operation *, int> position_;
  llvm::DenseSet<Operation *> made_;
  int peak_ = 0;
};
}  // namespace

llvm::DenseSet<Operation *> recompute(func::FuncOp func) {
  return Recomputation(func.getBody().front()).run();
}
}  // namespace mlir::weft
