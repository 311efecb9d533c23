/// What generated code may use: the host, or the level that WEFT_CPU names.
#pragma once
#include <memory>
#include <string>

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace torch {
namespace runtime {

struct Target {
  std::string name;      // as in WEFT_CPU
  std::string level;     // the highest psABI level whose code it runs
  std::string cpu;       // LLVM's name of it
  std::string features;  // LLVM's list, "+avx2,-avx512f"
  int vector_bytes = 16; // of the widest vector register: 16, 32 or 64
  int vector_registers = 16;
  bool has_fma = false;
  // a feature that this machine lacks: code can be looked at, not run; else empty
  std::string missing;
};

/// The target of a WEFT_CPU value; the reference stays valid. Throws std::invalid_argument for an
/// unknown name.
const Target& find_target(const std::string& name);
/// The target of knobs().cpu.
const Target& target();
/// Throws std::runtime_error where this machine does not run the target's code.
void require_runnable(const Target& target);

/// A machine that makes code for the target. Not thread safe; one a thread.
llvm::TargetMachine& thread_target_machine(const Target& target);
/// Our pass pipeline over a module of finished vector code: what cleans up, nothing that
/// vectorises.
void optimize(llvm::Module& module, const Target& target);
/// The assembly text of the module as it is; the module is not changed.
std::string assembly(llvm::Module& module, const Target& target);
}  // namespace runtime
}  // namespace torch
