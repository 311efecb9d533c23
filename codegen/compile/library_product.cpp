#include "codegen/compile/library_product.h"

#include "codegen/compile/kernel_parts.h"
#include "ir/interface/convert.h"
#include "ir/interface/symbol.h"

namespace mlir::weft {
namespace {
namespace ct = ::torch::codegen::cuda;
namespace rt = ::torch::runtime;

// How a (batch..., rows, columns) lies in memory.
struct Stored {
  bool transposed = false;
  int64_t row = 0, matrix = 0;
};
std::optional<Stored> storedAs(const ct::Operand& o) {
  const size_t rank = o.sizes.size();
  if (!o.is_strided() || o.offset != 0) return std::nullopt;
  const int64_t rows = o.sizes[rank - 2], columns = o.sizes[rank - 1];
  const int64_t down = rows == 1 ? columns : o.strides[rank - 2];
  const int64_t across = columns == 1 ? 1 : o.strides[rank - 1];
  Stored s;
  if (across == 1 && down >= columns) s.row = down;
  else if ((rows == 1 || o.strides[rank - 2] == 1) && across >= rows) s = {true, across};
  else return std::nullopt;
  int64_t next = -1;  // the stride that the dim before must have
  for (size_t d = rank - 2; d-- > 0;) {
    if (o.sizes[d] == 1) continue;
    if (next < 0) s.matrix = o.strides[d];
    else if (o.strides[d] != next) return std::nullopt;
    next = o.strides[d] * o.sizes[d];
  }
  return s;
}

// The sum, at most rounded to the operands' type, goes to a dense tensor, and that is all.
bool isStoredAsItIs(const Points& p, DType dtype, llvm::ArrayRef<int64_t> sizes) {
  const Nest& nest = p.nest;
  if (nest.outputs.size() != 1) return false;
  const NestOutput& out = nest.outputs[0];
  const NestNode& n = nest.nodes[out.node];
  const bool isSum = out.node == p.node && n.dtype == dtype;
  const bool isRounded = n.kind == NestNode::compute && n.op == ::torch::op::Op::cast &&
                         n.dtype == dtype && n.operands[0] == p.node;
  if (!isSum && !isRounded) return false;
  int64_t factor = 1;
  for (int d = static_cast<int>(sizes.size()) - 1; d >= 0; factor *= sizes[d--])
    if (sizes[d] != 1 && out.index.factorOf(nest.dims[d]) != factor) return false;
  return out.index.constant == 0 && llvm::all_of(out.index.terms, [&](const Index::Term& t) {
           return nest.space[t.atom].kind == Atom::dim;
         });
}

// The operand as it is before it is widened for the product.
Value narrowed(Value v, DType dtype) {
  if (toType(v.getType()).dtype == dtype) return v;
  return v.getDefiningOp<CastOp>().getX();
}

class LibraryProduct {
 public:
  LibraryProduct(KernelOp kernel, MatmulOp op, const ct::Problem& problem)
      : kernel_(kernel), op_(op), problem_(problem), block_(kernel.getBody().front()) {
    for (unsigned i = 0; i < kernel->getNumOperands(); ++i)
      operands_.push_back({LocalBuffer::operand, i});
  }

  FailureOr<std::optional<Lowered>> run(const Points& a, const Points& b, const Points& epilogue) {
    const size_t rank = problem_.sizes.size();
    rt::cuda::Product& p = product_;
    p.type = p.result = problem_.a.dtype;
    p.m = problem_.sizes[rank - 2], p.n = problem_.sizes[rank - 1];
    p.k = problem_.a.sizes[rank - 1];
    for (size_t d = 0; d + 2 < rank; ++d) p.batch *= problem_.sizes[d];
    p.tf32 = problem_.allow_tf32;
    const bool checks = llvm::any_of(block_, [](Operation& o) { return o.hasTrait<Check>(); });
    if (p.batch * p.m * p.n == 0 || p.k == 0 || checks) return std::optional<Lowered>();
    Stored left, right;
    if (failed(prepare(op_->getOperand(0), problem_.a, a, left)) ||
        failed(prepare(op_->getOperand(1), problem_.b, b, right)))
      return failure();
    p.transposed_a = left.transposed, p.transposed_b = right.transposed;
    p.row_a = left.row, p.row_b = right.row, p.row_c = p.n;
    p.matrix_a = left.matrix, p.matrix_b = right.matrix, p.matrix_c = p.m * p.n;
    const bool plain = isStoredAsItIs(epilogue, p.type, {p.batch, p.m, p.n});
    if (plain) boundary_ = std::min(boundary_, boundaryOf(kernel_, kernel_->getResult(0)));
    else if (!isRoundedFirst()) p.result = toType(op_->getResult(0).getType()).dtype;
    const LocalBuffer to =
        plain ? LocalBuffer{LocalBuffer::result, 0}
              : out_.addTemporary(static_cast<size_t>(p.batch * p.m * p.n * bytesOf(p.result)));
    multiply(to);
    if (!plain && failed(finish(to))) return failure();
    out_.way = "cublaslt";
    return std::optional<Lowered>(std::move(out_));
  }

 private:
  static int64_t bytesOf(DType dtype) {
    return static_cast<int64_t>(::torch::op::dtype_bytes(dtype));
  }

  // The operand where it lies, or in a temporary that a map fills.
  LogicalResult prepare(Value v, const ct::Operand& operand, const Points& points, Stored& stored) {
    if (auto found = storedAs(operand)) {
      stored = *found;
      factors_.push_back({LocalBuffer::operand, points.operands[0]});
      boundary_ = std::min<int64_t>(boundary_, operand.alignment);
      return success();
    }
    v = narrowed(v, operand.dtype);
    const size_t rank = operand.sizes.size();
    const int64_t rows = operand.sizes[rank - 2], columns = operand.sizes[rank - 1];
    stored.transposed = operand.contiguous == static_cast<int>(rank) - 2;
    stored.row = stored.transposed ? rows : columns;
    stored.matrix = rows * columns;
    KernelParts parts(kernel_);
    llvm::SmallPtrSet<Operation*, 16> ops;
    collectOps(v, [](Value) { return false; }, ops);
    const llvm::SmallVector<Value> all(parts.operands());
    const llvm::SmallVector<Value> inside(block_.getArguments());
    KernelOp part = parts.add("map", inside, all, ops, v);
    if (stored.transposed) transposeResult(part);
    const OwningOpRef<ModuleOp> module = parts.finish();
    FailureOr<Lowered> filled = lowerNest(part, Backend::cuda);
    if (failed(filled)) return failure();
    const LocalBuffer to = out_.addTemporary(toType(v.getType()).bytes());
    if (filled->launches.size() == 1) filled->launches[0].fills = {0, points.operands};
    append(out_, std::move(*filled), operands_, to);
    if (out_.launches.back().fills) out_.launches.back().fills->temporary = to.index;
    factors_.push_back(to);
    return success();
  }
  static void transposeResult(KernelOp part) {
    Operation* yield = part.getBody().front().getTerminator();
    OpBuilder b(yield);
    const Value turned = transpose(Symbol(b, part.getLoc(), yield->getOperand(0)));
    yield->setOperand(0, turned);
    part->getResult(0).setType(turned.getType());
  }

  // Whether all that is made of a sum is made of it rounded to the operands' type.
  bool isRoundedFirst() const {
    return llvm::all_of(op_->getResult(0).getUsers(), [&](Operation* user) {
      return isa<CastOp>(user) && toType(user->getResult(0).getType()).dtype == product_.type;
    });
  }

  void multiply(const LocalBuffer& to) {
    product_.alignment = static_cast<uint32_t>(boundary_);
    LoweredLaunch launch;
    launch.name = kernelName(kernel_) + "_cublaslt";
    launch.kind = "contraction";
    launch.library = product_;
    launch.buffers = {factors_[0], factors_[1], to, out_.addTemporary(1)};
    launch.tasks = 1;
    out_.launches.push_back(std::move(launch));
  }

  // A map of the sums.
  LogicalResult finish(const LocalBuffer& sums) {
    const Value y = op_->getResult(0);
    KernelParts parts(kernel_);
    auto type = cast<RankedTensorType>(y.getType());
    const bool isNarrow = product_.result != toType(type).dtype;
    parts.add(RankedTensorType::get(type.getShape(), toMlir(type.getContext(), product_.result)));
    llvm::SmallPtrSet<Operation*, 16> ops;
    const auto yields = block_.getTerminator()->getOperands();
    for (Value v : yields) collectOps(v, [&](Value given) { return given == y; }, ops);
    llvm::SmallVector<Value> inside(block_.getArguments());
    inside.push_back(y);
    const llvm::SmallVector<Value> all(parts.operands());
    KernelOp part = parts.add("map", inside, all, ops, llvm::SmallVector<Value>(yields));
    if (isNarrow) widenLast(part, all.back().getType());
    for (auto [i, v] : llvm::enumerate(part->getResults()))
      parts.place(v, static_cast<unsigned>(i));
    const OwningOpRef<ModuleOp> module = parts.finish();
    FailureOr<Lowered> made = lowerNest(part, Backend::cuda);
    if (failed(made)) return failure();
    llvm::SmallVector<LocalBuffer> from(operands_), to;
    from.push_back(sums);
    for (unsigned i = 0; i < kernel_->getNumResults(); ++i) to.push_back({LocalBuffer::result, i});
    for (auto [result, operand] : made->inPlace)
      if (operand < operands_.size() && llvm::none_of(
                                            factors_,
                                            [&, o = operand](LocalBuffer f) {
                                              return f.kind == LocalBuffer::operand && f.index == o;
                                            }))
        out_.inPlace.push_back({result, operand});
    append(out_, std::move(*made), from, to);
    return success();
  }
  // The last operand is of a narrower type than what is made of it expects.
  static void widenLast(KernelOp part, Type narrow) {
    Block& body = part.getBody().front();
    BlockArgument argument = body.getArguments().back();
    auto wide = cast<RankedTensorType>(argument.getType());
    argument.setType(narrow);
    OpBuilder b = OpBuilder::atBlockBegin(&body);
    const Value widened = convert(Symbol(b, part.getLoc(), argument), wide.getElementType());
    argument.replaceAllUsesExcept(widened, widened.getDefiningOp());
  }

  KernelOp kernel_;
  MatmulOp op_;
  const ct::Problem& problem_;
  Block& block_;
  Lowered out_;
  rt::cuda::Product product_;
  int64_t boundary_ = kBoundary;                       // of a, b and c
  llvm::SmallVector<LocalBuffer> operands_, factors_;  // of the kernel; a and b
};
}  // namespace

FailureOr<std::optional<Lowered>> lowerLibraryProduct(KernelOp kernel, MatmulOp op,
                                                      const ct::Problem& problem, const Points& a,
                                                      const Points& b, const Points& epilogue) {
  return LibraryProduct(kernel, op, problem).run(a, b, epilogue);
}
}  // namespace mlir::weft
