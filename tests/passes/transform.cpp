#include "tests/passes/transform.h"

#include <stdexcept>

#include "ir/tensor/import.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "runtime/reference/reference.h"

namespace torch {
namespace test {

op::Graph transform(const op::Graph& graph, void (*build)(mlir::OpPassManager&)) {
  static auto* context = [] {
    auto* c = new mlir::MLIRContext(mlir::MLIRContext::Threading::DISABLED);
    return c;
  }();
  std::string errors;
  mlir::ScopedDiagnosticHandler handler(context, [&](mlir::Diagnostic& d) {
    errors += d.str() + "\n";
    return mlir::success();
  });
  mlir::OwningOpRef<mlir::ModuleOp> module = mlir::weft::importGraph(context, graph);
  mlir::PassManager pm(context);
  build(pm);
  if (mlir::failed(pm.run(*module))) throw std::runtime_error(errors);
  auto exported = mlir::weft::exportGraph(*module->getOps<mlir::func::FuncOp>().begin());
  if (mlir::failed(exported)) throw std::runtime_error(errors);
  return std::move(*exported);
}

std::vector<Bytes> evaluate(const op::Graph& graph, const std::vector<Bytes>& inputs) {
  std::vector<Bytes> outputs;
  std::vector<const void*> from;
  std::vector<void*> to;
  for (const op::Type& t : op::output_types(graph)) outputs.emplace_back(t.bytes());
  for (const Bytes& b : inputs) from.push_back(b.data());
  for (Bytes& b : outputs) to.push_back(b.data());
  reference::run(graph, from.data(), to.data());
  return outputs;
}
}  // namespace test
}  // namespace torch
