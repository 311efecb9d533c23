/// Loop form -> CUDA C++.
///
/// In: a module of func.func over scf, arith, math, memref and vector (load, store, extract- and
/// insertelement). A public function is a kernel: its arguments are buffers (memref<?xT>, a bool is
/// a byte) and parameters (index). Private functions with a body are functions of the device, those
/// without one are words of the prelude (runtime/cuda/prelude), whose names end at the first dot: a
/// function a type there, one that is overloaded here.
/// Out: text without headers, asm or macros.
///
/// Integers are held unsigned, so that they wrap; what is signed casts. Indices are `int` where
/// everything fits, else `i64`. Memory of space 3 is shared: it lies in the block's one arena.
#pragma once
#include <string>

#include "mlir/IR/BuiltinOps.h"

namespace mlir::weft::cuda {

struct Text {
  std::string code;
  int64_t sharedBytes = 0;  // of the kernel that needs most
  int manyRows = 0;         // how many launches NAME_many takes; 0: there is none
};

/// An attribute of scf.for: its loop is unrolled.
constexpr StringLiteral kUnroll = "weft.unroll";
/// Of func.func, a kernel: what it writes is nothing that it reads through another buffer.
constexpr StringLiteral kApart = "weft.apart";
/// The memory space of what a block shares.
constexpr int kShared = 3;

/// `wide`: indices need 64 bits. `threads`: of a block of a kernel, which needs registers for all of
/// them; 0: there is no kernel. `many`: the kernel has a second entry, NAME_many, for several
/// launches as one (weft_table of the prelude). Failure, with a diagnostic: an op that is not listed
/// above.
FailureOr<Text> print(ModuleOp module, bool wide, int threads = 0, bool many = false);

}  // namespace mlir::weft::cuda
