/// From a recorded program to something that runs: import, autodiff, simplify, fuse, loops, llvm.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/op/graph.h"
#include "runtime/device/device.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace codegen {

enum class Tier { compile, reference };

/// What we did wrong. `phase` is one of record autodiff simplify fuse loops llvm launch;
/// `reproducer` a file for weft-opt.
struct InternalError : std::runtime_error {
  InternalError(std::string phase, std::string reproducer, const std::string& what)
      : std::runtime_error(what), phase(std::move(phase)), reproducer(std::move(reproducer)) {}
  std::string phase, reproducer;
};

/// Where a graph runs.
struct Placement {
  runtime::DeviceId device{};
  /// Inputs that are numbers in the host's memory although the device is another; empty: none.
  std::vector<bool> on_host{};
};

/// Thread safe. Throws InternalError; so do runs of what it makes, where WEFT_VERIFY is not off.
/// `dump_name`, when a dump folder is set (knobs), names the files of the phases.
std::unique_ptr<runtime::Executable> compile(const op::Graph& graph, Tier tier,
                                             const Placement& placement = {},
                                             const std::string& dump_name = "");
}  // namespace codegen
}  // namespace torch
