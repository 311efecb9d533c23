/// Shared libraries that may be there.
#pragma once
#include <string>
#include <vector>

namespace torch {
namespace runtime {
namespace cuda {

struct Library {
  void* handle = nullptr;
  std::string path;   // of the one that was found
  std::string error;  // the loader's words about the first one; empty when one was found
};
/// The first of `names` that loads. Never closed: the driver's threads outlive us.
Library open_library(const std::vector<std::string>& names);
void* symbol(const Library& library, const char* name);

/// Where toolkits keep their libraries: $CUDA_HOME, $CUDA_PATH, /usr/local/cuda*, newest first.
std::vector<std::string> toolkit_folders();
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
