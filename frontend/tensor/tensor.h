/// Tensor and its members: each records an op. Trailing underscore: the op writes into this tensor
/// (and through it, when it is a view). Names, argument order and defaults are libtorch's; what a
/// function does is said at its free form (functions.h).
#pragma once
#include <functional>
#include <tuple>

#include "frontend/tensor/arguments.h"
#include "frontend/tensor/lists.h"
#include "frontend/tensor/table.h"

namespace torch {
namespace indexing {
class TensorIndex;
}
using Indices = ArrayRef<indexing::TensorIndex>;

#define WEFT_WHERE Location where = Location::current()

class Tensor : public TensorBase {
 public:
  using TensorBase::TensorBase;
  Tensor() = default;
  Tensor(const Tensor&) = default;
  Tensor(Tensor&&) noexcept = default;
  explicit Tensor(const TensorBase& base) : TensorBase(base) {}
  Tensor& operator=(const Tensor&) & = default;
  Tensor& operator=(Tensor&&) & noexcept = default;
  /// `x[i] = y`: writes into the view.
  Tensor& operator=(In value) &&;
  Tensor& operator=(ScalarIn value) &&;

  // Operators in place; binary ones are in operators.h
  Tensor& operator+=(In other) const;
  Tensor& operator-=(In other) const;
  Tensor& operator*=(In other) const;
  Tensor& operator/=(In other) const;
  Tensor& operator&=(In other) const;
  Tensor& operator|=(In other) const;
  Tensor& operator^=(In other) const;
  Tensor& operator+=(ScalarIn other) const;
  Tensor& operator-=(ScalarIn other) const;
  Tensor& operator*=(ScalarIn other) const;
  Tensor& operator/=(ScalarIn other) const;

  // By the rows of table.h
  WEFT_TABLE(WEFT_MEMBER_ROW)
  WEFT_IN_PLACE_TABLE(WEFT_IN_PLACE_ROW)
  WEFT_NAMES_TABLE(WEFT_MEMBER_NAME)

  // Elementwise
#define WEFT_MEMBERS(f)              \
  Tensor f(WEFT_WHERE) const;        \
  Tensor& f##_(WEFT_WHERE) const;
  WEFT_UNARY_OPS(WEFT_MEMBERS)
  WEFT_UNARY_COMPOSITES(WEFT_MEMBERS)
#undef WEFT_MEMBERS
#define WEFT_MEMBERS(f) Tensor f(WEFT_WHERE) const;
  WEFT_PREDICATES(WEFT_MEMBERS)
#undef WEFT_MEMBERS
#define WEFT_MEMBERS(f)                                  \
  Tensor f(const Tensor& other, WEFT_WHERE) const;       \
  Tensor f(const Scalar& other, WEFT_WHERE) const;       \
  Tensor& f##_(const Tensor& other, WEFT_WHERE) const;   \
  Tensor& f##_(const Scalar& other, WEFT_WHERE) const;
  WEFT_COMPARISONS(WEFT_MEMBERS)
  WEFT_BINARY_OPS(WEFT_MEMBERS)
  Tensor __lshift__(const Tensor& other, Location where = Location::current()) const;
  Tensor __lshift__(const Scalar& other, Location where = Location::current()) const;
  Tensor __rshift__(const Tensor& other, Location where = Location::current()) const;
  Tensor __rshift__(const Scalar& other, Location where = Location::current()) const;
#undef WEFT_MEMBERS
#define WEFT_MEMBERS(f)                                  \
  Tensor f(const Tensor& other, WEFT_WHERE) const;       \
  Tensor& f##_(const Tensor& other, WEFT_WHERE) const;
  WEFT_LOGICAL_OPS(WEFT_MEMBERS)
#undef WEFT_MEMBERS
  Tensor add(const Tensor& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor add(const Scalar& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor& add_(const Tensor& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor& add_(const Scalar& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor sub(const Tensor& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor sub(const Scalar& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor& sub_(const Tensor& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor& sub_(const Scalar& other, const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor div(const Tensor& other, WEFT_WHERE) const;
  Tensor div(const Scalar& other, WEFT_WHERE) const;
  Tensor div(const Tensor& other, optional<std::string> rounding_mode, WEFT_WHERE) const;
  Tensor div(const Scalar& other, optional<std::string> rounding_mode, WEFT_WHERE) const;
  Tensor& div_(const Tensor& other, WEFT_WHERE) const;
  Tensor& div_(const Scalar& other, WEFT_WHERE) const;
  Tensor& div_(const Tensor& other, optional<std::string> rounding_mode, WEFT_WHERE) const;
  Tensor& div_(const Scalar& other, optional<std::string> rounding_mode, WEFT_WHERE) const;
  Tensor pow(const Tensor& exponent, WEFT_WHERE) const;
  Tensor pow(const Scalar& exponent, WEFT_WHERE) const;
  Tensor& pow_(const Tensor& exponent, WEFT_WHERE) const;
  Tensor& pow_(const Scalar& exponent, WEFT_WHERE) const;
  Tensor atan2(const Tensor& other, WEFT_WHERE) const;
  Tensor& atan2_(const Tensor& other, WEFT_WHERE) const;
  Tensor maximum(const Tensor& other, WEFT_WHERE) const;
  Tensor minimum(const Tensor& other, WEFT_WHERE) const;
  Tensor clamp(const optional<Scalar>& min, const optional<Scalar>& max = nullopt,
               WEFT_WHERE) const;
  Tensor clamp(const optional<Tensor>& min = {}, const optional<Tensor>& max = {},
               WEFT_WHERE) const;
  Tensor& clamp_(const optional<Scalar>& min, const optional<Scalar>& max = nullopt,
                 WEFT_WHERE) const;
  Tensor& clamp_(const optional<Tensor>& min = {}, const optional<Tensor>& max = {},
                 WEFT_WHERE) const;
  Tensor clamp_min(const Scalar& min, WEFT_WHERE) const;
  Tensor clamp_max(const Scalar& max, WEFT_WHERE) const;
  Tensor& clamp_min_(const Scalar& min, WEFT_WHERE) const;
  Tensor& clamp_max_(const Scalar& max, WEFT_WHERE) const;
  Tensor lerp(const Tensor& end, const Scalar& weight, WEFT_WHERE) const;
  Tensor lerp(const Tensor& end, const Tensor& weight, WEFT_WHERE) const;
  Tensor& lerp_(const Tensor& end, const Scalar& weight, WEFT_WHERE) const;
  Tensor& lerp_(const Tensor& end, const Tensor& weight, WEFT_WHERE) const;
  Tensor addcmul(const Tensor& a, const Tensor& b, const Scalar& value = 1, WEFT_WHERE) const;
  Tensor addcdiv(const Tensor& a, const Tensor& b, const Scalar& value = 1, WEFT_WHERE) const;
  Tensor& addcmul_(const Tensor& a, const Tensor& b, const Scalar& value = 1, WEFT_WHERE) const;
  Tensor& addcdiv_(const Tensor& a, const Tensor& b, const Scalar& value = 1, WEFT_WHERE) const;
  Tensor where(const Tensor& condition, const Tensor& other,
               Location at = Location::current()) const;
  Tensor where(const Tensor& condition, const Scalar& other,
               Location at = Location::current()) const;
  Tensor masked_fill(const Tensor& mask, const Scalar& value, WEFT_WHERE) const;
  Tensor masked_fill(const Tensor& mask, const Tensor& value, WEFT_WHERE) const;
  Tensor& masked_fill_(const Tensor& mask, const Scalar& value, WEFT_WHERE) const;
  Tensor& masked_fill_(const Tensor& mask, const Tensor& value, WEFT_WHERE) const;

  // Reductions
  Tensor sum(optional<ScalarType> dtype = nullopt, WEFT_WHERE) const;
  Tensor sum(OptionalIntArrayRef dim, bool keepdim = false, optional<ScalarType> dtype = nullopt,
             WEFT_WHERE) const;
  Tensor mean(optional<ScalarType> dtype = nullopt, WEFT_WHERE) const;
  Tensor mean(OptionalIntArrayRef dim, bool keepdim = false, optional<ScalarType> dtype = nullopt,
              WEFT_WHERE) const;
  Tensor prod(optional<ScalarType> dtype = nullopt, WEFT_WHERE) const;
  Tensor prod(int64_t dim, bool keepdim = false, optional<ScalarType> dtype = nullopt,
              WEFT_WHERE) const;
  Tensor max(WEFT_WHERE) const;
  Tensor max(const Tensor& other, WEFT_WHERE) const;
  std::tuple<Tensor, Tensor> max(int64_t dim, bool keepdim = false, WEFT_WHERE) const;
  Tensor min(WEFT_WHERE) const;
  Tensor min(const Tensor& other, WEFT_WHERE) const;
  std::tuple<Tensor, Tensor> min(int64_t dim, bool keepdim = false, WEFT_WHERE) const;
  Tensor amax(IntArrayRef dim = {}, bool keepdim = false, WEFT_WHERE) const;
  Tensor amin(IntArrayRef dim = {}, bool keepdim = false, WEFT_WHERE) const;
  Tensor argmax(optional<int64_t> dim = nullopt, bool keepdim = false, WEFT_WHERE) const;
  Tensor argmin(optional<int64_t> dim = nullopt, bool keepdim = false, WEFT_WHERE) const;
  Tensor any(WEFT_WHERE) const;
  Tensor any(int64_t dim, bool keepdim = false, WEFT_WHERE) const;
  Tensor all(WEFT_WHERE) const;
  Tensor all(int64_t dim, bool keepdim = false, WEFT_WHERE) const;
  Tensor var(int dim, WEFT_WHERE) const {
    return var(OptionalIntArrayRef(dim), optional<Scalar>(), false, where);
  }
  Tensor var(bool unbiased, WEFT_WHERE) const;
  Tensor var(OptionalIntArrayRef dim, bool unbiased, bool keepdim = false, WEFT_WHERE) const;
  Tensor var(OptionalIntArrayRef dim = nullopt, const optional<Scalar>& correction = nullopt,
             bool keepdim = false, WEFT_WHERE) const;
  Tensor std(int dim, WEFT_WHERE) const {
    return this->std(OptionalIntArrayRef(dim), optional<Scalar>(), false, where);
  }
  Tensor std(bool unbiased, WEFT_WHERE) const;
  Tensor std(OptionalIntArrayRef dim, bool unbiased, bool keepdim = false, WEFT_WHERE) const;
  Tensor std(OptionalIntArrayRef dim = nullopt, const optional<Scalar>& correction = nullopt,
             bool keepdim = false, WEFT_WHERE) const;
  Tensor norm(const Scalar& p = 2, WEFT_WHERE) const;
  Tensor norm(const optional<Scalar>& p, IntArrayRef dim, bool keepdim = false, WEFT_WHERE) const;
  Tensor logsumexp(IntArrayRef dim, bool keepdim = false, WEFT_WHERE) const;
  Tensor count_nonzero(optional<int64_t> dim = nullopt, WEFT_WHERE) const;
  Tensor softmax(int64_t dim, optional<ScalarType> dtype = nullopt, WEFT_WHERE) const;
  Tensor log_softmax(int64_t dim, optional<ScalarType> dtype = nullopt, WEFT_WHERE) const;
  Tensor prelu(const Tensor& weight, WEFT_WHERE) const;
  Tensor hardshrink(const Scalar& lambd = 0.5, WEFT_WHERE) const;
  bool equal(const Tensor& other, WEFT_WHERE) const;
  /// The one element is not zero. Evaluates.
  bool is_nonzero(WEFT_WHERE) const;
  bool is_same_size(const Tensor& other) const { return sizes() == other.sizes(); }
  /// The same memory, offset, sizes and strides.
  bool is_set_to(const Tensor& other) const;
  bool is_alias_of(const Tensor& other) const;
  bool allclose(const Tensor& other, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false,
                WEFT_WHERE) const;
  Tensor isclose(const Tensor& other, double rtol = 1e-5, double atol = 1e-8,
                 bool equal_nan = false, WEFT_WHERE) const;

  // Products
  Tensor matmul(const Tensor& other, WEFT_WHERE) const;
  Tensor mm(const Tensor& other, WEFT_WHERE) const;
  Tensor bmm(const Tensor& other, WEFT_WHERE) const;
  Tensor mv(const Tensor& vec, WEFT_WHERE) const;
  Tensor dot(const Tensor& other, WEFT_WHERE) const;
  Tensor outer(const Tensor& vec2, WEFT_WHERE) const;

  // Views: the result shares this tensor's memory
  Tensor view(IntArrayRef size, WEFT_WHERE) const;
  /// The same bits as elements of another type.
  Tensor view(ScalarType dtype, WEFT_WHERE) const;
  Tensor view_as(const Tensor& other, WEFT_WHERE) const;
  Tensor reshape(IntArrayRef shape, WEFT_WHERE) const;
  Tensor reshape_as(const Tensor& other, WEFT_WHERE) const;
  Tensor permute(IntArrayRef dims, WEFT_WHERE) const;
  Tensor transpose(int64_t dim0, int64_t dim1, WEFT_WHERE) const;
  Tensor swapaxes(int64_t dim0, int64_t dim1, WEFT_WHERE) const;
  Tensor movedim(int64_t source, int64_t destination, WEFT_WHERE) const;
  Tensor t(WEFT_WHERE) const;
  Tensor mT(WEFT_WHERE) const;
  Tensor mH(WEFT_WHERE) const { return mT(where); }
  Tensor numpy_T(WEFT_WHERE) const;
  Tensor flatten(int64_t start_dim = 0, int64_t end_dim = -1, WEFT_WHERE) const;
  Tensor unflatten(int64_t dim, IntArrayRef sizes, WEFT_WHERE) const;
  Tensor ravel(WEFT_WHERE) const;
  Tensor squeeze(WEFT_WHERE) const;
  Tensor squeeze(int64_t dim, WEFT_WHERE) const;
  Tensor squeeze(IntArrayRef dim, WEFT_WHERE) const;
  Tensor unsqueeze(int64_t dim, WEFT_WHERE) const;
  Tensor expand(IntArrayRef size, bool implicit = false, WEFT_WHERE) const;
  Tensor expand_as(const Tensor& other, WEFT_WHERE) const;
  Tensor narrow(int64_t dim, int64_t start, int64_t length, WEFT_WHERE) const;
  Tensor slice(int64_t dim = 0, optional<int64_t> start = nullopt, optional<int64_t> end = nullopt,
               int64_t step = 1, WEFT_WHERE) const;
  Tensor select(int64_t dim, int64_t index, WEFT_WHERE) const;
  Tensor diagonal(int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1, WEFT_WHERE) const;
  Tensor as_strided(IntArrayRef size, IntArrayRef stride,
                    optional<int64_t> storage_offset = nullopt, WEFT_WHERE) const;
  Tensor unfold(int64_t dimension, int64_t size, int64_t step, WEFT_WHERE) const;
  std::vector<Tensor> unbind(int64_t dim = 0, WEFT_WHERE) const;
  std::vector<Tensor> split(int64_t split_size, int64_t dim = 0, WEFT_WHERE) const;
  std::vector<Tensor> split(IntArrayRef split_size, int64_t dim = 0, WEFT_WHERE) const;
  std::vector<Tensor> split_with_sizes(IntArrayRef split_sizes, int64_t dim = 0, WEFT_WHERE) const;
  std::vector<Tensor> chunk(int64_t chunks, int64_t dim = 0, WEFT_WHERE) const;
  Tensor alias(WEFT_WHERE) const;

  // Indexing
  Tensor operator[](IndexIn index) const;
  Tensor operator[](In index) const;
  Tensor index(Indices indices, WEFT_WHERE) const;
  Tensor index(std::initializer_list<indexing::TensorIndex> indices, WEFT_WHERE) const;
  Tensor index_put(Indices indices, const Tensor& value, bool accumulate = false,
                   WEFT_WHERE) const;
  Tensor& index_put_(Indices indices, const Tensor& value, bool accumulate, WEFT_WHERE);
  Tensor& index_put_(Indices indices, const Tensor& value, WEFT_WHERE);
  Tensor& index_put_(Indices indices, const Scalar& value, WEFT_WHERE);
  Tensor& index_put_(std::initializer_list<indexing::TensorIndex> indices, const Tensor& value,
                     WEFT_WHERE);
  Tensor& index_put_(std::initializer_list<indexing::TensorIndex> indices, const Scalar& value,
                     WEFT_WHERE);
  Tensor index_select(int64_t dim, const Tensor& index, WEFT_WHERE) const;
  Tensor index_add(int64_t dim, const Tensor& index, const Tensor& source, const Scalar& alpha = 1,
                   WEFT_WHERE) const;
  Tensor& index_add_(int64_t dim, const Tensor& index, const Tensor& source,
                     const Scalar& alpha = 1, WEFT_WHERE) const;
  Tensor gather(int64_t dim, const Tensor& index, bool sparse_grad = false, WEFT_WHERE) const;
  Tensor scatter(int64_t dim, const Tensor& index, const Tensor& src, WEFT_WHERE) const;
  Tensor scatter(int64_t dim, const Tensor& index, const Scalar& value, WEFT_WHERE) const;
  Tensor& scatter_(int64_t dim, const Tensor& index, const Tensor& src, WEFT_WHERE) const;
  Tensor& scatter_(int64_t dim, const Tensor& index, const Scalar& value, WEFT_WHERE) const;
  Tensor scatter_add(int64_t dim, const Tensor& index, const Tensor& src, WEFT_WHERE) const;
  Tensor& scatter_add_(int64_t dim, const Tensor& index, const Tensor& src, WEFT_WHERE) const;
  Tensor take(const Tensor& index, WEFT_WHERE) const;
  Tensor masked_select(const Tensor& mask, WEFT_WHERE) const;
  Tensor nonzero(WEFT_WHERE) const;
  Tensor flip(IntArrayRef dims, WEFT_WHERE) const;
  Tensor roll(IntArrayRef shifts, IntArrayRef dims = {}, WEFT_WHERE) const;
  Tensor repeat(IntArrayRef repeats, WEFT_WHERE) const;
  Tensor tile(IntArrayRef dims, WEFT_WHERE) const;

  // Copies and conversions
  Tensor clone(optional<MemoryFormat> memory_format = nullopt, WEFT_WHERE) const;
  Tensor contiguous(MemoryFormat memory_format = MemoryFormat::Contiguous, WEFT_WHERE) const;
  Tensor to(const TensorOptions& options, bool non_blocking = false, bool copy = false,
            optional<MemoryFormat> memory_format = nullopt, WEFT_WHERE) const;
  Tensor to(ScalarType dtype, bool non_blocking = false, bool copy = false,
            optional<MemoryFormat> memory_format = nullopt, WEFT_WHERE) const;
  Tensor to(Device device, ScalarType dtype, bool non_blocking = false, bool copy = false,
            optional<MemoryFormat> memory_format = nullopt, WEFT_WHERE) const;
  Tensor to(Device device, caffe2::TypeMeta dtype, bool non_blocking = false, bool copy = false,
            optional<MemoryFormat> memory_format = nullopt, WEFT_WHERE) const {
    return to(device, dtype.toScalarType(), non_blocking, copy, memory_format, where);
  }
  Tensor to(const Tensor& other, bool non_blocking = false, bool copy = false,
            optional<MemoryFormat> memory_format = nullopt, WEFT_WHERE) const;
  Tensor to(optional<ScalarType> dtype, optional<Layout> layout, optional<Device> device,
            optional<bool> pin_memory, bool non_blocking, bool copy,
            optional<MemoryFormat> memory_format, WEFT_WHERE) const;
  Tensor toType(ScalarType type, WEFT_WHERE) const {
    return to(type, false, false, nullopt, where);
  }
  Tensor type_as(const Tensor& other, WEFT_WHERE) const {
    return to(other.scalar_type(), false, false, nullopt, where);
  }
  Tensor cpu(WEFT_WHERE) const { return to(TensorOptions(kCPU), false, false, nullopt, where); }
  /// On a GPU: the current one unless said.
  Tensor cuda(WEFT_WHERE) const { return to(TensorOptions(kCUDA), false, false, nullopt, where); }
  Tensor cuda(c10::DeviceIndex index, WEFT_WHERE) const {
    return to(TensorOptions(kCUDA, index), false, false, nullopt, where);
  }
  /// In pinned memory of the host.
  Tensor pin_memory(optional<Device> device = nullopt, WEFT_WHERE) const;
  Tensor& copy_(const Tensor& src, bool non_blocking = false, WEFT_WHERE) const;
  Tensor& fill_(const Scalar& value, WEFT_WHERE) const;
  Tensor& fill_(const Tensor& value, WEFT_WHERE) const;
  Tensor& zero_(WEFT_WHERE) const;
  Tensor& fill_diagonal_(const Scalar& fill_value, bool wrap = false, WEFT_WHERE) const;

  // Another look at the same memory, from now on
  Tensor& set_(const Tensor& source, WEFT_WHERE) const;
  void set_data(const Tensor& new_data, WEFT_WHERE) const;
  Tensor& squeeze_(WEFT_WHERE) const;
  Tensor& squeeze_(int64_t dim, WEFT_WHERE) const;
  Tensor& squeeze_(IntArrayRef dim, WEFT_WHERE) const;
  Tensor& unsqueeze_(int64_t dim, WEFT_WHERE) const;
  Tensor& t_(WEFT_WHERE) const;
  Tensor& transpose_(int64_t dim0, int64_t dim1, WEFT_WHERE) const;
  Tensor& swapaxes_(int64_t dim0, int64_t dim1, WEFT_WHERE) const;
  Tensor& swapdims_(int64_t dim0, int64_t dim1, WEFT_WHERE) const;
  const Tensor& as_strided_(IntArrayRef size, IntArrayRef stride,
                            optional<int64_t> storage_offset = nullopt, WEFT_WHERE) const;
  /// Of these sizes, row-major; what was there stays, in memory's order, and the rest is undefined.
  const Tensor& resize_(IntArrayRef size, optional<MemoryFormat> format = nullopt,
                        WEFT_WHERE) const;
  const Tensor& resize_as_(const Tensor& other, optional<MemoryFormat> format = nullopt,
                           WEFT_WHERE) const;

  // New ones, of this dtype unless said
  Tensor new_empty(IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE) const;
  Tensor new_zeros(IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE) const;
  Tensor new_ones(IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE) const;
  Tensor new_full(IntArrayRef size, const Scalar& value, const TensorOptions& options = {},
                  WEFT_WHERE) const;
  Tensor new_empty_strided(IntArrayRef size, IntArrayRef stride, const TensorOptions& options = {},
                           WEFT_WHERE) const;

  // Random numbers in place
#define WEFT_GENERATOR optional<Generator> generator = nullopt, WEFT_WHERE
  Tensor& uniform_(double from = 0, double to = 1, WEFT_GENERATOR) const;
  Tensor& normal_(double mean = 0, double std = 1, WEFT_GENERATOR) const;
  Tensor& log_normal_(double mean = 1, double std = 2, WEFT_GENERATOR) const;
  Tensor& cauchy_(double median = 0, double sigma = 1, WEFT_GENERATOR) const;
  Tensor& exponential_(double lambd = 1, WEFT_GENERATOR) const;
  Tensor& geometric_(double p, WEFT_GENERATOR) const;
  Tensor& bernoulli_(double p = 0.5, WEFT_GENERATOR) const;
  Tensor& bernoulli_(const Tensor& p, WEFT_GENERATOR) const;
  Tensor bernoulli(WEFT_GENERATOR) const;
  Tensor bernoulli(double p, WEFT_GENERATOR) const;
  Tensor& random_(int64_t from, optional<int64_t> to, WEFT_GENERATOR) const;
  Tensor& random_(int64_t to, WEFT_GENERATOR) const;
  Tensor& random_(WEFT_GENERATOR) const;
#undef WEFT_GENERATOR

  // Autograd
  const Tensor& requires_grad_(bool requires_grad = true, WEFT_WHERE) const;
  const Tensor& set_requires_grad(bool requires_grad, WEFT_WHERE) const {
    return requires_grad_(requires_grad, where);
  }
  /// Records the gradient of this tensor with respect to the leaves (or `inputs`) and adds it to
  /// their `grad()`.
  void backward(const Tensor& gradient = {}, optional<bool> retain_graph = nullopt,
                bool create_graph = false, optional<TensorList> inputs = nullopt, WEFT_WHERE) const;
  const Tensor& grad() const;
  Tensor& mutable_grad() const;
  void retain_grad(WEFT_WHERE) const;
  /// Calls `hook(gradient)` when the gradient of this tensor is known, before it goes on; if the hook
  /// returns a tensor, that goes on instead. Returns the hook's number, for remove_hook.
  template <class T> unsigned register_hook(T&& hook, WEFT_WHERE) const {
    if constexpr (std::is_void<std::invoke_result_t<T&, Tensor>>::value) {
      return _register_hook(
          [fn = std::forward<T>(hook)](const Tensor& gradient) mutable {
            fn(gradient);
            return Tensor();
          },
          where);
    } else {
      return _register_hook(
          [fn = std::forward<T>(hook)](const Tensor& gradient) mutable {
            return Tensor(fn(gradient));
          },
          where);
    }
  }
  void remove_hook(unsigned pos, WEFT_WHERE) const;
  Tensor detach(WEFT_WHERE) const;
  Tensor& detach_(WEFT_WHERE) const;
  /// The same values and memory, out of autograd and with a version counter of its own.
  Tensor data() const;
  Tensor variable_data() const { return data(); }
  Tensor tensor_data() const { return data(); }
  /// The tensor that this one is a view of.
  Tensor _base() const;

 private:
  unsigned _register_hook(std::function<Tensor(const Tensor&)> hook, Location where) const;
};

inline TensorListIn::TensorListIn(const std::vector<Tensor>& list, Location where)
    : list(list), where(where) {}
inline TensorListIn::TensorListIn(const std::initializer_list<Tensor>& list, Location where)
    : list(list.begin(), list.size()), where(where) {}
}  // namespace torch
