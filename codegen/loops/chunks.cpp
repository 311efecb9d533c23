#include "codegen/loops/chunks.h"

#include "codegen/loops/stages.h"
#include "ir/op/order.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;
namespace {
using ::torch::op::kChunk;
using ::torch::op::kLanes;
constexpr int64_t kSlotBytes = 8;  // the largest element

int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Running values of the stage that has most.
int64_t mostParts(const Nest &nest) {
  size_t most = 0;
  for (const Stage &s : stages(nest)) {
    size_t parts = 0;
    for (int r : s.reductions) parts += isIndexReduction(nest.nodes[r].op) ? 2 : 1;
    most = std::max(most, parts);
  }
  return static_cast<int64_t>(most);
}
}  // namespace

bool sharesChunks(const Nest &nest) {
  return nest.reducedDim == 0 && nest.outerReducedDim < 0 && stages(nest).size() == 1;
}

void planChunks(const Nest &nest, LoopPlan &plan, int threads) {
  const int64_t count = ceilDiv(nest.extent(nest.reducedDim), kChunk),
                rounded = ceilDiv(count, kLanes) * kLanes;
  const int64_t bytes = mostParts(nest) * kSlotBytes;
  if (!sharesChunks(nest)) {
    if (nest.row) plan.scratchBytes += bytes * rounded;
    return;
  }
  plan.partsBytes =
      std::max<int64_t>(bytes * (nest.row ? rounded : count * plan.tasks * plan.lanes), kSlotBytes);
  plan.params.insert(plan.params.end(), {1, count});
  if (count == 1 || plan.tasks >= 4 * threads) return;
  plan.finish = static_cast<const LoopLaunch &>(plan);
  plan.finish->params.back() = 0;
  plan.params.end()[-2] = count;
  plan.params.end()[-1] = 1;
  plan.tasks *= count;
  plan.grain = 1;
}

Chunks::Chunks(Emitter &e, Level &row, Value parts, int counts) : e(e), memory_(parts) {
  e.at(row);
  Value one = e.constantIndex(1), zero = e.constantIndex(0);
  elements = e.number(e.nest.space[e.nest.dims[e.nest.reducedDim]].extent);
  count = e.b.create<arith::CeilDivUIOp>(e.loc(), elements, e.constantIndex(kChunk));
  begin = zero, end = count;
  if (!parts) return;
  firstByte_ = zero;
  Value tasks = e.extra(counts), task = row.block->getArgument(0);
  finishes = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, tasks, one);
  begin = task;
  if (e.laneDim != e.nest.reducedDim) {
    // Of the dims beside the run, the block of lanes is the last to be taken out of a task's
    // number, chunks come before.
    Value blocks = e.extra(0), rest = e.b.create<arith::DivUIOp>(e.loc(), task, blocks);
    Value block = e.b.create<arith::RemUIOp>(e.loc(), task, blocks);
    begin = e.b.create<arith::RemUIOp>(e.loc(), rest, tasks);
    group_ = e.b.create<arith::DivUIOp>(e.loc(), rest, tasks);
    group_ = e.b.create<arith::AddIOp>(e.loc(), e.b.create<arith::MulIOp>(e.loc(), group_, blocks),
                                       block);
    groups_ = blocks;
    for (int d = 1; d < static_cast<int>(e.nest.dims.size()); ++d)
      if (d != e.laneDim)
        groups_ = e.b.create<arith::MulIOp>(e.loc(), groups_,
                                            e.number(e.nest.space[e.nest.dims[d]].extent));
  }
  end = e.b.create<arith::AddIOp>(e.loc(), begin, e.extra(counts + 1));
}

std::pair<Value, Value> chunkRange(Emitter &e, Value chunk, Value size) {
  Value whole = e.constantIndex(kChunk), from = e.b.create<arith::MulIOp>(e.loc(), chunk, whole);
  Value to = e.b.create<arith::AddIOp>(e.loc(), from, whole);
  return {from, e.b.create<arith::MinUIOp>(e.loc(), to, size)};
}

Value Chunks::view(int number, Type element) const {
  Value slots;
  if (group_) {
    slots = e.b.create<arith::MulIOp>(e.loc(), e.b.create<arith::MulIOp>(e.loc(), count, groups_),
                                      e.constantIndex(e.lanes));
  } else {
    Value lanes = e.constantIndex(kLanes);
    slots = e.b.create<arith::MulIOp>(e.loc(),
                                      e.b.create<arith::CeilDivUIOp>(e.loc(), count, lanes), lanes);
  }
  Value bytes = e.b.create<arith::MulIOp>(e.loc(), slots, e.constantIndex(number * kSlotBytes));
  auto type = MemRefType::get({ShapedType::kDynamic}, element);
  return e.b.create<memref::ViewOp>(e.loc(), type, memory_,
                                    e.b.create<arith::AddIOp>(e.loc(), firstByte_, bytes), slots);
}

Value Chunks::place(Value chunk) const {
  if (!group_) return chunk;
  Value at = e.b.create<arith::AddIOp>(e.loc(), e.b.create<arith::MulIOp>(e.loc(), chunk, groups_),
                                       group_);
  return e.b.create<arith::MulIOp>(e.loc(), at, e.constantIndex(e.lanes));
}

void Chunks::save(int number, Value chunk, const Lane &result) const {
  Value v = e.toMemory(result), memory = view(number, getElementTypeOrSelf(v.getType()));
  if (result.vectorType()) e.b.create<vector::StoreOp>(e.loc(), v, memory, place(chunk));
  else e.b.create<memref::StoreOp>(e.loc(), v, memory, place(chunk));
}

Lane Chunks::saved(int number, Value chunk, DType dtype, int lanes) const {
  Type element = scalar::elementType(e.b.getContext(), dtype == DType::Bool ? DType::Byte : dtype);
  auto type = VectorType::get({lanes}, element);
  return e.fromMemory(
      e.b.create<vector::LoadOp>(e.loc(), type, view(number, element), place(chunk)), dtype);
}
}  // namespace mlir::weft
