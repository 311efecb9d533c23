// What layers of sequences print and refuse.
#include "tests/frontend/nn/throws.h"

namespace {
namespace nn = torch::nn;
namespace R = torch::nn::utils::rnn;
using torch::Tensor;

TEST(Recurrent, Printed) {
  EXPECT_EQ(c10::str(nn::LSTM(nn::LSTMOptions(128, 64).num_layers(3).dropout(0.2).proj_size(32))),
            "torch::nn::LSTM(input_size=128, hidden_size=64, num_layers=3, bias=true, "
            "batch_first=false, dropout=0.2, bidirectional=false, proj_size=32)");
  EXPECT_EQ(c10::str(nn::RNN(2, 3)),
            "torch::nn::RNN(input_size=2, hidden_size=3, num_layers=1, bias=true, "
            "batch_first=false, dropout=0, bidirectional=false)");
  EXPECT_EQ(c10::str(nn::GRUCell(3, 4)), "torch::nn::GRUCell(3, 4)");
  EXPECT_EQ(
      c10::str(nn::RNNCell(nn::RNNCellOptions(3, 4).nonlinearity(torch::kReLU).bias(false))),
      "torch::nn::RNNCell(3, 4, bias=false, nonlinearity=kReLU)");
}

TEST(Recurrent, ParametersHaveLibtorchsNames) {
  nn::LSTM lstm(nn::LSTMOptions(3, 4).proj_size(2).bidirectional(true));
  std::vector<std::string> names;
  for (const auto& p : lstm->named_parameters()) names.push_back(p.key());
  EXPECT_EQ(names, (std::vector<std::string>{
                       "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_hr_l0",
                       "weight_ih_l0_reverse", "weight_hh_l0_reverse", "bias_ih_l0_reverse",
                       "bias_hh_l0_reverse", "weight_hr_l0_reverse"}));
  EXPECT_EQ(lstm->all_weights().size(), 10u);
  lstm->to(torch::kDouble);
  EXPECT_EQ(std::get<0>(lstm->forward(torch::ones({2, 1, 3}, torch::kDouble))).dtype(),
            torch::kDouble);
}

TEST(Recurrent, MistakesInOptions) {
  expect_throw("num_layers must be greater than zero",
               [] { nn::LSTM(nn::LSTMOptions(3, 4).num_layers(0)); });
  expect_throw("hidden_size must be greater than zero", [] { nn::GRU(3, 0); });
  expect_throw("proj_size has to be a positive integer, smaller than hidden_size",
               [] { nn::LSTM(nn::LSTMOptions(3, 4).proj_size(4)); });
  expect_throw("dropout should be a number in range [0, 1]",
               [] { nn::RNN(nn::RNNOptions(3, 4).dropout(2)); });
}

TEST(Recurrent, MistakesInShapes) {
  nn::LSTM lstm(3, 4), projected(nn::LSTMOptions(3, 4).proj_size(2));
  nn::GRU gru(nn::GRUOptions(3, 4).num_layers(2).bidirectional(true));
  const Tensor x = torch::ones({5, 2, 3});
  const auto zeros = [](at::IntArrayRef sizes) { return torch::zeros(sizes); };
  expect_throw("input must have 3 dimensions, got 2", [&] { lstm->forward(torch::ones({5, 3})); });
  expect_throw("input.size(-1) must be equal to input_size. Expected 3, got 4",
               [&] { lstm->forward(torch::ones({5, 2, 4})); });
  expect_throw("Expected hidden[0] size 1 2 4, got [1, 2, 5]",
               [&] { lstm->forward(x, std::make_tuple(zeros({1, 2, 5}), zeros({1, 2, 4}))); });
  expect_throw("Expected hidden[1] size 1 2 4, got [1, 2, 2]",
               [&] { projected->forward(x, std::make_tuple(zeros({1, 2, 2}), zeros({1, 2, 2}))); });
  expect_throw("Expected hidden size 4 2 4, got [1, 2, 4]",
               [&] { gru->forward(x, zeros({1, 2, 4})); });
  expect_throw("Expected sequence length to be larger than 0 in RNN",
               [&] { gru->forward(torch::ones({0, 2, 3})); });
  expect_throw("mat1 and mat2 must have the same dtype",
               [&] { gru->forward(torch::ones({5, 2, 3}, torch::kDouble)); });
  expect_throw("lstm expects two hidden states", [&] {
    torch::lstm(x, {zeros({1, 2, 4})}, lstm->all_weights(), true, 1, 0, false, false, false);
  });
  nn::LSTMCell cell(3, 4);
  expect_throw("input has inconsistent input_size: got 5 expected 3",
               [&] { cell->forward(torch::ones({2, 5})); });
  expect_throw("hidden1 has inconsistent hidden_size: got 5, expected 4", [&] {
    cell->forward(torch::ones({2, 3}), std::make_tuple(zeros({2, 4}), zeros({2, 5})));
  });
  expect_throw("Expected input to be 1D or 2D, got 3D instead", [&] { cell->forward(x); });
}

TEST(Recurrent, NothingToRead) {
  EXPECT_EQ(std::get<0>(nn::RNN(3, 4)->forward(torch::ones({5, 0, 3}))).sizes(),
            at::IntArrayRef({5, 0, 4}));
}

TEST(PackedSequences, Mistakes) {
  const Tensor x = torch::ones({4, 2, 3});
  expect_throw("`lengths` array must be sorted in decreasing order when `enforce_sorted` is True",
               [&] { R::pack_padded_sequence(x, torch::tensor({2, 4})); });
  expect_throw("Length of all samples has to be greater than 0",
               [&] { R::pack_padded_sequence(x, torch::tensor({2, 0})); });
  expect_throw("Expected `len(lengths)` to be equal to batch_size, but got 3 (batch_size=2)",
               [&] { R::pack_padded_sequence(x, torch::tensor({2, 1, 1})); });
  expect_throw("Expected lengths of at most 4",
               [&] { R::pack_padded_sequence(x, torch::tensor({5, 1})); });
  expect_throw("received an empty list of sequences",
               [&] { R::pad_sequence(std::vector<Tensor>()); });
  const R::PackedSequence packed = R::pack_padded_sequence(x, torch::tensor({3, 1}));
  expect_throw("Expected total_length to be at least the length of the longest sequence",
               [&] { R::pad_packed_sequence(packed, false, 0, 2); });
  nn::RNN rnn(3, 4);
  expect_throw("Expected hidden size 1 2 4, got [1, 3, 4]",
               [&] { rnn->forward_with_packed_input(packed, torch::zeros({1, 3, 4})); });
}

TEST(Attention, Mistakes) {
  const Tensor x = torch::ones({2, 3, 4});
  const auto attend = [](const Tensor& q, const Tensor& k, std::optional<Tensor> mask = {},
                         bool causal = false, bool shared = false) {
    return torch::scaled_dot_product_attention(q, k, k, mask, 0, causal, std::nullopt, shared);
  };
  expect_throw("Expected query, key, and value to all be  at least 2 dimensional",
               [&] { attend(torch::ones({3}), x); });
  expect_throw("Expected query, key, and value to have the same dtype",
               [&] { attend(x, x.to(torch::kDouble)); });
  expect_throw("Explicit attn_mask should not be set when is_causal=True",
               [&] { attend(x, x, torch::ones({3, 3}), true); });
  expect_throw("Expected attn_mask dtype to be bool or float or to match query dtype",
               [&] { attend(x, x, torch::ones({3, 3}, torch::kLong)); });
  expect_throw("Number of heads in key and value must divide the number of heads in query", [&] {
    attend(torch::ones({2, 4, 3, 4}), torch::ones({2, 3, 3, 4}), {}, false, true);
  });
  expect_throw("embed_dim must be divisible by num_heads", [] { nn::MultiheadAttention(7, 2); });
  nn::MultiheadAttention layer(8, 2);
  expect_throw("key.sizes() == value.sizes()", [&] {
    layer->forward(torch::ones({3, 2, 8}), torch::ones({4, 2, 8}), torch::ones({5, 2, 8}));
  });
}

TEST(Attention, CallsThatLeaveFlagsOutWantWeights) {
  nn::MultiheadAttention layer(4, 2);
  const Tensor x = torch::ones({3, 2, 4});
  EXPECT_EQ(std::get<1>(layer(x, x, x)).sizes(), at::IntArrayRef({2, 3, 3}));
}

TEST(Transformers, Mistakes) {
  nn::Transformer model(nn::TransformerOptions(8, 2, 1, 1));
  expect_throw("src and tgt should have equal batch size (at dim 1), but got 2 and 3",
               [&] { model->forward(torch::ones({3, 2, 8}), torch::ones({3, 3, 8})); });
  expect_throw("Input size must be non-negative to generate a valid square subsequent mask, but got -1",
               [] { nn::TransformerImpl::generate_square_subsequent_mask(-1); });
}
}  // namespace
