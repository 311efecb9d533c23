/// Looking at values: evaluates, exposes nothing.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
namespace record {

/// The elements of a tensor, dense and row by row, as they are now.
class Values {
 public:
  /// `what` names who looks, for the ledger ("print").
  Values(const Tensor& t, const char* what, Location where);
  Values(const Values&) = delete;
  ~Values();
  const void* data() const;
  template <class T> const T* as() const { return static_cast<const T*>(data()); }

 private:
  struct Held;
  Held* held_;
};
}  // namespace record
}  // namespace torch
