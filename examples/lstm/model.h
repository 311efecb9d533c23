// The network: an LSTM that reads an image row by row, and a linear layer on what it ends with.
#pragma once
#include <torch/torch.h>

/// Images (N, rows, columns) to scores of ten classes (N, 10).
struct RowReader : torch::nn::Module {
  RowReader(int64_t columns, int64_t width)
      : lstm(register_module(
            "lstm", torch::nn::LSTM(torch::nn::LSTMOptions(columns, width).batch_first(true)))),
        head(register_module("head", torch::nn::Linear(width, 10))) {}

  torch::Tensor forward(torch::Tensor images) {
    const torch::Tensor read = std::get<0>(lstm->forward(images));  // (N, rows, width)
    return head->forward(read.select(1, read.size(1) - 1));
  }

  torch::nn::LSTM lstm;
  torch::nn::Linear head;
};
