#include "frontend/nn/demangle.h"

#include <cxxabi.h>

#include <cstdlib>

namespace torch {
namespace nn {
std::string demangle(const std::type_info& type) {
  int status = 0;
  char* text = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  std::string name = text ? text : type.name();
  std::free(text);
  return name;
}
}  // namespace nn
}  // namespace torch
