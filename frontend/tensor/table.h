/// Functions of a tensor and further arguments, one row each: from it come the free function's
/// declaration, the member that calls it and, by a second row, the member that writes the result
/// into its tensor. Functions of a tensor alone are in lists.h; definitions are in the .cpp of the
/// family. What has no such form is declared by hand.
///   X(result, name, (parameters after self), (their names))      free function and member
///   X(name, (parameters after self), (their names))              name_, an in-place member
#pragma once
#include "frontend/tensor/table_elementwise.h"
#include "frontend/tensor/table_indexing.h"
#include "frontend/tensor/table_product.h"
#include "frontend/tensor/table_reduction.h"
#include "frontend/tensor/table_shape.h"

#define WEFT_TABLE(X)        \
  WEFT_ELEMENTWISE_TABLE(X)  \
  WEFT_INDEXING_TABLE(X)     \
  WEFT_PRODUCT_TABLE(X)      \
  WEFT_REDUCTION_TABLE(X)    \
  WEFT_SHAPE_TABLE(X)
#define WEFT_IN_PLACE_TABLE(X) \
  WEFT_ELEMENTWISE_IN_PLACE(X) \
  WEFT_INDEXING_IN_PLACE(X)    \
  WEFT_PRODUCT_IN_PLACE(X)     \
  WEFT_REDUCTION_IN_PLACE(X)

#define WEFT_AFTER_SELF(...) (In self, __VA_ARGS__)
#define WEFT_BEFORE_WHERE(...) (__VA_ARGS__, Location where = Location::current())
#define WEFT_OF_THIS(...) (In(*this, where), __VA_ARGS__)
#define WEFT_FREE_ROW(R, f, parameters, names) R f WEFT_AFTER_SELF parameters;
#define WEFT_MEMBER_ROW(R, f, parameters, names) \
  R f WEFT_BEFORE_WHERE parameters const { return torch::f WEFT_OF_THIS names; }
#define WEFT_IN_PLACE_ROW(f, parameters, names)                                     \
  Tensor& f##_ WEFT_BEFORE_WHERE parameters const {                                 \
    return detail::InPlace(*this, #f "_", where).take(torch::f WEFT_OF_THIS names); \
  }
#define WEFT_FREE_NAME(R, f) R f(In self);
#define WEFT_MEMBER_NAME(R, f) \
  R f(Location where = Location::current()) const { return torch::f(In(*this, where)); }

namespace torch {
using Tensors = std::vector<Tensor>;
using TensorPair = std::tuple<Tensor, Tensor>;

namespace detail {
/// A function that several ops make, written into one of its operands: while it lives, what that
/// operand holds does not count as saved for gradients, as torch's node saves a copy of it.
class InPlace {
 public:
  InPlace(const Tensor& self, const char* what, Location where);
  ~InPlace();
  InPlace(const InPlace&) = delete;
  InPlace& operator=(const InPlace&) = delete;
  /// Writes the result through the tensor.
  Tensor& take(const Tensor& result);

 private:
  const Tensor& self_;
  const char* what_;
  Location where_;
  const record::TensorImpl* saved_;
};
}  // namespace detail

WEFT_TABLE(WEFT_FREE_ROW)
WEFT_NAMES_TABLE(WEFT_FREE_NAME)
}  // namespace torch
