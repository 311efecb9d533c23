#include "codegen/compile/lowering.h"
#include "ir/interface/convert.h"
#include "ir/tensor/import.h"
#include "llvm/ADT/StringExtras.h"
#include "mlir/IR/IRMapping.h"

namespace mlir::weft {

std::string kernelName(KernelOp kernel) {
  std::string name;
  int ops = 0;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (isa<ReshapeOp, PermuteOp, ExpandOp, ConstantOp>(op)) continue;
    if (++ops > 6) return name + "_etc";
    if (!name.empty()) name += "_";
    name += op.getName().stripDialect();
  }
  return name.empty() ? "copy" : name;
}

FailureOr<Lowered> lowerKernel(KernelOp kernel, Backend backend) {
  if (kernel.getKind() == "map" || kernel.getKind() == "reduction") 
    return lowerNest(kernel, backend);
  if (kernel.getKind() == "contraction")
    return backend == Backend::cpu ? lowerContraction(kernel) : lowerCudaContraction(kernel);
  if (kernel.getKind() == "scatter") return lowerScatter(kernel, backend);
  if (kernel.getKind() == "scan") return lowerScan(kernel, backend);
  if (kernel.getKind() == "call") return lowerCall(kernel, backend);
  return kernel.emitError("loops: no kernel kind ") << kernel.getKindAttr();
}

FailureOr<std::vector<LoweredKernel>> lowerKernels(func::FuncOp function,
                                                   Backend backend) {
  std::vector<LoweredKernel> kernels;
  for (auto op : function.getOps<KernelOp>()) {
    FailureOr<Lowered> lowered = lowerKernel(op, backend);
    if (failed(lowered)) return failure();
    kernels.push_back({op, std::move(*lowered)});
  }
  return kernels;
}

bool areUnchanged(KernelOp kernel, llvm::ArrayRef<unsigned> operands) {
  auto from = kernel->getParentOfType<func::FuncOp>()->getAttrOfType<IntegerAttr>(kUnchangedFrom);
  return from && llvm::all_of(operands, [&](unsigned o) {
    auto argument = dyn_cast<BlockArgument>(kernel->getOperand(o));
    return argument && argument.getArgNumber() >= from.getInt();
  });
}

std::string sourceLines(Location location) {
  llvm::SmallVector<std::string> lines;
  auto add = [&](Location l) {
    ::torch::op::SourceLocation s = toSourceLocation(l);
    if (s.line == 0) return;
    std::string line = s.file + ":" + std::to_string(s.line);
    if (!llvm::is_contained(lines, line) && lines.size() < 8) lines.push_back(line);
  };
  if (auto fused = dyn_cast<FusedLoc>(location)) llvm::for_each(fused.getLocations(), add);
  else add(location);
  return llvm::join(lines, " ");
}

int64_t boundaryOf(KernelOp kernel, Value value) {
  auto function = kernel->getParentOfType<func::FuncOp>();
  auto all = function->getAttrOfType<DenseI64ArrayAttr>(kBoundaries);
  if (!all) return kBoundary;
  if (auto argument = dyn_cast<BlockArgument>(value)) return all[argument.getArgNumber()];
  int64_t found = kBoundary;
  for (OpOperand& use : value.getUses())
    if (isa<func::ReturnOp>(use.getOwner()))
      found = std::min(found, all[function.getNumArguments() + use.getOperandNumber()]);
  return found;
}

func::FuncOp functionOf(Block &block, ModuleOp module, StringRef name) {
  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  Operation *yield = block.getTerminator();
  auto type = b.getFunctionType(block.getArgumentTypes(), yield->getOperandTypes());
  auto function = b.create<func::FuncOp>(block.getParentOp()->getLoc(), name, type);
  Block *entry = function.addEntryBlock();
  IRMapping map;
  map.map(block.getArguments(), entry->getArguments());
  b.setInsertionPointToEnd(entry);
  for (Operation &op : block.without_terminator()) b.clone(op, map);
  llvm::SmallVector<Value> results;
  for (Value v : yield->getOperands()) results.push_back(map.lookup(v));
  b.create<func::ReturnOp>(function.getLoc(), results);
  return function;
}
}  // namespace mlir::weft
