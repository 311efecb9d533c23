#include "passes/fusion/split_reductions.h"

#include "ir/interface/emit.h"
#include "ir/op/order.h"
#include "ir/tensor/ops.h"
#include "passes/fusion/kinds.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }

// One reduction op of the same kind over neighbouring `dims`.
struct Reducer {
  OpBuilder &b;
  Location loc;
  llvm::StringRef name;

  Value reduce(Value x, llvm::ArrayRef<int64_t> dims) {
    OperationState state(loc, name);
    state.addOperands(x);
    state.addAttribute("dims", b.getDenseI64ArrayAttr(dims));
    llvm::SmallVector<int64_t> kept;
    for (auto [i, size] : llvm::enumerate(sizesOf(x)))
      if (!llvm::is_contained(dims, static_cast<int64_t>(i))) kept.push_back(size);
    state.addTypes(
        RankedTensorType::get(kept, cast<RankedTensorType>(x.getType()).getElementType()));
    return b.create(state)->getResult(0);
  }
  Value reshape(Value x, llvm::ArrayRef<int64_t> sizes) {
    return b.create<ReshapeOp>(loc, x, b.getDenseI64ArrayAttr(sizes));
  }
};

// One kernel does the groups one after the other: rows, then what is made of them, for each of
// enough results.
bool isWhole(Operation* op, llvm::ArrayRef<::torch::op::ReductionGroup> groups, int64_t rows) {
  const ReductionShape shape = reductionShape(op);
  return groups.size() == 2 && shape.sizes.size() == 5 && shape.isRow() &&
         shape.rows() >= rows;
}

void split(Operation *op, int64_t rows) {
  OpBuilder b(op);
  Value x = op->getOperand(0);
  llvm::SmallVector<int64_t> sizes(sizesOf(x));
  llvm::ArrayRef<int64_t> dims = cast<DenseI64ArrayAttr>(op->getAttr("dims")).asArrayRef();
  auto groups =
      ::torch::op::reduction_groups({sizes.data(), sizes.size()}, {dims.data(), dims.size()});
  bool mean = isa<MeanOp>(op), whole = isWhole(op, groups, rows);
  if ((groups.size() <= 1 || whole) && !mean) return;
  int64_t count = 1;
  Reducer r{b, op->getLoc(), mean ? SumOp::getOperationName() : op->getName().getStringRef()};
  if (whole) {
    for (int64_t d : dims) count *= sizes[d];
    x = r.reduce(x, dims);
    groups.clear();
  }
  for (auto [begin, end] : groups) {
    int64_t outer = 1, n = 1, inner = 1;
    for (size_t i = 0; i < sizes.size(); ++i) (i < begin ? outer : i < end ? n : inner) *= sizes[i];
    x = r.reduce(r.reshape(x, {outer, n, inner}), {1});
    count *= n;
    for (size_t i = begin; i < end; ++i) sizes[i] = 1;
  }
  x = r.reshape(x, sizesOf(op->getResult(0)));
  if (mean) {
    Type element = cast<RankedTensorType>(x.getType()).getElementType();
    Value n = b.create<ConstantOp>(op->getLoc(), cast<TypedAttr>(b.getFloatAttr(element, count)),
                                   b.getDenseI64ArrayAttr({}));
    x = b.create<DivOp>(op->getLoc(), x, n);
  }
  op->getResult(0).replaceAllUsesWith(x);
  op->erase();
}
}  // namespace

void splitReductions(func::FuncOp func, int64_t rows) {
  llvm::SmallVector<Operation *> found;
  func.walk([&](Operation *op) {
    if (isa<SumOp, MeanOp, ProdOp, MaxOp, MinOp, AnyOp, AllOp>(op)) found.push_back(op);
  });
  for (Operation *op : found) split(op, rows);
}
}  // namespace mlir::weft
