// Layers of recurrent steps: the loop over time, directions, what stands between layers.
#include "frontend/nn/recurrent.h"

#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/nn/recurrent_inside.h"
#include "frontend/record/scan.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace recurrent {
namespace {

struct Network {
  Mode mode;
  bool has_biases;
  int64_t layers;
  double dropout;
  bool train, bidirectional;
  int64_t directions() const { return bidirectional ? 2 : 1; }
};

// Of each layer, of each direction.
std::vector<Weights> weights_of(const Network& net, TensorList params, bool projected) {
  const size_t each = 2 + (net.has_biases ? 2 : 0) + projected;
  const size_t wanted = each * static_cast<size_t>(net.layers * net.directions());
  TORCH_CHECK(params.size() == wanted, "expected ", wanted, " parameters, ", each,
              " for each of ", net.layers, " layers and ", net.directions(),
              " directions; got ", params.size());
  std::vector<Weights> all;
  for (size_t at = 0; at < params.size(); at += each) {
    Weights w{params[at], params[at + 1], {}, {}, {}};
    if (net.has_biases) w.b_ih = params[at + 2], w.b_hh = params[at + 3];
    if (projected) w.w_hr = params[at + each - 1];
    all.push_back(w);
  }
  return all;
}

struct Direction {
  Tensor outputs;
  States last;
};

// x (T, B, in). Where the mask is false a sequence has no step: its states pass by.
Direction run(Mode mode, const Tensor& x, const States& first, const Weights& w, bool reverse,
              const Tensor& mask) {
  std::vector<Tensor> stacked{input_gates(mode, x, w)};
  if (mask.defined()) stacked.push_back(mask);
  record::Scanned all = record::scan(
      first, stacked, reverse,
      [&](const std::vector<Tensor>& states, const std::vector<Tensor>& slices) {
        States next = next_states(mode, slices[0], states, w);
        if (mask.defined())
          for (size_t i = 0; i < next.size(); ++i)
            next[i] = torch::where(slices[1], next[i], states[i]);
        return record::Scanned{next, {next[0]}};
      });
  return {all.outputs[0], all.states};
}

struct Result {
  Tensor outputs;
  std::vector<Tensor> last;  // (layers * directions, B, hidden), of each state
};

// x (T, B, in)
Result run(const Network& net, Tensor x, TensorList hx, TensorList params, const Tensor& mask) {
  if (Autocast::anywhere()) {
    std::vector<Tensor> all{x};
    all.insert(all.end(), hx.begin(), hx.end());
    all.insert(all.end(), params.begin(), params.end());
    if (const Autocast cast(casts::recurrent_layer, all); cast.on()) {
      const TensorList made(cast.all());
      return run(net, made[0], made.slice(1, hx.size()), made.slice(1 + hx.size()), mask);
    }
  }
  TORCH_CHECK(x.size(0) > 0,
              "Expected sequence length to be larger than 0 in RNN, got an input of sizes ",
              x.sizes());
  const bool projected = hx.size() == 2 && hx[0].size(2) != hx[1].size(2);
  const std::vector<Weights> weights = weights_of(net, params, projected);
  std::vector<std::vector<Tensor>> first;  // by state, then layer and direction
  for (const Tensor& h : hx) {
    first.push_back(h.unbind(0));
    TORCH_CHECK(first.back().size() >= weights.size(), "expected initial states of ",
                weights.size(), " layers and directions; got ", h.sizes());
  }
  std::vector<std::vector<Tensor>> last(hx.size());
  for (int64_t layer = 0; layer < net.layers; ++layer) {
    std::vector<Tensor> outputs;
    for (int64_t d = 0; d < net.directions(); ++d) {
      const size_t at = static_cast<size_t>(layer * net.directions() + d);
      States start;
      for (const auto& of_layers : first) start.push_back(of_layers[at]);
      Direction made = run(net.mode, x, start, weights[at], d == 1, mask);
      outputs.push_back(made.outputs);
      for (size_t s = 0; s < last.size(); ++s) last[s].push_back(made.last[s]);
    }
    x = outputs.size() == 1 ? outputs[0] : torch::cat(outputs, 2);
    if (layer + 1 < net.layers) x = torch::dropout(x, net.dropout, net.train);
  }
  Result result{x, {}};
  for (const auto& of_layers : last) result.last.push_back(torch::stack(of_layers, 0));
  return result;
}

void check_input(const Tensor& x) {
  TORCH_CHECK(x.dim() == 3, "input must have 3 dimensions, got ", x.dim());
}

Result run_padded(const Network& net, const Tensor& input, TensorList hx, TensorList params,
                  bool batch_first) {
  check_input(input);
  Result result = run(net, batch_first ? input.transpose(0, 1) : input, hx, params, {});
  if (batch_first) result.outputs = result.outputs.transpose(0, 1);
  return result;
}

Result run_packed(const Network& net, const Tensor& data, const Tensor& batch_sizes, TensorList hx,
                  TensorList params) {
  TORCH_CHECK(data.dim() == 2, "input must have 2 dimensions, got ", data.dim());
  const Packing packing(batch_sizes, data);
  Result result = run(net, packing.pad(data), hx, params, packing.mask);
  result.outputs = packing.pack(result.outputs);
  return result;
}

std::tuple<Tensor, Tensor, Tensor> with_cells(Result r) { return {r.outputs, r.last[0], r.last[1]}; }
std::tuple<Tensor, Tensor> without_cells(Result r) { return {r.outputs, r.last[0]}; }
}  // namespace
}  // namespace recurrent

using recurrent::Mode;
std::tuple<Tensor, Tensor, Tensor> lstm(In input, TensorList hx, TensorList params, bool has_biases,
                                        int64_t num_layers, double dropout, bool train,
                                        bool bidirectional, bool batch_first) {
  nn::Composite composite("lstm", nullptr, input.where);
  TORCH_CHECK(hx.size() == 2, "lstm expects two hidden states, got ", hx.size());
  return recurrent::with_cells(recurrent::run_padded(
      {Mode::lstm, has_biases, num_layers, dropout, train, bidirectional}, input, hx, params,
      batch_first));
}
std::tuple<Tensor, Tensor, Tensor> lstm(In data, const Tensor& batch_sizes, TensorList hx,
                                        TensorList params, bool has_biases, int64_t num_layers,
                                        double dropout, bool train, bool bidirectional) {
  nn::Composite composite("lstm", nullptr, data.where);
  TORCH_CHECK(hx.size() == 2, "lstm expects two hidden states, got ", hx.size());
  return recurrent::with_cells(
      recurrent::run_packed({Mode::lstm, has_biases, num_layers, dropout, train, bidirectional},
                            data, batch_sizes, hx, params));
}
#define WEFT_RECURRENT(f, mode)                                                                 \
  std::tuple<Tensor, Tensor> f(In input, const Tensor& hx, TensorList params, bool has_biases,  \
                               int64_t num_layers, double dropout, bool train,                  \
                               bool bidirectional, bool batch_first) {                          \
    nn::Composite composite(#f, nullptr, input.where);                                          \
    return recurrent::without_cells(recurrent::run_padded(                                      \
        {Mode::mode, has_biases, num_layers, dropout, train, bidirectional}, input, hx, params, \
        batch_first));                                                                          \
  }                                                                                             \
  std::tuple<Tensor, Tensor> f(In data, const Tensor& batch_sizes, const Tensor& hx,            \
                               TensorList params, bool has_biases, int64_t num_layers,          \
                               double dropout, bool train, bool bidirectional) {                \
    nn::Composite composite(#f, nullptr, data.where);                                           \
    return recurrent::without_cells(recurrent::run_packed(                                      \
        {Mode::mode, has_biases, num_layers, dropout, train, bidirectional}, data, batch_sizes, \
        hx, params));                                                                           \
  }
WEFT_RECURRENT(gru, gru)
WEFT_RECURRENT(rnn_tanh, tanh)
WEFT_RECURRENT(rnn_relu, relu)
#undef WEFT_RECURRENT
}  // namespace torch
