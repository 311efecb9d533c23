#include "ir/print/passes.h"

#include "ir/print/dot.h"
#include "ir/print/json.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/ToolOutputFile.h"

namespace mlir::weft {
#define GEN_PASS_DEF_EXPORTJSON
#define GEN_PASS_DEF_EXPORTDOT
#include "ir/print/export.h.inc"

LogicalResult writeFile(ModuleOp module, StringRef file, StringRef text) {
  std::error_code error;
  llvm::ToolOutputFile out(file, error, llvm::sys::fs::OF_None);
  if (!error) {
    out.os() << text;
    out.os().flush();
    error = out.os().error();
    out.os().clear_error();
  }
  if (error)
    return emitError(UnknownLoc::get(module.getContext()))
           << "cannot write '" << file << "': " << error.message();
  out.keep();
  return success();
}

namespace {
struct Json : impl::ExportJsonBase<Json> {
  using ExportJsonBase::ExportJsonBase;
  void runOnOperation() override {
    if (failed(writeFile(getOperation(), file, toJsonText(getOperation())))) signalPassFailure();
  }
};
struct Dot : impl::ExportDotBase<Dot> {
  using ExportDotBase::ExportDotBase;
  void runOnOperation() override {
    if (failed(writeFile(getOperation(), file, toDot(getOperation())))) signalPassFailure();
  }
};
}  // namespace
}  // namespace mlir::weft
