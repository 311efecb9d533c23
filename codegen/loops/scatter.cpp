// Kind scatter: the results hold the base already; updates are put or added where their index says.
// A destination belongs to one task, which takes the updates that land there in ascending order:
// bits do not depend on threads. Tasks: over the dims that source and destination have in common
// (lanes along the last), and over ranges of the indexed dim.
#include "codegen/loops/loops.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;
namespace {
int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
constexpr int64_t kTaskUpdates = 1 << 13;

struct Updates {
  Emitter &e;
  Value low, high;  // the range of the indexed dim that this task owns; null: all of it

  Value owned(const Lane &position) {
    auto bound = [&](Value v) {
      Lane x{&e.emission, e.b.create<arith::IndexCastOp>(e.loc(), e.b.getI64Type(), v),
             DType::Long};
      return scalar::splatLike(x, position);
    };
    Lane offset = position - bound(low), size = bound(high) - bound(low);
    return e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::ult, offset.v, size.v);
  }
  void run(Level &task) {
    const Nest &nest = e.nest;
    e.at(task);
    Value count = e.number(nest.space[nest.dims[nest.reducedDim]].extent);
    auto loop = e.b.create<scf::ForOp>(e.loc(), e.constantIndex(0), count, e.constantIndex(1));
    task.before = loop;
    Level update;
    update.parent = &task;
    update.block = loop.getBody();
    update.before = loop.getBody()->getTerminator();
    update.knows.assign(nest.dims.size(), true);
    update.indices[nest.reducedDim] = loop.getInductionVar();
    update.mask = task.mask;
    if (nest.owner < 0) return apply(update);
    Lane position = e.get(nest.owner, update);
    e.at(update);
    position = scalar::castLane(position, DType::Long);
    Value mine = owned(position);
    if (isa<VectorType>(mine.getType())) {
      update.mask =
          update.mask ? e.b.create<arith::AndIOp>(e.loc(), update.mask, mine).getResult() : mine;
      return apply(update);
    }
    auto branch = e.b.create<scf::IfOp>(e.loc(), mine);
    update.before = branch;
    Level inside;
    inside.parent = &update;
    inside.block = branch.thenBlock();
    inside.before = branch.thenYield();
    inside.knows = update.knows;
    inside.conditional = true;
    inside.mask = update.mask;
    apply(inside);
  }
  void apply(Level &level) {
    const NestOutput &o = e.nest.outputs[0];
    for (auto [i, n] : llvm::enumerate(e.nest.nodes))
      if (n.kind == NestNode::given) level.values[static_cast<int>(i)] = e.current(0, level);
    e.get(o.node, level);
    e.store(0, level);
  }
};
}  // namespace

// Extra parameters after those of the rows: ranges of the indexed dim and their size.
void planScatter(const Nest &nest, LoopPlan &plan, int threads) {
  int64_t perTask = planRows(nest, plan);
  // Every range looks at all indices: no more of them than there are threads to do so.
  bool few = plan.tasks < threads && perTask >= 2 * kTaskUpdates && nest.owner >= 0;
  int64_t whole = std::max<int64_t>(nest.ownedSize, 1), size = ceilDiv(whole, few ? threads : 1);
  plan.params.push_back(ceilDiv(whole, size));
  plan.tasks *= plan.params.back();
  plan.params.push_back(size);
  plan.grain = std::max<int64_t>(1, kTaskUpdates / std::max<int64_t>(perTask, 1));
}

void emitScatter(Emitter &e, std::pair<Value, Value> range) {
  int after = e.laneDim >= 0 ? 1 : 0;
  e.at(e.entry);
  Value ranges = e.extra(after), size = e.extra(after + 1);
  TaskLoop tasks = openRows(e, range, ranges);
  Updates updates{e, {}, {}};
  if (e.nest.owner >= 0) {
    e.at(tasks.level);
    updates.low = e.b.create<arith::MulIOp>(e.loc(), tasks.blocks[0], size);
    updates.high = e.b.create<arith::AddIOp>(e.loc(), updates.low, size);
  }
  updates.run(tasks.level);
}
}  // namespace mlir::weft
