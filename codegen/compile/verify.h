/// WEFT_VERIFY: what passes and kernels make of a program is compared with what the reference tier
/// makes of the program before. A difference is an InternalError that names the pass or the kernel,
/// with a program that shows it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ir/op/graph.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "runtime/executable/executable.h"

namespace mlir::weft {

/// Arrays of inputs or outputs, row-major.
using Arrays = std::vector<std::vector<char>>;

/// Watches the passes of one phase. Each program that a pass leaves on a function is run in the
/// reference tier, with the same inputs; what cannot be run there (weft.grad) is not compared.
class ValueCheck {
 public:
  /// With these inputs, or (null) with random ones.
  explicit ValueCheck(const Arrays *inputs) : given_(inputs) {}
  /// To be added to the pass manager, which is not to outlive the check.
  std::unique_ptr<PassInstrumentation> instrumentation();
  void before(Operation *op);
  void after(StringRef pass, Operation *op);
  /// What the first pass at fault changed; empty: nothing.
  const std::string &difference() const { return difference_; }

 private:
  std::optional<Arrays> evaluate(const ::torch::op::Graph &graph);

  const Arrays *given_;
  std::optional<Arrays> inputs_, outputs_;  // outputs: of the function as the last pass left it
  std::string difference_;
};

/// The command that runs the program in `file` with the random inputs of a ValueCheck, every step
/// of the way compared.
std::string replayCommand(ModuleOp program, const std::string &file);

/// Runs `compiled`, and `graph` in the reference tier: outputs that differ are an InternalError,
/// and inputs whose memory outputs took over have their old values then. `recorded`: as exportGraph
/// gives it.
std::unique_ptr<::torch::runtime::Executable> verified(
    std::unique_ptr<::torch::runtime::Executable> compiled, ::torch::op::Graph graph,
    std::vector<uint32_t> recorded);
}  // namespace mlir::weft
