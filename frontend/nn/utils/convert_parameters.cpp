#include "frontend/nn/utils/convert_parameters.h"

#include "frontend/record/scope.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace nn {
namespace utils {
namespace {
void check_devices(const std::vector<Tensor>& parameters) {
  for (const Tensor& parameter : parameters)
    TORCH_CHECK(parameter.device() == parameters[0].device(),
                "Found two parameters on different devices, this is currently not supported.");
}
}  // namespace

Tensor parameters_to_vector(const std::vector<Tensor>& parameters, Location where) {
  record::Call call(where);
  check_devices(parameters);
  std::vector<Tensor> parts;
  for (const Tensor& parameter : parameters) parts.push_back(parameter.view({-1}));
  return torch::cat(parts);
}

void vector_to_parameters(const Tensor& vec, const std::vector<Tensor>& parameters,
                          Location where) {
  record::Call call(where);
  check_devices(parameters);
  int64_t at = 0;
  for (const Tensor& parameter : parameters) {
    const int64_t count = parameter.numel();
    parameter.set_data(vec.slice(0, at, at + count).view_as(parameter).data());
    at += count;
  }
}
}  // namespace utils
}  // namespace nn
}  // namespace torch
