// Streaming stores: results too long for the caches go to memory without being read first. Such a
// store is a whole aligned vector, so the code exists twice, and the addresses choose.
#include "codegen/loops/loops.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {
namespace {
constexpr int64_t kLong = int64_t(16) << 20;  // bytes: beyond the share of a core in the last level
constexpr int64_t kAligned = 64;

int64_t bytesOf(const NestOutput& o) {
  return static_cast<int64_t>(::torch::op::dtype_bytes(o.dtype));
}

// One whole vector after another, from the start of the buffer on.
bool canStream(const Nest &nest, const NestOutput &o, const LoopPlan &plan) {
  if (plan.laneDim < 0 || plan.lanes * bytesOf(o) % kAligned ||
      o.index.factorOf(nest.dims[plan.laneDim]) != 1)
    return false;
  return llvm::all_of(o.index.terms,
                      [&](const Index::Term& t) { return nest.space[t.atom].kind == Atom::dim; });
}
}  // namespace

void planStreams(const Nest &nest, LoopPlan &plan) {
  if (nest.kind == Nest::scatter || nest.kind == Nest::scan) return;
  if (nest.kind == Nest::reduction && plan.laneDim != nest.reducedDim) return;
  int64_t elements = 1;
  for (size_t d = 0; d < nest.dims.size(); ++d) elements *= nest.extent(static_cast<int>(d));
  for (auto [i, o] : llvm::enumerate(nest.outputs))
    if (elements * bytesOf(o) >= kLong && canStream(nest, o, plan))
      plan.streamed.push_back(static_cast<int>(i));
}

// All starts of vectors of the streamed outputs are aligned.
Value streamsAligned(Emitter &e, llvm::ArrayRef<int> streamed) {
  e.at(e.entry);
  Value bits;
  auto add = [&](Value v) {
    bits = bits ? e.b.create<arith::OrIOp>(e.loc(), bits, v).getResult() : v;
  };
  for (int i : streamed) {
    const NestOutput &o = e.nest.outputs[i];
    add(e.b.create<memref::ExtractAlignedPointerAsIndexOp>(e.loc(), e.output(i)));
    auto addStep = [&](Value step) {
      add(e.b.create<arith::MulIOp>(e.loc(), step, e.constantIndex(bytesOf(o))));
    };
    for (const Index::Term &t : o.index.terms)
      if (t.atom != e.nest.dims[e.laneDim]) addStep(e.number(t.factor));
    if (o.index.constant) addStep(e.number(o.index.constant));
  }
  Value rest = e.b.create<arith::AndIOp>(e.loc(), bits, e.constantIndex(kAligned - 1));
  return e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, rest, e.constantIndex(0));
}
}  // namespace mlir::weft
