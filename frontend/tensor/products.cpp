// Products of matrices and vectors.
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/casting.h"

namespace torch {
namespace {

Value reshape(const Operand& v, const Dims& sizes, const How& how) {
  if (v.node->type().dims == sizes) return Value(v.node);
  return record::record(Op::reshape, {v}, op::attrs::reshape::pack(sizes), how);
}
Value product(const Operand& a, const Operand& b, const How& how) {
  return record::record(Op::matmul, {a, b}, {}, how);
}

void same_dtype(const Tensor& a, const Tensor& b, const How& how) {
  if (of(a, how).dtype != of(b, how).dtype)
    refuse(how.where, how.what, "expected m1 and m2 to have the same dtype, but got: ", a.dtype(),
           " != ", b.dtype());
}

std::string crossed(const Tensor& t) {
  std::string s;
  for (int64_t d : t.sizes()) s += (s.empty() ? "" : "x") + std::to_string(d);
  return s;
}

[[noreturn]] void refuse_inner(const Tensor& a, const Tensor& b, int64_t k, const How& how) {
  refuse(how.where, how.what, "mat1 and mat2 shapes cannot be multiplied (", crossed(a), " and ",
         crossed(b), "): inner dimensions differ: ", op::to_string(record::impl(a)->sizes), " x ",
         op::to_string(record::impl(b)->sizes), "; expected ", k, " rows on the right");
}

// (M, K) and (K, N), and nothing else.
Value matrices(const Tensor& a, const Tensor& b, const How& how) {
  same_dtype(a, b, how);
  const Dims &left = of(a, how).sizes, &right = of(b, how).sizes;
  if (left.size() != 2)
    refuse(how.where, how.what, "self must be a matrix, got ", a.dim(), "-D tensor");
  if (right.size() != 2)
    refuse(how.where, how.what, "mat2 must be a matrix, got ", b.dim(), "-D tensor");
  if (left[1] != right[0]) refuse_inner(a, b, left[1], how);
  return product(input(a, how), input(b, how), how);
}
Value batches(const Tensor& a, const Tensor& b, const How& how) {
  same_dtype(a, b, how);
  if (a.dim() != 3) refuse(how.where, how.what, "batch1 must be a 3D tensor");
  if (b.dim() != 3) refuse(how.where, how.what, "batch2 must be a 3D tensor");
  if (a.size(0) != b.size(0) || a.size(2) != b.size(1))
    refuse(how.where, how.what, "Expected size for first two dimensions of batch2 tensor to be: [",
           a.size(0), ", ", a.size(2), "] but got: [", b.size(0), ", ", b.size(1), "].");
  return product(input(a, how), input(b, how), how);
}
Value matrix_vector(const Tensor& a, const Tensor& v, const How& how) {
  same_dtype(a, v, how);
  if (a.dim() != 2 || v.dim() != 1)
    refuse(how.where, how.what, "vector + matrix @ vector expected, got ", 1, ", ", a.dim(), ", ",
           v.dim());
  if (a.size(1) != v.size(0))
    refuse(how.where, how.what, "size mismatch, got input (", a.size(0), "), mat (", crossed(a),
           "), vec (", v.size(0), ")");
  const Value column = reshape(input(v, how), Dims{v.size(0), 1}, how);
  return reshape(product(input(a, how), column, how), Dims{a.size(0)}, how);
}
Value inner(const Tensor& a, const Tensor& b, const How& how) {
  same_dtype(a, b, how);
  if (a.dim() != 1 || b.dim() != 1)
    refuse(how.where, how.what, "1D tensors expected, but got ", a.dim(), "D and ", b.dim(),
           "D tensors");
  if (a.size(0) != b.size(0))
    refuse(how.where, how.what, "inconsistent tensor size, expected tensor [", a.size(0),
           "] and src [", b.size(0), "] to have the same number of elements, but got ", a.size(0),
           " and ", b.size(0), " elements respectively");
  const Value row = reshape(input(a, how), Dims{1, a.size(0)}, how),
              column = reshape(input(b, how), Dims{b.size(0), 1}, how);
  return reshape(product(row, column, how), Dims{}, how);
}

// Batches of matrices; where one side is a vector, its row or column. A right side that is a plain
// matrix takes all rows of the left side at once.
Value matrix_batches(const Tensor& a, const Tensor& b, const How& how) {
  Dims left = record::impl(a)->sizes, right = record::impl(b)->sizes;
  const bool row = left.size() == 1, column = right.size() == 1;
  if (row) left.insert(0, 1);
  if (column) right.push_back(1);
  const int64_t m = left[left.size() - 2], k = left.back(), n = right.back();
  if (right[right.size() - 2] != k) refuse_inner(a, b, k, how);
  const Dims left_batch(left.begin(), left.end() - 2), right_batch(right.begin(), right.end() - 2);
  Dims batch;
  if (!op::broadcast(left_batch, right_batch, batch))
    refuse_sizes(left_batch, right_batch, how);
  const Input x = input(a, how), y = input(b, how);
  auto shaped = [&](const Input& v, const Dims& sizes) {
    return Input{reshape(v, sizes, how), v.source};
  };
  Value result;
  if (right_batch.empty()) {
    int64_t rows = m;
    for (int64_t d : left_batch) rows *= d;
    result = product(shaped(x, Dims{rows, k}), shaped(y, right), how);
  } else {
    auto spread = [&](const Input& v, const Dims& sizes) {
      Dims all = batch;
      all.append(Span<int64_t>(sizes.end() - 2, 2));
      const Input whole = shaped(v, sizes);
      if (all == sizes) return whole;
      return Input{record::record(Op::expand, {whole}, op::attrs::expand::pack(all), how),
                   v.source};
    };
    result = product(spread(x, left), spread(y, right), how);
  }
  Dims sizes = batch;
  if (!row) sizes.push_back(m);
  if (!column) sizes.push_back(n);
  return reshape(result, sizes, how);
}

// Any ranks from 1 up; as in torch, of two matrices it is mm, and so on.
Value any_product(const Tensor& a, const Tensor& b, How how) {
  same_dtype(a, b, how);
  const size_t left = record::impl(a)->sizes.size(), right = record::impl(b)->sizes.size();
  if (left == 0 || right == 0)
    refuse(how.where, how.what, "both arguments to matmul need to be at least 1D, but they are ",
           left, "D and ", right, "D");
  auto as = [&](const char* label, auto compute) {
    how.label = label;
    return compute(a, b, how);
  };
  if (left == 2 && right == 2) return as("MmBackward0", matrices);
  if (left == 1 && right == 1) return as("DotBackward0", inner);
  if (left == 2 && right == 1) return as("MvBackward0", matrix_vector);
  return as("UnsafeViewBackward0", matrix_batches);
}

// beta * self + alpha * product; the factors are left out where the program did not say them.
Value added(const Tensor& self, const Value& product, const Scalar& beta, const Scalar& alpha,
            const How& how) {
  const ScalarType type = product.type().dtype;
  require(self, how);
  if (self.scalar_type() != type)
    refuse(how.where, how.what, "self and mat2 must have the same dtype, but got ", self.dtype(),
           " and ", c10::toString(type));
  Dims fits;
  if (!op::broadcast(record::impl(self)->sizes, product.type().dims, fits) ||
      fits != product.type().dims)
    // says so
    record::record(Op::expand, {input(self, how)}, op::attrs::expand::pack(product.type().dims),
                   how);
  auto scaled = [&](const Operand& v, const Scalar& by) {
    if (by.isIntegral(false) && by.toLong() == 1) return Value(v.node);
    return record::record(Op::mul, {v, number(by, type, how.where)}, {}, how);
  };
  const Value right = scaled(product, alpha);
  // then self is not read, not even its nans
  if (beta.isIntegral(false) && beta.toLong() == 0) return right;
  return record::record(Op::add, {scaled(input(self, how), beta), right}, {}, how);
}
}  // namespace

#define WEFT_PRODUCT(f, compute, label)                           \
  Tensor f(In self, const Tensor& other) {                                        \
    if (const Autocast cast(casts::f, {self, other}); cast.on()) \
      return torch::f(In(cast[0], self.where), cast[1]); \
    return record::make_tensor(compute(self, other, How(self.where, label, #f))); \
  }                                                                               \
  Tensor Tensor::f(const Tensor& other, Location where) const {                   \
    return torch::f(In(*this, where), other);                                     \
  }
WEFT_PRODUCT(mm, matrices, "MmBackward0")
WEFT_PRODUCT(bmm, batches, "BmmBackward0")
WEFT_PRODUCT(mv, matrix_vector, "MvBackward0")
WEFT_PRODUCT(dot, inner, "DotBackward0")
#undef WEFT_PRODUCT

Tensor matmul(In self, const Tensor& other) {
  if (const Autocast cast(casts::matmul, {self, other}); cast.on())
    return matmul(In(cast[0], self.where), cast[1]);
  return record::make_tensor(any_product(self, other, How(self.where, nullptr, "matmul")));
}
Tensor Tensor::matmul(const Tensor& other, Location where) const {
  return torch::matmul(In(*this, where), other);
}

Tensor outer(In self, const Tensor& vec2) {
  const How how(self.where, nullptr, "outer");
  require(self, how);
  require(vec2, how);
  if (self->dim() != 1 || vec2.dim() != 1)
    refuse(self.where, "outer", "outer: Expected 1-D argument, but got ", self->dim(), "-D and ",
           vec2.dim(), "-D");
  const ScalarType type = result_type(self, vec2);
  const Value column = reshape(input(self, type, how), Dims{self->size(0), 1}, how);
  return record::make_tensor(record::record(Op::mul, {column, input(vec2, type, how)}, {}, how));
}
Tensor Tensor::outer(const Tensor& vec2, Location where) const {
  return torch::outer(In(*this, where), vec2);
}

#define WEFT_ADDED(f, compute, label)                                                    \
  Tensor f(In self, const Tensor& a, const Tensor& b, const Scalar& beta, const Scalar& alpha) { \
    if (const Autocast cast(casts::f, {self, a, b}); cast.on())        \
      return torch::f(In(cast[0], self.where), cast[1], cast[2], beta, alpha);                   \
    const How how(self.where, label, #f);                                                        \
    return record::make_tensor(added(self, compute(a, b, how), beta, alpha, how));               \
  }
WEFT_ADDED(addmm, matrices, "AddmmBackward0")
WEFT_ADDED(addmv, matrix_vector, "AddmvBackward0")
WEFT_ADDED(baddbmm, batches, "BaddbmmBackward0")
#undef WEFT_ADDED
}  // namespace torch
