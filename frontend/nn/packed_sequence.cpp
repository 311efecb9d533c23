// Packed sequences: rows step by step, of the sequences that have that step.
#include "frontend/nn/composite.h"
#include "frontend/nn/recurrent_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace recurrent {
namespace {
std::vector<int64_t> numbers_of(const Tensor& t) {
  const Tensor values = t.to(kCPU, kLong).contiguous();
  const int64_t* data = values.const_data_ptr<int64_t>();
  return {data, data + values.numel()};
}
// Beside `data`.
Tensor vector_of(const std::vector<int64_t>& values, const Tensor& data) {
  return torch::tensor(values, TensorOptions(kLong).device(data.device()));
}
// Rows (n, ...) of x (m, ...).
Tensor rows_of(const Tensor& x, const Tensor& index, std::vector<int64_t> leading) {
  leading.insert(leading.end(), x.sizes().begin() + 1, x.sizes().end());
  return x.index_select(0, index).reshape(leading);
}
Tensor merge(const Tensor& x) {  // (T, B, ...) -> (T * B, ...)
  std::vector<int64_t> sizes(x.sizes().begin() + 1, x.sizes().end());
  sizes[0] *= x.size(0);
  return x.reshape(sizes);
}
}  // namespace

Packing::Packing(const Tensor& batch_sizes, const Tensor& data) {
  const int64_t rows = data.size(0);
  const std::vector<int64_t> sizes = numbers_of(batch_sizes);
  TORCH_CHECK(!sizes.empty(), "Cannot pack empty tensors.");
  steps = static_cast<int64_t>(sizes.size());
  batch = sizes[0];
  lengths.resize(static_cast<size_t>(std::max<int64_t>(batch, 0)));
  std::vector<int64_t> places, backs, present;
  int64_t row = 0;
  for (int64_t t = 0; t < steps; ++t) {
    const int64_t here = sizes[static_cast<size_t>(t)];
    TORCH_CHECK(here >= 1 && here <= (t ? sizes[static_cast<size_t>(t) - 1] : here),
                "batch_sizes must be positive and descending; got ", IntArrayRef(sizes));
    for (int64_t b = 0; b < batch; ++b) {
      present.push_back(b < here);
      places.push_back(b < here ? row : 0);
      if (b >= here) continue;
      ++lengths[static_cast<size_t>(b)];
      backs.push_back(t * batch + b);
      ++row;
    }
  }
  TORCH_CHECK(row == rows, "batch_sizes add up to ", row, " rows; got data with ", rows);
  mask = vector_of(present, data).to(kBool).reshape({steps, batch, 1});
  place = vector_of(places, data);
  back = vector_of(backs, data);
}
Tensor Packing::pad(const Tensor& data) const { return rows_of(data, place, {steps, batch}); }
Tensor Packing::pack(const Tensor& padded) const {
  return rows_of(merge(padded), back, {back.size(0)});
}

namespace {
void check_lengths(const Tensor& lengths, const std::vector<int64_t>& values, int64_t batch) {
  TORCH_CHECK(lengths.dim() == 1, "'lengths' argument should be a 1D CPU int64 tensor, but got ",
              lengths.dim(), "D cpu ", lengths.scalar_type(), " tensor");
  TORCH_CHECK(lengths.size(0) == batch, "Expected `len(lengths)` to be equal to batch_size, but got ",
              lengths.size(0), " (batch_size=", batch, ")");
  for (size_t i = 1; i < values.size(); ++i)
    TORCH_CHECK(values[i] <= values[i - 1],
                "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. "
                "You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence "
                "to sidestep this requirement if you do not need ONNX exportability.");
  TORCH_CHECK(values.back() > 0,
              "Length of all samples has to be greater than 0, but found an element in 'lengths' "
              "that is <= 0");
}
}  // namespace
}  // namespace recurrent

std::tuple<Tensor, Tensor> _pack_padded_sequence(In input, const Tensor& lengths,
                                                 bool batch_first) {
  nn::Composite composite("pack_padded_sequence", "PackPaddedSequenceBackward0", input.where);
  const Tensor x = batch_first ? input->transpose(0, 1) : input.tensor;
  const int64_t steps = x.size(0), batch = x.size(1);
  TORCH_CHECK(x.numel() > 0, "Cannot pack empty tensors.");
  const std::vector<int64_t> values = recurrent::numbers_of(lengths);
  recurrent::check_lengths(lengths, values, batch);
  TORCH_CHECK(values[0] <= steps, "Expected lengths of at most ", steps,
              ", the number of steps; got ", values[0]);
  std::vector<int64_t> rows, sizes;
  for (int64_t t = 0; t < values[0]; ++t) {
    int64_t b = 0;
    for (; b < batch && values[static_cast<size_t>(b)] > t; ++b) rows.push_back(t * batch + b);
    sizes.push_back(b);
  }
  const int64_t count = static_cast<int64_t>(rows.size());
  return {recurrent::rows_of(recurrent::merge(x), recurrent::vector_of(rows, x), {count}),
          torch::tensor(sizes, TensorOptions(kLong))};
}

std::tuple<Tensor, Tensor> _pad_packed_sequence(In data, const Tensor& batch_sizes,
                                                bool batch_first, const Scalar& padding_value,
                                                int64_t total_length) {
  nn::Composite composite("pad_packed_sequence", nullptr, data.where);
  const recurrent::Packing packing(batch_sizes, data);
  TORCH_CHECK(total_length <= 0 || total_length >= packing.steps,
              "Expected total_length to be at least the length of the longest sequence in input, "
              "but got total_length=",
              total_length, " and max sequence length being ", packing.steps);
  Tensor padded = packing.pad(data);
  std::vector<int64_t> fit(static_cast<size_t>(padded.dim()), 1);
  fit[0] = packing.steps, fit[1] = packing.batch;
  padded = padded.masked_fill(packing.mask.reshape(fit).logical_not(), padding_value);
  if (total_length > packing.steps) {
    std::vector<int64_t> more = padded.sizes().vec();
    more[0] = total_length - packing.steps;
    padded = torch::cat({padded, torch::full(more, padding_value, padded.options())}, 0);
  }
  return {batch_first ? padded.transpose(0, 1) : padded,
          torch::tensor(packing.lengths, TensorOptions(kLong))};
}

Tensor pad_sequence(TensorListIn sequences, bool batch_first, double padding_value,
                    std::string_view padding_side) {
  nn::Composite composite("pad_sequence", nullptr, sequences.where);
  TORCH_CHECK(!sequences.list.empty(), "received an empty list of sequences");
  TORCH_CHECK(padding_side == "left" || padding_side == "right",
              "Expected padding_side to be one of left or right, but got ", padding_side, ".");
  int64_t longest = 0;
  for (const Tensor& s : sequences.list) longest = std::max(longest, s.size(0));
  std::vector<Tensor> padded;
  for (const Tensor& s : sequences.list) {
    std::vector<int64_t> more = s.sizes().vec();
    more[0] = longest - s.size(0);
    const Tensor fill = torch::full(more, padding_value, s.options().requires_grad(false));
    if (more[0] == 0) padded.push_back(s);
    else padded.push_back(torch::cat(padding_side == "left" ? std::vector<Tensor>{fill, s}
                                                            : std::vector<Tensor>{s, fill}, 0));
  }
  return torch::stack(padded, batch_first ? 0 : 1);
}
}  // namespace torch
