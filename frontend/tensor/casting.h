/// What autocast makes of the operands of a function. At the beginning of one that it concerns:
///
///   if (const Autocast cast(Autocast::lower, {self, other}); cast.on())
///     return matmul(In(cast[0], self.where), cast[1]);
///
/// No part of libtorch.
#pragma once
#include <initializer_list>

#include "frontend/tensor/tensor.h"

namespace torch {

/// Off while it lives: what a function calls gets its operands as they are.
class Autocast {
 public:
  /// To the lower precision; to f32; to the widest of their types.
  enum Policy : uint8_t { lower, full, widest };
  /// For which devices the function is on libtorch's list.
  enum Devices : uint8_t { every, gpus, host };
  struct Operand {
    Operand(const Tensor& t) : tensor(&t) {}
    Operand(const In& in) : tensor(&in.tensor), where(in.where) {}
    Operand(const optional<Tensor>& t) : tensor(t ? &*t : &none()) {}
    const Tensor* tensor;
    Location where = Location::none();
  };
  using Operands = std::initializer_list<Operand>;
  Autocast(Policy policy, Operands operands, Devices devices = every) {
    if (anywhere()) [[unlikely]]
      begin(policy, operands.begin(), operands.size(), devices);
  }
  Autocast(Policy policy, const std::vector<Tensor>& operands, Devices devices = every) {
    if (!anywhere()) [[likely]]
      return;
    const std::vector<Operand> all(operands.begin(), operands.end());
    begin(policy, all.data(), all.size(), devices);
  }
  ~Autocast() {
    if (on_) end();
  }
  Autocast(const Autocast&) = delete;
  bool on() const { return on_; }
  /// Whether a thread of the process has it on.
  static bool anywhere();
  const Tensor& operator[](size_t i) const { return cast_[i]; }
  const std::vector<Tensor>& all() const { return cast_; }

  /// Whether a reduction to `dtype` of this tensor is to be one to f32 (libtorch's lists say which).
  static bool sums_in_float(const Tensor& t, const optional<ScalarType>& dtype, Devices devices);

 private:
  static const Tensor& none();
  void begin(Policy policy, const Operand* operands, size_t count, Devices devices);
  void end();
  bool on_ = false;
  std::vector<Tensor> cast_;
  bool before_[2] = {};
};
}  // namespace torch
