// The functions of the layers of networks, and losses.
#pragma once
#include "tests/frontend/sweep/sweep.h"

namespace sweep {
namespace F = torch::nn::functional;

struct Function {
  const char* name;
  Outputs (*call)(Tensor x);
};
#define WEFT_CALL(...) {#__VA_ARGS__, [](Tensor x) { return outputs(__VA_ARGS__); }}
static const Function functions[] = {
    WEFT_CALL(F::elu(x, F::ELUFuncOptions().alpha(0.5))),
    WEFT_CALL(F::selu(x)),
    WEFT_CALL(F::celu(x, F::CELUFuncOptions().alpha(0.7))),
    WEFT_CALL(F::gelu(x)),
    WEFT_CALL(F::gelu(x, F::GELUFuncOptions().approximate("tanh"))),
    WEFT_CALL(F::silu(x)),
    WEFT_CALL(F::mish(x)),
    WEFT_CALL(F::glu(x)),
    WEFT_CALL(F::glu(x, 0)),
    WEFT_CALL(F::hardtanh(x)),
    WEFT_CALL(torch::hardsigmoid(x)),
    WEFT_CALL(torch::hardswish(x)),
    WEFT_CALL(F::hardshrink(x)),
    WEFT_CALL(F::softshrink(x)),
    WEFT_CALL(F::tanhshrink(x)),
    WEFT_CALL(F::logsigmoid(x)),
    WEFT_CALL(F::softplus(x)),
    WEFT_CALL(F::softplus(x, F::SoftplusFuncOptions().beta(2).threshold(1))),
    WEFT_CALL(F::softsign(x)),
    WEFT_CALL(F::threshold(x, {0.1, 20})),
    WEFT_CALL(F::leaky_relu(x)),
    WEFT_CALL(F::relu6(x)),
    WEFT_CALL(F::rrelu(x)),
    WEFT_CALL(F::prelu(x, torch::tensor({0.25f}).to(x.scalar_type()))),
    WEFT_CALL(F::softmin(x, 1)),
    WEFT_CALL(F::softmax(x, -1)),
    WEFT_CALL(F::log_softmax(x, 0)),
    WEFT_CALL(F::normalize(x)),
    WEFT_CALL(F::normalize(x, F::NormalizeFuncOptions().p(1).dim(-1))),
    WEFT_CALL(F::max_pool1d(x, F::MaxPool1dFuncOptions(2))),
    WEFT_CALL(F::max_pool1d(x, F::MaxPool1dFuncOptions(3).stride(2).padding(1).ceil_mode(true))),
    WEFT_CALL(F::max_pool1d_with_indices(x, F::MaxPool1dFuncOptions(2).dilation(2))),
    WEFT_CALL(F::max_pool2d(x, F::MaxPool2dFuncOptions(2))),
    WEFT_CALL(F::max_pool2d(
        x, F::MaxPool2dFuncOptions({3, 2}).stride({2, 1}).padding({1, 0}).ceil_mode(true))),
    WEFT_CALL(F::max_pool2d_with_indices(x, F::MaxPool2dFuncOptions(2).dilation({2, 1}))),
    WEFT_CALL(F::max_pool3d(x, F::MaxPool3dFuncOptions(2))),
    WEFT_CALL(F::max_pool3d_with_indices(x, F::MaxPool3dFuncOptions(2).padding(1).ceil_mode(true))),
    WEFT_CALL(F::max_pool2d(x, F::MaxPool2dFuncOptions(2).padding(2))),
    WEFT_CALL(F::max_pool2d(x, F::MaxPool2dFuncOptions(0))),
    WEFT_CALL(F::max_pool2d(x, F::MaxPool2dFuncOptions(9))),
    WEFT_CALL(F::avg_pool1d(x, F::AvgPool1dFuncOptions(2))),
    WEFT_CALL(F::avg_pool1d(
        x,
        F::AvgPool1dFuncOptions(3).stride(2).padding(1).ceil_mode(true).count_include_pad(false))),
    WEFT_CALL(F::avg_pool2d(x, F::AvgPool2dFuncOptions(3).stride(2).padding(1).ceil_mode(true))),
    WEFT_CALL(F::avg_pool2d(
        x, F::AvgPool2dFuncOptions({2, 3}).stride(2).padding(1).ceil_mode(true).count_include_pad(
               false))),
    WEFT_CALL(F::avg_pool2d(x, F::AvgPool2dFuncOptions(2).divisor_override(3))),
    WEFT_CALL(F::avg_pool2d(x, F::AvgPool2dFuncOptions(2).divisor_override(0))),
    WEFT_CALL(F::avg_pool3d(
        x, F::AvgPool3dFuncOptions(2).padding(1).ceil_mode(true).divisor_override(5))),
    WEFT_CALL(F::avg_pool2d(x, F::AvgPool2dFuncOptions(0))),
    WEFT_CALL(F::adaptive_avg_pool1d(x, F::AdaptiveAvgPool1dFuncOptions(3))),
    WEFT_CALL(F::adaptive_max_pool1d(x, F::AdaptiveMaxPool1dFuncOptions(3))),
    WEFT_CALL(F::adaptive_avg_pool2d(x, F::AdaptiveAvgPool2dFuncOptions({3, torch::nullopt}))),
    WEFT_CALL(F::adaptive_max_pool2d_with_indices(
        x, F::AdaptiveMaxPool2dFuncOptions({torch::nullopt, 2}))),
    WEFT_CALL(F::adaptive_avg_pool3d(x, F::AdaptiveAvgPool3dFuncOptions({2, torch::nullopt, 1}))),
    WEFT_CALL(F::adaptive_max_pool3d_with_indices(
        x, F::AdaptiveMaxPool3dFuncOptions({2, torch::nullopt, 1}))),
    WEFT_CALL(F::adaptive_avg_pool1d(x, F::AdaptiveAvgPool1dFuncOptions(0))),
    WEFT_CALL(F::adaptive_avg_pool1d(x, F::AdaptiveAvgPool1dFuncOptions(-1))),
    WEFT_CALL(F::lp_pool1d(x, F::LPPool1dFuncOptions(2, 3).stride(2))),
    WEFT_CALL(F::lp_pool2d(x, F::LPPool2dFuncOptions(3, 2).ceil_mode(true))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1, 2}))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1, 2, 0, 1}))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({-1, 1}).value(2))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1, 2}).mode(torch::kReflect))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1, 2, 1, 0}).mode(torch::kReflect))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1, 2, 1, 0}).mode(torch::kReplicate))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1, 2, 1, 0}).mode(torch::kCircular))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({9, 9}).mode(torch::kReflect))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1, 0, 1, 0, 1, 1}).mode(torch::kReplicate))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({1}))),
    WEFT_CALL(F::pad(x, F::PadFuncOptions({-9, 0}))),
    WEFT_CALL(F::interpolate(x, F::InterpolateFuncOptions()
                                    .size(std::vector<int64_t>{3})
                                    .mode(torch::kLinear)
                                    .align_corners(false))),
    WEFT_CALL(
        F::interpolate(x, F::InterpolateFuncOptions().scale_factor(std::vector<double>{1.5}))),
    WEFT_CALL(F::interpolate(x, F::InterpolateFuncOptions()
                                    .size(std::vector<int64_t>{3, 4})
                                    .mode(torch::kBilinear)
                                    .align_corners(true))),
    WEFT_CALL(F::interpolate(x, F::InterpolateFuncOptions()
                                    .scale_factor(std::vector<double>{1.5, 0.5})
                                    .mode(torch::kBicubic)
                                    .align_corners(false)
                                    .recompute_scale_factor(true))),
    WEFT_CALL(F::interpolate(x, F::InterpolateFuncOptions()
                                    .scale_factor(std::vector<double>{2, 2, 1.5})
                                    .mode(torch::kTrilinear))),
    WEFT_CALL(F::interpolate(
        x, F::InterpolateFuncOptions().size(std::vector<int64_t>{3, 2}).mode(torch::kArea))),
    WEFT_CALL(F::interpolate(x, F::InterpolateFuncOptions().size(std::vector<int64_t>{0, 2}))),
    WEFT_CALL(F::interpolate(x, F::InterpolateFuncOptions())),
    WEFT_CALL(F::interpolate(x, F::InterpolateFuncOptions()
                                    .size(std::vector<int64_t>{3, 3})
                                    .scale_factor(std::vector<double>{1, 1}))),
    WEFT_CALL(F::interpolate(
        x,
        F::InterpolateFuncOptions().scale_factor(std::vector<double>{2, 2}).align_corners(true))),
    WEFT_CALL(F::layer_norm(x, F::LayerNormFuncOptions({x.size(-1)}))),
    WEFT_CALL(F::layer_norm(x, F::LayerNormFuncOptions({4, 6}))),
    WEFT_CALL(F::layer_norm(x, F::LayerNormFuncOptions({3}))),
    WEFT_CALL(F::group_norm(x, F::GroupNormFuncOptions(2))),
    WEFT_CALL(F::group_norm(x, F::GroupNormFuncOptions(3))),
    WEFT_CALL(F::instance_norm(x)),
    WEFT_CALL(F::batch_norm(x, torch::zeros({4}, x.options()), torch::ones({4}, x.options()),
                            F::BatchNormFuncOptions())),
    WEFT_CALL(F::batch_norm(
        x, torch::zeros({4}), torch::ones({4}),
        F::BatchNormFuncOptions().weight(torch::ones({4}) * 2).bias(torch::ones({4})))),
    WEFT_CALL(F::local_response_norm(x, F::LocalResponseNormFuncOptions(3))),
    WEFT_CALL(F::unfold(x, F::UnfoldFuncOptions({2, 3}).padding(1).stride(2))),
    WEFT_CALL(F::fold(x, F::FoldFuncOptions({3, 3}, {2, 2}))),
    WEFT_CALL(F::pixel_shuffle(x, 2)),
    WEFT_CALL(F::pixel_unshuffle(x, 1)),
    WEFT_CALL(F::one_hot(x, 9)),
    WEFT_CALL(F::dropout(x, F::DropoutFuncOptions().training(false))),
    WEFT_CALL(F::dropout(x, F::DropoutFuncOptions().p(1.5))),
    WEFT_CALL(F::dropout2d(x, F::Dropout2dFuncOptions().training(false))),
    WEFT_CALL(F::dropout3d(x, F::Dropout3dFuncOptions().p(1))),
    WEFT_CALL(F::alpha_dropout(x, F::AlphaDropoutFuncOptions().training(false))),
    WEFT_CALL(F::feature_alpha_dropout(x, F::FeatureAlphaDropoutFuncOptions().p(-1))),
    WEFT_CALL(F::pdist(x)),
    WEFT_CALL(F::cosine_similarity(x, x + 1)),
    WEFT_CALL(F::pairwise_distance(x, x * 2)),
    WEFT_CALL(F::linear(x, wave({3, 4}, 2).to(x.scalar_type()))),
    WEFT_CALL(F::linear(x, wave({3, 6}, 2).to(x.scalar_type()), wave({3}, 3).to(x.scalar_type()))),
    WEFT_CALL(F::bilinear(x, x, wave({2, 4, 4}, 2).to(x.scalar_type()))),
    WEFT_CALL(F::conv1d(x, wave({3, 4, 2}, 2).to(x.scalar_type()))),
    WEFT_CALL(F::conv1d(
        x, wave({3, 4, 3}, 2).to(x.scalar_type()),
        F::Conv1dFuncOptions().padding(1).stride(2).bias(wave({3}, 4).to(x.scalar_type())))),
    WEFT_CALL(F::conv2d(x, wave({4, 2, 2, 3}, 2).to(x.scalar_type()),
                        F::Conv2dFuncOptions().groups(2).padding({1, 2}).dilation({2, 1}))),
    WEFT_CALL(F::conv2d(x, wave({4, 4, 3, 3}, 2).to(x.scalar_type()),
                        F::Conv2dFuncOptions().padding(torch::kSame))),
    WEFT_CALL(F::conv2d(x, wave({4, 4, 3, 3}, 2).to(x.scalar_type()),
                        F::Conv2dFuncOptions().padding(torch::kSame).stride(2))),
    WEFT_CALL(F::conv2d(x, wave({4, 3, 3, 3}, 2).to(x.scalar_type()))),
    WEFT_CALL(F::conv3d(x, wave({2, 4, 2, 2, 2}, 2).to(x.scalar_type()))),
    WEFT_CALL(F::conv_transpose1d(
        x, wave({4, 2, 3}, 2).to(x.scalar_type()),
        F::ConvTranspose1dFuncOptions().stride(2).padding(1).output_padding(1))),
    WEFT_CALL(F::conv_transpose2d(x, wave({4, 1, 2, 3}, 2).to(x.scalar_type()),
                                  F::ConvTranspose2dFuncOptions()
                                      .stride({2, 3})
                                      .padding({0, 1})
                                      .output_padding({1, 2})
                                      .groups(2)
                                      .dilation({1, 2}))),
    WEFT_CALL(F::conv_transpose2d(x, wave({4, 2, 3, 3}, 2).to(x.scalar_type()),
                                  F::ConvTranspose2dFuncOptions().output_padding(1))),
    WEFT_CALL(F::conv_transpose3d(x, wave({4, 2, 2, 1, 2}, 2).to(x.scalar_type()),
                                  F::ConvTranspose3dFuncOptions().stride(2))),
    WEFT_CALL(F::conv1d(x, wave({3, 4, 9}, 2).to(x.scalar_type()))),
    WEFT_CALL(F::conv1d(x, wave({3, 4, 2}, 2), F::Conv1dFuncOptions().stride(0))),
    WEFT_CALL(F::conv1d(x, wave({3, 4, 2}, 2), F::Conv1dFuncOptions().bias(wave({2}, 1)))),
    WEFT_CALL(F::mse_loss(x, x * 0.5)),
    WEFT_CALL(F::mse_loss(x, x * 0.5, torch::kSum)),
    WEFT_CALL(F::mse_loss(x, x * 0.5, torch::kNone)),
    WEFT_CALL(F::mse_loss(x, wave({4}, 3).to(x.scalar_type()))),
    WEFT_CALL(F::mse_loss(x, wave({3}, 3))),
    WEFT_CALL(F::l1_loss(x, x * 0.5)),
    WEFT_CALL(F::l1_loss(x, x * 0.5, torch::kSum)),
    WEFT_CALL(F::l1_loss(x, x * 0.5, torch::kNone)),
    WEFT_CALL(F::l1_loss(x, wave({4}, 3).to(x.scalar_type()))),
    WEFT_CALL(F::l1_loss(x, wave({3}, 3))),
    WEFT_CALL(F::smooth_l1_loss(x, x * 0.5)),
    WEFT_CALL(F::smooth_l1_loss(x, x * 0.5, torch::kSum)),
    WEFT_CALL(F::smooth_l1_loss(x, x * 0.5, torch::kNone)),
    WEFT_CALL(F::smooth_l1_loss(x, wave({4}, 3).to(x.scalar_type()))),
    WEFT_CALL(F::smooth_l1_loss(x, wave({3}, 3))),
    WEFT_CALL(F::huber_loss(x, x * 0.5)),
    WEFT_CALL(F::huber_loss(x, x * 0.5, torch::kSum)),
    WEFT_CALL(F::huber_loss(x, x * 0.5, torch::kNone)),
    WEFT_CALL(F::huber_loss(x, wave({4}, 3).to(x.scalar_type()))),
    WEFT_CALL(F::huber_loss(x, wave({3}, 3))),
    WEFT_CALL(F::kl_div(x, x.abs())),
    WEFT_CALL(F::kl_div(x, x, F::KLDivFuncOptions(torch::kBatchMean).log_target(true))),
    WEFT_CALL(F::binary_cross_entropy(x.sigmoid(), x.relu().clamp(0, 1))),
    WEFT_CALL(F::binary_cross_entropy(x, x)),
    WEFT_CALL(F::binary_cross_entropy_with_logits(
        x, x.sigmoid(),
        F::BinaryCrossEntropyWithLogitsFuncOptions().pos_weight(wave({4}, 2).abs()))),
    WEFT_CALL(F::binary_cross_entropy_with_logits(x, x.sigmoid(),
                                                  F::BinaryCrossEntropyWithLogitsFuncOptions()
                                                      .weight(wave({4}, 2).abs())
                                                      .reduction(torch::kNone))),
    WEFT_CALL(F::hinge_embedding_loss(x, x.sign())),
    WEFT_CALL(F::soft_margin_loss(x, x.sign())),
    WEFT_CALL(F::poisson_nll_loss(x, x.abs())),
    WEFT_CALL(F::poisson_nll_loss(
        x.abs(), x.abs(),
        F::PoissonNLLLossFuncOptions().log_input(false).full(true).reduction(torch::kNone))),
    WEFT_CALL(F::margin_ranking_loss(x, x * 0.5, x.sign())),
    WEFT_CALL(F::cosine_embedding_loss(x, x * 0.5 + 1, torch::ones({2}))),
    WEFT_CALL(F::multilabel_soft_margin_loss(x, x.sign().relu())),
    WEFT_CALL(F::triplet_margin_loss(x, x * 0.5, x + 1)),
    WEFT_CALL(F::multi_margin_loss(x, torch::tensor({1, 2}))),
    WEFT_CALL(F::multilabel_margin_loss(x, torch::tensor({{1, -1, 0, 2}, {3, 2, 1, 0}}))),
    WEFT_CALL(F::nll_loss(x, torch::tensor({1, 2}))),
    WEFT_CALL(F::nll_loss(x, torch::tensor(1))),
    WEFT_CALL(F::nll_loss(x, torch::tensor({1, 9}))),
    WEFT_CALL(F::nll_loss(x, torch::tensor({{1, 0, 3, 2, 1, 0}, {0, 0, 1, 1, 2, 2}}),
                          F::NLLLossFuncOptions().ignore_index(0).reduction(torch::kNone))),
    WEFT_CALL(F::cross_entropy(x, torch::tensor({1, -100}))),
    WEFT_CALL(F::cross_entropy(x, torch::tensor({1, 2}),
                               F::CrossEntropyFuncOptions().label_smoothing(0.2).weight(
                                   wave({4}, 2).abs().to(x.scalar_type())))),
    WEFT_CALL(F::cross_entropy(x, x.softmax(1))),
    WEFT_CALL(F::cross_entropy(
        x, x.softmax(0), F::CrossEntropyFuncOptions().label_smoothing(0.1).reduction(torch::kSum))),
    WEFT_CALL(F::cross_entropy(x, torch::tensor(3))),
    WEFT_CALL(F::cross_entropy(x, torch::tensor({1, 2}).to(torch::kInt))),
    WEFT_CALL(F::cross_entropy(x, torch::tensor({1, 2}),
                               F::CrossEntropyFuncOptions().label_smoothing(1.5))),
    WEFT_CALL(F::cross_entropy(x, torch::zeros({2, 5, 6}, torch::kLong))),
    WEFT_CALL(F::ctc_loss(x.log_softmax(-1), torch::tensor({{1, 2}, {1, 1}}), torch::tensor({2, 2}),
                          torch::tensor({1, 1}))),
    WEFT_CALL(
        F::grid_sample(x, wave({2, 3, 2, 2}, 3).to(x.scalar_type()),
                       F::GridSampleFuncOptions().mode(torch::kBilinear).align_corners(false))),
    WEFT_CALL(F::affine_grid(x, {2, 1, 3, 4}, false)),
    WEFT_CALL(F::embedding(torch::tensor({0, 1}), x)),
    WEFT_CALL(F::embedding(x, wave({9, 2}, 1))),
    WEFT_CALL(F::embedding_bag(
        torch::tensor({0, 1, 1}), x,
        F::EmbeddingBagFuncOptions().offsets(torch::tensor({0, 2})).mode(torch::kSum))),
    WEFT_CALL(torch::scaled_dot_product_attention(x, x, x)),
    WEFT_CALL(F::gumbel_softmax(x).sum(-1)),
    WEFT_CALL(F::max_unpool2d(x, x.to(torch::kLong).abs(), F::MaxUnpool2dFuncOptions(2))),
    WEFT_CALL(x.cumprod(-1)),
    WEFT_CALL(x.prod(0)),
    WEFT_CALL(x.var(-1)),
    WEFT_CALL(x.std()),
    WEFT_CALL(x.norm()),
    WEFT_CALL(x.norm(1, -1)),
    WEFT_CALL(x.norm(0)),
    WEFT_CALL(x.norm(INFINITY, -1)),
    WEFT_CALL(x.logsumexp(-1)),
    WEFT_CALL(x.max(-1)),
    WEFT_CALL(x.amax(-1)),
    WEFT_CALL(x.median(-1)),
    WEFT_CALL(x.median()),
    WEFT_CALL(x.cummax(0)),
    WEFT_CALL(x.logcumsumexp(0)),
    WEFT_CALL(x.sort(0)),
    WEFT_CALL(x.mode(-1)),
    WEFT_CALL(x.quantile(0.4)),
    WEFT_CALL(x.renorm(2, 0, 1))};
#undef WEFT_CALL
}  // namespace sweep
