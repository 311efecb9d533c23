// Padding by every mode.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
namespace F = torch::nn::functional;
namespace nn = torch::nn;

inline void padding_cases(const Show& show) {
  const std::vector<Tensor> inputs = {leaf({2, 4}, 1), leaf({1, 3, 4}, 2), leaf({1, 3, 3, 4}, 3),
                                      leaf({1, 1, 3, 3, 4}, 4)};
  const std::vector<std::vector<int64_t>> lists = {
      {1, 2}, {3, 0}, {-1, 2}, {2, -2}, {1, 2, 0, 1}, {-1, 1, 2, -1}, {1, 0, 2, 1, 1, 2}};
  for (const Tensor& x : inputs)
    for (const auto& list : lists) {
      const int64_t dims = static_cast<int64_t>(list.size()) / 2;
      if (x.dim() != dims + 1 && x.dim() != dims + 2) continue;
      std::string name = "pad of rank " + std::to_string(x.dim());
      for (int64_t n : list) name += " " + std::to_string(n);
      const auto run = [&](const std::string& mode, F::PadFuncOptions options) {
        with_gradients(show, mode + " " + name, {x}, [&] { return F::pad(x, options); });
      };
      run("constant", F::PadFuncOptions(list).value(1.5));
      run("reflected", F::PadFuncOptions(list).mode(torch::kReflect));
      run("replicated", F::PadFuncOptions(list).mode(torch::kReplicate));
      run("circular", F::PadFuncOptions(list).mode(torch::kCircular));
    }
  const Tensor image = wave({1, 2, 3, 4}, 5);
  show("ReflectionPad2d", nn::ReflectionPad2d(2)(image));
  show("ReplicationPad2d", nn::ReplicationPad2d(nn::ReplicationPad2dOptions({1, 2, 0, 3}))(image));
  show("ZeroPad2d", nn::ZeroPad2d(nn::ZeroPad2dOptions({1, 2, -1, 3}))(image));
  show("ConstantPad2d", nn::ConstantPad2d(1, 3.5)(image));
  show("pad by name", torch::pad(image, {1, 1}, "constant", 2.5));
}
}  // namespace golden
