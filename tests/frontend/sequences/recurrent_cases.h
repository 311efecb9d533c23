// Recurrent layers, cells and packed sequences: values and all gradients.
#pragma once
#include "tests/frontend/sequences/module_cases.h"

namespace golden {

/// Output and last states of a layer with one state, with all gradients.
template <class Layer>
void one_state(const Show& show, const std::string& name, Layer layer, Tensor x, Tensor h = {}) {
  fill(*layer);
  const auto run = [&] {
    auto [y, last] = layer->forward(x, h);
    return torch::cat({y.flatten(), last.flatten()});
  };
  module_gradients(show, name, *layer, {x, h}, run);
}
inline void lstm(const Show& show, const std::string& name, torch::nn::LSTM layer, Tensor x,
                 Tensor h = {}, Tensor c = {}) {
  fill(*layer);
  const auto run = [&] {
    auto given = h.defined() ? std::make_optional(std::make_tuple(h, c)) : std::nullopt;
    auto [y, last] = layer->forward(x, given);
    return torch::cat({y.flatten(), std::get<0>(last).flatten(), std::get<1>(last).flatten()});
  };
  module_gradients(show, name, *layer, {x, h, c}, run);
}

inline void layer_cases(const Show& show) {
  using namespace torch::nn;
  Tensor x = leaf({4, 3, 2}, 1);
  one_state(show, "rnn tanh", RNN(2, 3), x);
  one_state(show, "rnn relu, state", RNN(RNNOptions(2, 3).nonlinearity(torch::kReLU)), x,
            leaf({1, 3, 3}, 2));
  one_state(show, "rnn both ways, no bias", RNN(RNNOptions(2, 3).bidirectional(true).bias(false)),
            x, leaf({2, 3, 3}, 2));
  one_state(show, "gru", GRU(2, 3), x);
  one_state(show, "gru of two layers, both ways, state",
            GRU(GRUOptions(2, 3).num_layers(2).bidirectional(true)), x, leaf({4, 3, 3}, 2));
  one_state(show, "gru no bias, batch first", GRU(GRUOptions(2, 3).bias(false).batch_first(true)),
            x);
  lstm(show, "lstm", LSTM(2, 3), x);
  lstm(show, "lstm of two layers, both ways, state",
       LSTM(LSTMOptions(2, 3).num_layers(2).bidirectional(true)), x, leaf({4, 3, 3}, 2),
       leaf({4, 3, 3}, 3));
  lstm(show, "lstm with projections, both ways, two layers",
       LSTM(LSTMOptions(2, 4).proj_size(3).bidirectional(true).num_layers(2)), x);
  lstm(show, "lstm batch first, no bias", LSTM(LSTMOptions(2, 3).batch_first(true).bias(false)), x);
  lstm(show, "lstm of one step", LSTM(2, 3), leaf({1, 1, 2}, 4));
}

inline void cell_cases(const Show& show) {
  using namespace torch::nn;
  Tensor x = leaf({3, 2}, 1), h = leaf({3, 4}, 2), c = leaf({3, 4}, 3);
  RNNCell tanh(2, 4), relu(RNNCellOptions(2, 4).nonlinearity(torch::kReLU).bias(false));
  GRUCell gru(2, 4);
  LSTMCell lstm(2, 4);
  for (Module* m : std::vector<Module*>{tanh.get(), relu.get(), gru.get(), lstm.get()}) fill(*m);
  module_gradients(show, "rnn cell", *tanh, {x, h}, [&] { return tanh->forward(x, h); });
  module_gradients(show, "rnn cell relu, no state", *relu, {x}, [&] { return relu->forward(x); });
  module_gradients(show, "gru cell", *gru, {x, h}, [&] { return gru->forward(x, h); });
  module_gradients(show, "gru cell unbatched", *gru, {x},
                   [&] { return gru->forward(x[0], h[0].detach()); });
  module_gradients(show, "lstm cell", *lstm, {x, h, c}, [&] {
    auto [next, cells] = lstm->forward(x, std::make_tuple(h, c));
    return torch::cat({next, cells});
  });
}

inline void packed_cases(const Show& show) {
  using namespace torch::nn;
  namespace R = torch::nn::utils::rnn;
  Tensor x = leaf({4, 3, 2}, 1);
  const Tensor lengths = torch::tensor({2, 4, 1});
  const auto packed = [&] { return R::pack_padded_sequence(x, lengths, false, false); };
  show("packed data", packed().data());
  show("batch sizes", packed().batch_sizes());
  show("sorted indices", packed().sorted_indices());
  show("unsorted indices", packed().unsorted_indices());
  auto [padded, known] = R::pad_packed_sequence(packed(), true, -1.5, 5);
  show("padded again", padded);
  show("lengths", known);
  show("pad_sequence", R::pad_sequence({wave({2, 2}, 1), wave({3, 2}, 2)}, true, 7));
  show("pad_sequence on the left", R::pad_sequence({wave({1}, 1), wave({3}, 2)}, false, 7, "left"));
  show("pack_sequence", R::pack_sequence({wave({3, 2}, 1), wave({2, 2}, 2)}).data());

  GRU gru(GRUOptions(2, 3).num_layers(2).bidirectional(true));
  RNN rnn(RNNOptions(2, 3).bidirectional(true));
  LSTM lstm(LSTMOptions(2, 4).bidirectional(true).proj_size(3));
  for (Module* m : std::vector<Module*>{gru.get(), rnn.get(), lstm.get()}) fill(*m);
  Tensor h = leaf({4, 3, 3}, 2);
  module_gradients(show, "packed gru", *gru, {x, h}, [&] {
    auto [y, last] = gru->forward_with_packed_input(packed(), h);
    return torch::cat({y.data().flatten(), last.flatten()});
  });
  module_gradients(show, "packed rnn", *rnn, {x}, [&] {
    auto [y, last] = rnn->forward_with_packed_input(packed());
    return torch::cat({std::get<0>(R::pad_packed_sequence(y)).flatten(), last.flatten()});
  });
  module_gradients(show, "packed lstm", *lstm, {x}, [&] {
    auto [y, last] = lstm->forward_with_packed_input(packed());
    return torch::cat(
        {y.data().flatten(), std::get<0>(last).flatten(), std::get<1>(last).flatten()});
  });
}
}  // namespace golden
