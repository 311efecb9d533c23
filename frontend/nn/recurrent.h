/// Recurrent layers as torch:: functions. A layer's time loop is one op (frontend/record/scan.h);
/// what it reads of the input is one product over all steps, before the loop.
///
/// `params` holds for each layer, and in it for each direction: w_ih (gates * hidden, input), w_hh
/// (gates * hidden, hidden), then with biases b_ih, b_hh, and of an LSTM with projections w_hr
/// (projected, hidden). Gates: 1; 4 of an LSTM (input, forget, cell, output); 3 of a GRU (reset,
/// update, new).
#pragma once
#include <optional>
#include <string_view>
#include <tuple>

#include "frontend/tensor/tensor.h"

namespace torch {

/// input (T, B, in), or (B, T, in) when `batch_first`; hx (layers * directions, B, hidden) and of
/// an LSTM as many cells. Gives the last layer's output of all steps (T, B, directions * hidden) and
/// the last states. `dropout` stands between layers while `train`.
std::tuple<Tensor, Tensor, Tensor> lstm(In input, TensorList hx, TensorList params, bool has_biases,
                                        int64_t num_layers, double dropout, bool train,
                                        bool bidirectional, bool batch_first);
/// Of packed sequences: data (all steps of all sequences, in), batch_sizes (T) as
/// pack_padded_sequence makes them.
std::tuple<Tensor, Tensor, Tensor> lstm(In data, const Tensor& batch_sizes, TensorList hx,
                                        TensorList params, bool has_biases, int64_t num_layers,
                                        double dropout, bool train, bool bidirectional);

#define WEFT_RECURRENT(f)                                                                        \
  std::tuple<Tensor, Tensor> f(In input, const Tensor& hx, TensorList params, bool has_biases,   \
                               int64_t num_layers, double dropout, bool train,                   \
                               bool bidirectional, bool batch_first);                            \
  std::tuple<Tensor, Tensor> f(In data, const Tensor& batch_sizes, const Tensor& hx,             \
                               TensorList params, bool has_biases, int64_t num_layers,           \
                               double dropout, bool train, bool bidirectional);
WEFT_RECURRENT(gru)
WEFT_RECURRENT(rnn_tanh)
WEFT_RECURRENT(rnn_relu)
#undef WEFT_RECURRENT

/// One step: input (B, in), the states (B, hidden). Gives the next hidden state, and cells.
std::tuple<Tensor, Tensor> lstm_cell(In input, TensorList hx, const Tensor& w_ih,
                                     const Tensor& w_hh, const std::optional<Tensor>& b_ih = {},
                                     const std::optional<Tensor>& b_hh = {});
#define WEFT_RECURRENT(f)                                                              \
  Tensor f(In input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh,         \
           const std::optional<Tensor>& b_ih = {}, const std::optional<Tensor>& b_hh = {});
WEFT_RECURRENT(gru_cell)
WEFT_RECURRENT(rnn_tanh_cell)
WEFT_RECURRENT(rnn_relu_cell)
#undef WEFT_RECURRENT

/// The sequences of input (T, B, ...), or (B, T, ...), cut to `lengths` (descending, on the CPU) and
/// put together step by step: data, and how many sequences each step has. Evaluates the lengths.
std::tuple<Tensor, Tensor> _pack_padded_sequence(In input, const Tensor& lengths,
                                                 bool batch_first);
/// The way back, filled up to `total_length` steps: (T, B, ...) or (B, T, ...), and the lengths.
std::tuple<Tensor, Tensor> _pad_packed_sequence(In data, const Tensor& batch_sizes,
                                                bool batch_first, const Scalar& padding_value,
                                                int64_t total_length);
/// Tensors (L, ...) side by side, each filled up at its end ("left": before its start).
Tensor pad_sequence(TensorListIn sequences, bool batch_first = false, double padding_value = 0.0,
                    std::string_view padding_side = "right");
}  // namespace torch
