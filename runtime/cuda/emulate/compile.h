/// The host's compiler in NVRTC's place: kernels' text -> a shared object -> functions to launch.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "runtime/cuda/emulate/fibers.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {

/// The compiler and its options: WEFT_EMULATE_CXX, or the first of clang++-19, clang++, g++, c++
/// that is on PATH. What `compile` makes depends on this and the text. Throws std::runtime_error
/// where there is none.
const std::string& compiler();

/// The bytes of a shared object: prelude_emulated(), `kernels`, and an entry for every
/// `extern "C" __global__` function. Throws std::runtime_error with what the compiler says.
std::string compile(const std::string& kernels);

/// A loaded image; its functions live as long.
class Module {
 public:
  /// Throws std::runtime_error.
  explicit Module(const std::string& image);
  ~Module();
  Module(const Module&) = delete;
  /// The kernel of that name, or null.
  Entry function(const std::string& name) const;
  /// The bytes of each of its parameters.
  std::vector<size_t> argument_sizes(const std::string& name) const;

 private:
  void* handle_ = nullptr;
};
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
