/// Compiles the launches of a contraction and runs them over plain memory.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "codegen/contraction/contraction.h"
#include "mlir/IR/MLIRContext.h"
#include "runtime/cpu/jit.h"
#include "runtime/executable/launch_list.h"

namespace mlir::weft::contraction {

/// Kernels by key. Prints nothing; throws std::runtime_error with the phase that failed.
class Compiler {
 public:
  explicit Compiler(const ::torch::runtime::Target& target);
  ::torch::runtime::KernelCode kernel(const Launch& launch);
  MLIRContext* context() { return &context_; }

  int compiled = 0;
  double emitMs = 0, lowerMs = 0, optimizeMs = 0, codegenMs = 0;
  bool keepText = false;
  std::string loopForm, assembly;  // of the kernels compiled, when keepText

 private:
  MLIRContext context_;
  const ::torch::runtime::Target& target_;
  std::map<std::string, ::torch::runtime::CompiledCode> kernels_;
};

/// A plan whose kernels are compiled.
class Runner {
 public:
  Runner(Compiler& compiler, Plan plan);
  void run(void* a, void* b, void* result);
  const Plan& plan() const { return plan_; }

 private:
  Plan plan_;
  std::vector<::torch::runtime::KernelCode> code_;
  std::vector<std::vector<char>> temporaries_;
};
}  // namespace mlir::weft::contraction
