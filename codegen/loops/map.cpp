// Kind map: every point of the domain is computed and stored on its own. Loops: tasks over the
// outer dims and over blocks of the two innermost ones; the last but one; lanes along the last.
#include "codegen/loops/loops.h"

namespace mlir::weft {
namespace {
constexpr int64_t kBlockElements = 1 << 14;  // of a task: some 64 KB of each buffer
int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
}  // namespace

// Extra parameters: lane block size and count, middle block size and count.
void planMap(const Nest &nest, LoopPlan &plan) {
  int dims = static_cast<int>(nest.dims.size());
  if (dims == 0) return;
  int64_t inner = std::max<int64_t>(nest.extent(dims - 1), 1);
  int64_t laneBlock = inner <= 2 * kBlockElements ? inner : kBlockElements;
  plan.params.push_back(laneBlock);
  plan.params.push_back(ceilDiv(nest.extent(dims - 1), laneBlock));
  plan.tasks = plan.params.back();
  int64_t perTask = laneBlock;
  if (dims >= 2) {
    int64_t middle = nest.extent(dims - 2);
    int64_t middleBlock =
        std::clamp<int64_t>(kBlockElements / laneBlock, 1, std::max<int64_t>(middle, 1));
    plan.params.push_back(middleBlock);
    plan.params.push_back(ceilDiv(middle, middleBlock));
    plan.tasks *= plan.params.back();
    perTask *= middleBlock;
  }
  for (int d = 0; d < dims - 2; ++d) plan.tasks *= nest.extent(d);
  plan.grain = std::max<int64_t>(1, kBlockElements / perTask);
}

void emitMap(Emitter &e, std::pair<Value, Value> range) {
  const Nest &nest = e.nest;
  int dims = static_cast<int>(nest.dims.size());
  if (dims == 0) {
    // One element: one task.
    TaskLoop tasks = openTasks(e, range, {}, {});
    return e.storeAll(tasks.level);
  }
  e.at(e.entry);
  Value laneBlock = e.extra(0), one = e.constantIndex(1), width = e.constantIndex(e.lanes);
  llvm::SmallVector<Value> counts;
  if (dims >= 2) counts.push_back(e.extra(3));
  counts.push_back(e.extra(1));
  llvm::SmallVector<int> outer;
  for (int d = 0; d < dims - 2; ++d) outer.push_back(d);
  TaskLoop tasks = openTasks(e, range, outer, counts);
  e.at(tasks.level);
  auto blockRange = [&](Value block, Value size, int dim) {
    Value begin = e.b.create<arith::MulIOp>(e.loc(), block, size);
    Value end = e.b.create<arith::AddIOp>(e.loc(), begin, size);
    Value extent = e.number(nest.space[nest.dims[dim]].extent);
    return std::pair<Value, Value>(begin, e.b.create<arith::MinUIOp>(e.loc(), end, extent));
  };
  auto [laneBegin, laneEnd] = blockRange(tasks.blocks.back(), laneBlock, dims - 1);
  Level *outerLevel = &tasks.level;
  Level middle;
  if (dims >= 2) {
    auto [begin, end] = blockRange(tasks.blocks[0], e.extra(2), dims - 2);
    auto loop = e.b.create<scf::ForOp>(e.loc(), begin, end, one);
    tasks.level.before = loop;
    middle.parent = &tasks.level;
    middle.block = loop.getBody();
    middle.before = loop.getBody()->getTerminator();
    middle.knows = tasks.level.knows;
    middle.knows[dims - 2] = true;
    middle.indices[dims - 2] = loop.getInductionVar();
    outerLevel = &middle;
  }
  // Whole vectors, then a masked one for the rest.
  e.at(*outerLevel);
  Value length = e.b.create<arith::SubIOp>(e.loc(), laneEnd, laneBegin);
  Value rest = e.b.create<arith::RemUIOp>(e.loc(), length, width);
  Value wholeEnd = e.b.create<arith::SubIOp>(e.loc(), laneEnd, rest);
  auto loop = e.b.create<scf::ForOp>(e.loc(), laneBegin, wholeEnd, width);
  Value some =
      e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::ne, rest, e.constantIndex(0));
  auto tail = e.b.create<scf::IfOp>(e.loc(), some);
  outerLevel->before = loop;
  Level body;
  body.parent = outerLevel;
  body.knows.assign(dims, true);
  body.block = loop.getBody();
  body.before = loop.getBody()->getTerminator();
  body.indices[dims - 1] = loop.getInductionVar();
  e.storeAll(body);
  Level last;
  last.parent = outerLevel;
  last.knows.assign(dims, true);
  last.block = tail.thenBlock();
  last.before = last.block->getTerminator();
  last.indices[dims - 1] = wholeEnd;
  e.at(last);
  last.mask = firstLanes(e, rest);
  e.storeAll(last);
}
}  // namespace mlir::weft
