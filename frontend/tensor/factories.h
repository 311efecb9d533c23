/// New tensors. Sizes are row-major; `options` says dtype (float unless said), device and
/// requires_grad.
#pragma once
#include "frontend/tensor/initializer.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace detail {
template <class F>
using IsDeleter = decltype(std::declval<const F&>()(static_cast<void*>(nullptr)));
}
/// From (nested) braced lists, a number, or a vector: float for floating numbers, long for
/// integers, bool for bools.
Tensor tensor(detail::TensorDataContainer values, const TensorOptions& options = {}, WEFT_WHERE);
/// Elements of undefined value.
Tensor empty(IntArrayRef size, const TensorOptions& options = {},
             optional<MemoryFormat> format = nullopt, WEFT_WHERE);
Tensor empty_strided(IntArrayRef size, IntArrayRef stride, const TensorOptions& options = {},
                     WEFT_WHERE);
Tensor zeros(IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE);
Tensor ones(IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE);
Tensor full(IntArrayRef size, const Scalar& value, const TensorOptions& options = {}, WEFT_WHERE);
/// A 0-dim tensor.
Tensor scalar_tensor(const Scalar& value, const TensorOptions& options = {}, WEFT_WHERE);
/// start, start + step, ... below end; long when all three are integers.
Tensor arange(const Scalar& end, const TensorOptions& options = {}, WEFT_WHERE);
Tensor arange(const Scalar& start, const Scalar& end, const TensorOptions& options = {},
              WEFT_WHERE);
Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step,
              const TensorOptions& options = {}, WEFT_WHERE);
/// `steps` evenly spaced numbers from start to end, both included.
Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps,
                const TensorOptions& options = {}, WEFT_WHERE);
/// base^start to base^end.
Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base = 10,
                const TensorOptions& options = {}, WEFT_WHERE);
/// start, start + step, ... up to end, included.
Tensor range(const Scalar& start, const Scalar& end, const Scalar& step,
             const TensorOptions& options = {}, WEFT_WHERE);
Tensor range(const Scalar& start, const Scalar& end, const TensorOptions& options = {}, WEFT_WHERE);
/// Rows and columns of the elements of a triangle, in row-major order: (2, n).
Tensor tril_indices(int64_t row, int64_t col, int64_t offset = 0,
                    const TensorOptions& options = kLong, WEFT_WHERE);
Tensor triu_indices(int64_t row, int64_t col, int64_t offset = 0,
                    const TensorOptions& options = kLong, WEFT_WHERE);
Tensor eye(int64_t n, const TensorOptions& options = {}, WEFT_WHERE);
Tensor eye(int64_t n, int64_t m, const TensorOptions& options = {}, WEFT_WHERE);

Tensor empty_like(In self, const TensorOptions& options = {},
                  optional<MemoryFormat> format = nullopt);
Tensor zeros_like(In self, const TensorOptions& options = {},
                  optional<MemoryFormat> format = nullopt);
Tensor ones_like(In self, const TensorOptions& options = {},
                 optional<MemoryFormat> format = nullopt);
Tensor full_like(In self, const Scalar& value, const TensorOptions& options = {},
                 optional<MemoryFormat> format = nullopt);
Tensor rand_like(In self, const TensorOptions& options = {},
                 optional<MemoryFormat> format = nullopt);
Tensor randn_like(In self, const TensorOptions& options = {},
                  optional<MemoryFormat> format = nullopt);
Tensor randint_like(In self, int64_t high, const TensorOptions& options = {});
Tensor randint_like(In self, int64_t low, int64_t high, const TensorOptions& options = {});

// Random: counter-based (Philox 4x32-10) from the seed of `manual_seed`, or of a generator; every
// call continues the sequence.
/// Uniform in [0, 1).
Tensor rand(IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE);
Tensor rand(IntArrayRef size, optional<Generator> generator, const TensorOptions& options = {},
            WEFT_WHERE);
/// Standard normal.
Tensor randn(IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE);
Tensor randn(IntArrayRef size, optional<Generator> generator, const TensorOptions& options = {},
             WEFT_WHERE);
/// Integers in [low, high), long unless said.
Tensor randint(int64_t high, IntArrayRef size, const TensorOptions& options = {}, WEFT_WHERE);
Tensor randint(int64_t high, IntArrayRef size, optional<Generator> generator,
               const TensorOptions& options = {}, WEFT_WHERE);
Tensor randint(int64_t low, int64_t high, IntArrayRef size, const TensorOptions& options = {},
               WEFT_WHERE);
Tensor randint(int64_t low, int64_t high, IntArrayRef size, optional<Generator> generator,
               const TensorOptions& options = {}, WEFT_WHERE);
/// The numbers 0 to n - 1 in random order.
Tensor randperm(int64_t n, const TensorOptions& options = {}, WEFT_WHERE);
Tensor randperm(int64_t n, optional<Generator> generator, const TensorOptions& options = {},
                WEFT_WHERE);
/// Normal with a mean and a standard deviation, element by element.
Tensor normal(double mean, double std, IntArrayRef size, optional<Generator> generator = nullopt,
              const TensorOptions& options = {}, WEFT_WHERE);
Tensor normal(In mean, double std = 1, optional<Generator> generator = nullopt);
Tensor normal(In mean, const Tensor& std, optional<Generator> generator = nullopt);
Tensor normal(double mean, In std, optional<Generator> generator = nullopt);
/// 1 with the probability that the element of self (or p) says, else 0.
Tensor bernoulli(In self, optional<Generator> generator = nullopt);
Tensor bernoulli(In self, double p, optional<Generator> generator = nullopt);
/// The seed of all later random numbers of this process.
void manual_seed(uint64_t seed);

/// A tensor on memory of the caller, who keeps it alive (or gives a deleter, called when the
/// tensor's memory is let go).
template <class Deleter, class = detail::IsDeleter<Deleter>>
Tensor from_blob(void* data, IntArrayRef sizes, IntArrayRef strides, const Deleter& deleter,
                 const TensorOptions& options = {}, WEFT_WHERE);
template <class Deleter, class = detail::IsDeleter<Deleter>>
Tensor from_blob(void* data, IntArrayRef sizes, const Deleter& deleter,
                 const TensorOptions& options = {}, WEFT_WHERE);
Tensor from_blob(void* data, IntArrayRef sizes, const TensorOptions& options = {}, WEFT_WHERE);
Tensor from_blob(void* data, IntArrayRef sizes, IntArrayRef strides,
                 const TensorOptions& options = {}, WEFT_WHERE);

namespace detail {
Tensor borrow_blob(void* data, IntArrayRef sizes, const IntArrayRef* strides,
                   void (*deleter)(void* data, void* closure), void* closure,
                   const TensorOptions& options, Location where);
template <class Deleter> void call_deleter(void* data, void* closure) {
  auto* deleter = static_cast<Deleter*>(closure);
  (*deleter)(data);
  delete deleter;
}
}  // namespace detail
template <class Deleter, class>
Tensor from_blob(void* data, IntArrayRef sizes, IntArrayRef strides, const Deleter& deleter,
                 const TensorOptions& options, Location where) {
  return detail::borrow_blob(data, sizes, &strides, &detail::call_deleter<Deleter>,
                             new Deleter(deleter), options, where);
}
template <class Deleter, class>
Tensor from_blob(void* data, IntArrayRef sizes, const Deleter& deleter,
                 const TensorOptions& options, Location where) {
  return detail::borrow_blob(data, sizes, nullptr, &detail::call_deleter<Deleter>,
                             new Deleter(deleter), options, where);
}
}  // namespace torch
