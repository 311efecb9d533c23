#include "codegen/compile/contraction_points.h"

#include "ir/interface/convert.h"

namespace mlir::weft {
namespace {
bool isContraction(Operation& op) {
  return isa<MatmulOp, ConvOp, ConvInputGradOp, ConvWeightGradOp>(op);
}
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }
}  // namespace

llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }

IndexVector Points::addDims(llvm::ArrayRef<int64_t> sizes) {
  IndexVector index;
  for (int64_t size : sizes) {
    Index dim = nest.space.dim(size);
    nest.dims.push_back(dim.terms[0].atom);
    index.push_back(size == 1 ? Index(0) : dim);
  }
  return index;
}

void Points::finish(KernelOp kernel) {
  llvm::DenseMap<int, int> position;
  for (NestNode& n : nest.nodes) {
    if (n.kind != NestNode::load) continue;
    auto [at, isNew] = position.try_emplace(n.argument, static_cast<int>(operands.size()));
    if (isNew) {
      operands.push_back(n.argument);
      nest.arguments.push_back(n.dtype);
      nest.small &=
          cast<RankedTensorType>(kernel->getOperand(n.argument).getType()).getNumElements() <
          (int64_t(1) << 31);
    }
    n.argument = at->second;
  }
  nest.analyze();
  numbers = std::make_unique<Numbers>(nest);
}

bool Points::isPlainLoad() const {
  const NestNode& n = nest.nodes[node];
  return n.kind == NestNode::load && n.mask < 0 &&
         llvm::all_of(
             n.index.terms,
             [&](const Index::Term& t) { return nest.space[t.atom].kind == Atom::dim; });
}

Emitter Points::emitter(OpBuilder& b, Location loc, ValueRange buffers, ValueRange params,
                        llvm::ArrayRef<Value> index, int laneDim, int lanes, Value mask,
                        bool fma) const {
  Emitter e(b, loc, nest, *numbers, buffers, params, lanes > 1 ? laneDim : -1, lanes, fma);
  e.entry.block = b.getInsertionBlock();
  e.entry.before =
      b.getInsertionPoint() == e.entry.block->end() ? nullptr : &*b.getInsertionPoint();
  e.entry.knows.assign(nest.dims.size(), true);
  e.entry.mask = mask;
  for (auto [i, v] : llvm::enumerate(index)) e.entry.indices[i] = v;
  return e;
}

FailureOr<std::shared_ptr<Points>> tracePoints(KernelOp kernel, Value operand, Backend backend) {
  auto p = std::make_shared<Points>();
  p->nest.holdsSymbols = backend == Backend::cuda;
  Trace trace(kernel, p->nest);
  p->node = trace.pull(operand, p->addDims(sizesOf(operand)));
  if (p->node < 0) return failure();
  p->finish(kernel);
  return p;
}

llvm::SmallVector<int64_t> resultSizes(Operation* op) {
  llvm::ArrayRef<int64_t> sizes = sizesOf(op->getResult(0));
  llvm::SmallVector<int64_t> out{1, 1, 1};
  for (auto [i, size] : llvm::enumerate(sizes)) {
    if (isa<MatmulOp>(op)) out[i + 2 < sizes.size() ? 0 : i + 2 == sizes.size() ? 1 : 2] *= size;
    else if (isa<ConvWeightGradOp>(op)) out[i == 0 ? 1 : 2] *= size;
    else out[std::min<size_t>(i, 2)] *= size;
  }
  return out;
}

FailureOr<std::shared_ptr<Points>> traceEpilogue(KernelOp kernel, Operation* op,
                                                 Backend backend) {
  auto p = std::make_shared<Points>();
  p->nest.holdsSymbols = backend == Backend::cuda;
  llvm::SmallVector<int64_t> sizes = resultSizes(op);
  IndexVector index = p->addDims(sizes);
  Index position = p->nest.space.linearize(index, sizes);
  Trace trace(kernel, p->nest);
  NestNode given{NestNode::given, dtypeOf(op->getResult(0))};
  p->node = trace.add(std::move(given));
  trace.give(op->getResult(0), position, p->node);
  for (Value v : kernel.getBody().front().getTerminator()->getOperands()) {
    int node = trace.pull(v, p->nest.space.reshape(index, sizes, sizesOf(v)));
    if (node < 0) return failure();
    p->nest.outputs.push_back({node, position, dtypeOf(v)});
    p->nest.small &= cast<RankedTensorType>(v.getType()).getNumElements() < (int64_t(1) << 31);
  }
  p->finish(kernel);
  return p;
}

Operation* findContraction(KernelOp kernel) {
  for (Operation& o : kernel.getBody().front())
    if (isContraction(o)) return &o;
  kernel.emitError("loops: a contraction kernel without a contraction");
  return nullptr;
}

ContractionWindow windowOf(Operation* op) {
  ContractionWindow w;
  if (isa<MatmulOp>(op)) return w;
  auto array = [&](StringRef name) {
    return llvm::SmallVector<int64_t>(cast<DenseI64ArrayAttr>(op->getAttr(name)).asArrayRef());
  };
  w.stride = array("stride"), w.padding = array("padding"), w.dilation = array("dilation");
  w.groups = cast<IntegerAttr>(op->getAttr("groups")).getInt();
  return w;
}

void findInPlace(const Points& a, const Points& b, const Points& epilogue, Lowered& lowered) {
  const Nest& nest = epilogue.nest;
  for (unsigned r = 0; r < nest.outputs.size(); ++r) {
    for (auto [i, operand] : llvm::enumerate(epilogue.operands)) {
      bool alone =
          !llvm::is_contained(a.operands, operand) && !llvm::is_contained(b.operands, operand);
      bool same = ::torch::op::dtype_bytes(nest.arguments[i]) ==
                  ::torch::op::dtype_bytes(nest.outputs[r].dtype);
      for (const NestNode& n : nest.nodes)
        if (n.kind == NestNode::load && n.argument == static_cast<int>(i))
          same = same && n.index == nest.outputs[r].index;
      if (alone && same) lowered.inPlace.push_back({r, operand});
    }
  }
}

LocalBuffer bufferOf(const Points& epilogue, unsigned index) {
  const auto loads = static_cast<unsigned>(epilogue.operands.size());
  if (index < loads) return {LocalBuffer::operand, epilogue.operands[index]};
  return {LocalBuffer::result, index - loads};
}
}  // namespace mlir::weft
