/// What the recurrent functions share.
#pragma once
#include <vector>

#include "frontend/nn/recurrent.h"

namespace torch {
namespace recurrent {

enum class Mode { tanh, relu, lstm, gru };

/// One direction of one layer. An absent bias or projection is undefined.
struct Weights {
  Tensor w_ih, w_hh, b_ih, b_hh, w_hr;
};
/// A hidden state, and of an LSTM the cells.
using States = std::vector<Tensor>;

/// What the input gives to the gates: x (..., in) -> (..., gates * hidden). All biases that may be
/// added before the loop are in it.
Tensor input_gates(Mode mode, const Tensor& x, const Weights& w);
/// The next states. `x` are the input's gates of this step.
States next_states(Mode mode, const Tensor& x, const States& states, const Weights& w);

/// Where the steps of packed sequences stand in (T, B): `place[t * B + b]` is the row of the data,
/// or row 0 where sequence b has no step t, and `mask[t][b][0]` says which.
struct Packing {
  Packing(const Tensor& batch_sizes, const Tensor& data);
  /// (rows, ...) -> (steps, batch, ...), with any rows where the mask is false.
  Tensor pad(const Tensor& data) const;
  /// (steps, batch, ...) -> (rows, ...).
  Tensor pack(const Tensor& padded) const;
  int64_t steps = 0, batch = 0;
  Tensor mask, place, back;
  std::vector<int64_t> lengths;  // of the sequences
};
}  // namespace recurrent
}  // namespace torch
