// Kind contraction on a GPU: codegen/cuda/contraction plans and writes the kernels; what operands
// and results are, where they are no plain tensors, becomes functions that these call.
#include "codegen/compile/contraction_points.h"
#include "codegen/compile/library_product.h"
#include "codegen/cuda/contraction/plan.h"
#include "codegen/cuda/nest/words.h"
#include "codegen/cuda/print.h"
#include "ir/interface/convert.h"
#include "mlir/IR/Verifier.h"
#include "runtime/device/precision.h"
#include "runtime/trace/knobs.h"

namespace mlir::weft {
namespace {
namespace ct = ::torch::codegen::cuda;

ct::Numbers numbersOf(llvm::ArrayRef<int64_t> values) {
  return ct::Numbers(values.begin(), values.end());
}
ct::Kind kindOf(Operation* op) {
  return isa<MatmulOp>(op)          ? ct::Kind::matmul
         : isa<ConvOp>(op)          ? ct::Kind::conv
         : isa<ConvInputGradOp>(op) ? ct::Kind::conv_input_grad
                                    : ct::Kind::conv_weight_grad;
}

// What an operand is before it is widened for the contraction: tensor cores take it as it is.
int narrowNode(const Points& p) {
  const NestNode& n = p.nest.nodes[p.node];
  const bool isCast =
      n.kind == NestNode::compute && n.op == ::torch::op::Op::cast && n.dtype == DType::Float;
  return isCast && ::torch::op::is_half(p.nest.nodes[n.operands[0]].dtype) ? n.operands[0] : -1;
}

// Where a function's text is made: later, by whoever compiles the kernel.
class Writer {
 public:
  Writer(std::shared_ptr<const Points> p, Location loc, std::shared_ptr<bool> failed)
      : p_(std::move(p)), loc_(loc), failed_(std::move(failed)) {}
  /// Of an operand: buffers, parameters, an index a dim -> the element.
  std::string load(StringRef name, bool isWide, size_t rank) const {
    return write(name, isWide, rank, Type(), [&](Emitter& e, ValueRange) {
      return llvm::SmallVector<Value>{e.get(p_->node, e.entry).v};
    });
  }
  /// Of the epilogue: buffers, parameters, (outer, m, n), the sum.
  std::string store(StringRef name, bool isWide) const {
    const DType dtype = p_->nest.nodes[p_->node].dtype;
    const Type type = ::torch::scalar::elementType(loc_.getContext(), dtype);
    return write(name, isWide, 3, type, [&](Emitter& e, ValueRange all) {
      e.entry.values[p_->node] = {&e.emission, all.back(), dtype};
      e.storeAll(e.entry);
      return llvm::SmallVector<Value>{};
    });
  }

 private:
  using Body = llvm::function_ref<llvm::SmallVector<Value>(Emitter&, ValueRange arguments)>;
  std::string write(StringRef name, bool isWide, size_t indices, Type value, Body body) const {
    OwningOpRef<ModuleOp> module = ModuleOp::create(loc_);
    const Nest& nest = p_->nest;
    OpBuilder b = OpBuilder::atBlockEnd(module->getBody());
    llvm::SmallVector<Type> types;
    for (DType d : nest.arguments)
      types.push_back(MemRefType::get({ShapedType::kDynamic}, cuda::memoryType(b.getContext(), d)));
    for (const NestOutput& o : nest.outputs)
      types.push_back(
          MemRefType::get({ShapedType::kDynamic}, cuda::memoryType(b.getContext(), o.dtype)));
    const size_t buffers = types.size(), params = p_->numbers->params.size();
    types.append(params + indices, b.getIndexType());
    if (value) types.push_back(value);
    Block* entry = new Block;
    entry->addArguments(types, llvm::SmallVector<Location>(types.size(), loc_));
    auto function = b.create<func::FuncOp>(loc_, name, b.getFunctionType(types, {}));
    function.setPrivate();
    function.getBody().push_back(entry);
    b.setInsertionPointToEnd(entry);
    ValueRange all = entry->getArguments();
    llvm::SmallVector<Value> index = llvm::to_vector(all.slice(buffers + params, indices));
    Emitter e = p_->emitter(b, loc_, all.take_front(buffers), all.slice(buffers, params), index,
                            /*laneDim=*/-1, /*lanes=*/1, Value(), /*fma=*/true);
    e.emission.outlines = true;
    llvm::SmallVector<Value> results = body(e, all);
    b.setInsertionPointToEnd(entry);
    b.create<func::ReturnOp>(loc_, results);
    function.setFunctionType(b.getFunctionType(types, TypeRange(ValueRange(results))));
    FailureOr<cuda::Text> text = failure();
    if (succeeded(verify(*module))) text = cuda::print(*module, isWide);
    if (succeeded(text)) return text->code;
    *failed_ = true;
    return "";
  }

  std::shared_ptr<const Points> p_;
  Location loc_;
  std::shared_ptr<bool> failed_;
};

ct::Function functionOf(const Points& p) {
  ct::Function f;
  f.buffers.assign(p.nest.arguments.begin(), p.nest.arguments.end());
  for (const NestOutput& o : p.nest.outputs) f.buffers.push_back(o.dtype);
  f.params = numbersOf(p.numbers->params);
  f.key = p.numbers->key + " of " + std::to_string(p.node);
  return f;
}

// A dim along which all that is loaded lies side by side.
int contiguousDim(const Points& p) {
  int found = -1;
  for (auto [i, dim] : llvm::enumerate(p.nest.dims))
    if (llvm::all_of(p.nest.nodes, [&](const NestNode& n) {
          return n.kind != NestNode::load || n.index.factorOf(dim) == 1 ||
                 !p.nest.dependsOn(n.index, i);
        }))
      found = static_cast<int>(i);
  return found;
}

ct::Operand operandOf(KernelOp kernel, llvm::ArrayRef<int64_t> sizes,
                      std::shared_ptr<const Points> p, const Writer& writer) {
  const NestNode& n = p->nest.nodes[p->node];
  ct::Operand out;
  out.dtype = n.dtype;
  out.sizes = numbersOf(sizes);
  if (p->isPlainLoad()) {
    for (int dim : p->nest.dims) out.strides.push_back(n.index.factorOf(dim));
    out.offset = n.index.constant;
    out.alignment =
        static_cast<int>(boundaryOf(kernel, kernel->getOperand(p->operands[0])));
    return out;
  }
  out.function = functionOf(*p);
  out.contiguous = contiguousDim(*p);
  out.function.text = [writer, rank = sizes.size()](const std::string& name, bool isWide) {
    return writer.load(name, isWide, rank);
  };
  return out;
}

LocalBuffer bufferOf(const ct::BufferUse& use, const Points& a, const Points& b,
                     const Points& epilogue) {
  switch (use.from) {
    case ct::BufferUse::a: return {LocalBuffer::operand, a.operands[use.index]};
    case ct::BufferUse::b: return {LocalBuffer::operand, b.operands[use.index]};
    case ct::BufferUse::temporary: return {LocalBuffer::temporary, use.index};
    case ct::BufferUse::result: break;
  }
  return bufferOf(epilogue, use.index);
}

// A kernel's operands and epilogue, by whatever plan it is multiplied.
struct Traced {
  KernelOp kernel;
  std::shared_ptr<const Points> a, b, epilogue;
  std::shared_ptr<bool> broken;
};

Lowered loweredBy(ct::Plan plan, const Traced& t) {
  Lowered lowered;
  lowered.way = "own " + plan.tile;
  for (int64_t bytes : plan.temporary_bytes) lowered.addTemporary(static_cast<size_t>(bytes));
  for (ct::Launch& l : plan.launches) {
    LoweredLaunch launch;
    launch.name =
        plan.launches.size() == 1 ? kernelName(t.kernel) : kernelName(t.kernel) + "_" + l.name;
    launch.kind = "contraction";
    launch.key = "cuda contraction " + l.key;
    launch.write = [text = l.text, shared = l.shared_bytes,
                    broken = t.broken](StringRef name, bool) -> FailureOr<cuda::Text> {
      cuda::Text out{text(name.str()), shared};
      if (*broken) return failure();
      return out;
    };
    for (const ct::BufferUse& use : l.buffers)
      launch.buffers.push_back(bufferOf(use, *t.a, *t.b, *t.epilogue));
    if (l.fills)
      launch.fills = {l.fills->temporary,
                      (l.fills->operand == ct::BufferUse::a ? t.a : t.b)->operands};
    launch.params = std::move(l.params);
    launch.tasks = l.tasks;
    launch.threads = static_cast<uint32_t>(l.threads);
    lowered.launches.push_back(std::move(launch));
  }
  findInPlace(*t.a, *t.b, *t.epilogue, lowered);
  return lowered;
}

// Whether cuBLASLt may do it: `auto` leaves f32 and f64 to kernels of our own, since the order of
// their sums, and so the bits, are the program's.
bool mayBeLibrarys(const ct::Problem& problem) {
  using Matmul = ::torch::runtime::Knobs::Matmul;
  const Matmul who = ::torch::runtime::knobs().matmul;
  if (problem.kind != ct::Kind::matmul || who == Matmul::own) return false;
  return who == Matmul::cublaslt ? ::torch::op::is_float(problem.a.dtype)
                                 : ct::uses_matrices(problem);
}
}  // namespace

FailureOr<Lowered> lowerCudaContraction(KernelOp kernel) {
  Operation* op = findContraction(kernel);
  if (!op) return failure();
  auto a = tracePoints(kernel, op->getOperand(0), Backend::cuda),
       b = tracePoints(kernel, op->getOperand(1), Backend::cuda);
  auto epilogue = traceEpilogue(kernel, op, Backend::cuda);
  if (failed(a) || failed(b) || failed(epilogue)) return failure();
  const int left = narrowNode(**a), right = narrowNode(**b);
  if (left >= 0 && right >= 0 && (*a)->nest.nodes[left].dtype == (*b)->nest.nodes[right].dtype) {
    (*a)->node = left;
    (*b)->node = right;
  }
  const Traced traced{kernel, *a, *b, *epilogue, std::make_shared<bool>(false)};
  const auto writer = [&](std::shared_ptr<const Points> p) {
    return Writer(std::move(p), kernel.getLoc(), traced.broken);
  };
  ct::Problem problem;
  problem.kind = kindOf(op);
  problem.a = operandOf(kernel, sizesOf(op->getOperand(0)), *a, writer(*a));
  problem.b = operandOf(kernel, sizesOf(op->getOperand(1)), *b, writer(*b));
  const ContractionWindow window = windowOf(op);
  problem.window = {numbersOf(window.stride), numbersOf(window.padding), numbersOf(window.dilation),
                    window.groups};
  problem.sizes = numbersOf(sizesOf(op->getResult(0)));
  problem.result = functionOf(**epilogue);
  problem.result.text = [w = writer(*epilogue)](const std::string& name, bool isWide) {
    return w.store(name, isWide);
  };
  problem.allow_tf32 = ::torch::runtime::allow_tf32();
  problem.wide_indices = !(*a)->nest.small || !(*b)->nest.small || !(*epilogue)->nest.small;

  Lowered lowered = loweredBy(ct::plan(problem), traced);
  if (!mayBeLibrarys(problem)) return lowered;
  auto library =
      lowerLibraryProduct(kernel, cast<MatmulOp>(op), problem, **a, **b, **epilogue);
  if (failed(library)) return failure();
  if (!*library) return lowered;
  lowered.others.push_back(std::move(**library));
  if (auto next = ct::plan_with_next_tile(problem))
    lowered.others.push_back(loweredBy(std::move(*next), traced));
  return lowered;
}
}  // namespace mlir::weft
