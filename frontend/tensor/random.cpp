// Random numbers: Philox 4x32-10 by (seed, offset), both run-time inputs. Every draw of n elements
// moves the offset of its sequence by n.
#include <cmath>
#include <limits>
#include <random>

#include "frontend/autograd/grad_mode.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/random_inside.h"
#include "frontend/tensor/requirement_inside.h"

namespace torch {
namespace {

using Source = optional<Generator>;

Value drawn(Op op, const Dims& sizes, ScalarType dtype, const Source& g, const How& how) {
  const RandomState state = draw(op::Type(dtype, sizes).numel(), g, how);
  const Value seed = record::immediate(static_cast<int64_t>(state.seed)),
              offset = record::immediate(static_cast<int64_t>(state.offset));
  return record::record(op, {seed, offset}, op::attrs::random_uniform::pack(sizes, dtype), how);
}

Value op2(Op op, const Value& a, const Value& b, const How& how) {
  return record::record(op, {a, b}, {}, how);
}

// Uniform in [0, 1), of numbers that `dtype` holds (in f32 for f16 and bf16: their steps at 1).
Value unit(const Dims& sizes, ScalarType dtype, const Source& g, const How& how) {
  const ScalarType in = op::computed_in(dtype);
  const Value u = drawn(Op::random_uniform, sizes, in, g, how);
  if (in == dtype) return u;
  const double steps = dtype == kHalf ? 0x1p11 : 0x1p8;
  const Value step = op2(Op::mul, u, number(steps, in, how.where), how);
  return op2(Op::mul, record::record(Op::floor, {step}, {}, how), number(1 / steps, in, how.where),
             how);
}

// As the next two, of the type that `dtype` is computed in.
Value uniform(const Dims& sizes, ScalarType dtype, double from, double to, const Source& g,
              const How& how) {
  const Value u = unit(sizes, dtype, g, how);
  dtype = op::computed_in(dtype);
  return op2(Op::add, op2(Op::mul, u, number(to - from, dtype, how.where), how),
             number(from, dtype, how.where), how);
}
Value normal_values(const Dims& sizes, ScalarType dtype, double mean, double std, const Source& g,
                    const How& how) {
  dtype = op::computed_in(dtype);
  const Value z = drawn(Op::random_normal, sizes, dtype, g, how);
  return op2(Op::add, op2(Op::mul, z, number(std, dtype, how.where), how),
             number(mean, dtype, how.where), how);
}
// In [low, high): 63 random bits, reduced.
Value integers(const Dims& sizes, int64_t low, int64_t high, const Source& g, const How& how) {
  const Value bits = drawn(Op::random_bits, sizes, kLong, g, how);
  const Value given = record::immediate(
      static_cast<int64_t>(static_cast<uint64_t>(high) - static_cast<uint64_t>(low)));
  // It is not 0; so that the program knows, and looks no further:
  const auto literal = [&](int64_t n) {
    return record::record(Op::constant, {}, op::attrs::constant::pack({kLong, n}, {}), how);
  };
  const Value none = op2(Op::eq, given, literal(0), how);
  const Value range = record::record(Op::select, {none, literal(1), given}, {}, how);
  return op2(Op::add, op2(Op::fmod, bits, range, how), record::immediate(low), how);
}

Dims checked(IntArrayRef size, ScalarType dtype, const How& how) {
  int64_t n;
  for (int64_t s : size)
    if (s < 0)
      refuse(how.where, how.what, "Trying to create tensor with negative dimension ", s, ": ",
             size);
  if (!op::checked_numel(span(size), op::dtype_bytes(dtype), n))
    refuse(how.where, how.what, "Storage size calculation overflowed with sizes=", size);
  return Dims(span(size));
}
Tensor made(const Value& v, const TensorOptions& o, const How& how) {
  Tensor t = record::make_tensor(across(v, how.home, how));
  if (o.pinned_memory()) t = t.pin_memory(nullopt, how.where);
  if (o.requires_grad()) t.requires_grad_(true, how.where);
  return t;
}
Value deviations(const Tensor& std, const How& how) {
  const Range positive{0, INFINITY, op::Requirement::deviation, /*closed=*/true};
  return within(value_of(std, how), positive, how);
}
// The chances of a Bernoulli distribution.
Value chances(const Tensor& p, const How& how) {
  const Range unit{0, 1, op::Requirement::chance, /*closed=*/true};
  return cast(within(value_of(p, how), unit, how), op::computed_in(p.scalar_type()), how);
}
// Of a new tensor on the device of the options.
How on_device(const TensorOptions& o, Location where, const char* what) {
  How how(where, nullptr, what);
  how.home = home_for(o, how);
  return how;
}
ScalarType float_type(const TensorOptions& o, const How& how) {
  const ScalarType type = o.dtype().toScalarType();
  if (!isFloatingType(type) || !op::find_dtype(type))
    refuse(how.where, how.what, "\"", how.what, "\" not implemented for '", c10::toString(type),
           "'");
  return type;
}
// [low, high) is not empty, and its integers are some of `type`'s.
void check_range(int64_t low, int64_t high, ScalarType type, const How& how) {
  if (low >= high)
    refuse(how.where, how.what, "random_ expects 'from' to be less than 'to', but got from=", low,
           " >= to=", high);
  if (!isIntegralType(type, true)) return;
  op::visit_computed(type, [&](auto zero) {
    using L = std::numeric_limits<decltype(zero)>;
    const auto within = [](int64_t v) {
      return v >= static_cast<int64_t>(L::lowest()) && v <= static_cast<int64_t>(L::max());
    };
    if (!within(low))
      refuse(how.where, how.what, "from is out of bounds for ", caffe2::TypeMeta(type).name());
    if (!within(high - 1))
      refuse(how.where, how.what, "to - 1 is out of bounds for ", caffe2::TypeMeta(type).name());
  });
}
Tensor& filled(const Tensor& self, const Value& v, const How& how) {
  record::check_writable(self, how.what, how.where);
  record::write(self, cast(v, self.scalar_type(), how), overwriting(how));
  return self_of(self);
}
const Dims& sizes_of(const Tensor& t, const How& how) {
  require(t, how);
  return record::impl(t)->sizes;
}
// A float type to draw in; values are cast from it.
ScalarType draw_type(const Tensor& t) {
  return isFloatingType(t.scalar_type()) ? t.scalar_type() : kFloat;
}
void wants_floats(const Tensor& t, const How& how) {
  sizes_of(t, how);
  if (!isFloatingType(t.scalar_type()))
    refuse(how.where, how.what, "\"", how.what, "\" not implemented for '",
           c10::toString(t.scalar_type()), "'");
}
}  // namespace

Tensor rand(IntArrayRef size, Source g, const TensorOptions& o, Location where) {
  const How how = on_device(o, where, "rand");
  const ScalarType type = float_type(o, how);
  return made(narrowed(unit(checked(size, type, how), type, g, how), type, how), o, how);
}
Tensor randn(IntArrayRef size, Source g, const TensorOptions& o, Location where) {
  const How how = on_device(o, where, "randn");
  const ScalarType type = float_type(o, how);
  const Value z = drawn(Op::random_normal, checked(size, type, how), op::computed_in(type), g, how);
  return made(narrowed(z, type, how), o, how);
}
Tensor rand(IntArrayRef size, const TensorOptions& o, Location where) {
  return rand(size, Source(), o, where);
}
Tensor randn(IntArrayRef size, const TensorOptions& o, Location where) {
  return randn(size, Source(), o, where);
}

Tensor randint(int64_t low, int64_t high, IntArrayRef size, Source g, const TensorOptions& o,
               Location where) {
  const How how = on_device(o, where, "randint");
  const ScalarType type = o.has_dtype() ? o.dtype().toScalarType() : kLong;
  check_range(low, high, type, how);
  return made(cast(integers(checked(size, kLong, how), low, high, g, how), type, how), o, how);
}
Tensor randint(int64_t low, int64_t high, IntArrayRef size, const TensorOptions& o,
               Location where) {
  return randint(low, high, size, Source(), o, where);
}
Tensor randint(int64_t high, IntArrayRef size, Source g, const TensorOptions& o, Location where) {
  return randint(0, high, size, g, o, where);
}
Tensor randint(int64_t high, IntArrayRef size, const TensorOptions& o, Location where) {
  return randint(0, high, size, Source(), o, where);
}

// Shuffled on the host: a permutation is control, not arithmetic.
Tensor randperm(int64_t n, Source g, const TensorOptions& o, Location where) {
  const How how = on_device(o, where, "randperm");
  if (n < 0) refuse(where, "randperm", "n must be non-negative, got ", n);
  const RandomState state = draw(n, g, how);
  std::seed_seq seeds{static_cast<uint32_t>(state.seed), static_cast<uint32_t>(state.seed >> 32),
                      static_cast<uint32_t>(state.offset),
                      static_cast<uint32_t>(state.offset >> 32)};
  std::mt19937_64 bits(seeds);
  const op::Type type(kLong, Dims{n});
  runtime::BufferRef buffer = record::new_memory(type, where);
  int64_t* p = static_cast<int64_t*>(buffer->data());
  for (int64_t i = 0; i < n; ++i) p[i] = i;
  for (int64_t i = n - 1; i > 0; --i)
    std::swap(p[i], p[static_cast<int64_t>(bits() % static_cast<uint64_t>(i + 1))]);
  return made(cast(record::data(type, std::move(buffer)),
                   o.has_dtype() ? o.dtype().toScalarType() : kLong, how),
              o, how);
}
Tensor randperm(int64_t n, const TensorOptions& o, Location where) {
  return randperm(n, Source(), o, where);
}

namespace {
void check_std(double std, const How& how) {
  if (std < 0)
    refuse(how.where, how.what, "normal expects std >= 0.0, but found std ", std);
}
}  // namespace
Tensor normal(double mean, double std, IntArrayRef size, Source g, const TensorOptions& o,
              Location where) {
  const How how = on_device(o, where, "normal");
  check_std(std, how);
  const ScalarType type = float_type(o, how);
  const Value z = normal_values(checked(size, type, how), type, mean, std, g, how);
  return made(cast(z, type, how), o, how);
}
Tensor normal(In mean, double std, Source g) {
  const How how = beside(mean, How(mean.where, nullptr, "normal"));
  check_std(std, how);
  wants_floats(mean, how);
  NoGradGuard no_grad;
  const ScalarType type = mean->scalar_type();
  const Value z = normal_values(sizes_of(mean, how), type, 0, std, g, how);
  const Value m = cast(value_of(mean, how), op::computed_in(type), how);
  return record::make_tensor(cast(op2(Op::add, z, m, how), type, how));
}
Tensor normal(In mean, const Tensor& std, Source g) {
  const How how = beside(mean, How(mean.where, nullptr, "normal"));
  wants_floats(mean, how);
  wants_floats(std, how);
  NoGradGuard no_grad;
  Dims sizes;
  if (!op::broadcast(sizes_of(mean, how), sizes_of(std, how), sizes))
    refuse(how.where, how.what, "The size of tensor a ", mean->sizes(),
           " must match the size of tensor b ", std.sizes());
  const ScalarType type = mean->scalar_type();
  const ScalarType in = op::computed_in(type);
  const Value z = drawn(Op::random_normal, sizes, in, g, how);
  const Value spread = op2(Op::mul, z, cast(deviations(std, how), in, how), how);
  const Value sum = op2(Op::add, spread, cast(value_of(mean, how), in, how), how);
  return record::make_tensor(cast(sum, type, how));
}
Tensor normal(double mean, In std, Source g) {
  const How how = beside(std, How(std.where, nullptr, "normal"));
  wants_floats(std, how);
  NoGradGuard no_grad;
  const ScalarType type = std->scalar_type();
  const ScalarType in = op::computed_in(type);
  const Value z = drawn(Op::random_normal, sizes_of(std, how), in, g, how);
  const Value spread = op2(Op::mul, z, cast(deviations(std, how), in, how), how);
  return record::make_tensor(
      cast(op2(Op::add, spread, number(mean, in, how.where), how), type, how));
}
Tensor bernoulli(In self, Source g) {
  const How how = beside(self, How(self.where, nullptr, "bernoulli"));
  wants_floats(self, how);
  NoGradGuard no_grad;
  const ScalarType type = self->scalar_type(), in = op::computed_in(type);
  const Value u = drawn(Op::random_uniform, sizes_of(self, how), in, g, how);
  const Value p = chances(self, how);
  return record::make_tensor(cast(op2(Op::lt, u, p, how), type, how));
}
Tensor bernoulli(In self, double p, Source g) {
  require(self, How(self.where, nullptr, "bernoulli"));
  return torch::empty_like(self).bernoulli_(p, g, self.where);
}
Tensor Tensor::bernoulli(Source g, Location where) const {
  return torch::bernoulli(In(*this, where), g);
}
Tensor Tensor::bernoulli(double p, Source g, Location where) const {
  return torch::bernoulli(In(*this, where), p, g);
}

Tensor& Tensor::uniform_(double from, double to, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "uniform_"));
  wants_floats(*this, how);
  if (from > to)
    refuse(where, "uniform_",
           "uniform_ expects to return a [from, to) range, but found from=", from, " > to=", to);
  return filled(*this, uniform(sizes_of(*this, how), draw_type(*this), from, to, g, how), how);
}
Tensor& Tensor::normal_(double mean, double std, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "normal_"));
  wants_floats(*this, how);
  check_std(std, how);
  return filled(*this, normal_values(sizes_of(*this, how), draw_type(*this), mean, std, g, how),
                how);
}
Tensor& Tensor::log_normal_(double mean, double std, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "log_normal_"));
  wants_floats(*this, how);
  if (std <= 0)
    refuse(where, "log_normal_", "log_normal_ expects std > 0.0, but found std=", std);
  const Value z = normal_values(sizes_of(*this, how), draw_type(*this), mean, std, g, how);
  return filled(*this, record::record(Op::exp, {z}, {}, how), how);
}
Tensor& Tensor::bernoulli_(double p, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "bernoulli_"));
  const Dims& sizes = sizes_of(*this, how);
  if (!(p >= 0 && p <= 1))
    refuse(where, "bernoulli_", "bernoulli_ expects p to be in [0, 1], but got p=", p);
  const Value u = drawn(Op::random_uniform, sizes, kDouble, g, how);
  return filled(*this, op2(Op::lt, u, number(p, kDouble, where), how), how);
}
Tensor& Tensor::bernoulli_(const Tensor& p, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "bernoulli_"));
  const Dims& sizes = sizes_of(*this, how);
  wants_floats(p, how);
  NoGradGuard no_grad;
  const ScalarType in = op::computed_in(p.scalar_type());
  const Value u = drawn(Op::random_uniform, sizes, in, g, how);
  return write_back(*this, cast(op2(Op::lt, u, chances(p, how), how), scalar_type(), how), how);
}
Tensor& Tensor::random_(int64_t from, optional<int64_t> to, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "random_"));
  const Dims& sizes = sizes_of(*this, how);
  int64_t high = to.value_or(INT64_MAX);
  if (!to && scalar_type() != kLong && isIntegralType(scalar_type(), true))
    op::visit_computed(scalar_type(), [&](auto zero) {
      high = static_cast<int64_t>(std::numeric_limits<decltype(zero)>::max()) + 1;
    });
  check_range(from, high, scalar_type(), how);
  return filled(*this, integers(sizes, from, high, g, how), how);
}
Tensor& Tensor::random_(int64_t to, Source g, Location where) const {
  return random_(0, to, g, where);
}
Tensor& Tensor::random_(Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "random_"));
  sizes_of(*this, how);
  // All integers that the type holds exactly, from 0.
  int64_t most = INT64_MAX;
  switch (scalar_type()) {
    case kFloat: most = (int64_t(1) << 24) + 1; break;
    case kDouble: most = (int64_t(1) << 53) + 1; break;
    case kHalf: most = (int64_t(1) << 11) + 1; break;
    case kBFloat16: most = (int64_t(1) << 8) + 1; break;
    case kInt: most = int64_t(1) << 31; break;
    case kShort: most = int64_t(1) << 15; break;
    case kChar: most = 128; break;
    case kByte: most = 256; break;
    case kBool: most = 2; break;
    default: break;
  }
  return random_(0, most, g, where);
}

// By the inverse of the distribution function; 1 - u is never 0, and what would be 0 is half a step
// of u: nobody expects a waiting time of 0 to divide by.
namespace {
Value minus_log_of_rest(const Tensor& t, const Source& g, const How& how) {
  const ScalarType type = op::computed_in(draw_type(t));
  const double least = t.scalar_type() == kDouble ? 0x1p-54
                       : t.scalar_type() == kHalf ? 0x1p-24
                                                  : 0x1p-25;
  const Value u = drawn(Op::random_uniform, sizes_of(t, how), type, g, how);
  const Value log = record::record(Op::log1p, {record::record(Op::neg, {u}, {}, how)}, {}, how);
  return op2(Op::maximum, record::record(Op::neg, {log}, {}, how), number(least, type, how.where),
             how);
}
}  // namespace
Tensor& Tensor::exponential_(double lambd, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "exponential_"));
  wants_floats(*this, how);
  if (lambd < 0)
    refuse(where, "exponential_", "exponential_ expects lambda >= 0.0, but found lambda=", lambd);
  const Value v = minus_log_of_rest(*this, g, how);
  return filled(*this, op2(Op::div, v, number(lambd, v.type().dtype, where), how), how);
}
Tensor& Tensor::geometric_(double p, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "geometric_"));
  sizes_of(*this, how);
  if (!(p > 0 && p < 1))
    refuse(where, "geometric_", "geometric_ expects p to be in (0, 1), but got p=", p);
  const Value v = minus_log_of_rest(*this, g, how);
  const Value trials =
      op2(Op::div, v, number(-std::log1p(-p), v.type().dtype, where), how);
  const Value whole = record::record(Op::ceil, {trials}, {}, how);
  const Value least = op2(Op::maximum, whole, number(1, v.type().dtype, where), how);
  return filled(*this, least, how);
}
Tensor& Tensor::cauchy_(double median, double sigma, Source g, Location where) const {
  const How how = beside(*this, How(where, nullptr, "cauchy_"));
  wants_floats(*this, how);
  if (sigma <= 0) refuse(where, "cauchy_", "cauchy_ expects sigma > 0.0, but found sigma=", sigma);
  const ScalarType type = op::computed_in(draw_type(*this));
  const double pi = 3.14159265358979323846;
  const Value u = uniform(sizes_of(*this, how), type, -pi / 2, pi / 2, g, how);
  const Value t = record::record(Op::tan, {u}, {}, how);
  return filled(*this,
                op2(Op::add, op2(Op::mul, t, number(sigma, type, where), how),
                    number(median, type, where), how),
                how);
}
}  // namespace torch
