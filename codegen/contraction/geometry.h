/// A problem as a contraction: extents, and both operands as accesses.
#pragma once
#include "codegen/contraction/access.h"

namespace mlir::weft::contraction {

struct Geometry {
  int64_t batch = 1, m = 1, n = 1, k = 1;  // of one batch
  // batch b is (b / groups, b % groups); the result's m is (b % groups) * m + m
  int64_t groups = 1;
  // n is (image, position): the result's outer index is (b / groups) * images + image
  int64_t positions = 1;
  int64_t splits = 1;     // of k, by the order of sums
  Access a, b;
  Params params;          // of the accesses
  // a and b, m and n have changed places: the product is the result's transpose
  bool swapped = false;
  /// The other way round; for results without images only.
  void swap();
};
/// matmul, conv, conv_weight_grad, and conv_input_grad where windows are single positions.
Geometry geometryOf(const Problem& problem);

/// Builds an access: extents of length 1 vanish and neighbours that walk memory evenly become one.
/// The first stays (a batch of one takes the code of the others). An `exact` one keeps all extents
/// and has its vectors along p.
class AccessBuilder {
 public:
  static constexpr unsigned kRow = ~0u;
  struct Step {
    unsigned dim;  // of the source, or kRow: rows of the panel
    int64_t step;
  };
  struct Walk {
    int64_t count;
    SmallVector<Step> steps;
  };
  AccessBuilder(const Source& source, Params& params, bool exact = false)
      : source(source), params(params), exact(exact) {}
  /// The source index of dimension `dim` begins at `offset`, and may leave [0, size).
  AccessBuilder& offset(unsigned dim, int64_t offset);
  Access build(ArrayRef<Walk> batch, ArrayRef<Walk> p, ArrayRef<Walk> k);

 private:
  SmallVector<Extent> extents(ArrayRef<Walk> walks);
  const Source& source;
  Params& params;
  const bool exact;
  int rowDim = -1;
  SmallVector<int64_t> offsets;
  SmallVector<int> dimOf;  // of the access for each dimension of the source; -1: none
};
}  // namespace mlir::weft::contraction
