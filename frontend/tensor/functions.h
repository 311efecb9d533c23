/// The free functions. Elementwise ones broadcast as NumPy does and promote dtypes as PyTorch does.
/// Mistakes in shape, dtype or device throw c10::Error at the user's line.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
// Elementwise, of one tensor. Integers become floats where the function leaves the integers.
#define WEFT_FUNCTIONS(f) \
  Tensor f(In self);      \
  Tensor& f##_(In self);
WEFT_UNARY_OPS(WEFT_FUNCTIONS)
WEFT_UNARY_COMPOSITES(WEFT_FUNCTIONS)
#undef WEFT_FUNCTIONS
#define WEFT_FUNCTIONS(f) Tensor f(In self);
WEFT_PREDICATES(WEFT_FUNCTIONS)
#undef WEFT_FUNCTIONS
// Elementwise, of two.
#define WEFT_FUNCTIONS(f)                     \
  Tensor f(In self, const Tensor& other);     \
  Tensor f(In self, const Scalar& other);
WEFT_COMPARISONS(WEFT_FUNCTIONS)
WEFT_BINARY_OPS(WEFT_FUNCTIONS)
#undef WEFT_FUNCTIONS
#define WEFT_FUNCTIONS(f) Tensor f(In self, const Tensor& other);
WEFT_LOGICAL_OPS(WEFT_FUNCTIONS)
#undef WEFT_FUNCTIONS
/// self + alpha * other
Tensor add(In self, const Tensor& other, const Scalar& alpha = 1);
Tensor add(In self, const Scalar& other, const Scalar& alpha = 1);
/// self - alpha * other
Tensor sub(In self, const Tensor& other, const Scalar& alpha = 1);
Tensor sub(In self, const Scalar& other, const Scalar& alpha = 1);
/// other - alpha * self
Tensor rsub(In self, const Tensor& other, const Scalar& alpha = 1);
Tensor rsub(In self, const Scalar& other, const Scalar& alpha = 1);
/// self / other: floating; or rounded towards zero ("trunc") or down ("floor").
Tensor div(In self, const Tensor& other);
Tensor div(In self, const Scalar& other);
Tensor div(In self, const Tensor& other, optional<std::string> rounding_mode);
Tensor div(In self, const Scalar& other, optional<std::string> rounding_mode);
Tensor pow(In self, const Tensor& exponent);
Tensor pow(In self, const Scalar& exponent);
Tensor pow(ScalarIn self, const Tensor& exponent);
Tensor float_power(ScalarIn self, const Tensor& exponent);
Tensor xlogy(ScalarIn self, const Tensor& other);
/// The angle of the point (other, self) in radians, in [-pi, pi].
Tensor atan2(In self, const Tensor& other);
/// The larger of two elements; nan wins.
Tensor maximum(In self, const Tensor& other);
Tensor minimum(In self, const Tensor& other);
/// min where smaller, max where larger.
Tensor clamp(In self, const optional<Scalar>& min, const optional<Scalar>& max = nullopt);
Tensor clamp(In self, const optional<Tensor>& min = {}, const optional<Tensor>& max = {});
Tensor clamp_min(In self, const Scalar& min);
Tensor clamp_max(In self, const Scalar& max);
/// self + weight * (end - self)
Tensor lerp(In self, const Tensor& end, const Scalar& weight);
Tensor lerp(In self, const Tensor& end, const Tensor& weight);
/// self + value * a * b
Tensor addcmul(In self, const Tensor& a, const Tensor& b, const Scalar& value = 1);
/// self + value * a / b
Tensor addcdiv(In self, const Tensor& a, const Tensor& b, const Scalar& value = 1);
/// self where the condition holds, else other.
Tensor where(In condition, const Tensor& self, const Tensor& other);
Tensor where(In condition, const Scalar& self, const Tensor& other);
Tensor where(In condition, const Tensor& self, const Scalar& other);
Tensor where(In condition, const Scalar& self, const Scalar& other);
/// The positions of what is not zero, a tensor a dim. Evaluates.
std::vector<Tensor> where(In condition);
Tensor masked_fill(In self, const Tensor& mask, const Scalar& value);
Tensor masked_fill(In self, const Tensor& mask, const Tensor& value);

// Reductions: over all dims or some; `keepdim` leaves size 1 where it reduced.
Tensor sum(In self, optional<ScalarType> dtype = nullopt);
Tensor sum(In self, OptionalIntArrayRef dim, bool keepdim = false,
           optional<ScalarType> dtype = nullopt);
Tensor mean(In self, optional<ScalarType> dtype = nullopt);
Tensor mean(In self, OptionalIntArrayRef dim, bool keepdim = false,
            optional<ScalarType> dtype = nullopt);
Tensor prod(In self, optional<ScalarType> dtype = nullopt);
Tensor prod(In self, int64_t dim, bool keepdim = false, optional<ScalarType> dtype = nullopt);
Tensor max(In self);
Tensor max(In self, const Tensor& other);
/// Values and the index (long) of the first largest along `dim`; nan wins.
std::tuple<Tensor, Tensor> max(In self, int64_t dim, bool keepdim = false);
Tensor min(In self);
Tensor min(In self, const Tensor& other);
std::tuple<Tensor, Tensor> min(In self, int64_t dim, bool keepdim = false);
/// As max over dims, but the gradient is shared evenly between equal elements.
Tensor amax(In self, IntArrayRef dim = {}, bool keepdim = false);
Tensor amin(In self, IntArrayRef dim = {}, bool keepdim = false);
Tensor argmax(In self, optional<int64_t> dim = nullopt, bool keepdim = false);
Tensor argmin(In self, optional<int64_t> dim = nullopt, bool keepdim = false);
Tensor any(In self);
Tensor any(In self, int64_t dim, bool keepdim = false);
Tensor all(In self);
Tensor all(In self, int64_t dim, bool keepdim = false);
/// Variance: the squared differences from the mean, summed, over n - correction (1 unless said).
Tensor var(In self, bool unbiased);
Tensor var(In self, OptionalIntArrayRef dim, bool unbiased, bool keepdim = false);
Tensor var(In self, OptionalIntArrayRef dim = nullopt, const optional<Scalar>& correction = nullopt,
           bool keepdim = false);
Tensor std(In self, bool unbiased);
Tensor std(In self, OptionalIntArrayRef dim, bool unbiased, bool keepdim = false);
Tensor std(In self, OptionalIntArrayRef dim = nullopt, const optional<Scalar>& correction = nullopt,
           bool keepdim = false);
inline Tensor var(In self, int dim) {
  return torch::var(self, OptionalIntArrayRef(dim), optional<Scalar>());
}
inline Tensor std(In self, int dim) {
  return torch::std(self, OptionalIntArrayRef(dim), optional<Scalar>());
}
/// Variance (or standard deviation) and mean in one go.
#define WEFT_MOMENTS(f)                                                                    \
  TensorPair f(In self, bool unbiased);                                                    \
  TensorPair f(In self, OptionalIntArrayRef dim, bool unbiased, bool keepdim = false);     \
  TensorPair f(In self, OptionalIntArrayRef dim = nullopt,                                 \
               const optional<Scalar>& correction = nullopt, bool keepdim = false);            \
  inline TensorPair f(In self, int dim) {                                                  \
    return torch::f(self, OptionalIntArrayRef(dim), optional<Scalar>());                   \
  }
WEFT_MOMENTS(var_mean)
WEFT_MOMENTS(std_mean)
#undef WEFT_MOMENTS
/// (sum of |x|^p)^(1/p); p may be infinite, 0 counts what is not zero.
Tensor norm(In self, const Scalar& p = 2);
Tensor norm(In self, const optional<Scalar>& p, IntArrayRef dim, bool keepdim = false);
/// log(sum(exp(x))), without overflow.
Tensor logsumexp(In self, IntArrayRef dim, bool keepdim = false);
Tensor count_nonzero(In self, optional<int64_t> dim = nullopt);
Tensor softmax(In self, int64_t dim, optional<ScalarType> dtype = nullopt);
Tensor log_softmax(In self, int64_t dim, optional<ScalarType> dtype = nullopt);
/// Same sizes and same elements. Evaluates.
bool equal(In self, const Tensor& other);
/// |self - other| <= atol + rtol * |other| everywhere. Evaluates.
bool allclose(In self, const Tensor& other, double rtol = 1e-5, double atol = 1e-8,
              bool equal_nan = false);
Tensor isclose(In self, const Tensor& other, double rtol = 1e-5, double atol = 1e-8,
               bool equal_nan = false);

// Products
/// Vectors and (batches of) matrices as PyTorch's matmul: (..., M, K) x (..., K, N) -> (..., M, N).
Tensor matmul(In self, const Tensor& other);
Tensor mm(In self, const Tensor& mat2);
Tensor bmm(In self, const Tensor& mat2);
Tensor mv(In self, const Tensor& vec);
Tensor dot(In self, const Tensor& tensor);
/// Sums of products by Einstein's convention, over the subscripts that the result does not name:
/// "bij,bjk->bik", "ii", "...d,d". `path` says which two operands are joined next.
Tensor einsum(c10::string_view equation, TensorListIn tensors, OptionalIntArrayRef path = nullopt);
/// Sums of products over dims_self of self and dims_other of other.
Tensor tensordot(In self, const Tensor& other, IntArrayRef dims_self, IntArrayRef dims_other);
/// The product of several matrices, in the order of fewest multiplications.
Tensor chain_matmul(TensorListIn matrices);
/// The p-norms of the differences of each row of x1 and each row of x2.
Tensor cdist(In x1, const Tensor& x2, double p = 2, optional<int64_t> compute_mode = nullopt);
Tensor outer(In self, const Tensor& vec2);

// Views and copies
Tensor reshape(In self, IntArrayRef shape);
Tensor permute(In self, IntArrayRef dims);
Tensor transpose(In self, int64_t dim0, int64_t dim1);
Tensor swapaxes(In self, int64_t dim0, int64_t dim1);
Tensor movedim(In self, int64_t source, int64_t destination);
Tensor t(In self);
Tensor flatten(In self, int64_t start_dim = 0, int64_t end_dim = -1);
Tensor unflatten(In self, int64_t dim, IntArrayRef sizes);
Tensor ravel(In self);
Tensor squeeze(In self);
Tensor squeeze(In self, int64_t dim);
Tensor squeeze(In self, IntArrayRef dim);
Tensor unsqueeze(In self, int64_t dim);
Tensor narrow(In self, int64_t dim, int64_t start, int64_t length);
Tensor slice(In self, int64_t dim = 0, optional<int64_t> start = nullopt,
             optional<int64_t> end = nullopt, int64_t step = 1);
Tensor select(In self, int64_t dim, int64_t index);
Tensor diagonal(In self, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1);
Tensor as_strided(In self, IntArrayRef size, IntArrayRef stride,
                  optional<int64_t> storage_offset = nullopt);
std::vector<Tensor> unbind(In self, int64_t dim = 0);
std::vector<Tensor> split(In self, int64_t split_size, int64_t dim = 0);
std::vector<Tensor> split(In self, IntArrayRef split_size, int64_t dim = 0);
std::vector<Tensor> split_with_sizes(In self, IntArrayRef split_sizes, int64_t dim = 0);
std::vector<Tensor> chunk(In self, int64_t chunks, int64_t dim = 0);
Tensor clone(In self, optional<MemoryFormat> memory_format = nullopt);
Tensor detach(In self);
std::vector<Tensor> broadcast_tensors(TensorListIn tensors);

// Joining
/// Tensors of one shape but for `dim`, one after the other along it.
Tensor cat(TensorListIn tensors, int64_t dim = 0);
Tensor concat(TensorListIn tensors, int64_t dim = 0);
/// Along a new dim.
Tensor stack(TensorListIn tensors, int64_t dim = 0);
Tensor hstack(TensorListIn tensors);
Tensor vstack(TensorListIn tensors);
Tensor row_stack(TensorListIn tensors);
Tensor dstack(TensorListIn tensors);
Tensor column_stack(TensorListIn tensors);
Tensor concatenate(TensorListIn tensors, int64_t dim = 0);
Tensor block_diag(TensorListIn tensors);
/// Vectors as views on their common grid; indexing "ij", or "xy" with the first two dims swapped.
std::vector<Tensor> meshgrid(TensorListIn tensors);
std::vector<Tensor> meshgrid(TensorListIn tensors, c10::string_view indexing);
/// All combinations of an element of each vector, a row each.
Tensor cartesian_prod(TensorListIn tensors);
/// All choices of r elements of a vector, a row each.
Tensor combinations(In self, int64_t r = 2, bool with_replacement = false);
/// Powers of x, a column each, falling unless `increasing`.
Tensor vander(In x, optional<int64_t> N = nullopt, bool increasing = false);
Tensor atleast_1d(In self);
Tensor atleast_2d(In self);
Tensor atleast_3d(In self);

// Indexing
Tensor index_select(In self, int64_t dim, const Tensor& index);
Tensor index_add(In self, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha = 1);
Tensor gather(In self, int64_t dim, const Tensor& index, bool sparse_grad = false);
Tensor scatter(In self, int64_t dim, const Tensor& index, const Tensor& src);
Tensor scatter(In self, int64_t dim, const Tensor& index, const Scalar& value);
Tensor scatter_add(In self, int64_t dim, const Tensor& index, const Tensor& src);
Tensor take(In self, const Tensor& index);
/// The elements where the mask holds, as a vector. Evaluates.
Tensor masked_select(In self, const Tensor& mask);
/// The positions of what is not zero, a row each. Evaluates.
Tensor nonzero(In self);
Tensor flip(In self, IntArrayRef dims);
Tensor roll(In self, IntArrayRef shifts, IntArrayRef dims = {});
Tensor tile(In self, IntArrayRef dims);
/// The number i, repeats[i] times.
Tensor repeat_interleave(In repeats, optional<int64_t> output_size = nullopt);

// Sets and orders
/// The different elements, ascending; where each element went; how often each came. Evaluates.
TensorPair _unique(In self, bool sorted = true, bool return_inverse = false);
std::tuple<Tensor, Tensor, Tensor> _unique2(In self, bool sorted = true,
                                            bool return_inverse = false,
                                            bool return_counts = false);
std::tuple<Tensor, Tensor, Tensor> unique_dim(In self, int64_t dim, bool sorted = true,
                                              bool return_inverse = false,
                                              bool return_counts = false);
/// Runs of equal elements become one.
std::tuple<Tensor, Tensor, Tensor> unique_consecutive(In self, bool return_inverse = false,
                                                      bool return_counts = false,
                                                      optional<int64_t> dim = nullopt);
std::tuple<Tensor, Tensor, Tensor> unique_dim_consecutive(In self, int64_t dim,
                                                          bool return_inverse = false,
                                                          bool return_counts = false);
/// Whether each element is among the test elements.
Tensor isin(In elements, const Tensor& test_elements, bool assume_unique = false,
            bool invert = false);
Tensor isin(In elements, const Scalar& test_element, bool assume_unique = false,
            bool invert = false);
Tensor isin(ScalarIn element, const Tensor& test_elements, bool assume_unique = false,
            bool invert = false);
/// How many elements of a sorted row are below each value (`right`: or equal to it).
Tensor searchsorted(In sorted_sequence, const Tensor& self, bool out_int32 = false,
                    bool right = false, optional<c10::string_view> side = nullopt,
                    const optional<Tensor>& sorter = {});
Tensor searchsorted(In sorted_sequence, const Scalar& self, bool out_int32 = false,
                    bool right = false, optional<c10::string_view> side = nullopt,
                    const optional<Tensor>& sorter = {});
Tensor bucketize(In self, const Tensor& boundaries, bool out_int32 = false, bool right = false);
Tensor bucketize(ScalarIn self, const Tensor& boundaries, bool out_int32 = false,
                 bool right = false);

/// The type that an op on these would compute in.
ScalarType result_type(const Tensor& a, const Tensor& b);
ScalarType result_type(const Tensor& a, const Scalar& b);
ScalarType result_type(const Scalar& a, const Tensor& b);
ScalarType result_type(const Scalar& a, const Scalar& b);
/// The type that holds values of both.
ScalarType promote_types(ScalarType a, ScalarType b);
/// Whether an in-place op may write values of type `from` to a tensor of type `to`.
bool can_cast(ScalarType from, ScalarType to);
/// A number shifted by tensors of places.
Tensor bitwise_left_shift(ScalarIn self, const Tensor& other);
Tensor bitwise_right_shift(ScalarIn self, const Tensor& other);
bool is_floating_point(const Tensor& self);
inline int64_t numel(const Tensor& self) { return self.numel(); }
}  // namespace torch
