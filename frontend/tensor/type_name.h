#pragma once
#include <string>

namespace c10 {
/// "torch::nn::LinearImpl", from what std::type_info::name() gives.
std::string demangle(const char* name);
}  // namespace c10
