/// Convolutions as products: which index of a tensor each of (batch, outer, k) makes.
#pragma once
#include "codegen/cuda/contraction/plan.h"

namespace torch {
namespace codegen {
namespace cuda {

/// A number of the product that an index is made of. `outer`: the row, for A; the column, for B.
enum Axis : unsigned { batch_axis, outer_axis, k_axis, axis_count };

/// `factor` times a digit of an axis.
struct Term {
  Axis axis;
  unsigned digit;
  int64_t factor = 1;
};
/// An index of a tensor: (constant + sum of terms) / divisor. Where it is guarded it may lie
/// outside, or not be a multiple of the divisor: there the element is 0.
struct Dim {
  int64_t size;
  std::vector<Term> terms;
  int64_t constant = 0;
  bool is_guarded = false;
  int64_t divisor = 1;
};
/// How an operand's indices come from the product's. An axis' number is mixed-radix: digits of
/// these sizes, the last runs fastest.
struct Walk {
  Numbers digits[axis_count];
  std::vector<Dim> dims;
};

struct Product {
  int64_t batches = 1, rows = 1, columns = 1, depth = 1;
  Walk a, b;
  bool is_swapped = false;  // A is the op's second operand
  /// How (outer, m, n) of the result come from (batch, row, column). Matmul: they are it. Else
  /// m = batch * rows + row; and where there are `positions`, the column is (outer, n).
  bool is_grouped = false;
  int64_t positions = 0;
  int64_t channels = 0;        // of a weight's gradient: columns are (window, channel), n the reverse
  bool is_transposed = false;  // row and column have changed places
};
/// `channels_last`: of a convolution, the channels are the last digit of what they are a part of,
/// so that elements which lie so come as vectors. In sums of chains they come first.
Product product_of(const Problem& problem, bool channels_last);
/// The same product with A and B, rows and columns exchanged.
Product transposed(Product product);
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
