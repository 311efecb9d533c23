/// What autocast makes of the operands of a function. At the beginning of one that it concerns:
///
///   if (const Autocast cast(Autocast::lower, {self, other}); cast.on())
///     return matmul(In(cast[0], self.where), cast[1]);
#pragma once
#include <initializer_list>

#include "frontend/tensor/tensor.h"
#include "ir/op/inline_vector.h"

namespace torch {

/// Off while it lives: what a function calls gets its operands as they are.
class Autocast {
 public:
  /// To the lower precision; to f32; to the widest of their types.
  enum Policy : uint8_t { lower, full, widest };
  /// For which devices the function is on libtorch's list.
  enum Devices : uint8_t { every, gpus, host };
  Autocast(Policy policy, std::initializer_list<const Tensor*> operands, Devices devices = every) {
    if (enabled_somewhere()) [[unlikely]]
      begin(policy, operands, devices);
  }
  ~Autocast() {
    if (on_) end();
  }
  Autocast(const Autocast&) = delete;
  bool on() const { return on_; }
  const Tensor& operator[](size_t i) const { return cast_[i]; }

  /// Whether a reduction to `dtype` of this tensor is to be one to f32 (libtorch's lists say which).
  static bool sums_in_float(const Tensor& t, const optional<ScalarType>& dtype, Devices devices);

 private:
  static bool enabled_somewhere();
  void begin(Policy policy, std::initializer_list<const Tensor*> operands, Devices devices);
  void end();
  bool on_ = false;
  std::vector<Tensor> cast_;
  bool before_[2] = {};
};
}  // namespace torch
