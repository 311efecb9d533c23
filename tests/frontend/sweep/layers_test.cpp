// What networks are made of: activations, pools, pads, norms, convolutions, losses, with their first
// and second derivatives.
#include "tests/frontend/sweep/layers_functions.h"

namespace sweep {
struct Operand {
  std::string name;
  Tensor x;
  bool derived = false;
};
static std::vector<Operand> menu() {
  using Sizes = std::vector<int64_t>;
  std::vector<Operand> all;
  for (const Sizes& sizes : std::vector<Sizes>{{},
                                               {0},
                                               {4},
                                               {2, 4},
                                               {2, 0},
                                               {0, 4},
                                               {2, 4, 6},
                                               {2, 4, 0},
                                               {0, 4, 6},
                                               {2, 4, 5, 6},
                                               {4, 1, 6},
                                               {2, 4, 5, 6, 3},
                                               {1, 2, 3, 4, 5, 6}})
    all.push_back({"sizes " + c10::str(c10::IntArrayRef(sizes)), wave(sizes, 1)});
  for (torch::Dtype dtype : {torch::kHalf, torch::kByte, torch::kLong, torch::kBool})
    for (const Sizes& sizes : std::vector<Sizes>{{2, 4}, {2, 4, 6}, {2, 4, 5, 6}})
      all.push_back({c10::str(dtype, c10::IntArrayRef(sizes)), typed(wave(sizes, 2), dtype)});
  all.push_back({"transposed", wave({6, 4, 2}, 1).transpose(0, 2)});
  for (const Sizes& sizes : std::vector<Sizes>{{4}, {2, 4}, {2, 4, 6}, {2, 4, 5, 6}})
    all.push_back({"derivatives " + c10::str(c10::IntArrayRef(sizes)),
                   wave(sizes, 1).to(torch::kDouble).requires_grad_(), true});
  return all;
}

// The gradient of a weighted sum of the outputs, and the gradient of a weighted sum of that.
static Outputs derivatives(const Tensor& x, Outputs (*f)(Tensor)) {
  const auto weighted = [](const Tensor& t, double seed) {
    return (t * wave(t.sizes().vec(), seed).to(torch::kDouble)).sum();
  };
  Tensor total = torch::zeros({}, torch::kDouble);
  for (const Tensor& y : f(x))
    if (y.defined() && y.requires_grad()) total = total + weighted(y, 9);
  if (!total.requires_grad()) return {};
  const Tensor first = torch::autograd::grad({total}, {x}, {}, true, true)[0];
  Tensor second;
  if (first.requires_grad())
    second = torch::autograd::grad({weighted(first, 4)}, {x}, {}, std::nullopt, false, true)[0];
  return {first, second.defined() ? second : torch::zeros_like(first)};
}

// Where one of the two refuses what the other takes.
static const std::vector<Difference> differences = {
    {"torch::hardsigmoid(x)", "has a second derivative"},
    {"F::soft_margin_loss(x, x.sign())", "of targets with gradients"},
    {"F::multi_margin_loss(x, torch::tensor({1, 2}))", "of halves; second derivatives"},
    {"F::multilabel_margin_loss(x, torch::tensor({{1, -1, 0, 2}, {3, 2, 1, 0}}))",
     "of halves; second derivatives"},
    {"torch::scaled_dot_product_attention(x, x, x)", "has a second derivative"},
    {"F::adaptive_avg_pool1d(x, F::AdaptiveAvgPool1dFuncOptions(0))",
     "to nothing: of floats alone, with gradients"},
    {"F::hinge_embedding_loss(x, x.sign())", "of integers"},
    {"F::l1_loss(x, wave({4}, 3).to(x.scalar_type()))", "second derivatives"},
    {"x.norm(1, -1)", "second derivatives"},
    {"x.norm(0)", "a gradient of zeros"},
    {"x.norm(INFINITY, -1)", "second derivatives"},
    {"F::avg_pool3d( x, F::AvgPool3dFuncOptions(2).padding(1).ceil_mode(true).divisor_override(5))",
     "of halves"},
    {"F::local_response_norm(x, F::LocalResponseNormFuncOptions(3))", "of halves"},
    {"F::batch_norm(x, torch::zeros({4}, x.options()), torch::ones({4}, x.options()), "
     "F::BatchNormFuncOptions())",
     "statistics of channels that are not there"},
    {"F::batch_norm( x, torch::zeros({4}), torch::ones({4}), "
     "F::BatchNormFuncOptions().weight(torch::ones({4}) * 2).bias(torch::ones({4})))",
     "statistics of channels that are not there"},
    {"F::conv2d(x, wave({4, 4, 3, 3}, 2).to(x.scalar_type()), "
     "F::Conv2dFuncOptions().padding(torch::kSame))",
     "not of integers here"},
    {"F::conv1d( x, wave({3, 4, 3}, 2).to(x.scalar_type()), "
     "F::Conv1dFuncOptions().padding(1).stride(2).bias(wave({3}, 4).to(x.scalar_type())))",
     "not of integers here"},
    {"F::conv1d(x, wave({3, 4, 2}, 2).to(x.scalar_type()))", "not of integers here"},
    {"F::conv_transpose2d(x, wave({4, 1, 2, 3}, 2).to(x.scalar_type()), "
     "F::ConvTranspose2dFuncOptions() .stride({2, 3}) .padding({0, 1}) .output_padding({1, 2}) "
     ".groups(2) .dilation({1, 2}))",
     "not of integers here"},
    {"F::conv_transpose1d( x, wave({4, 2, 3}, 2).to(x.scalar_type()), "
     "F::ConvTranspose1dFuncOptions().stride(2).padding(1).output_padding(1))",
     "not of integers here"},
    {"F::conv2d(x, wave({4, 2, 2, 3}, 2).to(x.scalar_type()), "
     "F::Conv2dFuncOptions().groups(2).padding({1, 2}).dilation({2, 1}))",
     "not of integers here"},
    {"F::interpolate(x, F::InterpolateFuncOptions() .size(std::vector<int64_t>{3, 4}) "
     ".mode(torch::kBilinear) .align_corners(true))",
     "not of bytes here"},
    {"F::interpolate(x, F::InterpolateFuncOptions() .scale_factor(std::vector<double>{1.5, 0.5}) "
     ".mode(torch::kBicubic) .align_corners(false) .recompute_scale_factor(true))",
     "not of bytes here"}};

static std::vector<Line> lines() {
  return lines_of(functions, menu, [](const Function& f, const Operand& o) {
    return o.derived ? derivatives(o.x, f.call) : f.call(o.x);
  });
}
}  // namespace sweep

WEFT_GOLDEN_SWEEP(SweepOfLayers, sweep::lines, sweep::differences,
                  "tests/frontend/sweep/layers.txt")
