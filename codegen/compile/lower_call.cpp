// Kind call: ops that no kernel computes run as functions of the reference tier, on the calling thread.
#include "codegen/compile/lowering.h"
#include "ir/tensor/import.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "runtime/reference/reference.h"

namespace mlir::weft {
namespace {
namespace op = ::torch::op;

// The body as a program of its own.
FailureOr<op::Graph> bodyGraph(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  OpBuilder b(kernel.getContext());
  OwningOpRef<ModuleOp> module = ModuleOp::create(kernel.getLoc());
  b.setInsertionPointToEnd(module->getBody());
  auto type = b.getFunctionType(body.getArgumentTypes(), kernel.getResultTypes());
  auto function = b.create<func::FuncOp>(kernel.getLoc(), "main", type);
  Block *entry = function.addEntryBlock();
  IRMapping map;
  map.map(body.getArguments(), entry->getArguments());
  b.setInsertionPointToEnd(entry);
  for (Operation &op : body.without_terminator()) b.clone(op, map);
  llvm::SmallVector<Value> results;
  for (Value v : body.getTerminator()->getOperands()) results.push_back(map.lookup(v));
  b.create<func::ReturnOp>(kernel.getLoc(), results);
  return exportGraph(function);
}

void runGraph(void *const *buffers, const int64_t *params, int64_t begin, int64_t end, void *) {
  if (begin == end) return;
  const auto &program = *reinterpret_cast<const ::torch::reference::ReferenceExecutable *>(params[0]);
  program.run(buffers, buffers + program.input_types.size());
}
}  // namespace

FailureOr<Lowered> lowerCall(KernelOp kernel) {
  FailureOr<op::Graph> graph = bodyGraph(kernel);
  if (failed(graph)) return failure();
  auto kept = std::make_shared<::torch::reference::ReferenceExecutable>(std::move(*graph));
  auto code = std::make_shared<::torch::runtime::Kernel>();
  code->name = kernelName(kernel);
  code->kind = "call";
  code->code = &runGraph;
  code->keep_alive = kept;
  LoweredLaunch launch;
  launch.name = code->name;
  launch.kind = code->kind;
  launch.kernel = code;
  launch.tasks = 1;
  launch.params = {reinterpret_cast<int64_t>(kept.get())};
  for (unsigned i = 0; i < kernel->getNumOperands(); ++i) launch.buffers.push_back({LocalBuffer::operand, i});
  for (unsigned i = 0; i < kernel->getNumResults(); ++i) launch.buffers.push_back({LocalBuffer::result, i});
  Lowered lowered;
  lowered.launches.push_back(std::move(launch));
  return lowered;
}
}  // namespace mlir::weft
