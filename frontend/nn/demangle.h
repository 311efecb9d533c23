#pragma once
#include <typeinfo>

#include "frontend/tensor/type_name.h"

namespace torch {
namespace nn {
/// "torch::nn::LinearImpl".
inline std::string demangle(const std::type_info& type) { return c10::demangle(type.name()); }
}  // namespace nn
}  // namespace torch
