#include "passes/fusion/split_reductions.h"

#include "ir/interface/emit.h"
#include "ir/op/order.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {
namespace {
using ::torch::op::kChunk;
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
    state.addTypes(RankedTensorType::get(kept, cast<RankedTensorType>(x.getType()).getElementType()));
    return b.create(state)->getResult(0);
  }
  Value reshape(Value x, llvm::ArrayRef<int64_t> sizes) {
    return b.create<ReshapeOp>(loc, x, b.getDenseI64ArrayAttr(sizes));
  }
  // Elements [from, from + size) of dim 1 of an (outer, n, inner) tensor.
  Value slice(Value x, int64_t from, int64_t size) {
    llvm::SmallVector<Value> starts;
    for (int64_t start : {int64_t(0), from, int64_t(0)})
      starts.push_back(b.create<ConstantOp>(loc, cast<TypedAttr>(b.getI64IntegerAttr(start)), b.getDenseI64ArrayAttr({})));
    llvm::ArrayRef<int64_t> s = sizesOf(x);
    return b.create<SliceOp>(loc, x, starts, b.getDenseI64ArrayAttr({s[0], size, s[2]}),
                             b.getDenseI64ArrayAttr({1, 1, 1}));
  }
  // x is (outer, n, inner): (outer, inner).
  Value reduceRun(Value x) {
    llvm::ArrayRef<int64_t> s = sizesOf(x);
    int64_t outer = s[0], n = s[1], inner = s[2], whole = n / kChunk;
    if (n <= kChunk) return reduce(x, {1});
    Value head = n % kChunk ? slice(x, 0, whole * kChunk) : x;
    Value chunks = reduce(reshape(head, {outer, whole, kChunk, inner}), {2});
    if (n % kChunk) {
      Value tail = reshape(reduce(slice(x, whole * kChunk, n % kChunk), {1}), {outer, 1, inner});
      chunks = b.create<ConcatOp>(loc, ValueRange{chunks, tail}, b.getI64IntegerAttr(1));
    }
    return reduceRun(chunks);
  }
};

void split(Operation *op) {
  OpBuilder b(op);
  Value x = op->getOperand(0);
  llvm::SmallVector<int64_t> sizes(sizesOf(x));
  llvm::ArrayRef<int64_t> dims = cast<DenseI64ArrayAttr>(op->getAttr("dims")).asArrayRef();
  auto groups = ::torch::op::reduction_groups({sizes.data(), sizes.size()}, {dims.data(), dims.size()});
  int64_t count = 1;
  bool tooLong = false;
  for (auto [begin, end] : groups) {
    int64_t n = 1;
    for (size_t i = begin; i < end; ++i) n *= sizes[i];
    count *= n;
    tooLong |= n > kChunk;
  }
  bool mean = isa<MeanOp>(op);
  if (groups.size() <= 1 && !tooLong && !mean) return;
  Reducer r{b, op->getLoc(), mean ? SumOp::getOperationName() : op->getName().getStringRef()};
  for (auto [begin, end] : groups) {
    int64_t outer = 1, n = 1, inner = 1;
    for (size_t i = 0; i < sizes.size(); ++i) (i < begin ? outer : i < end ? n : inner) *= sizes[i];
    x = r.reduceRun(r.reshape(x, {outer, n, inner}));
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

void splitReductions(func::FuncOp func) {
  llvm::SmallVector<Operation *> found;
  func.walk([&](Operation *op) {
    if (isa<SumOp, MeanOp, ProdOp, MaxOp, MinOp, AnyOp, AllOp>(op)) found.push_back(op);
  });
  for (Operation *op : found) split(op);
}
}  // namespace mlir::weft
