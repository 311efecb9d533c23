#include "tools/weft_run/program.h"

#include "ir/tensor/dialect.h"
#include "ir/tensor/import.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

namespace weft_run {
namespace {
using mlir::func::FuncOp;

// A file with `module { ... }` around its functions has one module more.
mlir::ModuleOp innermost(mlir::ModuleOp module) {
  mlir::Block* body = module.getBody();
  if (llvm::hasSingleElement(*body))
    if (auto inner = mlir::dyn_cast<mlir::ModuleOp>(body->front())) return inner;
  return module;
}

FuncOp find_function(mlir::ModuleOp module, const std::string& path, const std::string& name) {
  std::string others;
  for (FuncOp f : module.getOps<FuncOp>()) {
    if (f.getName() == name && !f.isExternal()) return f;
    others += (others.empty() ? " @" : ", @") + f.getName().str();
  }
  throw std::runtime_error(path + ": no function @" + name + " with a body; " +
                           (others.empty() ? "the file has no function" : "the file has" + others));
}

std::vector<std::string> argument_names(FuncOp f, const mlir::AsmParserState& spelling) {
  std::vector<std::string> names(f.getNumArguments());
  const auto* block = spelling.getBlockDef(&f.getBody().front());
  for (size_t i = 0; block && i < std::min(names.size(), block->arguments.size()); ++i) {
    const llvm::SMRange at = block->arguments[i].loc;
    if (at.isValid()) names[i] = std::string(at.Start.getPointer(), at.End.getPointer());
  }
  return names;
}
}  // namespace

Program read_program(const std::string& path, const std::string& function) {
  auto file = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/true);
  if (!file) throw std::runtime_error(path + ": cannot read it: " + file.getError().message());
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(*file), llvm::SMLoc());

  mlir::DialectRegistry registry;
  registry.insert<mlir::weft::WeftDialect, mlir::func::FuncDialect>();
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  std::string said;
  llvm::raw_string_ostream stream(said);
  mlir::SourceMgrDiagnosticHandler handler(sources, &context, stream);

  mlir::AsmParserState spelling;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::ModuleOp::create(mlir::UnknownLoc::get(&context));
  if (failed(mlir::parseAsmSourceFile(sources, module->getBody(), mlir::ParserConfig(&context),
                                      &spelling)) ||
      failed(mlir::verify(*module)))
    throw Diagnostics(said);

  FuncOp f = find_function(innermost(*module), path, function);
  mlir::FailureOr<torch::op::Graph> graph = mlir::weft::exportGraph(f);
  if (failed(graph)) throw Diagnostics(said);
  return {std::move(*graph), argument_names(f, spelling)};
}
}  // namespace weft_run
