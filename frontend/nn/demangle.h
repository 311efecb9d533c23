#pragma once
#include <string>
#include <typeinfo>

namespace torch {
namespace nn {
/// "torch::nn::LinearImpl".
std::string demangle(const std::type_info& type);
}  // namespace nn
}  // namespace torch
