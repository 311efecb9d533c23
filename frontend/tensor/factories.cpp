// New tensors from numbers.
#include "frontend/tensor/factories.h"

#include <cmath>
#include <cstring>

#include "frontend/record/exposed.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/namespaces.h"

namespace torch {
namespace detail {
TensorDataContainer::TensorDataContainer(std::initializer_list<TensorDataContainer> list) {
  sizes_.push_back(static_cast<int64_t>(list.size()));
  const TensorDataContainer* first = list.begin();
  for (const TensorDataContainer& i : list) {
    if (!i.mistake_.empty())
      mistake_ = i.mistake_;
    else if (i.sizes_ != first->sizes_ || i.is_scalar() != first->is_scalar())
      mistake_ = c10::str("Expected all sub-lists to have sizes: ", c10::Join(" ", first->sizes_),
                          " (e.g. ", *first, "), but got sub-list ", i,
                          " with sizes: ", c10::Join(" ", i.sizes_));
    else if (i.dtype_ != first->dtype_ && i.numel() != 0 && first->numel() != 0)
      mistake_ = c10::str("Expected all elements of the tensor to have the same scalar type: ",
                          first->dtype_, ", but got element of scalar type: ", i.dtype_);
    if (!mistake_.empty()) return;
    if (i.is_scalar()) elements_.push_back(i.scalar_);
    else elements_.insert(elements_.end(), i.elements_.begin(), i.elements_.end());
  }
  if (list.size()) {
    sizes_.insert(sizes_.end(), first->sizes_.begin(), first->sizes_.end());
    dtype_ = first->dtype_;
  }
}

const c10::Scalar& TensorDataContainer::scalar() const {
  TORCH_CHECK(is_scalar(),
              "Can only call `scalar()` on a TensorDataContainer that has `is_scalar() == true`");
  return scalar_;
}
c10::ArrayRef<c10::Scalar> TensorDataContainer::init_list() const {
  TORCH_CHECK(
      is_init_list(),
      "Can only call `init_list()` on a TensorDataContainer that has `is_init_list() == true`");
  return elements_;
}
Tensor TensorDataContainer::tensor() const {
  TORCH_CHECK(is_tensor(),
              "Can only call `tensor()` on a TensorDataContainer that has `is_tensor() == true`");
  return at::tensor(*this);
}

namespace {
// Element `at` and what follows it, as braces of the dims from `dim` on.
void show(std::ostream& out, const TensorDataContainer& values, size_t dim, size_t& at) {
  if (dim == values.sizes().size()) {
    out << values[at++];
    return;
  }
  out << "{";
  for (int64_t i = 0; i < values.sizes()[dim]; ++i) {
    if (i) out << ", ";
    show(out, values, dim + 1, at);
  }
  out << "}";
}
}  // namespace
std::ostream& operator<<(std::ostream& out, const TensorDataContainer& values) {
  size_t at = 0;
  show(out, values, 0, at);
  return out;
}
}  // namespace detail

namespace {

// What the options come to; checks what this build has not.
struct Made {
  ScalarType dtype;
  How how;
  bool requires_grad, pinned;

  Made(const TensorOptions& o, Location where, const char* what,
       optional<ScalarType> otherwise = nullopt)
      : dtype(o.has_dtype() || !otherwise ? o.dtype().toScalarType() : *otherwise),
        how(where, nullptr, what),
        requires_grad(o.requires_grad()),
        pinned(o.pinned_memory()) {
    how.home = home_for(o, how);
    if (o.layout() != kStrided) refuse(where, what, "only the strided layout is available");
    if (!op::find_dtype(dtype))
      refuse(where, what, "dtype ", c10::toString(dtype), " is not available in this build");
  }
  Tensor tensor(const Value& v) const {
    Tensor t = record::make_tensor(across(v, how.home, how));
    if (pinned) t = t.pin_memory(nullopt, how.where);
    if (requires_grad) t.requires_grad_(true, how.where);
    return t;
  }
  // Sizes that a tensor can have.
  Dims sizes(IntArrayRef size) const {
    for (int64_t s : size)
      if (s < 0)
        refuse(how.where, how.what, "Trying to create tensor with negative dimension ", s, ": ",
               size);
    int64_t n;
    if (!op::checked_numel(span(size), op::dtype_bytes(dtype), n))
      refuse(how.where, how.what, "Storage size calculation overflowed with sizes=", size);
    return Dims(span(size));
  }
  Value constant(IntArrayRef size, bool one) const {
    op::Literal literal = op::Literal::of(dtype, one ? 1 : 0);
    return record::record(Op::constant, {}, op::attrs::constant::pack(literal, sizes(size)), how);
  }
  Value full(IntArrayRef size, const Scalar& value) const {
    return record::record(Op::expand, {fitting_number(value, dtype, how.where)},
                          op::attrs::expand::pack(sizes(size)), how);
  }
  Value iota(IntArrayRef size, int64_t dim, ScalarType type) const {
    return record::record(Op::iota, {}, op::attrs::iota::pack(sizes(size), dim, type), how);
  }
};

ScalarType type_of(const Scalar& s) {
  return s.isBoolean() ? kBool : s.isFloatingPoint() ? get_default_dtype_as_scalartype() : kLong;
}

// Copies numbers into a memory of the dtype asked for.
Tensor from_initializer(const detail::TensorDataContainer& values, ScalarType otherwise,
                        const TensorOptions& o, Location where) {
  if (!values.mistake().empty()) throw c10::Error(values.mistake(), record::located(where));
  const Made made(o, where, "tensor", otherwise);
  const op::Type type(made.dtype, Dims(values.sizes()));
  runtime::BufferRef buffer = record::new_memory(type, where);
  op::visit_dtype(made.dtype, [&](auto zero) {
    using T = decltype(zero);
    T* to = static_cast<T*>(buffer->data());
    for (size_t i = 0; i < values.numel(); ++i) to[i] = values[i].to<T>(where);
  });
  return made.tensor(record::data(type, std::move(buffer)));
}
}  // namespace

Tensor tensor(detail::TensorDataContainer values, const TensorOptions& o, Location where) {
  ScalarType type =
      values.dtype() == ScalarType::Undefined ? get_default_dtype_as_scalartype() : values.dtype();
  if (type == kFloat || type == kDouble) type = get_default_dtype_as_scalartype();
  if (type == kInt) type = kLong;
  return from_initializer(values, type, o, where);
}

Tensor empty(IntArrayRef size, const TensorOptions& o, optional<MemoryFormat>, Location where) {
  // Nobody may rely on what is in it: zeros are as good, and recorded they cost nothing.
  const Made made(o, where, "empty");
  return made.tensor(made.constant(size, false));
}
Tensor empty_strided(IntArrayRef size, IntArrayRef stride, const TensorOptions& o, Location where) {
  const Made made(o, where, "empty_strided");
  const Dims sizes = made.sizes(size), strides(span(stride));
  if (sizes.size() != strides.size())
    refuse(where, "empty_strided", "dimensionality of sizes (", sizes.size(),
           ") must match dimensionality of strides (", strides.size(), ")");
  if (record::is_row_major(sizes, strides)) return empty(size, o, nullopt, where);
  if (record::is_dense(sizes, strides)) {
    Tensor t =
        record::make_tensor(made.constant(size, false), record::memory_order(sizes, strides));
    if (made.requires_grad) t.requires_grad_(true, where);
    return t;
  }
  int64_t extent = 1;
  for (size_t i = 0; i < sizes.size(); ++i) extent += (sizes[i] - 1) * strides[i];
  Tensor t =
      as_strided(In(record::make_tensor(made.constant(extent, false)), where), size, stride, 0);
  if (made.requires_grad) t.requires_grad_(true, where);
  return t;
}
Tensor zeros(IntArrayRef size, const TensorOptions& o, Location where) {
  const Made made(o, where, "zeros");
  return made.tensor(made.constant(size, false));
}
Tensor ones(IntArrayRef size, const TensorOptions& o, Location where) {
  const Made made(o, where, "ones");
  return made.tensor(made.constant(size, true));
}
Tensor full(IntArrayRef size, const Scalar& value, const TensorOptions& o, Location where) {
  const Made made(o, where, "full", type_of(value));
  return made.tensor(made.full(size, value));
}
Tensor scalar_tensor(const Scalar& value, const TensorOptions& o, Location where) {
  const Made made(o, where, "scalar_tensor");
  return made.tensor(fitting_number(value, made.dtype, where));
}

Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step, const TensorOptions& o,
              Location where) {
  const bool floats = start.isFloatingPoint() || end.isFloatingPoint() || step.isFloatingPoint();
  const Made made(o, where, "arange", floats ? get_default_dtype_as_scalartype() : kLong);
  if (step.toDouble() == 0) refuse(where, "arange", "step must be nonzero");
  if (!std::isfinite(start.toDouble()) || !std::isfinite(end.toDouble()))
    refuse(where, "arange", "unsupported range: ", start.toDouble(), " -> ", end.toDouble());
  if ((step.toDouble() > 0) != (end.toDouble() >= start.toDouble()) &&
      end.toDouble() != start.toDouble())
    refuse(where, "arange", "upper bound and lower bound inconsistent with step sign");
  int64_t n;
  if (floats || isFloatingType(made.dtype)) {
    const double count = std::ceil((end.toDouble() - start.toDouble()) / step.toDouble());
    if (!(count < 9223372036854775808.0))
      refuse(where, "arange", "invalid size, possible overflow?");
    n = static_cast<int64_t>(count);
  } else {
    const int64_t by = step.toLong(), sign = by > 0 ? 1 : -1;
    n = (end.toLong() - start.toLong() + by - sign) / by;
  }
  // Counted in the type that holds start and step exactly, as torch: start + i * step, once
  // rounded.
  const ScalarType counts = isFloatingType(made.dtype) ? kDouble : kLong;
  Value v = made.iota(n, 0, counts);
  v = record::record(Op::mul, {v, number(step, counts, where)}, {}, made.how);
  v = record::record(Op::add, {v, number(start, counts, where)}, {}, made.how);
  return made.tensor(cast(v, made.dtype, made.how));
}
Tensor arange(const Scalar& start, const Scalar& end, const TensorOptions& o, Location where) {
  return arange(start, end, 1, o, where);
}
Tensor arange(const Scalar& end, const TensorOptions& o, Location where) {
  return arange(0, end, 1, o, where);
}

Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps, const TensorOptions& o,
                Location where) {
  const Made made(o, where, "linspace");
  if (steps < 0) refuse(where, "linspace", "number of steps must be non-negative");
  const double a = start.toDouble(), b = end.toDouble();
  if (steps <= 1) return made.tensor(made.full(steps, start));
  // From both ends, so that both are exact.
  const double step = (b - a) / static_cast<double>(steps - 1);
  const Value i = made.iota(steps, 0, kDouble);
  auto op2 = [&](Op op, const Operand& x, const Operand& y) {
    return record::record(op, {x, y}, {}, made.how);
  };
  const Value by = number(step, kDouble, where),
              last = number(static_cast<double>(steps - 1), kDouble, where);
  const Value up = op2(Op::add, number(a, kDouble, where), op2(Op::mul, i, by));
  const Value down =
      op2(Op::sub, number(b, kDouble, where), op2(Op::mul, op2(Op::sub, last, i), by));
  const Value first = op2(Op::lt, i, number(static_cast<double>(steps / 2), kDouble, where));
  Value v = record::record(Op::select, {first, up, down}, {}, made.how);
  return made.tensor(cast(v, made.dtype, made.how));
}
Tensor eye(int64_t n, int64_t m, const TensorOptions& o, Location where) {
  const Made made(o, where, "eye");
  if (n < 0) refuse(where, "eye", "n must be greater or equal to 0, got ", n);
  if (m < 0) refuse(where, "eye", "m must be greater or equal to 0, got ", m);
  const int64_t sizes[] = {n, m};
  const Value rows = made.iota(sizes, 0, kLong), columns = made.iota(sizes, 1, kLong);
  return made.tensor(
      cast(record::record(Op::eq, {rows, columns}, {}, made.how), made.dtype, made.how));
}
Tensor eye(int64_t n, const TensorOptions& o, Location where) { return eye(n, n, o, where); }

namespace {
TensorOptions like(In self, const TensorOptions& o, const char* what) {
  require(self, How(self.where, nullptr, what));
  return self->options().merge_in(o);
}
// Strides are kept as the default memory format says.
Tensor with_layout(Tensor t, In self, optional<MemoryFormat> format, bool requires_grad) {
  if (!(format && *format == MemoryFormat::Contiguous) && !self->is_contiguous())
    t = result_like(value_of(t, How(self.where, nullptr, "like")), self);
  if (requires_grad) t.requires_grad_(true, self.where);
  return t;
}
}  // namespace
Tensor zeros_like(In self, const TensorOptions& o, optional<MemoryFormat> format) {
  const TensorOptions options = like(self, o, "zeros_like").requires_grad(false);
  return with_layout(zeros(self->sizes(), options, self.where), self, format, o.requires_grad());
}
Tensor empty_like(In self, const TensorOptions& o, optional<MemoryFormat> format) {
  const TensorOptions options = like(self, o, "empty_like").requires_grad(false);
  return with_layout(empty(self->sizes(), options, nullopt, self.where), self, format,
                     o.requires_grad());
}
Tensor ones_like(In self, const TensorOptions& o, optional<MemoryFormat> format) {
  const TensorOptions options = like(self, o, "ones_like").requires_grad(false);
  return with_layout(ones(self->sizes(), options, self.where), self, format, o.requires_grad());
}
Tensor full_like(In self, const Scalar& value, const TensorOptions& o,
                 optional<MemoryFormat> format) {
  const TensorOptions options = like(self, o, "full_like").requires_grad(false);
  return with_layout(full(self->sizes(), value, options, self.where), self, format,
                     o.requires_grad());
}
Tensor rand_like(In self, const TensorOptions& o, optional<MemoryFormat> format) {
  const TensorOptions options = like(self, o, "rand_like").requires_grad(false);
  return with_layout(rand(self->sizes(), options, self.where), self, format, o.requires_grad());
}
Tensor randn_like(In self, const TensorOptions& o, optional<MemoryFormat> format) {
  const TensorOptions options = like(self, o, "randn_like").requires_grad(false);
  return with_layout(randn(self->sizes(), options, self.where), self, format, o.requires_grad());
}
Tensor randint_like(In self, int64_t low, int64_t high, const TensorOptions& o) {
  return randint(low, high, self->sizes(), like(self, o, "randint_like"), self.where);
}
Tensor randint_like(In self, int64_t high, const TensorOptions& o) {
  return randint_like(self, 0, high, o);
}

Tensor Tensor::new_empty(IntArrayRef size, const TensorOptions& o, Location where) const {
  return torch::empty(size, options().merge_in(o), nullopt, where);
}
Tensor Tensor::new_zeros(IntArrayRef size, const TensorOptions& o, Location where) const {
  return torch::zeros(size, options().merge_in(o), where);
}
Tensor Tensor::new_ones(IntArrayRef size, const TensorOptions& o, Location where) const {
  return torch::ones(size, options().merge_in(o), where);
}
Tensor Tensor::new_full(IntArrayRef size, const Scalar& value, const TensorOptions& o,
                        Location where) const {
  return torch::full(size, value, options().merge_in(o), where);
}

Tensor Tensor::new_empty_strided(IntArrayRef size, IntArrayRef stride, const TensorOptions& o,
                                 Location where) const {
  return torch::empty_strided(size, stride, options().merge_in(o), where);
}

Tensor detail::borrow_blob(void* data, IntArrayRef size, const IntArrayRef* strides,
                           void (*deleter)(void*, void*), void* closure, const TensorOptions& o,
                           Location where) {
  struct Owner {
    void* data;
    void (*deleter)(void*, void*);
    void* closure;
  };
  auto* owner = new Owner{data, deleter, closure};
  auto let_go = [](void* argument) {
    auto* o = static_cast<Owner*>(argument);
    if (o->deleter) o->deleter(o->data, o->closure);
    delete o;
  };
  const Made made(o.device(o.device()), where, "from_blob");
  const op::Type type(made.dtype, made.sizes(size));
  const Dims layout = strides ? Dims(span(*strides)) : op::row_major_strides(type.dims);
  if (layout.size() != type.dims.size())
    refuse(where, "from_blob", "mismatch in length of strides and shape");
  size_t extent = type.numel() ? 1 : 0;
  for (size_t i = 0; i < layout.size() && extent; ++i)
    extent += static_cast<size_t>((type.dims[i] - 1) * layout[i]);
  runtime::BufferRef memory =
      runtime::borrow(data, extent * op::dtype_bytes(made.dtype), let_go, owner,
                      record::device_of(made.how.home));
  Tensor t = record::expose_foreign(type, layout, std::move(memory), where);
  if (made.requires_grad) t.requires_grad_(true, where);
  return t;
}
Tensor from_blob(void* data, IntArrayRef sizes, const TensorOptions& o, Location where) {
  return detail::borrow_blob(data, sizes, nullptr, nullptr, nullptr, o, where);
}
Tensor from_blob(void* data, IntArrayRef sizes, IntArrayRef strides, const TensorOptions& o,
                 Location where) {
  return detail::borrow_blob(data, sizes, &strides, nullptr, nullptr, o, where);
}
}  // namespace torch

namespace at {
Tensor tensor(torch::detail::TensorDataContainer values, const TensorOptions& o, Location where) {
  const ScalarType own =
      values.dtype() == ScalarType::Undefined ? get_default_dtype_as_scalartype() : values.dtype();
  // a number is a vector of one, as in libtorch
  const bool one = values.is_scalar();
  Tensor t = torch::tensor(std::move(values), o.has_dtype() ? o : o.dtype(own), where);
  return one ? t.reshape(1, where) : t;
}
}  // namespace at
