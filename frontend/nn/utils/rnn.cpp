#include "frontend/nn/utils/rnn.h"

#include <algorithm>
#include <numeric>

#include "frontend/nn/recurrent.h"
#include "frontend/record/scope.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace utils {
namespace rnn {

Tensor invert_permutation(const Tensor& permutation, Location where) {
  record::Call call(where);
  if (!permutation.defined()) return {};
  const Tensor places = torch::arange(permutation.numel(), permutation.options().dtype(kLong));
  return torch::zeros_like(permutation).scatter(0, permutation, places);
}

PackedSequence::PackedSequence(Tensor data, Tensor batch_sizes, Tensor sorted_indices,
                               Tensor unsorted_indices, Location where)
    : data_(std::move(data)),
      batch_sizes_(std::move(batch_sizes)),
      sorted_indices_(std::move(sorted_indices)),
      unsorted_indices_(std::move(unsorted_indices)) {
  if (!unsorted_indices_.defined()) unsorted_indices_ = invert_permutation(sorted_indices_, where);
  record::Call call(where);
  TORCH_CHECK(batch_sizes_.device().is_cpu(),
              "batch_sizes should always be on CPU. Instances of PackedSequence should never be "
              "created manually. They should be instantiated by functions like pack_sequence and "
              "pack_padded_sequences in nn::utils::rnn. "
              "https://pytorch.org/docs/stable/nn.html#torch.nn.utils.rnn.pack_sequence");
}

PackedSequence PackedSequence::to(TensorOptions options, Location where) const {
  record::Call call(where);
  Tensor data = data_.to(options);
  if (data.is_same(data_)) return *this;
  const auto moved = [&](const Tensor& t) { return t.defined() ? t.to(data.device(), t.scalar_type()) : t; };
  return PackedSequence(data, batch_sizes_, moved(sorted_indices_), moved(unsorted_indices_), where);
}

namespace {
// The lengths in descending order, and where they came from; equal ones stay in their order.
std::tuple<Tensor, Tensor> sorted(const Tensor& lengths) {
  const Tensor held = lengths.contiguous();
  const int64_t* values = held.const_data_ptr<int64_t>();
  std::vector<int64_t> order(static_cast<size_t>(held.numel())), descending;
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return values[a] > values[b]; });
  for (int64_t i : order) descending.push_back(values[i]);
  return {torch::tensor(descending, TensorOptions(kLong)),
          torch::tensor(order, TensorOptions(kLong))};
}
}  // namespace

PackedSequence pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first,
                                    bool enforce_sorted, Location where) {
  record::Call call(where);
  lengths = lengths.to(kCPU, kLong);
  Tensor sorted_indices;
  if (!enforce_sorted) {
    std::tie(lengths, sorted_indices) = sorted(lengths);
    sorted_indices = sorted_indices.to(input.device());
    input = input.index_select(batch_first ? 0 : 1, sorted_indices);
  }
  auto [data, batch_sizes] = torch::_pack_padded_sequence(In(input, where), lengths, batch_first);
  return PackedSequence(data, batch_sizes, sorted_indices, {}, where);
}

std::tuple<Tensor, Tensor> pad_packed_sequence(const PackedSequence& sequence, bool batch_first,
                                               double padding_value,
                                               std::optional<int64_t> total_length,
                                               Location where) {
  record::Call call(where);
  const int64_t longest = sequence.batch_sizes().size(0), total = total_length.value_or(longest);
  TORCH_CHECK(total >= longest,
              "Expected total_length to be at least the length of the longest sequence in input, "
              "but got total_length=",
              total, " and max sequence length being ", longest);
  auto [padded, lengths] = torch::_pad_packed_sequence(
      In(sequence.data(), where), sequence.batch_sizes(), batch_first, padding_value, total);
  const Tensor& back = sequence.unsorted_indices();
  if (!back.defined()) return {padded, lengths};
  return {padded.index_select(batch_first ? 0 : 1, back), lengths.index_select(0, back.cpu())};
}

Tensor pad_sequence(ArrayRef<Tensor> sequences, bool batch_first, double padding_value,
                    std::string_view padding_side, Location where) {
  return torch::pad_sequence(TensorListIn(sequences, where), batch_first, padding_value,
                             padding_side);
}

PackedSequence pack_sequence(ArrayRef<Tensor> sequences, bool enforce_sorted, Location where) {
  record::Call call(where);
  std::vector<int64_t> lengths;
  for (const Tensor& s : sequences) lengths.push_back(s.size(0));
  return pack_padded_sequence(pad_sequence(sequences, false, 0, "right", where),
                              torch::tensor(lengths, TensorOptions(kLong)), false, enforce_sorted,
                              where);
}
}  // namespace rnn
}  // namespace utils
}  // namespace nn
}  // namespace torch
