/// Kernels that were compiled, on disk: WEFT_CUDA_CACHE, else weft/cuda in the user's cache folder.
/// Any number of processes may use a folder at once: a file appears whole or not at all. Files
/// used longest ago go first when they are too many. What fails only costs a compilation.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

namespace torch {
namespace runtime {
namespace cuda {

class CubinCache {
 public:
  /// "": nothing is kept. `limit`: bytes.
  explicit CubinCache(std::string folder, size_t limit = size_t(1) << 30);
  /// The one of the process, where the knob says.
  static CubinCache& get();

  /// What `key` (a text of any length) stands for.
  std::optional<std::string> find(const std::string& key) const;
  void keep(const std::string& key, const std::string& content);
  /// Removes the oldest until a fifth of the limit is free again, if it is passed.
  void shrink() const;

 private:
  std::string path_of(const std::string& key) const;

  const std::string folder_;
  const size_t limit_;
  size_t kept_ = 0;  // bytes since the last look at the folder
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
