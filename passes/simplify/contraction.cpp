// The transposed of a product is the product of the transposed factors, the other way round: the
// gradient of a weight comes out as the weight lies in memory.
#include "ir/op/order.h"
#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {

LogicalResult transposeOfMatmul(PermuteOp op, PatternRewriter &rewriter) {
  auto product = op.getX().getDefiningOp<MatmulOp>();
  if (!product || !product->hasOneUse()) return failure();
  const Symbol a = at(op, rewriter, product.getA()), b = at(op, rewriter, product.getB());
  const int64_t rank = a.rank();
  for (auto [i, d] : llvm::enumerate(op.getPermutation().drop_back(2)))
    if (d != static_cast<int64_t>(i)) return failure();
  if (op.getPermutation()[rank - 1] != rank - 2) return failure();
  // The same factors in the same order; only where k is cut may depend on the shape of the result.
  const int64_t m = a.size(rank - 2), k = a.size(rank - 1), n = b.size(rank - 1);
  int64_t batch = 1;
  for (int64_t size : a.sizes().drop_back(2)) batch *= size;
  if (::torch::op::contraction_splits(batch, m, n, k) !=
      ::torch::op::contraction_splits(batch, n, m, k))
    return failure();
  return replace(rewriter, op, matmul(transpose(b), transpose(a)));
}
}  // namespace

void addContractionPatterns(RewritePatternSet &patterns) { patterns.add(transposeOfMatmul); }

}  // namespace mlir::weft
