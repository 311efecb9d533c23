// Runs of executables, compared with the reference tier; and whose fault a difference is.
#include <cstring>

#include "codegen/compile/kernels.h"
#include "codegen/compile/phases.h"
#include "ir/interface/convert.h"
#include "ir/tensor/import.h"
#include "runtime/reference/reference.h"
#include "runtime/reference/values.h"

namespace mlir::weft {
namespace {
namespace op = ::torch::op;
namespace rt = ::torch::runtime;
namespace reference = ::torch::reference;

Arrays emptyArrays(llvm::ArrayRef<op::Type> types) {
  Arrays arrays;
  for (const op::Type &type : types) arrays.emplace_back(type.bytes());
  return arrays;
}
std::vector<const void *> addresses(const Arrays &arrays) {
  std::vector<const void *> all;
  for (const std::vector<char> &a : arrays) all.push_back(a.data());
  return all;
}
void run(const rt::Executable &executable, const Arrays &inputs, Arrays &outputs) {
  std::vector<void *> to;
  for (std::vector<char> &o : outputs) to.push_back(o.data());
  executable.run(addresses(inputs).data(), to.data());
}

std::string difference(llvm::ArrayRef<op::Type> types, const Arrays& expected,
                       llvm::ArrayRef<const void*> got) {
  for (size_t o = 0; o < types.size(); ++o) {
    if (!got[o]) continue;
    std::string where = reference::first_difference(
        types[o], expected[o].data(), "the reference tier", got[o], "the compiled code");
    if (!where.empty()) return "result " + std::to_string(o + 1) + " " + where;
  }
  return "";
}

// Runs every kernel by itself, on the numbers that the reference tier gives its operands.
void checkKernels(ModuleOp module, const Arrays &inputs) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  DenseMap<Value, const std::vector<char> *> values;
  std::vector<std::unique_ptr<Arrays>> made;
  for (auto [argument, input] : llvm::zip(main.getArguments(), inputs)) values[argument] = &input;
  for (auto kernel : main.getOps<KernelOp>()) {
    OwningOpRef<ModuleOp> program = programOf(kernel);
    auto alone = program->lookupSymbol<func::FuncOp>("main");
    FailureOr<op::Graph> graph = exportGraph(alone);
    if (failed(graph)) continue;
    Arrays operands, got = emptyArrays(output_types(*graph));
    for (Value v : kernel->getOperands()) operands.push_back(*values.at(v));
    made.push_back(std::make_unique<Arrays>(got));
    run(reference::ReferenceExecutable(op::Graph(*graph)), operands, *made.back());
    for (auto [result, array] : llvm::zip(kernel->getResults(), *made.back()))
      values[result] = &array;
    rt::Executable::Summary ignored;
    run(*makeLaunchList(*program, alone, ignored), operands, got);
    const std::string where = difference(output_types(*graph), *made.back(), addresses(got));
    if (where.empty()) continue;
    const op::SourceLocation at = toSourceLocation(kernel.getLoc());
    throw internalError("loops",
                        "kernel " + kernelName(kernel) + " (" + kernel.getKind().str() + ")" +
                            (at.line ? " of " + at.file + ":" + std::to_string(at.line) : "") +
                            ": " + where,
                        text(*program, true),
                        [&](const std::string& file) { return replayCommand(*program, file); });
  }
}

class Verified : public rt::Executable {
 public:
  Verified(std::unique_ptr<rt::Executable> compiled, op::Graph graph,
           std::vector<uint32_t> recorded)
      : compiled_(std::move(compiled)),
        graph_(graph),
        reference_(std::move(graph), std::move(recorded)) {
    input_types = compiled_->input_types;
    output_types = compiled_->output_types;
  }

  bool may_alias(size_t output, size_t input) const override {
    return compiled_->may_alias(output, input);
  }

  void run(const void *const *inputs, void *const *outputs) const override {
    Arrays before = emptyArrays(input_types), expected = emptyArrays(output_types);
    for (size_t i = 0; i < before.size(); ++i)
      std::memcpy(before[i].data(), inputs[i], before[i].size());
    const std::optional<rt::ValueError> wrong =
        attempt([&] { weft::run(reference_, before, expected); });
    const std::optional<rt::ValueError> got = attempt([&] { compiled_->run(inputs, outputs); });
    std::string what;
    if (wrong && got && wrong->node == got->node && !std::strcmp(wrong->what(), got->what()))
      throw *got;
    if (wrong || got)
      what = "the reference tier says: " + said(wrong) + ", the compiled code says: " + said(got);
    else
      what = difference(output_types, expected, {outputs, output_types.size()});
    if (what.empty()) return;
    for (size_t i = 0; i < before.size(); ++i)
      for (size_t o = 0; o < expected.size(); ++o)
        if (outputs[o] && outputs[o] == inputs[i])
          std::memcpy(outputs[o], before[i].data(), before[i].size());
    blame(before, what, !wrong && !got);
  }

 private:
  template <class Run> static std::optional<rt::ValueError> attempt(Run &&run) try {
    run();
    return std::nullopt;
  } catch (const rt::ValueError &error) {
    return error;
  }
  static std::string said(const std::optional<rt::ValueError> &error) {
    return error ? std::string(error->what()) + " (node " + std::to_string(error->node) + ")"
                 : "nothing";
  }

  // The first pass or kernel that gives other values, on these inputs; else it is in how kernels
  // are put together.
  [[noreturn]] void blame(const Arrays &inputs, const std::string &what, bool hasValues) const {
    std::unique_ptr<MLIRContext> context = makeContext();
    OwningOpRef<ModuleOp> module = importGraph(context.get(), graph_), before = module->clone();
    if (hasValues) {
      runPhases(*module, true, [](StringRef) {}, &inputs);
      checkKernels(*module, inputs);
    }
    throw internalError("launch", what, text(*before, true),
                        [&](const std::string &file) { return replayCommand(*before, file); });
  }

  std::unique_ptr<rt::Executable> compiled_;
  const op::Graph graph_;
  const reference::ReferenceExecutable reference_;
};
}  // namespace

std::unique_ptr<rt::Executable> verified(std::unique_ptr<rt::Executable> compiled, op::Graph graph,
                                         std::vector<uint32_t> recorded) {
  return std::make_unique<Verified>(std::move(compiled), std::move(graph), std::move(recorded));
}
}  // namespace mlir::weft
