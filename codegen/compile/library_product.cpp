#include "codegen/compile/library_product.h"

#include "codegen/compile/made.h"
#include "runtime/trace/knobs.h"

namespace mlir::weft {
namespace {
namespace ct = ::torch::codegen::cuda;
namespace rt = ::torch::runtime;
using rt::Knobs;

// Whether it is worth leaving our own kernels, which fuse what comes before and after.
bool isWanted(DType dtype) {
  const Knobs& knobs = rt::knobs();
  switch (knobs.matmul) {
    case Knobs::Matmul::own: return false;
    case Knobs::Matmul::cublaslt: return ::torch::op::is_float(dtype);
    case Knobs::Matmul::automatic: break;
  }
  return ::torch::op::is_half(dtype) && knobs.cuda != Knobs::Cuda::emulate;
}

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
}  // namespace

std::optional<LibraryProduct> libraryProduct(KernelOp kernel, const ct::Problem& problem,
                                             const Points& a, const Points& b,
                                             const Points& epilogue) {
  const DType dtype = problem.a.dtype;
  if (problem.kind != ct::Kind::matmul || !isWanted(dtype)) return std::nullopt;
  const std::optional<Stored> left = storedAs(problem.a), right = storedAs(problem.b);
  const size_t rank = problem.sizes.size();
  int64_t batch = 1;
  for (size_t d = 0; d + 2 < rank; ++d) batch *= problem.sizes[d];
  const int64_t m = problem.sizes[rank - 2], n = problem.sizes[rank - 1];
  const int64_t k = problem.a.sizes[rank - 1];
  if (!left || !right || batch * m * n == 0 || k == 0) return std::nullopt;
  if (!isStoredAsItIs(epilogue, dtype, {batch, m, n})) return std::nullopt;
  LibraryProduct out;
  rt::cuda::Product& p = out.product;
  p.type = dtype;
  p.batch = batch, p.m = m, p.n = n, p.k = k;
  p.transposed_a = left->transposed, p.transposed_b = right->transposed;
  p.row_a = left->row, p.row_b = right->row, p.row_c = n;
  p.matrix_a = left->matrix, p.matrix_b = right->matrix, p.matrix_c = m * n;
  p.alignment = static_cast<uint32_t>(
      std::min<int64_t>({problem.a.alignment, problem.b.alignment,
                         boundaryOf(kernel, kernel->getResult(0))}));
  out.buffers = {{LocalBuffer::operand, a.operands[0]},
                 {LocalBuffer::operand, b.operands[0]},
                 bufferOf(epilogue, static_cast<unsigned>(epilogue.operands.size()))};
  return out;
}

void useLibrary(llvm::MutableArrayRef<LoweredKernel> kernels, int device) {
  for (LoweredKernel& k : kernels) {
    for (LoweredLaunch& l : k.lowered.launches)
      if (l.loop) useLibrary(l.loop->kernels, device);
    if (!k.lowered.library) continue;
    auto product = rt::cuda::make_lt_product(device, k.lowered.library->product);
    if (!product) continue;
    LoweredLaunch launch;
    launch.name = kernelName(k.op) + "_cublaslt";
    launch.kind = "contraction";
    launch.buffers = k.lowered.library->buffers;
    launch.buffers.push_back({LocalBuffer::temporary, 0});
    launch.tasks = 1;
    k.lowered.temporaryBytes = {std::max<size_t>(product->workspace_bytes, 1)};
    rt::Kernel kernel;
    kernel.enqueue = rt::cuda::enqueued(std::move(product));
    launch.kernel = named(kernel, k.op, launch);
    k.lowered.launches.clear();
    k.lowered.launches.push_back(std::move(launch));
  }
}
}  // namespace mlir::weft
