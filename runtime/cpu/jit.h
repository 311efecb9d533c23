/// LLVM IR in, machine code in this process out. Our own short pass pipeline, code generation at
/// O2, ORC's linker. Any number of threads may compile at once; each compiles on itself.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/cpu/target.h"

namespace llvm {
namespace orc {
class ThreadSafeModule;
}
}  // namespace llvm

namespace torch {
namespace runtime {

/// Code that nobody has linked yet.
struct ObjectCode {
  std::string bytes;
  double optimize_ms = 0, codegen_ms = 0;
};

struct CompiledCode {
  void* address = nullptr;
  std::shared_ptr<void> keep_alive;  // the code is released with the last copy
  double optimize_ms = 0, codegen_ms = 0, link_ms = 0;
  size_t object_bytes = 0;
};

namespace jit {

/// Compiles the function `symbol` of the module, for `target` (by default, knobs().cpu). Functions
/// that it calls are in the module, were given to define(), or are symbols of the process. Several
/// modules may use the same names. Throws std::runtime_error with LLVM's words, or with what the
/// target needs that this machine lacks.
CompiledCode add(llvm::orc::ThreadSafeModule module, const std::string& symbol,
                 const Target& target);
CompiledCode add(llvm::orc::ThreadSafeModule module, const std::string& symbol);

/// The two halves of it: an object in which the function is called `exported`, which no other
/// object that is alive may use,
ObjectCode compile(llvm::orc::ThreadSafeModule module, const std::string& symbol,
                   const std::string& exported, const Target& target);
/// and its code in this process.
CompiledCode link(const std::string& symbol, std::string_view object);

/// Lets generated code call `address` by `name`.
void define(const std::string& name, void* address);
}  // namespace jit
}  // namespace runtime
}  // namespace torch
