/// A graph of a GPU that is run by the CPU: the reference tier's way.
#pragma once
#include "runtime/executable/executable.h"

namespace torch {
namespace runtime {
namespace cuda {

/// Takes inputs to the host, runs there, brings the results back.
class HostRun : public Executable {
 public:
  /// `on_host[i]`: input i is in the host's memory already; empty: none is.
  HostRun(std::unique_ptr<Executable> inner, int device, std::vector<bool> on_host);
  void run(const void* const* inputs, void* const* outputs) const override;
  bool may_alias(size_t output, size_t input) const override;

 private:
  std::unique_ptr<Executable> inner_;
  int device_;
  std::vector<bool> on_host_;
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
