/// A tensor that a function keeps for its backward.
#pragma once
#include "frontend/autograd/node.h"

namespace torch {
namespace autograd {
class SavedVariable {
 public:
  SavedVariable() = default;
  /// An output of the function that saves it is kept without its history, which it would keep alive.
  SavedVariable(const Variable& variable, bool is_output, bool is_inplace_on_view = false);
  /// The tensor; an output comes back as result of `saved_for`. An error if it was written to since.
  Variable unpack(std::shared_ptr<Node> saved_for = nullptr) const;
  void reset_data() { data_ = Tensor(); }

 private:
  Tensor data_;
  uint32_t version_ = 0, output_nr_ = 0;
  bool is_output_ = false;
};
}  // namespace autograd
}  // namespace torch
