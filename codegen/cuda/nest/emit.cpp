#include "codegen/cuda/nest/emit.h"

#include "codegen/cuda/print.h"

namespace mlir::weft::cuda {
namespace {

// Buffers of the nest, the error report where it has checks, those of the plan; parameters.
func::FuncOp createFunction(ModuleOp module, StringRef name, const Nest& nest,
                            const NestPlan& plan) {
  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  llvm::SmallVector<Type> types;
  auto buffer = [&](Type element) {
    types.push_back(MemRefType::get({ShapedType::kDynamic}, element));
  };
  for (DType d : nest.arguments) buffer(memoryType(b.getContext(), d));
  for (const NestOutput& o : nest.outputs) buffer(memoryType(b.getContext(), o.dtype));
  if (!nest.checks.empty()) buffer(b.getI8Type());
  for (int i = 0; i < plan.buffers(); ++i) buffer(b.getI64Type());
  types.append(plan.params.size(), b.getIndexType());
  auto function = b.create<func::FuncOp>(module.getLoc(), name, b.getFunctionType(types, {}));
  if (plan.apart) function->setAttr(kApart, b.getUnitAttr());
  function.addEntryBlock();
  b.setInsertionPointToEnd(&function.getBody().front());
  b.create<func::ReturnOp>(module.getLoc());
  return function;
}
}  // namespace

void emit(ModuleOp module, StringRef name, const Nest& nest, const Numbers& numbers,
          const NestPlan& plan) {
  func::FuncOp function = createFunction(module, name, nest, plan);
  const size_t buffers = nest.arguments.size() + nest.outputs.size() + !nest.checks.empty();
  ValueRange all = function.getArguments();
  OpBuilder builder(module.getContext());
  Emitter e(builder, module.getLoc(), nest, numbers, all.take_front(buffers),
            all.drop_front(buffers + plan.buffers()), /*laneDim=*/-1, /*lanes=*/1, /*fma=*/true);
  e.emission.outlines = true;
  Block& body = function.getBody().front();
  e.entry.block = &body;
  e.entry.before = body.getTerminator();
  e.at(e.entry);
  Level level = continued(e.entry);
  Kernel kernel{e, plan, level, all.slice(buffers, plan.buffers()),
                all.size() > buffers ? all.back() : Value()};
  if (plan.kind != NestPlan::tasks) {
    // what depends on no dim stands in front of all that does
    e.entry.before = builder.create<arith::ConstantIndexOp>(e.loc(), 0);
    e.at(level);
  }
  switch (plan.kind) {
    case NestPlan::tasks: return emitTasks(kernel);
    case NestPlan::map: return emitMap(kernel);
    case NestPlan::tile: return emitTile(kernel);
    case NestPlan::rows: return emitRows(kernel);
    case NestPlan::columns: return emitColumns(kernel);
    case NestPlan::finish: return emitFinish(kernel);
    case NestPlan::prefix: return emitPrefix(kernel);
    case NestPlan::pieces:
    case NestPlan::sorted: return emitSorted(kernel);
  }
}
}  // namespace mlir::weft::cuda
