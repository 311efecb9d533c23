#include "passes/simplify/patterns.h"
namespace mlir::weft {
void addConstantPatterns(RewritePatternSet &patterns) {}
}  // namespace mlir::weft
