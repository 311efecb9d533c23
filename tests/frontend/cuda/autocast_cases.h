// Functions that autocast concerns, or does not though one could think so; what they compute in on
// GPUs and on the host, as libtorch 2.15's ATen/autocast_mode.h has it.
#pragma once
#include <torch/torch.h>

#include <functional>
#include <vector>

namespace autocast_cases {
using torch::Tensor;
namespace F = torch::nn::functional;

// What the result's type follows from.
enum Type { given, lower, full, mixed };  // mixed: a wide operand makes all wide

struct Case {
  const char* name;
  Type on_gpu, on_host;
  std::function<Tensor(const Tensor&)> call;  // of a (4, 4) matrix between 0 and 1
};

inline Tensor wide(const Tensor& x) {
  return x.scalar_type() == torch::kDouble ? x : x.to(torch::kFloat);
}
inline Tensor at(const Tensor& x, std::initializer_list<int64_t> sizes) { return x.reshape(sizes); }
inline Tensor places(const Tensor& x, std::vector<int64_t> values) {
  return torch::tensor(values, torch::TensorOptions(torch::kLong)).to(x.device());
}

inline std::vector<Case> products() {
  return {
      {"matmul", lower, lower, [](auto& x) { return torch::matmul(x, x); }},
      {"mm", lower, lower, [](auto& x) { return torch::mm(x, x); }},
      {"bmm", lower, lower, [](auto& x) { return torch::bmm(x.unsqueeze(0), x.unsqueeze(0)); }},
      {"addmm", lower, lower, [](auto& x) { return torch::addmm(x, x, x); }},
      {"addbmm", lower, lower,
       [](auto& x) { return torch::addbmm(x, x.unsqueeze(0), x.unsqueeze(0)); }},
      {"baddbmm", lower, lower,
       [](auto& x) { return torch::baddbmm(x, x.unsqueeze(0), x.unsqueeze(0)); }},
      {"linear", lower, lower, [](auto& x) { return torch::linear(x, x, x[0]); }},
      {"conv1d", lower, lower, [](auto& x) { return torch::conv1d(at(x, {1, 4, 4}), at(x, {4, 4, 1})); }},
      {"conv2d", lower, lower,
       [](auto& x) { return torch::conv2d(at(x, {1, 1, 4, 4}), at(x, {4, 1, 2, 2})); }},
      {"conv3d", lower, lower,
       [](auto& x) { return torch::conv3d(at(x, {1, 1, 1, 4, 4}), at(x, {4, 1, 1, 2, 2})); }},
      {"conv2d same", lower, lower,
       [](auto& x) {
         return F::conv2d(at(x, {1, 1, 4, 4}), at(x, {4, 1, 2, 2}),
                          F::Conv2dFuncOptions().padding(torch::kSame));
       }},
      {"conv_transpose1d", lower, lower,
       [](auto& x) { return torch::conv_transpose1d(at(x, {1, 4, 4}), at(x, {4, 4, 1})); }},
      {"conv_transpose2d", lower, lower,
       [](auto& x) { return torch::conv_transpose2d(at(x, {1, 1, 4, 4}), at(x, {1, 4, 2, 2})); }},
      {"prelu", lower, lower, [](auto& x) { return torch::prelu(x, x[0][0]); }},
      {"scaled_dot_product_attention", lower, lower,
       [](auto& x) {
         const Tensor q = at(x, {1, 1, 4, 4});
         return torch::scaled_dot_product_attention(q, q, q);
       }},
      {"addmv", lower, given, [](auto& x) { return torch::addmv(x[0], x, x[0]); }},
      {"addr", lower, given, [](auto& x) { return torch::addr(x, x[0], x[0]); }},
      {"mv", lower, given, [](auto& x) { return torch::mv(x, x[0]); }},
      {"chain_matmul", lower, lower, [](auto& x) { return torch::chain_matmul({x, x, x}); }},
      {"einsum", lower, lower, [](auto& x) { return torch::einsum("ij,jk->ik", {x, x}); }},
  };
}

inline std::vector<Case> range() {
  return {
      {"acos", full, given, [](auto& x) { return x.acos(); }},
      {"asin", full, given, [](auto& x) { return x.asin(); }},
      {"cosh", full, given, [](auto& x) { return x.cosh(); }},
      {"exp", full, given, [](auto& x) { return x.exp(); }},
      {"expm1", full, given, [](auto& x) { return x.expm1(); }},
      {"log", full, given, [](auto& x) { return x.log(); }},
      {"log10", full, given, [](auto& x) { return x.log10(); }},
      {"log1p", full, given, [](auto& x) { return x.log1p(); }},
      {"log2", full, given, [](auto& x) { return x.log2(); }},
      {"reciprocal", full, given, [](auto& x) { return x.reciprocal(); }},
      {"rsqrt", full, given, [](auto& x) { return x.rsqrt(); }},
      {"sinh", full, given, [](auto& x) { return x.sinh(); }},
      {"tan", full, given, [](auto& x) { return x.tan(); }},
      {"pow", full, given, [](auto& x) { return x.pow(3); }},
      {"pow of tensors", full, given, [](auto& x) { return x.pow(x); }},
      {"pow of a number", full, given, [](auto& x) { return torch::pow(2, x); }},
      {"tanh", given, given, [](auto& x) { return x.tanh(); }},
      {"sqrt", given, given, [](auto& x) { return x.sqrt(); }},
      {"sigmoid", given, given, [](auto& x) { return x.sigmoid(); }},
      {"exp_", given, given, [](auto& x) { return x.clone().exp_(); }},
      {"softplus", full, given, [](auto& x) { return torch::softplus(x); }},
      {"gelu", given, given, [](auto& x) { return torch::gelu(x); }},
      {"layer_norm", full, given, [](auto& x) { return torch::layer_norm(x, {4}); }},
      {"group_norm", full, given, [](auto& x) { return torch::group_norm(x, 2); }},
      {"cosine_similarity", full, given, [](auto& x) { return torch::cosine_similarity(x, x); }},
      {"softmax", full, given, [](auto& x) { return x.softmax(1); }},
      {"log_softmax", full, given, [](auto& x) { return x.log_softmax(1); }},
      {"logsumexp", full, given, [](auto& x) { return x.logsumexp(1); }},
      {"sum", full, given, [](auto& x) { return x.sum(); }},
      {"sum of a dim", full, given, [](auto& x) { return x.sum(1); }},
      {"mean", given, given, [](auto& x) { return x.mean(); }},
      {"prod", full, full, [](auto& x) { return x.prod(); }},
      {"prod of a dim", full, full, [](auto& x) { return x.prod(1); }},
      {"cumsum", full, given, [](auto& x) { return x.cumsum(1); }},
      {"cumprod", full, given, [](auto& x) { return x.cumprod(1); }},
      {"norm", full, given, [](auto& x) { return x.norm(); }},
      {"norm of a dim", full, given, [](auto& x) { return x.norm(2, 1); }},
      {"dist", full, given, [](auto& x) { return torch::dist(x, x); }},
      {"pdist", full, given, [](auto& x) { return torch::pdist(x); }},
      {"cdist", full, full, [](auto& x) { return torch::cdist(x, x); }},
      {"renorm", full, given, [](auto& x) { return x.renorm(2, 0, 1); }},
      {"trace", full, full, [](auto& x) { return x.trace(); }},
      {"quantile", given, full, [](auto& x) { return torch::quantile(x, 0.5); }},
      {"nanquantile", given, full, [](auto& x) { return torch::nanquantile(x, 0.5); }},
  };
}

inline std::vector<Case> losses() {
  return {
      {"mse_loss", full, full, [](auto& x) { return torch::mse_loss(x, x); }},
      {"l1_loss", full, full, [](auto& x) { return torch::l1_loss(x, x); }},
      {"smooth_l1_loss", full, full, [](auto& x) { return torch::smooth_l1_loss(x, x); }},
      {"huber_loss", full, full, [](auto& x) { return torch::huber_loss(x, x); }},
      {"kl_div", full, full, [](auto& x) { return torch::kl_div(x, x); }},
      {"poisson_nll_loss", full, full,
       [](auto& x) { return torch::poisson_nll_loss(x, x, true, false, 1e-8, 1); }},
      {"soft_margin_loss", full, full, [](auto& x) { return torch::soft_margin_loss(x, x); }},
      {"hinge_embedding_loss", full, full,
       [](auto& x) { return torch::hinge_embedding_loss(x, torch::ones_like(x)); }},
      {"margin_ranking_loss", full, full,
       [](auto& x) { return torch::margin_ranking_loss(x, x, torch::ones_like(x)); }},
      {"cosine_embedding_loss", full, full,
       [](auto& x) { return torch::cosine_embedding_loss(x, x, torch::ones_like(x[0])); }},
      {"triplet_margin_loss", full, full,
       [](auto& x) { return torch::triplet_margin_loss(x, x, x + 1); }},
      {"multi_margin_loss", full, full,
       [](auto& x) { return torch::multi_margin_loss(x, places(x, {0, 1, 2, 3})); }},
      {"multilabel_margin_loss", full, full,
       [](auto& x) {
         return torch::multilabel_margin_loss(x[0], places(x, {1, 2, -1, 0}));
       }},
      {"nll_loss", full, full,
       [](auto& x) { return torch::nll_loss(x, places(x, {0, 1, 2, 3})); }},
      {"cross_entropy_loss", full, full,
       [](auto& x) { return torch::cross_entropy_loss(x, places(x, {0, 1, 2, 3})); }},
      {"binary_cross_entropy_with_logits", full, full,
       [](auto& x) { return torch::binary_cross_entropy_with_logits(x, x); }},
      {"ctc_loss", given, full,
       [](auto& x) {
         return torch::ctc_loss(at(x, {4, 1, 4}), places(x, {1, 2}).view({1, 2}),
                                torch::tensor({4}), torch::tensor({2}));
       }},
  };
}

inline std::vector<Case> images() {
  return {
      {"upsample_nearest1d", full, given,
       [](auto& x) { return torch::upsample_nearest1d(x.unsqueeze(0), {8}); }},
      {"upsample_nearest2d", full, given,
       [](auto& x) { return torch::upsample_nearest2d(at(x, {1, 1, 4, 4}), {8, 8}); }},
      {"upsample_linear1d", full, given,
       [](auto& x) { return torch::upsample_linear1d(x.unsqueeze(0), {8}, false); }},
      {"upsample_bilinear2d", full, given,
       [](auto& x) { return torch::upsample_bilinear2d(at(x, {1, 1, 4, 4}), {8, 8}, false); }},
      {"upsample_bicubic2d", full, given,
       [](auto& x) { return torch::upsample_bicubic2d(at(x, {1, 1, 4, 4}), {8, 8}, false); }},
      {"upsample_trilinear3d", full, given,
       [](auto& x) { return torch::upsample_trilinear3d(at(x, {1, 1, 4, 2, 2}), {8, 4, 4}, false); }},
      {"interpolate", full, given,
       [](auto& x) {
         return F::interpolate(at(x, {1, 1, 4, 4}),
                               F::InterpolateFuncOptions().scale_factor(std::vector<double>{2, 2}));
       }},
      {"avg_pool2d", given, given,
       [](auto& x) { return torch::avg_pool2d(at(x, {1, 4, 4}), {2, 2}); }},
      {"avg_pool3d", given, full,
       [](auto& x) { return torch::avg_pool3d(at(x, {1, 1, 4, 2, 2}), {2, 2, 2}); }},
      {"max_pool2d", given, given,
       [](auto& x) { return torch::max_pool2d(at(x, {1, 4, 4}), {2, 2}); }},
      {"max_pool3d", given, full,
       [](auto& x) { return torch::max_pool3d(at(x, {1, 1, 4, 2, 2}), {2, 2, 2}); }},
      {"adaptive_avg_pool2d", given, given,
       [](auto& x) { return torch::adaptive_avg_pool2d(at(x, {1, 4, 4}), {2, 2}); }},
      {"adaptive_avg_pool3d", given, full,
       [](auto& x) { return torch::adaptive_avg_pool3d(at(x, {1, 1, 4, 2, 2}), {2, 2, 2}); }},
      {"adaptive_max_pool3d", given, full,
       [](auto& x) {
         return std::get<0>(torch::adaptive_max_pool3d(at(x, {1, 1, 4, 2, 2}), {2, 2, 2}));
       }},
      {"fractional_max_pool2d", given, full,
       [](auto& x) {
         return std::get<0>(torch::fractional_max_pool2d(
             at(x, {1, 1, 4, 4}), {2, 2}, {2, 2}, torch::full({1, 1, 2}, 0.5, x.options())));
       }},
      {"max_unpool2d", given, full,
       [](auto& x) {
         return torch::max_unpool2d(at(x, {1, 4, 4}).slice(1, 0, 1),
                                    places(x, {0, 1, 2, 3}).view({1, 1, 4}), {2, 8});
       }},
      {"reflection_pad1d", given, full,
       [](auto& x) { return torch::reflection_pad1d(x, {1, 1}); }},
      {"reflection_pad2d", given, full,
       [](auto& x) { return torch::reflection_pad2d(x.unsqueeze(0), {1, 1, 1, 1}); }},
      {"replication_pad1d", given, full,
       [](auto& x) { return torch::replication_pad1d(x, {1, 1}); }},
      {"replication_pad3d", given, full,
       [](auto& x) { return torch::replication_pad3d(at(x, {1, 4, 2, 2}), {1, 1, 1, 1, 1, 1}); }},
      {"pad reflect", given, full,
       [](auto& x) { return F::pad(x, F::PadFuncOptions({1, 1}).mode(torch::kReflect)); }},
      {"pad constant", given, given, [](auto& x) { return torch::constant_pad_nd(x, {1, 1}); }},
      {"grid_sampler", mixed, full,
       [](auto& x) {
         return torch::grid_sampler(at(x, {1, 1, 4, 4}), wide(at(x, {1, 2, 4, 2})), 0, 0, false);
       }},
  };
}

// Of operands of two types.
inline std::vector<Case> meetings() {
  return {
      {"addcmul", mixed, mixed, [](auto& x) { return torch::addcmul(x, wide(x), x); }},
      {"addcdiv", mixed, mixed, [](auto& x) { return torch::addcdiv(x, x, wide(x)); }},
      {"atan2", mixed, mixed, [](auto& x) { return torch::atan2(x, wide(x)); }},
      {"cat", mixed, mixed, [](auto& x) { return torch::cat({x, wide(x)}); }},
      {"stack", mixed, mixed, [](auto& x) { return torch::stack({x, wide(x)}); }},
  };
}

// Refused of two types where autocast does not make them one.
inline std::vector<Case> strict() {
  return {
      {"bilinear", mixed, given,
       [](auto& x) {
         return torch::bilinear(x, wide(x), at(x, {1, 4, 4}).expand({2, 4, 4}), x[0].slice(0, 0, 2));
       }},
      {"cross", mixed, given,
       [](auto& x) { return torch::cross(x.slice(1, 0, 3), wide(x).slice(1, 0, 3), 1); }},
      {"tensordot", mixed, given, [](auto& x) { return torch::tensordot(x, wide(x), {1}, {0}); }},
      {"dot", mixed, given, [](auto& x) { return torch::dot(x[0], wide(x)[0]); }},
      {"vdot", mixed, given, [](auto& x) { return torch::vdot(x[0], wide(x)[0]); }},
      {"index_put", mixed, given,
       [](auto& x) { return x.index_put({places(x, {0, 1})}, wide(x).slice(0, 0, 2)); }},
      {"scatter_add", mixed, given,
       [](auto& x) { return x.scatter_add(0, places(x, {0, 1, 2, 3}).view({1, 4}), wide(x)); }},
      {"index_copy", given, mixed,
       [](auto& x) { return torch::index_copy(x, 0, places(x, {0}), wide(x).slice(0, 0, 1)); }},
  };
}
}  // namespace autocast_cases
