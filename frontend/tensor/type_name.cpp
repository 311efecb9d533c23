#include "frontend/tensor/type_name.h"

#include <cxxabi.h>

#include <cstdlib>

namespace c10 {
std::string demangle(const char* name) {
  int status = 0;
  char* text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string readable = text ? text : name;
  std::free(text);
  return readable;
}
}  // namespace c10
