// Kind contraction: codegen/contraction does the work; operands and results are given to it as what
// the kernel's body makes of them, pulled where it asks.
#include <unistd.h>

#include "codegen/compile/lowering.h"
#include "codegen/contraction/contraction.h"
#include "codegen/loops/emitter.h"
#include "codegen/loops/trace.h"
#include "ir/interface/convert.h"
#include "runtime/cpu/target.h"
#include "runtime/cpu/thread_pool.h"

namespace mlir::weft {
namespace {
namespace ct = contraction;

llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }
bool isContraction(Operation& op) {
  return isa<MatmulOp, ConvOp, ConvInputGradOp, ConvWeightGradOp>(op);
}

Type bufferType(MLIRContext *context, DType dtype) {
  Type element = dtype == DType::Bool ? IntegerType::get(context, 8)
                                      : ::torch::scalar::elementType(context, dtype);
  return MemRefType::get({ShapedType::kDynamic}, element);
}

// A nest over given dims, traced but not made into loops: the contraction's code asks for points of
// it.
struct Points {
  Nest nest;
  std::unique_ptr<Numbers> numbers;
  int node = -1;                         // operand: the element; epilogue: the accumulator
  llvm::SmallVector<unsigned> operands;  // of the kernel, that it loads from

  IndexVector addDims(llvm::ArrayRef<int64_t> sizes) {
    IndexVector index;
    for (int64_t size : sizes) {
      Index dim = nest.space.dim(size);
      nest.dims.push_back(dim.terms[0].atom);
      index.push_back(size == 1 ? Index(0) : dim);
    }
    return index;
  }
  // Only what is loaded becomes an argument.
  void finish(KernelOp kernel) {
    llvm::DenseMap<int, int> position;
    for (NestNode &n : nest.nodes) {
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
  bool isPlainLoad() const {
    const NestNode &n = nest.nodes[node];
    return n.kind == NestNode::load && n.mask < 0 &&
           llvm::all_of(
               n.index.terms,
               [&](const Index::Term& t) { return nest.space[t.atom].kind == Atom::dim; });
  }
  // An emitter at the builder's place, every dim being `index`.
  Emitter emitter(OpBuilder& b, Location loc, ct::Arguments arguments, llvm::ArrayRef<Value> index,
                  int laneDim, int lanes, Value mask, bool fma) const {
    Emitter e(b, loc, nest, *numbers, arguments.buffers, arguments.params, lanes > 1 ? laneDim : -1,
              lanes, fma);
    e.entry.block = b.getInsertionBlock();
    e.entry.before =
        b.getInsertionPoint() == e.entry.block->end() ? nullptr : &*b.getInsertionPoint();
    e.entry.knows.assign(nest.dims.size(), true);
    e.entry.mask = mask;
    for (auto [i, v] : llvm::enumerate(index)) e.entry.indices[i] = v;
    return e;
  }
};

FailureOr<std::shared_ptr<Points>> tracePoints(KernelOp kernel, Value operand) {
  auto p = std::make_shared<Points>();
  Trace trace(kernel, p->nest);
  p->node = trace.pull(operand, p->addDims(sizesOf(operand)));
  if (p->node < 0) return failure();
  p->finish(kernel);
  return p;
}

ct::Source makeSource(KernelOp kernel, Value operand, std::shared_ptr<Points> p, bool fma) {
  MLIRContext *context = kernel.getContext();
  if (p->isPlainLoad()) {
    const NestNode &n = p->nest.nodes[p->node];
    llvm::SmallVector<int64_t> strides;
    for (int dim : p->nest.dims) strides.push_back(n.index.factorOf(dim));
    return ct::strided(::torch::scalar::elementType(context, n.dtype), sizesOf(operand), strides,
                       n.index.constant);
  }
  ct::Source s;
  s.sizes.assign(sizesOf(operand).begin(), sizesOf(operand).end());
  for (DType d : p->nest.arguments) s.buffers.push_back(bufferType(context, d));
  s.params.assign(p->numbers->params.begin(), p->numbers->params.end());
  s.key = p->numbers->key;
  for (auto [i, dim] : llvm::enumerate(p->nest.dims)) {
    bool unit = llvm::all_of(p->nest.nodes, [&](const NestNode& n) {
      return n.kind != NestNode::load || n.index.factorOf(dim) == 1 ||
             !p->nest.dependsOn(n.index, i);
    });
    if (unit) s.contiguous = static_cast<int>(i);
  }
  s.load = [p, fma](OpBuilder& b, Location loc, ct::Arguments arguments, ArrayRef<Value> index,
                    const ct::Lanes& lanes) {
    Emitter e = p->emitter(b, loc, arguments, index, lanes.dim, lanes.count, lanes.mask, fma);
    e.laneStep = lanes.step;
    Lane x = e.get(p->node, e.entry);
    if (lanes.count > 1 && !x.vectorType())
      x.v = b.create<vector::BroadcastOp>(loc, VectorType::get({lanes.count}, x.v.getType()), x.v);
    return x.v;
  };
  return s;
}

// (outer, m, n) of a result, as ct::Epilogue wants it.
llvm::SmallVector<int64_t> resultSizes(Operation *op) {
  llvm::ArrayRef<int64_t> sizes = sizesOf(op->getResult(0));
  llvm::SmallVector<int64_t> out{1, 1, 1};
  for (auto [i, size] : llvm::enumerate(sizes)) {
    if (isa<MatmulOp>(op)) out[i + 2 < sizes.size() ? 0 : i + 2 == sizes.size() ? 1 : 2] *= size;
    else if (isa<ConvWeightGradOp>(op)) out[i == 0 ? 1 : 2] *= size;
    else out[std::min<size_t>(i, 2)] *= size;
  }
  return out;
}

FailureOr<std::shared_ptr<Points>> traceEpilogue(KernelOp kernel, Operation *op) {
  auto p = std::make_shared<Points>();
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

ct::Epilogue makeEpilogue(MLIRContext *context, std::shared_ptr<Points> p, bool fma) {
  ct::Epilogue out;
  for (DType d : p->nest.arguments) out.buffers.push_back(bufferType(context, d));
  for (const NestOutput &o : p->nest.outputs) out.buffers.push_back(bufferType(context, o.dtype));
  out.params.assign(p->numbers->params.begin(), p->numbers->params.end());
  out.key = p->numbers->key;
  out.store = [p, fma](OpBuilder& b, Location loc, ct::Arguments arguments, ArrayRef<Value> index,
                       Value values, Value mask) {
    auto vector = dyn_cast<VectorType>(values.getType());
    Emitter e =
        p->emitter(b, loc, arguments, index, 2, vector ? vector.getDimSize(0) : 1, mask, fma);
    e.entry.values[p->node] = {&e.emission, values, p->nest.nodes[p->node].dtype};
    e.storeAll(e.entry);
  };
  return out;
}

ct::Window windowOf(Operation *op) {
  ct::Window w;
  if (isa<MatmulOp>(op)) return w;
  auto array = [&](StringRef name) {
    return llvm::SmallVector<int64_t>(cast<DenseI64ArrayAttr>(op->getAttr(name)).asArrayRef());
  };
  w.stride = array("stride"), w.padding = array("padding"), w.dilation = array("dilation");
  w.groups = cast<IntegerAttr>(op->getAttr("groups")).getInt();
  return w;
}
ct::Kind kindOf(Operation *op) {
  return isa<MatmulOp>(op)          ? ct::Kind::matmul
         : isa<ConvOp>(op)          ? ct::Kind::conv
         : isa<ConvInputGradOp>(op) ? ct::Kind::convInputGrad
                                    : ct::Kind::convWeightGrad;
}
ct::Target contractionTarget() {
  const ::torch::runtime::Target &cpu = ::torch::runtime::target();
  ct::Target target;
  target.threads = ::torch::runtime::num_threads();
  if (long l1 = sysconf(_SC_LEVEL1_DCACHE_SIZE); l1 > 0) target.l1 = l1;
  if (long l2 = sysconf(_SC_LEVEL2_CACHE_SIZE); l2 > 0) target.l2 = l2;
  target.vectorBits = std::max(256, cpu.vector_bytes * 8);
  target.registers = cpu.vector_registers;
  return target;
}
}  // namespace

FailureOr<Lowered> lowerContraction(KernelOp kernel) {
  Operation *op = nullptr;
  for (Operation &o : kernel.getBody().front())
    if (isContraction(o)) op = &o;
  if (!op) return kernel.emitError("loops: a contraction kernel without a contraction");
  bool fma = ::torch::runtime::target().has_fma;
  auto a = tracePoints(kernel, op->getOperand(0)), b = tracePoints(kernel, op->getOperand(1));
  auto epilogue = traceEpilogue(kernel, op);
  if (failed(a) || failed(b) || failed(epilogue)) return failure();
  ct::Problem problem;
  problem.kind = kindOf(op);
  problem.element = ::torch::scalar::elementType(kernel.getContext(), dtypeOf(op->getResult(0)));
  problem.a = makeSource(kernel, op->getOperand(0), *a, fma);
  problem.b = makeSource(kernel, op->getOperand(1), *b, fma);
  problem.a.unchanged = areUnchanged(kernel, (*a)->operands);
  problem.b.unchanged = areUnchanged(kernel, (*b)->operands);
  problem.window = windowOf(op);
  problem.sizes.assign(sizesOf(op->getResult(0)).begin(), sizesOf(op->getResult(0)).end());
  problem.epilogue = makeEpilogue(kernel.getContext(), *epilogue, fma);
  ct::Plan plan = ct::plan(problem, contractionTarget());

  Lowered lowered;
  for (int64_t bytes : plan.temporaryBytes)
    lowered.temporaryBytes.push_back(static_cast<size_t>(bytes));
  for (ct::Launch &l : plan.launches) {
    LoweredLaunch launch;
    launch.name =
        plan.launches.size() == 1 ? kernelName(kernel) : kernelName(kernel) + "_" + l.name;
    launch.kind = "contraction";
    launch.key = "contraction " + l.key;
    if (l.packing)
      launch.fills = {l.packing->temporary,
                      (l.packing->operand == ct::BufferUse::sourceA ? *a : *b)->operands};
    launch.emit = [emit = l.emit](ModuleOp module, StringRef name) { emit(module, name); };
    for (ct::BufferUse use : l.buffers) {
      unsigned kernelOperands = (*epilogue)->operands.size();
      switch (use.from) {
        case ct::BufferUse::sourceA:
          launch.buffers.push_back({LocalBuffer::operand, (*a)->operands[use.index]});
          break;
        case ct::BufferUse::sourceB:
          launch.buffers.push_back({LocalBuffer::operand, (*b)->operands[use.index]});
          break;
        case ct::BufferUse::temporary:
          launch.buffers.push_back({LocalBuffer::temporary, use.index});
          break;
        case ct::BufferUse::epilogue:
          launch.buffers.push_back(
              use.index < kernelOperands
                  ? LocalBuffer{LocalBuffer::operand, (*epilogue)->operands[use.index]}
                  : LocalBuffer{LocalBuffer::result, use.index - kernelOperands});
          break;
      }
    }
    launch.params = std::move(l.params);
    launch.tasks = l.tasks;
    launch.grain = l.grain;
    launch.scratchBytes = static_cast<size_t>(l.scratchBytes);
    lowered.launches.push_back(std::move(launch));
  }
  // The epilogue may write over what only it reads, at the same elements.
  const Nest &nest = (*epilogue)->nest;
  for (unsigned r = 0; r < nest.outputs.size(); ++r) {
    for (auto [i, operand] : llvm::enumerate((*epilogue)->operands)) {
      bool alone = !llvm::is_contained((*a)->operands, operand) &&
                   !llvm::is_contained((*b)->operands, operand);
      bool same = ::torch::op::dtype_bytes(nest.arguments[i]) ==
                  ::torch::op::dtype_bytes(nest.outputs[r].dtype);
      for (const NestNode &n : nest.nodes)
        if (n.kind == NestNode::load && n.argument == static_cast<int>(i))
          same = same && n.index == nest.outputs[r].index;
      if (alone && same) lowered.inPlace.push_back({r, operand});
    }
  }
  return lowered;
}
}  // namespace mlir::weft
