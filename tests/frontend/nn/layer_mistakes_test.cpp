// What layers and their functions refuse: libtorch's sentence, at the line that asked.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <functional>
#include <string>

namespace {
namespace F = torch::nn::functional;
namespace nn = torch::nn;
using torch::Tensor;

struct Mistake {
  const char* says;
  std::function<void()> make;
};
Tensor ones(std::vector<int64_t> sizes, torch::Dtype dtype = torch::kFloat) {
  return torch::ones(sizes, dtype);
}

void expect_all(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) try {
      mistake.make();
      ADD_FAILURE() << "nothing was thrown; expected: " << mistake.says;
    } catch (const c10::Error& error) {
      const std::string said = error.what();
      EXPECT_NE(said.find(mistake.says), std::string::npos)
          << said << "\nexpected: " << mistake.says;
      EXPECT_NE(said.find("layer_mistakes_test.cpp:"), std::string::npos) << said;
    }
}

TEST(LayerMistakes, OfConvolutions) {
  const Tensor x = ones({2, 3, 8, 8}), w = ones({4, 3, 3, 3}), up = ones({3, 4, 3, 3});
  expect_all({
      {"expected scalar type Double but found Float",
       [&] { torch::conv2d(x.to(torch::kDouble), w); }},
      {"Input type (float) and bias type (double) should be the same",
       [&] { torch::conv2d(x, w, ones({4}, torch::kDouble)); }},
      {"Given groups=1, weight of size [4, 2, 3, 3], expected input[2, 3, 8, 8] to have 2 "
       "channels, but got 3 channels instead",
       [&] {
         torch::conv2d(x, ones({4, 2, 3, 3}));
       }},
      {"Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [3, 8]",
       [&] {
         torch::conv2d(ones({3, 8}), w);
       }},
      {"Calculated padded input size per channel: (8 x 8). Kernel size: (9 x 9). Kernel size can't "
       "be greater than actual input size",
       [&] {
         torch::conv2d(x, ones({4, 3, 9, 9}));
       }},
      {"Given weight of size [4, 3, 3, 3], expected bias to be 1-dimensional with 4 elements, but "
       "got bias of size [5] instead",
       [&] { torch::conv2d(x, w, ones({5})); }},
      {"expected stride to be a single integer value or a list of 2 values to match the "
       "convolution dimensions, but got stride=[1, 2, 3]",
       [&] {
         torch::conv2d(x, w, {}, {1, 2, 3});
       }},
      {"padding='same' is not supported for strided convolutions",
       [&] { torch::conv2d(x, w, {}, 2, "same"); }},
      {"Invalid padding string: 'other'", [&] { torch::conv2d(x, w, {}, 1, "other"); }},
      {"Given transposed=1, weight of size [4, 3, 3, 3], expected input[2, 3, 8, 8] to have 4 "
       "channels, but got 3 channels instead",
       [&] { torch::conv_transpose2d(x, w); }},
      {"Given transposed=1, weight of size [3, 4, 3, 3], expected bias to be 1-dimensional with 4 "
       "elements, but got bias of size [5] instead",
       [&] { torch::conv_transpose2d(x, up, ones({5})); }},
      {"output padding must be smaller than either stride or dilation, but got "
       "output_padding_height: 2 output_padding_width: 2 stride_height: 2 stride_width: 2 "
       "dilation_height: 1 dilation_width: 1",
       [&] { torch::conv_transpose2d(x, up, {}, 2, 0, 2); }},
      {"requested an output size of [30, 30], but valid sizes range from 17 17 to 18 18 (for an "
       "input of [8, 8])",
       [&] {
         nn::ConvTranspose2d net(nn::ConvTranspose2dOptions(3, 4, 3).stride(2));
         net->forward(x, std::vector<int64_t>{30, 30});
       }},
      {"Only `zeros` padding mode is supported for ConvTranspose2d",
       [&] {
         nn::ConvTranspose2d net(nn::ConvTranspose2dOptions(3, 4, 3).padding_mode(torch::kReflect));
         net(x);
       }},
  });
}

TEST(LayerMistakes, OfPooling) {
  const Tensor x = ones({2, 3, 8, 8}), small = ones({2, 3, 4, 4}),
               at = torch::zeros({2, 3, 4, 4}, torch::kLong);
  expect_all({
      {"Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but "
       "got:[2, 0, 8, 8]",
       [&] {
         torch::max_pool2d(ones({2, 0, 8, 8}), 2);
       }},
      {"max_pool2d: kernel_size must either be a single int, or a tuple of two ints",
       [&] {
         torch::max_pool2d(x, {1, 2, 3});
       }},
      {"max_pool2d: stride must either be omitted, a single int, or a tuple of two ints",
       [&] {
         torch::max_pool2d(x, 2, {1, 2, 3});
       }},
      {"pad should be at most half of effective kernel size, but got pad=2, kernel_size=2 and "
       "dilation=1",
       [&] { torch::max_pool2d(x, 2, 2, 2); }},
      {"Given input size: (3x8x8). Calculated output size: (3x0x0). Output size is too small",
       [&] { torch::max_pool2d(x, 9); }},
      {"stride should not be zero", [&] { torch::max_pool2d(x, 2, 0); }},
      {"non-empty 3D or 4D (batch mode) tensor expected for input",
       [&] {
         torch::max_pool2d(ones({3, 8}), 2);
       }},
      {"divisor must be not zero", [&] { torch::avg_pool2d(x, 2, 2, 0, false, true, 0); }},
      {"adaptive_avg_pool2d: output_size must be 2",
       [&] {
         torch::adaptive_avg_pool2d(x, {1, 2, 3});
       }},
      {"adaptive_max_pool2d(): Expected 3D or 4D tensor, but got: [3, 8]",
       [&] {
         torch::adaptive_max_pool2d(ones({3, 8}), {1, 2});
       }},
      {"adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0",
       [&] {
         torch::adaptive_avg_pool2d(x, {-1, 2});
       }},
      {"adaptive_max_pool2d(): Expected input to have non-zero size for non-batch dimensions, but "
       "input has sizes [2, 3, 0, 8] with dimension 2 being empty",
       [&] {
         torch::adaptive_max_pool2d(ones({2, 3, 0, 8}), {2, 2});
       }},
      {"elements in indices should be type int64 but got: Int",
       [&] {
         torch::max_unpool2d(small, at.to(torch::kInt), {8, 8});
       }},
      {"Expected shape of indices to be same as that of the input tensor ([2, 3, 4, 4]) but got "
       "indices tensor with shape: [1, 3, 4, 4]",
       [&] {
         torch::max_unpool2d(small, at.slice(0, 0, 1), {8, 8});
       }},
      {"There should be exactly two elements (height, width) in output_size, but got 1 elements.",
       [&] { torch::max_unpool2d(small, at, {8}); }},
      {"(dim 0 must be between 6 and 10)",
       [&] {
         auto options = F::MaxUnpool2dFuncOptions(2);
         F::max_unpool2d(small, at, options.output_size(std::vector<int64_t>{2, 3, 20, 20}));
       }},
      {"fractional_max_pool2d requires specifying either an output_size or an output_ratio",
       [&] { F::fractional_max_pool2d(x, F::FractionalMaxPool2dFuncOptions(2)); }},
      {"fractional_max_pool2d(): pool height 2 too large relative to input height 8",
       [&] { F::fractional_max_pool2d(x, F::FractionalMaxPool2dFuncOptions(2).output_size(9)); }},
  });
}

TEST(LayerMistakes, OfNormalisation) {
  const Tensor x = ones({2, 3, 8, 8}), d = x.to(torch::kDouble);
  const char* mixed = "mixed dtype (CPU): all inputs must share same datatype.";
  nn::BatchNorm2d norm(3), wide(4);
  nn::GroupNorm group(3, 3);
  nn::InstanceNorm2d instance(3);
  expect_all({
      {mixed, [&] { norm(d); }},
      {"running_mean should contain 3 elements not 4", [&] { wide(x); }},
      {"expected 4D input (got 3D input)", [&] { norm(x[0]); }},
      {"running_mean must be defined in evaluation mode",
       [&] { torch::batch_norm(x, {}, {}, {}, {}, false, .1, 1e-5, false); }},
      {"Expected at least 2 input dimensions, but got 1",
       [&] { F::batch_norm(ones({3}), {}, {}); }},
      {"\"batch_norm\" not implemented for 'Long'",
       [&] { torch::batch_norm(x.to(torch::kLong), {}, {}, {}, {}, true, .1, 1e-5, false); }},
      {mixed, [&] { group(d); }},
      {"Expected number of channels in input to be divisible by num_groups, but got input of shape "
       "[2, 3, 8, 8] and num_groups=2",
       [&] { F::group_norm(x, F::GroupNormFuncOptions(2)); }},
      {"Expected weight to be a vector of size equal to the number of channels in input, but got "
       "weight of shape [2] and input of shape [2, 3, 8, 8]",
       [&] { F::group_norm(x, F::GroupNormFuncOptions(3).weight(ones({2}))); }},
      {"Expected num groups to be greater than 0, got 0",
       [&] { F::group_norm(x, F::GroupNormFuncOptions(0)); }},
      {"expected 3D or 4D input (got 2D input)", [&] { instance(x[0][0]); }},
      {"Expected running_mean and running_var to be defined when use_input_stats is false",
       [&] { F::instance_norm(x, F::InstanceNormFuncOptions().use_input_stats(false)); }},
      {"Expected 3D or higher dimensionality input (got 2 dimensions)",
       [&] {
         F::local_response_norm(ones({3, 8}), F::LocalResponseNormFuncOptions(2));
       }},
  });
}

TEST(LayerMistakes, OfPadding) {
  const Tensor x = ones({2, 3, 8, 8});
  using Pad = F::PadFuncOptions;
  expect_all({
      {"Padding length must be divisible by 2",
       [&] {
         F::pad(x, Pad({1, 2, 3}));
       }},
      {"Padding length should be less than or equal to two times the input dimension but got "
       "padding length 10 and input of dimension 4",
       [&] {
         F::pad(x, Pad({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
       }},
      {"Argument #4: Padding size should be less than the corresponding input dimension, but got: "
       "padding (9, 0) at dimension 3 of input [2, 3, 8, 8]",
       [&] {
         F::pad(x, Pad({9, 0, 0, 0}).mode(torch::kReflect));
       }},
      {"Padding value causes wrapping around more than once.",
       [&] {
         F::pad(x, Pad({9, 0, 0, 0}).mode(torch::kCircular));
       }},
      {"Padding size 2 is not supported for 4D input tensor.",
       [&] {
         F::pad(x, Pad({1, 1}).mode(torch::kReflect));
       }},
      {"input (W: 8) is too small. Calculated output W: -2",
       [&] {
         F::pad(x[0], Pad({-5, -5}).mode(torch::kReplicate));
       }},
      {"Negative padding value is resulting in an empty dimension",
       [&] {
         F::pad(x[0], Pad({-5, -5}).mode(torch::kCircular));
       }},
      {"Padding mode \"circular\" doesn't take in value argument",
       [&] {
         F::pad(x[0], Pad({1, 1}).mode(torch::kCircular).value(2));
       }},
      {"Expected 2D or 3D (batch mode) tensor with possibly 0 batch size and other non-zero "
       "dimensions for input, but got: [1, 2, 0]",
       [&] {
         F::pad(ones({1, 2, 0}), Pad({1, 1}).mode(torch::kReplicate));
       }},
  });
}

TEST(LayerMistakes, OfTables) {
  const Tensor w = ones({5, 2}), at = torch::tensor({1, 2}, torch::kLong);
  using Bag = F::EmbeddingBagFuncOptions;
  const auto offsets = [](std::vector<int64_t> list) {
    return Bag().offsets(torch::tensor(list, torch::kLong));
  };
  expect_all({
      {"Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, "
       "Int; but got CPUFloatType instead (while checking arguments for embedding)",
       [&] { F::embedding(ones({2}), w); }},
      {"'weight' must be 2-D", [&] { F::embedding(at, ones({5})); }},
      {"Padding_idx must be within num_embeddings",
       [&] { F::embedding(at, w, F::EmbeddingFuncOptions().padding_idx(5)); }},
      {"Embeddings parameter is expected to be 2-dimensional",
       [&] { nn::Embedding::from_pretrained(ones({2})); }},
      {"offsets has to be a 1D Tensor but got null", [&] { F::embedding_bag(at, w); }},
      {"offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from "
       "position 0. However, got 1",
       [&] { F::embedding_bag(at, w, offsets({1})); }},
      {"offsets[-1] can not be greater than input's length 2 but got offsets[-1] of 3",
       [&] {
         F::embedding_bag(at, w, offsets({0, 3}));
       }},
      {"embedding_bag: per_sample_weights was not null. per_sample_weights is only supported for "
       "mode='kSum' (got mode='kMean').",
       [&] { F::embedding_bag(at, w, offsets({0}).per_sample_weights(ones({2}))); }},
      {"max mode does not support scaling the gradient by the frequency",
       [&] { F::embedding_bag(at, w, offsets({0}).mode(torch::kMax).scale_grad_by_freq(true)); }},
      {"bilinear(): input1 size does not match weight size: got 3 but expected 2",
       [&] {
         torch::bilinear(ones({2, 3}), ones({2, 4}), ones({5, 2, 4}));
       }},
      {"bilinear(): bias size does not match weight size: got 4 but expected 5",
       [&] {
         torch::bilinear(ones({2, 3}), ones({2, 4}), ones({5, 3, 4}), ones({4}));
       }},
  });
}

TEST(LayerMistakes, OfActivations) {
  const auto hardtanh = [](double low, double high) {
    return [=] { nn::Hardtanh net(nn::HardtanhOptions().min_val(low).max_val(high)); };
  };
  expect_all({
      {"max_val must be greater than min_val, got min_val 0.5 and max_val 0.5", hardtanh(0.5, 0.5)},
      {"max_val must be greater than min_val, got min_val 1 and max_val -1", hardtanh(1, -1)},
  });
  nn::Hardtanh net;
  net->options.min_val(2);
  EXPECT_THROW(net->reset(), c10::Error);
}

TEST(LayerMistakes, OfResampling) {
  const Tensor x = ones({2, 3, 8, 8});
  using To = F::InterpolateFuncOptions;
  using Sizes = std::vector<int64_t>;
  expect_all({
      {"either size or scale_factor should be defined", [&] { F::interpolate(x); }},
      {"only one of size or scale_factor should be defined",
       [&] {
         F::interpolate(x, To().size(Sizes{2, 2}).scale_factor(std::vector<double>{1, 1}));
       }},
      {"It is expected output_size equals to 2, but got size 1",
       [&] { F::interpolate(x, To().size(Sizes{2})); }},
      {"align_corners option can only be set with the interpolating modes: linear | bilinear | "
       "bicubic | trilinear",
       [&] {
         F::interpolate(x, To().size(Sizes{2, 2}).align_corners(true));
       }},
      {"Got 4D input, but linear mode needs 3D input",
       [&] {
         F::interpolate(x, To().size(Sizes{2, 2}).mode(torch::kLinear).align_corners(false));
       }},
      {"Input and output sizes should be greater than 0, but got input (H: 8, W: 8) output (H: 0, "
       "W: 2)",
       [&] {
         F::interpolate(x, To().size(Sizes{0, 2}));
       }},
      {"grid_sampler(): expected grid to have size 2 in last dimension, but got grid with sizes "
       "[2, 3, 3, 3]",
       [&] {
         torch::grid_sampler(x, ones({2, 3, 3, 3}), 0, 0, false);
       }},
      {"grid_sampler(): expected grid and input to have same batch size, but got input with sizes "
       "[2, 3, 8, 8] and grid with sizes [1, 3, 3, 2]",
       [&] {
         torch::grid_sampler(x, ones({1, 3, 3, 2}), 0, 0, false);
       }},
      {"Expected a batch of 2D affine matrices of shape Nx2x3 for size [1, 1, 2, 2]. Got [1, 3, "
       "4].",
       [&] {
         F::affine_grid(ones({1, 3, 4}), {1, 1, 2, 2});
       }},
  });
}
}  // namespace
