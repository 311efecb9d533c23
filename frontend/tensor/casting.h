/// What autocast makes of the operands of a function. At the beginning of one that it concerns:
///
///   if (const Autocast cast(casts::matmul, {self, other}); cast.on())
///     return matmul(In(cast[0], self.where), cast[1]);
///
/// No part of libtorch.
#pragma once
#include <initializer_list>

#include "frontend/tensor/autocast_table.h"
#include "frontend/tensor/tensor.h"

namespace torch {

/// Off while it lives: what a function calls gets its operands as they are.
class Autocast {
 public:
  struct Operand {
    Operand(const Tensor& t, Location where = Location::none()) : tensor(&t), where(where) {}
    Operand(const In& in) : tensor(&in.tensor), where(in.where) {}
    Operand(const optional<Tensor>& t) : tensor(t ? &*t : &none()) {}
    const Tensor* tensor;
    Location where = Location::none();
  };
  using Operands = std::initializer_list<Operand>;
  Autocast(const CastRule& rule, Operands operands) {
    if (anywhere()) [[unlikely]]
      begin(rule, operands.begin(), operands.size());
  }
  Autocast(const CastRule& rule, const TensorListIn& operands) {
    if (!anywhere()) [[likely]]
      return;
    std::vector<Operand> all;
    for (const Tensor& t : operands.list) all.emplace_back(t, operands.where);
    begin(rule, all.data(), all.size());
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

  /// Whether a reduction of this tensor to `dtype` is to be one to f32.
  static bool sums_in_float(const CastRule& rule, const Tensor& t,
                            const optional<ScalarType>& dtype);

 private:
  static const Tensor& none();
  void begin(const CastRule& rule, const Operand* operands, size_t count);
  void end();
  bool on_ = false;
  std::vector<Tensor> cast_;
  bool before_[2] = {};
};
}  // namespace torch
