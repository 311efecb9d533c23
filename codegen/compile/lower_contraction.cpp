// Kind contraction: codegen/contraction does the work; operands and results are given to it as what
// the kernel's body makes of them, pulled where it asks.
#include <unistd.h>

#include "codegen/compile/contraction_points.h"
#include "codegen/contraction/contraction.h"
#include "ir/interface/convert.h"
#include "runtime/cpu/target.h"
#include "runtime/cpu/thread_pool.h"

namespace mlir::weft {
namespace {
namespace ct = contraction;

Type bufferType(MLIRContext *context, DType dtype) {
  Type element = dtype == DType::Bool ? IntegerType::get(context, 8)
                                      : ::torch::scalar::elementType(context, dtype);
  return MemRefType::get({ShapedType::kDynamic}, element);
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
    Emitter e = p->emitter(b, loc, arguments.buffers, arguments.params, index, lanes.dim,
                           lanes.count, lanes.mask, fma);
    e.laneStep = lanes.step;
    Lane x = e.get(p->node, e.entry);
    if (lanes.count > 1 && !x.vectorType())
      x.v = b.create<vector::BroadcastOp>(loc, VectorType::get({lanes.count}, x.v.getType()), x.v);
    return x.v;
  };
  return s;
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
    Emitter e = p->emitter(b, loc, arguments.buffers, arguments.params, index, 2,
                           vector ? vector.getDimSize(0) : 1, mask, fma);
    e.entry.values[p->node] = {&e.emission, values, p->nest.nodes[p->node].dtype};
    e.storeAll(e.entry);
  };
  return out;
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
  Operation *op = findContraction(kernel);
  if (!op) return failure();
  bool fma = ::torch::runtime::target().has_fma;
  auto a = tracePoints(kernel, op->getOperand(0), Backend::cpu),
       b = tracePoints(kernel, op->getOperand(1), Backend::cpu);
  auto epilogue = traceEpilogue(kernel, op, Backend::cpu);
  if (failed(a) || failed(b) || failed(epilogue)) return failure();
  ct::Problem problem;
  problem.kind = kindOf(op);
  problem.element = ::torch::scalar::elementType(kernel.getContext(),
                                                 toType(op->getResult(0).getType()).dtype);
  problem.a = makeSource(kernel, op->getOperand(0), *a, fma);
  problem.b = makeSource(kernel, op->getOperand(1), *b, fma);
  problem.a.unchanged = areUnchanged(kernel, (*a)->operands);
  problem.b.unchanged = areUnchanged(kernel, (*b)->operands);
  const ContractionWindow window = windowOf(op);
  problem.window = {window.stride, window.padding, window.dilation, window.groups};
  problem.sizes.assign(sizesOf(op->getResult(0)).begin(), sizesOf(op->getResult(0)).end());
  problem.epilogue = makeEpilogue(kernel.getContext(), *epilogue, fma);
  ct::Plan plan = ct::plan(problem, contractionTarget());

  Lowered lowered;
  for (int64_t bytes : plan.temporaryBytes) lowered.addTemporary(static_cast<size_t>(bytes));
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
          launch.buffers.push_back(bufferOf(**epilogue, use.index));
          break;
      }
    }
    launch.params = std::move(l.params);
    launch.tasks = l.tasks;
    launch.grain = l.grain;
    launch.scratchBytes = static_cast<size_t>(l.scratchBytes);
    lowered.launches.push_back(std::move(launch));
  }
  findInPlace(**a, **b, **epilogue, lowered);
  return lowered;
}
}  // namespace mlir::weft
