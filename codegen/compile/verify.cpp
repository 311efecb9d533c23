#include "codegen/compile/verify.h"

#include "ir/tensor/import.h"
#include "mlir/Pass/Pass.h"
#include "runtime/reference/reference.h"
#include "runtime/reference/values.h"

namespace mlir::weft {
namespace {
namespace op = ::torch::op;
namespace reference = ::torch::reference;

// Inputs are drawn by the seeds 1, 2, ... Integers may be indices: below `integers`, which most
// sizes are not.
Arrays randomInputs(const op::Graph &graph, int64_t integers) {
  Arrays arrays;
  for (const op::Type &type : graph.inputs) {
    void *data = arrays.emplace_back(type.bytes()).data();
    const uint64_t seed = arrays.size();
    if (op::is_float(type.dtype)) reference::fill_random(type, seed, -1.0, 1.0, data);
    else
      reference::fill_random(type, seed, int64_t{0}, type.dtype == op::DType::Bool ? 2 : integers,
                             data);
  }
  return arrays;
}

// Nothing when the reference tier cannot run it, or not with these numbers.
std::optional<Arrays> run(const op::Graph &graph, const Arrays &inputs) try {
  reference::ReferenceExecutable executable{op::Graph(graph)};
  Arrays outputs;
  std::vector<const void *> from;
  std::vector<void *> to;
  for (const std::vector<char> &input : inputs) from.push_back(input.data());
  for (const op::Type& type : executable.output_types)
    to.push_back(outputs.emplace_back(type.bytes()).data());
  executable.run(from.data(), to.data());
  return outputs;
} catch (const std::invalid_argument &) {
  return std::nullopt;
} catch (const ::torch::runtime::ValueError &) {
  return std::nullopt;
}

std::optional<op::Graph> exported(Operation *op) {
  auto function = dyn_cast<func::FuncOp>(op);
  if (!function) return std::nullopt;
  ScopedDiagnosticHandler quiet(op->getContext(), [](Diagnostic &) { return success(); });
  FailureOr<op::Graph> graph = exportGraph(function);
  if (failed(graph)) return std::nullopt;
  return std::move(*graph);
}

struct Watch : PassInstrumentation {
  explicit Watch(ValueCheck &check) : check(check) {}
  void runBeforePass(Pass *, Operation *op) override { check.before(op); }
  void runAfterPass(Pass *pass, Operation *op) override { check.after(pass->getArgument(), op); }
  ValueCheck &check;
};
}  // namespace

std::unique_ptr<PassInstrumentation> ValueCheck::instrumentation() {
  return std::make_unique<Watch>(*this);
}

std::optional<Arrays> ValueCheck::evaluate(const op::Graph &graph) {
  if (given_) inputs_ = *given_;
  if (inputs_) return run(graph, *inputs_);
  for (int64_t integers : {2, 1}) {
    Arrays inputs = randomInputs(graph, integers);
    std::optional<Arrays> outputs = run(graph, inputs);
    if (!outputs) continue;
    inputs_ = std::move(inputs);
    return outputs;
  }
  return std::nullopt;
}

void ValueCheck::before(Operation *op) {
  if (outputs_) return;
  if (std::optional<op::Graph> graph = exported(op)) outputs_ = evaluate(*graph);
}

void ValueCheck::after(StringRef pass, Operation *op) {
  std::optional<op::Graph> graph = exported(op);
  if (!graph || !outputs_ || !difference_.empty()) return;
  const std::string name = "pass " + pass.str();
  std::optional<Arrays> now = evaluate(*graph);
  if (!now) {
    difference_ = name + " leaves a program that cannot be run with the inputs of the one before";
    return;
  }
  const std::vector<op::Type> types = output_types(*graph);
  for (size_t o = 0; o < types.size() && difference_.empty(); ++o) {
    const std::string where =
        reference::first_difference(types[o], (*outputs_)[o].data(), "the program before",
                                    (*now)[o].data(), "the program after");
    if (!where.empty())
      difference_ = name + " changes values: result " + std::to_string(o + 1) + " " + where;
  }
}

std::string replayCommand(ModuleOp program, const std::string &file) {
  std::string command = "WEFT_VERIFY=each weft-run " + file, inputs;
  for (auto function : program.getOps<func::FuncOp>())
    for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
      Type element = cast<RankedTensorType>(type).getElementType();
      inputs += " random:" + std::to_string(i + 1) +
                (isa<FloatType>(element) || element.isInteger(1) ? "" : ":0:2");
    }
  return command + (inputs.empty() ? "" : " --input" + inputs);
}
}  // namespace mlir::weft
