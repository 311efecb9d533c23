// weft-opt: reads a .mlir file, runs passes, prints.
#include <exception>

#include "ir/print/passes.h"
#include "ir/tensor/dialect.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "passes/register.h"
#include "tools/weft_opt/codegen.h"
#include "tools/weft_opt/options.h"

extern "C" int weft_opt_main(int argc, char** argv) {
  llvm::InitLLVM init(argc, argv);
  mlir::DialectRegistry registry;
  registry.insert<mlir::weft::WeftDialect, mlir::func::FuncDialect, mlir::arith::ArithDialect,
                  mlir::math::MathDialect, mlir::scf::SCFDialect, mlir::memref::MemRefDialect,
                  mlir::vector::VectorDialect, mlir::LLVM::LLVMDialect>();
  mlir::weft::registerAllPasses();
  mlir::weft::registerExportPasses();
  register_codegen_passes(registry);
  // Of MLIR's own passes, those that help in looking at a program.
  mlir::registerCSE();
  mlir::registerPrintOpStats();
  mlir::registerStripDebugInfo();
  const Files files = parse_options(argc, argv, registry);
  try {
    return mlir::asMainReturnCode(
        mlir::MlirOptMain(argc, argv, files.input, files.output, registry));
  } catch (const std::exception& error) {  // a pass made an op that is none (RuleError)
    llvm::errs() << "weft-opt: internal error: " << error.what() << "\n";
    return 2;
  }
}
