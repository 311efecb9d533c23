// Images at other resolutions and at computed places.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;
namespace nn = torch::nn;
using Options = F::InterpolateFuncOptions;

template <class Mode>
void interpolate_cases(const Show& show, const std::string& name, const Tensor& x, Mode mode,
                       std::vector<bool> aligned) {
  const auto spatial = static_cast<size_t>(x.dim() - 2);
  const auto run = [&](const std::string& what, Options options) {
    if (aligned.empty())
      return with_gradients(show, name + " " + what, {x},
                            [&] { return F::interpolate(x, options); });
    for (bool a : aligned)
      with_gradients(show, name + " " + what + (a ? " aligned" : ""), {x},
                     [&] { return F::interpolate(x, Options(options).align_corners(a)); });
  };
  const auto scaled = [&](double by, std::optional<bool> recompute = std::nullopt) {
    return Options()
        .mode(mode)
        .scale_factor(std::vector<double>(spatial, by))
        .recompute_scale_factor(recompute);
  };
  run("to 5", Options().mode(mode).size(std::vector<int64_t>(spatial, 5)));
  run("to 2", Options().mode(mode).size(std::vector<int64_t>(spatial, 2)));
  run("to 1", Options().mode(mode).size(std::vector<int64_t>(spatial, 1)));
  run("twice", scaled(2));
  run("by 1.7", scaled(1.7));
  run("by 1.7 of sizes", scaled(1.7, true));
  run("by 0.6", scaled(0.6));
}

inline void upsample_cases(const Show& show) {
  Tensor a = leaf({1, 2, 4}, 1), b = leaf({1, 2, 3, 4}, 2), c = leaf({1, 1, 2, 3, 4}, 3);
  interpolate_cases(show, "nearest1d", a, torch::kNearest, {});
  interpolate_cases(show, "nearest2d", b, torch::kNearest, {});
  interpolate_cases(show, "nearest3d", c, torch::kNearest, {});
  interpolate_cases(show, "nearest exact 1d", a, torch::kNearestExact, {false});
  interpolate_cases(show, "nearest exact 2d", b, torch::kNearestExact, {false});
  interpolate_cases(show, "area1d", a, torch::kArea, {});
  interpolate_cases(show, "area2d", b, torch::kArea, {});
  interpolate_cases(show, "linear", a, torch::kLinear, {false, true});
  interpolate_cases(show, "bilinear", b, torch::kBilinear, {false, true});
  interpolate_cases(show, "bicubic", b, torch::kBicubic, {false, true});
  interpolate_cases(show, "trilinear", c, torch::kTrilinear, {false, true});
  Tensor large = leaf({1, 1, 7, 8}, 4);
  for (bool cubic : {false, true}) {
    auto options = Options().antialias(true).align_corners(false).size(std::vector<int64_t>{3, 5});
    if (cubic) options.mode(torch::kBicubic);
    else options.mode(torch::kBilinear);
    with_gradients(show, std::string("antialiased ") + (cubic ? "bicubic" : "bilinear"), {large},
                   [&] { return F::interpolate(large, options); });
  }
  show("Upsample", nn::Upsample(nn::UpsampleOptions()
                                    .scale_factor(std::vector<double>{2, 3})
                                    .mode(torch::kBilinear)
                                    .align_corners(true))(b.detach()));
}

inline void grid_cases(const Show& show) {
  Tensor image = leaf({2, 2, 3, 4}, 1), grid = leaf({2, 3, 2, 2}, 2);
  Tensor volume = leaf({1, 2, 3, 2, 4}, 3), places = leaf({1, 2, 2, 2, 3}, 4);
  for (bool aligned : {false, true}) {
    const auto run = [&](const std::string& name, F::GridSampleFuncOptions options) {
      options.align_corners(aligned);
      const std::string full = "grid_sample " + name + (aligned ? " aligned" : "");
      // (of the nearest pixel the grid has no gradient: libtorch's is zeros)
      const bool nearest = std::get_if<torch::enumtype::kNearest>(&options.mode());
      using Inputs = std::vector<Tensor>;
      with_gradients(show, full, nearest ? Inputs{image} : Inputs{image, grid},
                     [&] { return F::grid_sample(image, grid, options); });
      if (!std::get_if<torch::enumtype::kBicubic>(&options.mode()))
        with_gradients(show, full + " of volumes",
                       nearest ? Inputs{volume} : Inputs{volume, places},
                       [&] { return F::grid_sample(volume, places, options); });
    };
    using G = F::GridSampleFuncOptions;
    run("bilinear zeros", G());
    run("bilinear border", G().padding_mode(torch::kBorder));
    run("bilinear reflection", G().padding_mode(torch::kReflection));
    run("nearest zeros", G().mode(torch::kNearest));
    run("nearest border", G().mode(torch::kNearest).padding_mode(torch::kBorder));
    run("nearest reflection", G().mode(torch::kNearest).padding_mode(torch::kReflection));
    run("bicubic zeros", G().mode(torch::kBicubic));
    run("bicubic border", G().mode(torch::kBicubic).padding_mode(torch::kBorder));
    run("bicubic reflection", G().mode(torch::kBicubic).padding_mode(torch::kReflection));
    Tensor theta = leaf({2, 2, 3}, 5), theta3 = leaf({1, 3, 4}, 6);
    with_gradients(show, std::string("affine_grid") + (aligned ? " aligned" : ""), {theta}, [&] {
      return F::affine_grid(theta, {2, 1, 3, 4}, aligned);
    });
    with_gradients(show, std::string("affine_grid of volumes") + (aligned ? " aligned" : ""),
                   {theta3}, [&] {
                     return F::affine_grid(theta3, {1, 1, 2, 1, 3}, aligned);
                   });
  }
}
}  // namespace golden
