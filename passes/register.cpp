#include "passes/register.h"

#include "passes/autodiff/autodiff.h"
#include "passes/fusion/fuse.h"
#include "passes/simplify/simplify.h"

namespace mlir::weft {

void registerAllPasses() {
  registerAutodiffPasses();
  registerFusePasses();
  registerSimplifyPasses();
  registerFusePass();
}

}  // namespace mlir::weft
