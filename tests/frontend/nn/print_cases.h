// What layers print: the text stands in the name of a case.
#pragma once
#include <sstream>

#include "tests/frontend/golden.h"

namespace golden {
namespace nn = torch::nn;

template <class Module> void printed(const Show& show, const Module& module) {
  std::ostringstream text;
  text << module;
  std::string line = text.str();
  for (size_t at; (at = line.find('\n')) != std::string::npos;) line.replace(at, 1, " | ");
  show(line, torch::zeros({0}));
}

inline void print_windows(const Show& show) {
  printed(show, nn::ConvTranspose1d(1, 2, 3));
  printed(show, nn::ConvTranspose2d(nn::ConvTranspose2dOptions(4, 2, {3, 2})
                                        .stride({1, 2})
                                        .padding(1)
                                        .output_padding({0, 1})
                                        .dilation(2)
                                        .groups(2)
                                        .bias(false)));
  printed(show,
          nn::ConvTranspose3d(nn::ConvTranspose3dOptions(1, 1, 2).padding_mode(torch::kCircular)));
  printed(show, nn::Conv1d(nn::Conv1dOptions(1, 1, 3).padding(torch::kValid)));
  printed(show, nn::AdaptiveAvgPool1d(3));
  printed(show, nn::AdaptiveAvgPool2d(nn::AdaptiveAvgPool2dOptions({3, std::nullopt})));
  printed(show, nn::AdaptiveMaxPool2d(2));
  printed(show, nn::AdaptiveMaxPool3d(nn::AdaptiveMaxPool3dOptions({1, 2, 3})));
  printed(show, nn::MaxUnpool1d(3));
  printed(show, nn::MaxUnpool2d(nn::MaxUnpool2dOptions(3).stride({2, 1}).padding(1)));
  printed(show, nn::LPPool1d(1.5, 3));
  printed(show, nn::LPPool2d(nn::LPPool2dOptions(2, {1, 2}).stride(2).ceil_mode(true)));
  printed(show, nn::FractionalMaxPool2d(nn::FractionalMaxPool2dOptions(2).output_size(1)));
  printed(show, nn::FractionalMaxPool3d(nn::FractionalMaxPool3dOptions(2).output_size(1)));
  printed(show, nn::ReflectionPad1d(2));
  printed(show, nn::ReplicationPad3d(nn::ReplicationPad3dOptions({1, 2, 3, 4, 5, 6})));
  printed(show, nn::ZeroPad2d(nn::ZeroPad2dOptions({1, 1, 2, 0})));
  printed(show, nn::ConstantPad1d(2, 3.5));
  printed(show, nn::Upsample(nn::UpsampleOptions().size(std::vector<int64_t>{4, 5})));
  printed(
      show,
      nn::Upsample(
          nn::UpsampleOptions().scale_factor(std::vector<double>{1.5, 2}).mode(torch::kBilinear)));
}

inline void print_others(const Show& show) {
  printed(show, nn::InstanceNorm1d(4));
  printed(show,
          nn::InstanceNorm3d(
              nn::InstanceNorm3dOptions(4).eps(1e-3).momentum(0.5).affine(true).track_running_stats(
                  true)));
  printed(show, nn::GroupNorm(2, 4));
  printed(show, nn::GroupNorm(nn::GroupNormOptions(2, 4).affine(false)));
  printed(show, nn::LocalResponseNorm(nn::LocalResponseNormOptions(4).alpha(0.01).k(2.5)));
  printed(show, nn::CrossMapLRN2d(nn::CrossMapLRN2dOptions(3).beta(0.5).k(2)));
  printed(show, nn::Dropout2d(nn::Dropout2dOptions(0.25).inplace(true)));
  printed(show, nn::Dropout3d());
  printed(show, nn::AlphaDropout(0.1));
  printed(show, nn::FeatureAlphaDropout());
  printed(show, nn::Embedding(3, 4));
  printed(show, nn::Embedding(nn::EmbeddingOptions(3, 4)
                                  .padding_idx(-1)
                                  .max_norm(1.5)
                                  .norm_type(3)
                                  .scale_grad_by_freq(true)
                                  .sparse(true)));
  printed(show, nn::EmbeddingBag(3, 4));
  printed(show, nn::EmbeddingBag(nn::EmbeddingBagOptions(3, 4)
                                     .mode(torch::kMax)
                                     .max_norm(2)
                                     .include_last_offset(true)
                                     .padding_idx(1)));
  printed(show, nn::Unflatten(1, std::vector<int64_t>{2, 3}));
  printed(show, nn::Bilinear(3, 2, 4));
  nn::ParameterDict dict;
  dict->insert("a", torch::ones({2, 3}));
  printed(show, dict);
  printed(show, nn::ParameterList(torch::ones({2}), torch::ones({}, torch::kDouble)));
  torch::OrderedDict<std::string, std::shared_ptr<nn::Module>> modules = {
      {"pad", nn::ZeroPad2d(1).ptr()},
      {"inner", nn::Sequential(nn::GroupNorm(1, 2), nn::Dropout(0.1)).ptr()}};
  printed(show, nn::ModuleDict(modules));
}
}  // namespace golden
