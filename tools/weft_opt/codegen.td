#ifndef WEFT_OPT_CODEGEN_TD
#define WEFT_OPT_CODEGEN_TD
include "mlir/Pass/PassBase.td"

def Loops : Pass<"loops", "::mlir::ModuleOp"> {
  let summary = "Replace functions of weft.kernel ops by the loop form of their kernels";
  let description = [{
    The phase loops as codegen/compile runs it, for the machine or WEFT_CPU. Each kernel becomes the functions of its
    launches; equal code stands there once. `weft.launch` says how a function is launched: the number of tasks, the grain
    in which they are given to threads, and the values of the parameters. Kernels of kind `call` have no code.

    `weft-opt --fuse --loops` is the way from ops to loops, `--lower-to-llvm` the way on.
  }];
  let dependentDialects = [
    "::mlir::weft::WeftDialect", "::mlir::func::FuncDialect", "::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
    "::mlir::index::IndexDialect", "::mlir::LLVM::LLVMDialect", "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect", "::mlir::ub::UBDialect", "::mlir::vector::VectorDialect"
  ];
}

def LowerToLlvm : Pass<"lower-to-llvm", "::mlir::ModuleOp"> {
  let summary = "Rewrite loop form to the LLVM dialect, with the kernel ABI";
  let description = [{
    The phase llvm up to MLIR's LLVM dialect, and a check that LLVM IR can be made of it; `mlir-translate
    --mlir-to-llvmir` prints that.
  }];
  let dependentDialects = Loops.dependentDialects;
}
def Cuda : Pass<"cuda", "::mlir::ModuleOp"> {
  let summary = "Write the CUDA C++ of functions of weft.kernel ops";
  let description = [{
    The phase cuda as codegen/compile runs it. Equal code stands there once; a comment says what each kernel is launched
    with. The IR stays as it is: `weft-opt --fuse --cuda in.mlir -o /dev/null` writes the text alone. What a program of
    kernels begins with (runtime/cuda/prelude) is left out.
  }];
  let options = [Option<"file", "file", "std::string", /*default=*/"\"-\"", "where to write; - is the standard output">];
  let dependentDialects = Loops.dependentDialects;
}
#endif
