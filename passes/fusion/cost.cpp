#include "passes/fusion/cost.h"

#include "ir/access/access.h"
#include "ir/interface/convert.h"
#include "ir/op/cost.h"
#include "ir/tensor/ops.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {
namespace {
bool isRandom(Operation *op) { return isa<RandomUniformOp, RandomNormalOp, RandomBitsOp>(op); }
int64_t numel(Value v) { return cast<RankedTensorType>(v.getType()).getNumElements(); }

template <class F> bool searchBack(Operation *from, F &&visit) {
  llvm::SmallVector<Operation *> stack{from};
  llvm::SmallPtrSet<Operation *, 32> seen;
  while (!stack.empty()) {
    Operation *op = stack.pop_back_val();
    for (Value v : op->getOperands()) {
      Operation *def = v.getDefiningOp();
      if (!def || !seen.insert(def).second) continue;
      switch (visit(def)) {
        case 1: return true;
        case 0: stack.push_back(def); break;
        default: break;
      }
    }
  }
  return false;
}
constexpr int kFound = 1, kOn = 0, kStop = -1;
}  // namespace

bool isWindow(Operation* op) {
  return isa<MaxPoolOp, MaxPoolGradOp, WindowSumOp, WindowSumGradOp>(op);
}

// Widening f16 or bf16 is part of reading it.
bool isFree(Operation *op) {
  if (auto cast = dyn_cast<CastOp>(op))
    return ::torch::op::is_half(toType(cast.getX().getType()).dtype) &&
           toType(cast.getY().getType()).dtype == ::torch::op::DType::Float;
  return isMovement(op) || isa<ConstantOp, IotaOp>(op);
}

bool isFusible(Operation* op) {
  return isWindow(op) || isFree(op) || isRandom(op) || op->hasTrait<Pointwise>();
}

bool isCheap(Operation *op) {
  auto id = toOp(op);
  return op->hasTrait<Pointwise>() && id && !::torch::op::is_costly(*id);
}

int64_t codeSize(Operation *op) {
  if (isFree(op)) return 0;
  if (isWindow(op)) return std::min(windowPlaces(op), kUnrolledPlaces);
  return 1;
}

bool isFedByContraction(Operation *op) {
  if (!op->hasTrait<Pointwise>() && !isMovement(op)) return false;
  int64_t size = numel(op->getResult(0));
  Operation *contraction = nullptr;
  llvm::SmallVector<Operation *> others;
  searchBack(op, [&](Operation *def) {
    if (isContraction(def) && numel(def->getResult(0)) == size) contraction = def;
    else if (numel(def->getResult(0)) == size &&
             (def->hasTrait<Pointwise>() || isa<ReshapeOp>(def)))
      return kOn;
    else others.push_back(def);
    return kStop;
  });
  // A maximum over what it made has to be known first: no epilogue then.
  return contraction && llvm::none_of(others, [&](Operation *other) {
    return searchBack(other, [&](Operation *def) {
      return def == contraction ? kFound : def->isBeforeInBlock(contraction) ? kStop : kOn;
    });
  });
}

bool isFedByWindow(Operation *op) {
  if (isWindow(op)) return true;
  if (!op->hasTrait<Pointwise>() && !isMovement(op)) return false;
  return searchBack(op, [&](Operation *def) {
    return isWindow(def) ? kFound : def->hasTrait<Pointwise>() || isMovement(def) ? kOn : kStop;
  });
}

bool feeds(Value v, Value of) {
  if (v == of) return true;
  Operation *op = of.getDefiningOp();
  if (!op || !(op->hasTrait<Pointwise>() || isMovement(op))) return false;
  if (llvm::is_contained(op->getOperands(), v)) return true;
  return searchBack(op, [&](Operation *def) {
    if (!(def->hasTrait<Pointwise>() || isMovement(def))) return kStop;
    return llvm::is_contained(def->getOperands(), v) ? kFound : kOn;
  });
}

bool dependsOnAny(Operation *op, const llvm::SetVector<Operation *> &ops) {
  return searchBack(op, [&](Operation *def) { return ops.contains(def) ? kFound : kOn; });
}
}  // namespace mlir::weft
