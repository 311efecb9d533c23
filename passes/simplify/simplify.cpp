#include "passes/simplify/simplify.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"
#include "passes/simplify/patterns.h"

namespace mlir::weft {
#define GEN_PASS_DEF_SIMPLIFY
#include "passes/simplify/simplify.h.inc"

namespace {
struct Simplify : impl::SimplifyBase<Simplify> {
  // Patterns are compiled once a pass, not once a function.
  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet all(context);
    addConstantPatterns(all);
    addElementwisePatterns(all);
    addBroadcastPatterns(all);
    addContractionPatterns(all);
    addViewPatterns(all);
    addSlicePatterns(all);
    addConcatPatterns(all);
    addReductionPatterns(all);
    addControlPatterns(all);
    patterns = FrozenRewritePatternSet(std::move(all));
    return success();
  }

  void runOnOperation() override {
    GreedyRewriteConfig config;
    config.useTopDownTraversal = true;
    if (failed(applyPatternsAndFoldGreedily(getOperation(), patterns, config)))
      getOperation().emitError("simplify: rewrites did not come to an end"), signalPassFailure();
  }

  FrozenRewritePatternSet patterns;
};
}  // namespace

void buildSimplify(OpPassManager &pm) {
  auto &function = pm.nest<func::FuncOp>();
  function.addPass(createSimplify());
  function.addPass(createCSEPass());
  // Equal values found by CSE make more rewrites match (select(c, x, x), neighbouring slices).
  function.addPass(createSimplify());
  function.addPass(createCSEPass());
}

}  // namespace mlir::weft
