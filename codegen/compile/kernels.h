/// Kernels -> loop form -> machine code, for all of a graph at once: equal ones once, the process's
/// cache first, the rest in parallel.
#pragma once
#include "codegen/compile/compile.h"
#include "codegen/compile/plan.h"
#include "runtime/executable/kernel_cache.h"

namespace mlir::weft {

struct CodeTexts {
  std::vector<std::string> loops, llvm, assembly;  // of the kernels that were asked for, by launch
  std::vector<std::string> cuda;                   // of those that were made
};
/// The launch list of `main`, whose ops are kernels, in `module`. With `texts`, code is emitted
/// again to be looked at.
std::unique_ptr<::torch::runtime::LaunchList> makeLaunchList(
    ModuleOp module, func::FuncOp main, ::torch::runtime::Executable::Summary& summary,
    CodeTexts* texts = nullptr);

/// The same for a GPU.
std::unique_ptr<::torch::runtime::Executable> makeLaunchGraph(
    ModuleOp module, func::FuncOp main, const ::torch::codegen::Placement& placement,
    ::torch::runtime::Executable::Summary& summary, CodeTexts* texts = nullptr);

/// A kernel as an object, for others to link (runtime/executable/prebuilt.h).
struct KernelObject {
  ::torch::runtime::KernelKey key;
  std::string symbol, bytes;
};
/// Adds those of `main`, whose ops are kernels, in `module`, for knobs().cpu, that are not there.
void addObjects(ModuleOp module, func::FuncOp main, std::vector<KernelObject>& objects);
/// What this process's cache knows the launch's code by.
::torch::runtime::KernelKey keyOf(const LoweredLaunch& launch);
/// The kernel alone, as a program.
OwningOpRef<ModuleOp> programOf(KernelOp kernel);
}  // namespace mlir::weft
