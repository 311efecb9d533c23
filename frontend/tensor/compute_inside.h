/// What the functions of this room share: operands read and brought to one dtype, results given
/// their strides, in-place results written back.
#pragma once
#include "frontend/record/record.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/tensor/functions.h"

namespace torch {
using op::Attrs;
using op::Dims;
using op::Op;
using op::Span;
using record::How;
using record::Operand;
using record::Value;

inline Span<int64_t> span(IntArrayRef a) { return {a.data(), a.size()}; }
inline IntArrayRef ref(Span<int64_t> s) { return {s.data(), s.size()}; }

/// Throws c10::Error (or E) at the user's line: `op: message`.
template <class E = c10::Error, class... Args>
[[noreturn]] void refuse(Location where, const char* op, const Args&... args) {
  throw E(c10::str(op, ": ", args...), record::located(where));
}

/// The Value of a tensor; `what` is the op that wants it.
inline Value value_of(const Tensor& t, const How& how) {
  return record::read(t, how.what, how.where);
}
/// Refuses an undefined tensor.
inline void require(const Tensor& t, const How& how) {
  if (!t.defined()) value_of(t, how);
}
/// The tensor, which has to be defined.
inline const record::TensorImpl& of(const Tensor& t, const How& how) {
  require(t, how);
  return *record::impl(t);
}
/// The device that values of that home live on.
inline Device device_at(record::Home home) {
  const runtime::DeviceId id = record::device_of(home);
  return Device(id.type, id.index);
}
/// Where values of the device live; of a kind alone, on the current one. A device that is not there is
/// refused, with what is missing.
record::Home home_for(const Device& device, const How& how);
/// Where a new tensor is to live. Of options that a program gave without a device: where WEFT_DEVICE
/// says.
record::Home home_for(const TensorOptions& options, const How& how);
/// The same value living elsewhere, with its history. `may_wait` false: the host goes on while pinned
/// memory is read.
Value across(const Value& v, record::Home to, const How& how, bool may_wait = true);
/// For what a function makes of no tensor's value but of this tensor's sizes.
inline How beside(const Tensor& t, How how) {
  if (t.defined()) how.home = record::impl(t)->storage->home;
  return how;
}
/// A number as a 0-dim run-time input of that dtype; what is too large for a float is infinite.
Value number(const Scalar& s, ScalarType dtype, Location where);
/// The same of a number that must fit, as what a tensor is filled with.
Value fitting_number(const Scalar& s, ScalarType dtype, Location where);
/// To another dtype; the same Value where it has that.
Value cast(const Value& v, ScalarType dtype, const How& how);
/// What was computed in f32 for f16 or bf16 (op::computed_in), rounded to `dtype`: the last op of a
/// composite, under the composite's label.
Value narrowed(const Value& v, ScalarType dtype, const How& how);
/// Of a copy: a node of its own where gradients go through it.
Value own_history(const Value& v, const How& how);
/// A write that does not look at what was there before.
inline How overwriting(How how) {
  how.overwrites = true;
  return how;
}
/// An in-place op on `self`.
inline How writing(const Tensor& self, Location where, const char* label, const char* what) {
  How how(where, label, what);
  if (self.defined()) how.written = record::impl(self);
  return how;
}
/// A tensor's Value in that dtype, as an operand that remembers its tensor.
struct Input {
  Value value;
  const record::TensorImpl* source = nullptr;
  operator Operand() const { return Operand(value, source); }
};
Input input(const Tensor& t, ScalarType dtype, const How& how);
Input input(const Tensor& t, const How& how);

/// PyTorch's promotion: tensors with dims decide first, then 0-dim ones, then numbers, each
/// category only when it is higher.
class Promotion {
 public:
  Promotion& add(const Tensor& t);
  Promotion& add(const Scalar& s);
  ScalarType result() const;

 private:
  ScalarType dims_ = ScalarType::Undefined, zero_ = ScalarType::Undefined,
             number_ = ScalarType::Undefined;
};
/// The default float for what is no float.
ScalarType to_float(ScalarType dtype);

/// A result of an elementwise op on these tensors, with the strides that TensorIterator would give
/// it.
Tensor elementwise_result(Value v, std::initializer_list<const Tensor*> operands);
/// Same strides as `like` where that is dense, else row-major.
Tensor result_like(Value v, const Tensor& like);
/// An in-place elementwise op: `v` is of the computed dtype and shape, which must fit `self`.
Tensor& write_back(const Tensor& self, const Value& v, const How& how);

/// Values that no other of the type is below or above.
Scalar lowest_of(ScalarType dtype);
Scalar largest_of(ScalarType dtype);
/// scatter, by the op that says what becomes of what was there.
Tensor scattered_by(Op op, const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
                    const How& how);

/// Refuses an operand that shares some of the memory that is written to, but not all of it in the
/// same places.
void check_overlap(const Tensor& written, const Tensor& operand, const How& how);

/// Refuses sizes that do not broadcast, in libtorch's words.
[[noreturn]] void refuse_sizes(Span<int64_t> a, Span<int64_t> b, const How& how);

/// Refuses sizes whose product has no 64-bit number: a view may have them without memory for them.
void check_numel(Span<int64_t> sizes, ScalarType dtype, const How& how);
[[noreturn]] void refuse_dim(int64_t dim, int64_t rank, Location where);
/// A dim counted from the end made one counted from the front; an IndexError in libtorch's words.
inline int64_t wrap_dim(int64_t dim, int64_t rank, Location where) {
  if (rank == 0) rank = 1;
  const int64_t wrapped = dim < 0 ? dim + rank : dim;
  if (wrapped < 0 || wrapped >= rank) refuse_dim(dim, rank, where);
  return wrapped;
}
/// For functions that take a number for nothing with dims.
inline void wants_dims(const Tensor& t, int64_t dim, const How& how) {
  if (t.dim() == 0)
    refuse<c10::IndexError>(how.where, how.what, "Dimension specified as ", dim,
                            " but tensor has no dimensions");
}
inline Tensor& self_of(const Tensor& t) { return const_cast<Tensor&>(t); }
}  // namespace torch
