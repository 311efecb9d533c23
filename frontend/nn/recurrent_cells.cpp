// One step of each recurrent layer.
#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/nn/recurrent_inside.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace recurrent {
namespace {
Tensor plus(const Tensor& x, const Tensor& bias) { return bias.defined() ? x + bias : x; }

States next_lstm(const Tensor& gates, const Tensor& cells, const Tensor& projection) {
  const std::vector<Tensor> g = gates.chunk(4, -1);
  const Tensor next = g[1].sigmoid() * cells + g[0].sigmoid() * g[2].tanh();
  const Tensor h = g[3].sigmoid() * next.tanh();
  return {projection.defined() ? h.matmul(projection.t()) : h, next};
}

Tensor next_gru(const Tensor& x, const Tensor& h, const Tensor& hidden) {
  const std::vector<Tensor> i = x.chunk(3, -1), r = h.chunk(3, -1);
  const Tensor reset = (i[0] + r[0]).sigmoid(), update = (i[1] + r[1]).sigmoid();
  const Tensor fresh = (i[2] + reset * r[2]).tanh();
  return (hidden - fresh) * update + fresh;
}
}  // namespace

// The hidden bias of a GRU is scaled by the reset gate, so it stays in the loop.
Tensor input_gates(Mode mode, const Tensor& x, const Weights& w) {
  Tensor bias = w.b_ih;
  if (mode != Mode::gru && w.b_hh.defined()) bias = plus(w.b_hh, bias);
  return torch::linear(x, w.w_ih, bias);
}

States next_states(Mode mode, const Tensor& x, const States& states, const Weights& w) {
  const Tensor h = states[0].matmul(w.w_hh.t());
  switch (mode) {
    case Mode::lstm: return next_lstm(x + h, states[1], w.w_hr);
    case Mode::gru: return {next_gru(x, plus(h, w.b_hh), states[0])};
    case Mode::relu: return {(x + h).relu()};
    default: return {(x + h).tanh()};
  }
}

namespace {
void check_cell(const Tensor& input, const Tensor& h, const Tensor& w_hh, int number) {
  TORCH_CHECK(input.dim() != 2 || h.dim() != 2 || input.size(0) == h.size(0),
              "Input batch size ", input.size(0), " doesn't match hidden", number, " batch size ",
              h.size(0));
  TORCH_CHECK(h.dim() > 0 && (number > 0 || h.size(-1) == w_hh.size(1)), "hidden", number,
              " has inconsistent hidden_size: got ", h.dim() ? h.size(-1) : 0, ", expected ",
              w_hh.size(1));
}

States step(Mode mode, In input, const States& states, Weights w) {
  if (Autocast::anywhere()) {
    std::vector<Tensor> all{input.tensor, w.w_ih, w.w_hh, w.b_ih, w.b_hh, w.w_hr};
    all.insert(all.end(), states.begin(), states.end());
    if (const Autocast cast(casts::recurrent_cell, all); cast.on())
      return step(mode, In(cast[0], input.where), States(cast.all().begin() + 6, cast.all().end()),
                  {cast[1], cast[2], cast[3], cast[4], cast[5]});
  }
  nn::Composite composite("cell", nullptr, input.where);
  const Tensor& x = input;
  check_cell(x, states[0], w.w_hh, 0);
  if (states.size() > 1) {
    TORCH_CHECK(states[1].dim() > 0 && states[1].size(-1) == w.w_hh.size(0) / 4,
                "hidden1 has inconsistent hidden_size: got ",
                states[1].dim() ? states[1].size(-1) : 0, ", expected ", w.w_hh.size(0) / 4);
    check_cell(x, states[1], w.w_hh, 1);
  }
  TORCH_CHECK(x.dim() > 0 && x.size(-1) == w.w_ih.size(1),
              "input has inconsistent input_size: got ", x.dim() ? x.size(-1) : 0, " expected ",
              w.w_ih.size(1));
  return next_states(mode, input_gates(mode, x, w), states, w);
}
Tensor value_or_none(const std::optional<Tensor>& t) { return t ? *t : Tensor(); }
}  // namespace
}  // namespace recurrent

using recurrent::Mode;
std::tuple<Tensor, Tensor> lstm_cell(In input, TensorList hx, const Tensor& w_ih,
                                     const Tensor& w_hh, const std::optional<Tensor>& b_ih,
                                     const std::optional<Tensor>& b_hh) {
  record::Call call(input.where);
  TORCH_CHECK(hx.size() == 2, "lstm_cell expects two hidden states, got ", hx.size());
  const recurrent::States next =
      recurrent::step(Mode::lstm, input, {hx[0], hx[1]},
           {w_ih, w_hh, recurrent::value_or_none(b_ih), recurrent::value_or_none(b_hh), {}});
  return {next[0], next[1]};
}
#define WEFT_RECURRENT(f, mode)                                                                 \
  Tensor f(In input, const Tensor& hx, const Tensor& w_ih, const Tensor& w_hh,                  \
           const std::optional<Tensor>& b_ih, const std::optional<Tensor>& b_hh) {              \
    return recurrent::step(                                                                     \
        Mode::mode, input, {hx},                                                                \
        {w_ih, w_hh, recurrent::value_or_none(b_ih), recurrent::value_or_none(b_hh), {}})[0];   \
  }
WEFT_RECURRENT(gru_cell, gru)
WEFT_RECURRENT(rnn_tanh_cell, tanh)
WEFT_RECURRENT(rnn_relu_cell, relu)
#undef WEFT_RECURRENT
}  // namespace torch
