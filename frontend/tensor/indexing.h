/// What stands between the brackets of `x.index({...})`: integers, Slice, None, Ellipsis, truth
/// values and tensors.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
namespace indexing {
enum class EllipsisIndexType { Ellipsis };
constexpr EllipsisIndexType Ellipsis = EllipsisIndexType::Ellipsis;
using c10::nullopt;
constexpr c10::nullopt_t None = c10::nullopt;

/// What an end that is not given counts as, from either side.
constexpr int64_t INDEX_MIN = -(INT64_C(1) << 62), INDEX_MAX = -(INDEX_MIN + 1);

/// `start:stop:step`; the step is positive.
class Slice {
 public:
  Slice(optional<int64_t> start = nullopt, optional<int64_t> stop = nullopt,
        optional<int64_t> step = nullopt);
  int64_t start() const { return start_; }
  int64_t stop() const { return stop_; }
  int64_t step() const { return step_; }

 private:
  int64_t start_, stop_, step_;
};
std::ostream& operator<<(std::ostream& out, const Slice& slice);

enum class TensorIndexType { None, Ellipsis, Integer, Boolean, Slice, Tensor };
class TensorIndex {
 public:
  TensorIndex(c10::nullopt_t) : type_(TensorIndexType::None) {}
  TensorIndex(EllipsisIndexType) : type_(TensorIndexType::Ellipsis) {}
  TensorIndex(const char* text);
  template <class T, class = std::enable_if_t<std::is_integral<T>::value>> TensorIndex(T value) {
    if constexpr (std::is_same<T, bool>::value) type_ = TensorIndexType::Boolean;
    else type_ = TensorIndexType::Integer;
    integer_ = static_cast<int64_t>(value);
  }
  TensorIndex(const Slice& slice) : type_(TensorIndexType::Slice), slice_(slice) {}
  TensorIndex(const torch::Tensor& tensor) : type_(TensorIndexType::Tensor), tensor_(tensor) {}

  bool is_none() const { return type_ == TensorIndexType::None; }
  bool is_ellipsis() const { return type_ == TensorIndexType::Ellipsis; }
  bool is_integer() const { return type_ == TensorIndexType::Integer; }
  bool is_boolean() const { return type_ == TensorIndexType::Boolean; }
  bool is_slice() const { return type_ == TensorIndexType::Slice; }
  bool is_tensor() const { return type_ == TensorIndexType::Tensor; }
  int64_t integer() const { return integer_; }
  bool boolean() const { return integer_ != 0; }
  const Slice& slice() const { return slice_; }
  const torch::Tensor& tensor() const { return tensor_; }
  /// A friend, so that it never competes with the one for tensors.
  friend std::ostream& operator<<(std::ostream& out, const TensorIndex& index);

 private:
  TensorIndexType type_;
  int64_t integer_ = 0;
  Slice slice_;
  torch::Tensor tensor_;
};
std::ostream& operator<<(std::ostream& out, const std::vector<TensorIndex>& indices);
}  // namespace indexing

/// By tensors alone, one a dim; an absent one takes all of its dim.
Tensor index(In self, const std::vector<optional<Tensor>>& indices);
Tensor index_put(In self, const std::vector<optional<Tensor>>& indices, const Tensor& values,
                 bool accumulate = false);
Tensor& index_put_(In self, const std::vector<optional<Tensor>>& indices, const Tensor& values,
                   bool accumulate = false);
}  // namespace torch
