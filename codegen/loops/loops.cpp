#include "codegen/loops/loops.h"

#include "codegen/loops/stages.h"
#include "ir/op/cost.h"

namespace mlir::weft {
namespace {
// Lanes: one register for code that needs many of them, several for plain arithmetic (latency of
// the chain of a sum). Columns that elements wait for are read again and again: few at a time stay
// in the cache, and there are more tasks.
int chooseLanes(const Nest &nest, const LoopTarget &target) {
  int element = 8;
  auto see = [&](DType d) {  // narrow ones are mostly computed in 32 bits
    element = std::min(element, std::max<int>(4, ::torch::op::dtype_bytes(d)));
  };
  for (DType d : nest.arguments) see(d);
  for (const NestOutput &o : nest.outputs) see(o.dtype);
  int registerLanes = target.vectorBytes / element, nodes = 0;
  bool expensive = false;
  for (const NestNode &n : nest.nodes) {
    expensive |= isExpensive(n);
    nodes += n.kind != NestNode::literal;
  }
  const bool waits = nest.kind == Nest::reduction && !nest.row && stages(nest).size() > 1;
  int registers = expensive || waits || nodes > 24 ? 1 : nodes > 10 ? 2 : 4;
  return std::min(registerLanes * registers, 64);
}
}  // namespace

bool isExpensive(const NestNode &n) {
  return (n.kind == NestNode::compute || n.kind == NestNode::random) &&
         ::torch::op::is_costly(n.op);
}

LoopPlan planLoops(const Nest &nest, const Numbers &numbers, const LoopTarget &target) {
  LoopPlan plan;
  plan.params = numbers.params;
  int dims = static_cast<int>(nest.dims.size());
  bool inOrder = nest.kind != Nest::map && !(nest.kind == Nest::reduction && nest.row);
  if (dims > 0 && !(inOrder && nest.reducedDim == dims - 1)) {
    plan.laneDim = dims - 1;
    plan.lanes = chooseLanes(nest, target);
  }
  switch (nest.kind) {
    case Nest::map: planMap(nest, plan); break;
    case Nest::reduction: planReduction(nest, plan, target.threads); break;
    case Nest::scatter: planScatter(nest, plan, target.threads); break;
    case Nest::scan: planScan(nest, plan); break;
  }
  planStreams(nest, plan);
  plan.key = numbers.key + "\nlanes " + std::to_string(plan.lanes) + " dim " +
             std::to_string(plan.laneDim);
  for (int output : plan.streamed) plan.key += " streams " + std::to_string(output);
  return plan;
}

void emitLoops(ModuleOp module, StringRef name, const Nest& nest, const Numbers& numbers,
               const LoopPlan& plan, const LoopTarget& target) {
  func::FuncOp function = createKernelFunction(module, name, nest, plan.partsBytes > 0,
                                               static_cast<int>(plan.params.size()));
  llvm::ArrayRef<BlockArgument> arguments = function.getArguments();
  size_t buffers =
      nest.arguments.size() + nest.outputs.size() + !nest.checks.empty() + (plan.partsBytes > 0);
  size_t n = arguments.size();
  llvm::SmallVector<Value> all(arguments.begin(), arguments.end());
  OpBuilder builder(module.getContext());
  auto emitter = [&](Block* entry) {
    Emitter e(builder, module.getLoc(), nest, numbers, ValueRange(all).take_front(buffers),
              ValueRange(all).slice(buffers, n - 3 - buffers), plan.laneDim, plan.lanes,
              target.fma);
    e.entry.block = entry;
    e.entry.before = entry->getTerminator();
    return e;
  };
  auto emitKind = [&](Emitter e) {
    std::pair<Value, Value> range(arguments[n - 3], arguments[n - 2]);
    switch (nest.kind) {
      case Nest::map: return emitMap(e, range);
      case Nest::reduction:
        return emitReduction(e, range, plan.kept, plan.partsBytes ? all[buffers - 1] : Value(),
                             arguments[n - 1]);
      case Nest::scatter: return emitScatter(e, range);
      case Nest::scan: return emitScan(e, range);
    }
  };
  Emitter entry = emitter(&function.getBody().front());
  if (plan.streamed.empty()) return emitKind(std::move(entry));
  Value aligned = streamsAligned(entry, plan.streamed);
  auto branch = builder.create<scf::IfOp>(module.getLoc(), aligned, /*withElseRegion=*/true);
  Emitter streaming = emitter(branch.thenBlock());
  streaming.streamed = plan.streamed;
  emitKind(std::move(streaming));
  emitKind(emitter(branch.elseBlock()));
}

TaskLoop openTasks(Emitter& e, std::pair<Value, Value> range, llvm::ArrayRef<int> dims,
                   llvm::ArrayRef<Value> blockCounts) {
  e.at(e.entry);
  auto loop = e.b.create<scf::ForOp>(e.loc(), range.first, range.second, e.constantIndex(1));
  TaskLoop tasks;
  tasks.level.parent = &e.entry;
  tasks.level.block = loop.getBody();
  tasks.level.before = loop.getBody()->getTerminator();
  tasks.level.knows = e.entry.knows;
  e.entry.before = loop;
  e.at(tasks.level);
  Value rest = loop.getInductionVar();
  auto take = [&](Value size) {
    Value part = e.b.create<arith::RemUIOp>(e.loc(), rest, size);
    rest = e.b.create<arith::DivUIOp>(e.loc(), rest, size);
    return part;
  };
  for (size_t i = blockCounts.size(); i-- > 0;)
    tasks.blocks.insert(tasks.blocks.begin(), i == 0 && dims.empty() ? rest : take(blockCounts[i]));
  for (size_t i = dims.size(); i-- > 0;) {
    tasks.level.knows[dims[i]] = true;
    tasks.level.indices[dims[i]] =
        i == 0 ? rest : take(e.number(e.nest.space[e.nest.dims[dims[i]]].extent));
  }
  return tasks;
}

TaskLoop openRows(Emitter &e, std::pair<Value, Value> range, llvm::ArrayRef<Value> blockCounts) {
  const Nest &nest = e.nest;
  bool lanesAcross = e.laneDim >= 0 && e.laneDim != nest.reducedDim;
  llvm::SmallVector<int> outer;
  for (int d = 0; d < static_cast<int>(nest.dims.size()); ++d)
    if (!nest.isReduced(d) && d != e.laneDim) outer.push_back(d);
  llvm::SmallVector<Value> counts(blockCounts);
  if (lanesAcross) counts.push_back(e.extra(0));
  TaskLoop tasks = openTasks(e, range, outer, counts);
  if (!lanesAcross) return tasks;
  Level &row = tasks.level;
  e.at(row);
  Value begin = e.b.create<arith::MulIOp>(e.loc(), tasks.blocks.back(), e.constantIndex(e.lanes));
  row.knows[e.laneDim] = true;
  row.indices[e.laneDim] = begin;
  Value left =
      e.b.create<arith::SubIOp>(e.loc(), e.number(nest.space[nest.dims[e.laneDim]].extent), begin);
  row.mask = firstLanes(e, left);
  return tasks;
}

int64_t planRows(const Nest &nest, LoopPlan &plan) {
  int64_t perTask = nest.extent(nest.reducedDim);
  if (nest.outerReducedDim >= 0) perTask *= nest.extent(nest.outerReducedDim);
  for (int d = 0; d < static_cast<int>(nest.dims.size()); ++d) {
    if (nest.isReduced(d)) continue;
    if (d == plan.laneDim) {
      plan.params.push_back((nest.extent(d) + plan.lanes - 1) / plan.lanes);
      plan.tasks *= plan.params.back();
      perTask *= plan.lanes;
    } else {
      plan.tasks *= nest.extent(d);
    }
  }
  return perTask;
}

Value firstLanes(Emitter &e, Value count) {
  return e.b.create<vector::CreateMaskOp>(e.loc(), VectorType::get({e.lanes}, e.b.getI1Type()),
                                          count);
}
}  // namespace mlir::weft
