/// Loop form -> LLVM.
///
/// In: a module of func.func over scf, cf, arith, math, index, vector, memref, llvm. Every public
/// function is a kernel; its arguments are, in this order,
///   buffers            memref<?xT>  (rank 1, dense, no offset; a bool is a byte: memref<?xi8>)
///   parameters         index or i64 or f64
///   begin, end         index: the tasks of this call
///   scratch            memref<?xi8> (cut into typed pieces with memref.view)
/// Out: LLVM IR in which that kernel has the ABI of runtime/executable, `void(void* const* buffers,
/// const int64_t* params, int64_t begin, int64_t end, void* scratch)`: the entry loads the
/// arguments, f64 parameters by their bits. Private functions keep their arguments; without a body
/// they are external symbols.
///
/// The one invariant: a memref is its bare pointer, so memref.subview and friends have no place
/// here; offsets are index arithmetic. Supported on memrefs: memref.load store alloca (static; it
/// is hoisted to the entry) cast view prefetch extract_aligned_pointer_as_index, vector.load store
/// maskedload maskedstore gather scatter.
#pragma once
#include <memory>

#include "mlir/IR/BuiltinOps.h"

namespace llvm {
class LLVMContext;
class Module;
}  // namespace llvm

namespace mlir::weft {

/// Loads the dialects that loop form and its lowering use, and what translate() needs.
void loadLoopDialects(MLIRContext* context);
/// Rewrites `module` to the LLVM dialect; a failure has emitted its diagnostic.
LogicalResult lowerToLlvm(ModuleOp module);
/// LLVM IR of a lowered module, in a context that loadLoopDialects prepared; null after a
/// diagnostic. Data layout and triple are left to the JIT.
std::unique_ptr<llvm::Module> translate(ModuleOp module, llvm::LLVMContext& context);

}  // namespace mlir::weft
