// Products that are made of products of matrices.
#include <algorithm>
#include <cmath>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"

namespace torch {
using record::Composite;
namespace {

bool is_one(const Scalar& s) { return s.isIntegral(false) && s.toLong() == 1; }
bool is_zero(const Scalar& s) { return s.isIntegral(false) && s.toLong() == 0; }
// beta * self + alpha * product; self is not read where beta is 0.
Tensor sum_of(const Tensor& self, const Tensor& product, const Scalar& beta, const Scalar& alpha) {
  const Tensor right = is_one(alpha) ? product : product * alpha;
  if (is_zero(beta)) return right;
  return (is_one(beta) ? self : self * beta) + right;
}
void wants_vectors(const Tensor& a, const Tensor& b, const char* what, Location where) {
  require(a, How(where, nullptr, what));
  require(b, How(where, nullptr, what));
  if (a.dim() != 1 || b.dim() != 1)
    refuse(where, what, what, ": Expected 1-D argument vec1 and vec2, but got ", a.dim(), "-D and ",
           b.dim(), "-D");
}
}  // namespace

Tensor addr(In self, const Tensor& vec1, const Tensor& vec2, const Scalar& beta,
            const Scalar& alpha) {
  if (const Autocast cast(casts::addr, {self, vec1, vec2}); cast.on())
    return addr(In(cast[0], self.where), cast[1], cast[2], beta, alpha);
  Composite composite("addr", "AddrBackward0", self.where);
  require(self, How(self.where, nullptr, "addr"));
  wants_vectors(vec1, vec2, "addr", self.where);
  return sum_of(self, torch::outer(vec1, vec2), beta, alpha);
}
Tensor ger(In self, const Tensor& vec2) { return outer(self, vec2); }
Tensor addbmm(In self, const Tensor& batch1, const Tensor& batch2, const Scalar& beta,
              const Scalar& alpha) {
  if (const Autocast cast(casts::addbmm, {self, batch1, batch2}); cast.on())
    return addbmm(In(cast[0], self.where), cast[1], cast[2], beta, alpha);
  Composite composite("addbmm", "AddbmmBackward0", self.where);
  require(self, How(self.where, nullptr, "addbmm"));
  // The sum over a batch is a sum over more inner dims.
  require(batch1, How(self.where, nullptr, "addbmm"));
  require(batch2, How(self.where, nullptr, "addbmm"));
  if (batch1.dim() != 3) refuse(self.where, "addbmm", "batch1 must be a 3D tensor");
  if (batch2.dim() != 3) refuse(self.where, "addbmm", "batch2 must be a 3D tensor");
  if (batch1.size(0) != batch2.size(0))
    refuse(self.where, "addbmm", "batch1 and batch2 must have same number of batches, got ",
           batch1.size(0), " and ", batch2.size(0));
  if (batch1.size(2) != batch2.size(1))
    refuse(self.where, "addbmm", "Incompatible matrix sizes for bmm (", batch1.size(1), "x",
           batch1.size(2), " and ", batch2.size(1), "x", batch2.size(2), ")");
  const Tensor left =
      batch1.permute({1, 0, 2}).reshape({batch1.size(1), batch1.size(0) * batch1.size(2)});
  return sum_of(self, torch::mm(left, batch2.reshape({left.size(1), batch2.size(2)})), beta, alpha);
}
Tensor vdot(In self, const Tensor& other) { return dot(self, other); }
Tensor inner(In self, const Tensor& other) {
  Composite composite("inner", nullptr, self.where);
  require(self, How(self.where, nullptr, "inner"));
  require(other, How(self.where, nullptr, "inner"));
  if (self->dim() == 0 || other.dim() == 0) return self * other;
  if (self->size(-1) != other.size(-1))
    refuse(self.where, "inner",
           "inner() the last dimension must match on both input tensors but "
           "got shapes ",
           self->sizes(), " and ", other.sizes());
  return torch::tensordot(self, other, {-1}, {-1});
}
Tensor kron(In self, const Tensor& other) {
  Composite composite("kron", nullptr, self.where);
  require(self, How(self.where, nullptr, "kron"));
  require(other, How(self.where, nullptr, "kron"));
  const int64_t rank = std::max(self->dim(), other.dim());
  std::vector<int64_t> left, right, both;
  for (int64_t d = 0; d < rank; ++d) {
    const int64_t a = d - (rank - self->dim()), b = d - (rank - other.dim());
    const int64_t m = a < 0 ? 1 : self->size(a), n = b < 0 ? 1 : other.size(b);
    left.insert(left.end(), {m, 1});
    right.insert(right.end(), {1, n});
    both.push_back(m * n);
  }
  return (self->reshape(left) * other.reshape(right)).reshape(both);
}
Tensor cross(In self, const Tensor& other, optional<int64_t> dim) {
  if (const Autocast cast(casts::cross, {self, other}); cast.on())
    return cross(In(cast[0], self.where), cast[1], dim);
  Composite composite("cross", "LinalgCrossBackward0", self.where);
  require(self, How(self.where, nullptr, "cross"));
  require(other, How(self.where, nullptr, "cross"));
  int64_t d = 0;
  if (dim) {
    d = wrap_dim(*dim, self->dim(), self.where);
  } else {
    while (d < self->dim() && self->size(d) != 3) ++d;
    if (d == self->dim()) refuse(self.where, "cross", "no dimension of size 3 in input");
  }
  if (self->dim() != other.dim())
    refuse(self.where, "cross",
           "linalg.cross: inputs must have the same number of dimensions. Got ", self->dim(),
           " and ", other.dim());
  if (self->scalar_type() != other.scalar_type())
    refuse(self.where, "cross", "expected scalar type ", c10::toString(self->scalar_type()),
           " but found ", c10::toString(other.scalar_type()));
  const Tensors both = broadcast_tensors(TensorListIn({self.tensor, other}, self.where));
  const Tensor &a = both[0], &b = both[1];
  if (a.dim() == 0 || a.size(d) != 3)
    refuse(self.where, "cross", "linalg.cross: inputs dimension ", d, " must have length 3. Got ",
           a.dim() ? a.size(d) : 1, " and ", b.dim() ? b.size(d) : 1);
  const auto turned = [d](const Tensor& t, int64_t by) { return torch::roll(t, by, d); };
  return turned(a, -1) * turned(b, 1) - turned(a, 1) * turned(b, -1);
}
Tensor matrix_power(In self, int64_t n) {
  Composite composite("matrix_power", nullptr, self.where);
  require(self, How(self.where, nullptr, "matrix_power"));
  if (self->dim() < 2 || self->size(-1) != self->size(-2))
    refuse(self.where, "matrix_power",
           "linalg.matrix_power: A must be batches of square matrices, "
           "but they are ",
           self->sizes());
  if (n < 0)
    refuse<c10::NotImplementedError>(self.where, "matrix_power",
                                     "negative powers need an inverse; got ", n);
  if (n == 0) return torch::eye(self->size(-1), self->options()).expand(self->sizes()).clone();
  Tensor result, square = self;
  for (; n; n /= 2) {
    if (n & 1) result = result.defined() ? torch::matmul(result, square) : square;
    if (n > 1) square = torch::matmul(square, square);
  }
  return result.is_same(self) ? self->clone() : result;
}

Tensor tensordot(In self, const Tensor& other, IntArrayRef dims_self, IntArrayRef dims_other) {
  if (const Autocast cast(casts::tensordot, {self, other}); cast.on())
    return tensordot(In(cast[0], self.where), cast[1], dims_self, dims_other);
  Composite composite("tensordot", nullptr, self.where);
  require(self, How(self.where, nullptr, "tensordot"));
  require(other, How(self.where, nullptr, "tensordot"));
  if (dims_self.size() != dims_other.size())
    refuse(self.where, "tensordot", "both dimension lists should have same length");
  if (self->scalar_type() != other.scalar_type())
    refuse(self.where, "tensordot", "both inputs should have same dtype");
  Tensor a = self, b = other;
  std::vector<int64_t> order_a, order_b, sizes;
  std::vector<bool> summed_a(static_cast<size_t>(a.dim())), summed_b(static_cast<size_t>(b.dim()));
  int64_t inner = 1;
  std::vector<int64_t> from_a, from_b;
  for (size_t i = 0; i < dims_self.size(); ++i) {
    const int64_t x = wrap_dim(dims_self[i], a.dim(), self.where),
                  y = wrap_dim(dims_other[i], b.dim(), self.where);
    // a dim of size 1 is summed with what the other has there
    if (b.size(y) == 1) a = a.sum(IntArrayRef(x), true);
    else if (a.size(x) == 1) b = b.sum(IntArrayRef(y), true);
    else if (a.size(x) != b.size(y))
      refuse(self.where, "tensordot", "contracted dimensions need to match, but first has size ",
             a.size(x), " in dim ", x, " and second has size ", b.size(y), " in dim ", y);
    inner *= a.size(x);
    from_a.push_back(x);
    from_b.push_back(y);
    summed_a[static_cast<size_t>(x)] = summed_b[static_cast<size_t>(y)] = true;
  }
  int64_t rows = 1, columns = 1;
  for (int64_t d = 0; d < a.dim(); ++d) {
    if (summed_a[static_cast<size_t>(d)]) continue;
    order_a.push_back(d);
    sizes.push_back(a.size(d));
    rows *= a.size(d);
  }
  order_a.insert(order_a.end(), from_a.begin(), from_a.end());
  order_b = from_b;
  for (int64_t d = 0; d < b.dim(); ++d) {
    if (summed_b[static_cast<size_t>(d)]) continue;
    order_b.push_back(d);
    sizes.push_back(b.size(d));
    columns *= b.size(d);
  }
  return torch::mm(a.permute(order_a).reshape({rows, inner}),
                   b.permute(order_b).reshape({inner, columns}))
      .reshape(sizes);
}

namespace {
// The classic table: cost[i][j] of the best way to join matrices i to j, and where it is split.
struct Chain {
  std::vector<std::vector<int64_t>> split;
  explicit Chain(TensorList list) {
    const size_t n = list.size();
    std::vector<std::vector<double>> cost(n, std::vector<double>(n, 0));
    split.assign(n, std::vector<int64_t>(n, 0));
    for (size_t length = 1; length < n; ++length)
      for (size_t i = 0; i + length < n; ++i) {
        const size_t j = i + length;
        cost[i][j] = INFINITY;
        for (size_t k = i; k < j; ++k) {
          const double products = static_cast<double>(list[i].size(0)) *
                                  static_cast<double>(list[k].size(1)) *
                                  static_cast<double>(list[j].size(1));
          const double all = cost[i][k] + cost[k + 1][j] + products;
          if (all < cost[i][j]) cost[i][j] = all, split[i][j] = static_cast<int64_t>(k);
        }
      }
  }
  Tensor product(TensorList list, size_t i, size_t j) const {
    if (i == j) return list[i];
    const size_t k = static_cast<size_t>(split[i][j]);
    return torch::mm(product(list, i, k), product(list, k + 1, j));
  }
};
}  // namespace
Tensor chain_matmul(TensorListIn matrices) {
  if (const Autocast cast(casts::chain_matmul, matrices); cast.on())
    return chain_matmul(TensorListIn(cast.all(), matrices.where));
  Composite composite("chain_matmul", nullptr, matrices.where);
  if (matrices.list.empty())
    refuse(matrices.where, "chain_matmul", "chain_matmul(): Expected one or more matrices");
  for (const Tensor& t : matrices.list) {
    require(t, How(matrices.where, nullptr, "chain_matmul"));
    if (t.dim() != 2)
      refuse(matrices.where, "chain_matmul", "Tensor dimension is ", t.dim(),
             ", expected 2 instead.");
  }
  if (matrices.list.size() == 1) return matrices.list[0].clone();
  return Chain(matrices.list).product(matrices.list, 0, matrices.list.size() - 1);
}

Tensor cdist(In x1, const Tensor& x2, double p, optional<int64_t> mode) {
  if (const Autocast cast(casts::cdist, {x1, x2}); cast.on())
    return cdist(In(cast[0], x1.where), cast[1], p, mode);
  Composite composite("cdist", p == 2 ? "EuclideanDistBackward0" : "CdistBackward0", x1.where);
  require(x1, How(x1.where, nullptr, "cdist"));
  require(x2, How(x1.where, nullptr, "cdist"));
  if (x1->dim() < 2 || x2.dim() < 2)
    refuse(x1.where, "cdist", "cdist only supports at least 2D tensors, X1 got: ", x1->dim(), "D");
  if (x1->size(-1) != x2.size(-1))
    refuse(x1.where, "cdist", "X1 and X2 must have the same number of columns. X1: ", x1->size(-1),
           " X2: ", x2.size(-1));
  if (p < 0) refuse(x1.where, "cdist", "cdist only supports non-negative p values");
  if (x1->scalar_type() != kFloat && x1->scalar_type() != kDouble)
    refuse<c10::NotImplementedError>(x1.where, "cdist", "\"cdist\" not implemented for '",
                                     c10::toString(x1->scalar_type()), "'");
  if (x1->scalar_type() != x2.scalar_type())
    refuse(x1.where, "cdist", "expected scalar type ", c10::toString(x1->scalar_type()),
           " but found ", c10::toString(x2.scalar_type()));
  return torch::norm(x1->unsqueeze(-2) - x2.unsqueeze(-3), p, {-1});
}
}  // namespace torch
