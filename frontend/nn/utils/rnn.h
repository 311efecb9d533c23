/// Batches of sequences of different lengths.
#pragma once
#include <optional>
#include <string_view>
#include <tuple>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace nn {
namespace utils {
namespace rnn {

Tensor invert_permutation(const Tensor& permutation, Location where = Location::current());

/// Sequences, longest first, put together step by step: `abc` and `x` are `axbc`, with batch_sizes 2,
/// 1, 1. Made by pack_padded_sequence and pack_sequence; sorted_indices say which sequence came from
/// where, unsorted_indices lead back.
class PackedSequence {
 public:
  explicit PackedSequence(Tensor data, Tensor batch_sizes, Tensor sorted_indices = {},
                          Tensor unsorted_indices = {}, Location where = Location::current());
  const Tensor& data() const { return data_; }
  const Tensor& batch_sizes() const { return batch_sizes_; }
  const Tensor& sorted_indices() const { return sorted_indices_; }
  const Tensor& unsorted_indices() const { return unsorted_indices_; }
  /// The data with another dtype or on another device.
  PackedSequence to(TensorOptions options, Location where = Location::current()) const;
  PackedSequence cuda(Location where = Location::current()) const { return to(kCUDA, where); }
  PackedSequence cpu(Location where = Location::current()) const { return to(kCPU, where); }
  bool is_cuda() const { return data_.is_cuda(); }

 private:
  Tensor data_, batch_sizes_, sorted_indices_, unsorted_indices_;
};

/// input (T, B, ...), or (B, T, ...) if batch_first, whose sequences have these lengths;
/// `enforce_sorted`: in descending order already.
PackedSequence pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first = false,
                                    bool enforce_sorted = true,
                                    Location where = Location::current());
/// The way back: sequences filled up to the longest, or to `total_length`; and their lengths.
std::tuple<Tensor, Tensor> pad_packed_sequence(const PackedSequence& sequence,
                                               bool batch_first = false, double padding_value = 0.0,
                                               std::optional<int64_t> total_length = std::nullopt,
                                               Location where = Location::current());
/// Tensors (L, ...) side by side, filled up to the longest: (T, B, ...), or (B, T, ...) if
/// batch_first.
Tensor pad_sequence(ArrayRef<Tensor> sequences, bool batch_first = false, double padding_value = 0,
                    std::string_view padding_side = "right", Location where = Location::current());
PackedSequence pack_sequence(ArrayRef<Tensor> sequences, bool enforce_sorted = true,
                             Location where = Location::current());
}  // namespace rnn
}  // namespace utils
}  // namespace nn
}  // namespace torch
