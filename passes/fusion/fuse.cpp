#include "passes/fusion/fuse.h"

#include <functional>

#include "ir/tensor/ops.h"
#include "llvm/ADT/STLExtras.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/CSE.h"
#include "passes/fusion/checks.h"
#include "passes/fusion/group.h"
#include "passes/fusion/recompute.h"
#include "passes/fusion/split_reductions.h"
#include "passes/fusion/widen_halves.h"

namespace mlir::weft {
#define GEN_PASS_DEF_FUSE
#include "passes/fusion/fuse.h.inc"

namespace {
const char *kindName(Group::Kind kind) {
  switch (kind) {
    case Group::check:
    case Group::map: return "map";
    case Group::reduction: return "reduction";
    case Group::contraction: return "contraction";
    case Group::scatter: return "scatter";
    case Group::scan: return "scan";
    case Group::call: return "call";
  }
  return "";
}

// A kernel of `ops` (in block order); `results` are values of these ops, or values from outside
// that are copied.
KernelOp makeKernel(OpBuilder& b, Location loc, llvm::StringRef kind,
                    llvm::ArrayRef<Operation*> ops, ValueRange results) {
  llvm::SetVector<Value> arguments;
  llvm::SmallPtrSet<Operation *, 16> inside(ops.begin(), ops.end());
  auto argument = [&](Value v) {
    if (!inside.contains(v.getDefiningOp())) arguments.insert(v);
  };
  for (Operation *op : ops) llvm::for_each(op->getOperands(), argument);
  llvm::for_each(results, argument);
  OperationState state(loc, KernelOp::getOperationName());
  state.addOperands(arguments.getArrayRef());
  state.addTypes(results.getTypes());
  state.addAttribute("kind", b.getStringAttr(kind));
  state.addRegion();
  auto kernel = cast<KernelOp>(b.create(state));
  Block *body = b.createBlock(&kernel.getBody());
  IRMapping map;
  for (Value v : arguments) map.map(v, body->addArgument(v.getType(), v.getLoc()));
  for (Operation *op : ops) b.clone(*op, map);
  llvm::SmallVector<Value> yields;
  for (Value v : results) yields.push_back(map.lookup(v));
  b.create<YieldOp>(loc, yields);
  b.setInsertionPointAfter(kernel);
  return kernel;
}

struct FusePass : impl::FuseBase<FusePass> {
  using FuseBase::FuseBase;

  void runOnOperation() override {
    func::FuncOp func = getOperation();
    widenHalves(func);
    int64_t rows = kRows;
    if (auto module = func->getParentOfType<ModuleOp>())
      if (auto wanted = module->getAttrOfType<IntegerAttr>(kRowsAttribute)) rows = wanted.getInt();
    splitReductions(func, rows);
    // A sum over more dims begins with one over fewer.
    IRRewriter rewriter(func.getContext());
    DominanceInfo dominance(func);
    eliminateCommonSubExpressions(rewriter, dominance, func);
    const auto again = separate ? llvm::DenseSet<Operation *>() : recompute(func);
    insertChecks(func);
    Block &block = func.getBody().front();
    Grouping grouping(block, separate, again, rows);
    llvm::SmallVector<Operation *> old;
    for (Operation &op : block.without_terminator()) old.push_back(&op);
    build(block, grouping);
    separateResults(block);
    for (Operation *op : llvm::reverse(old)) op->erase();
  }

  // Emits the groups in an order in which each comes after those it reads from; checks as early as
  // can be, in program order, so that little has been written when one fails.
  void build(Block &block, Grouping &grouping) {
    llvm::DenseMap<Operation *, unsigned> position;
    for (auto [i, op] : llvm::enumerate(block)) position[&op] = i;
    size_t count = grouping.groups.size();
    std::vector<llvm::SmallVector<Operation *>> ops(count);
    std::vector<llvm::SetVector<Value>> results(count);
    std::vector<llvm::SmallSet<int, 8>> needs(count);
    auto need = [&](Value v, int reader) {
      auto home = grouping.homes.find(v.getDefiningOp());
      if (home == grouping.homes.end()) return;
      const int kernel = grouping.kernelOf(home->second);
      if (kernel == reader) return;
      results[kernel].insert(v);
      if (reader >= 0) needs[reader].insert(kernel);
    };
    for (Value v : block.getTerminator()->getOperands()) need(v, -1);
    for (size_t g = 0; g < count; ++g) {
      const llvm::SetVector<Operation *> &computed = grouping.groups[g]->ops;
      llvm::SmallVector<Operation *> sorted(computed.begin(), computed.end());
      llvm::sort(sorted, [&](Operation *a, Operation *b) { return position[a] < position[b]; });
      const int kernel = grouping.kernelOf(static_cast<int>(g));
      for (Operation *op : sorted)
        for (Value v : op->getOperands())
          if (!computed.contains(v.getDefiningOp())) need(v, kernel);
      // What a tail computes comes last.
      ops[kernel].insert(static_cast<int>(g) == kernel ? ops[kernel].begin() : ops[kernel].end(),
                         sorted.begin(), sorted.end());
    }
    OpBuilder b(block.getTerminator());
    std::vector<bool> done(count);
    std::function<void(int)> emit = [&](int g) {
      if (done[g]) return;
      done[g] = true;
      llvm::SmallVector<int> first(needs[g].begin(), needs[g].end());
      llvm::sort(first);
      for (int n : first) emit(n);
      bool checks = llvm::any_of(ops[g], [](Operation *op) { return op->hasTrait<Check>(); });
      if (results[g].empty() && !checks) return;
      llvm::SmallVector<Location> locations;
      for (Operation *op : ops[g]) locations.push_back(op->getLoc());
      KernelOp kernel =
          makeKernel(b, FusedLoc::get(b.getContext(), locations),
                     kindName(grouping.groups[g]->kind), ops[g], results[g].getArrayRef());
      // Later groups, and the function's results, read the kernel's results; the old ops are erased
      // afterwards.
      for (auto [old, fresh] : llvm::zip(results[g].getArrayRef(), kernel.getOutputs()))
        Value(old).replaceUsesWithIf(
            fresh, [&](OpOperand& use) { return use.getOwner()->getBlock() == &block; });
    };
    for (size_t g = count; g-- > 0;)  // groups were found from the end
      if (grouping.groups[g]->kind == Group::check) emit(static_cast<int>(g));
    for (size_t g = 0; g < count; ++g) emit(static_cast<int>(g));
  }

  // Inputs that are returned as they are, and values returned twice, are copied by a kernel of
  // their own.
  void separateResults(Block &block) {
    Operation *end = block.getTerminator();
    llvm::SmallPtrSet<void *, 8> seen;
    OpBuilder b(end);
    for (OpOperand &use : end->getOpOperands()) {
      Value v = use.get();
      if (v.getDefiningOp() && seen.insert(v.getAsOpaquePointer()).second) continue;
      use.set(makeKernel(b, end->getLoc(), "map", {}, v).getOutputs()[0]);
    }
  }
};
}  // namespace

void forGpu(ModuleOp module) {
  module->setAttr(kRowsAttribute, Builder(module.getContext()).getI64IntegerAttr(kRowsOfGpu));
}

void buildFuse(OpPassManager &pm) { pm.addNestedPass<func::FuncOp>(createFuse()); }
void buildSeparate(OpPassManager& pm) {
  pm.addNestedPass<func::FuncOp>(createFuse({/*separate=*/true}));
}
}  // namespace mlir::weft
