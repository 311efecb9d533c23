#include "runtime/cpu/target.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>

#include <map>
#include <mutex>
#include <stdexcept>

#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace {

/// The names of https://gitlab.com/x86-psABIs: each level's features, besides those of the levels
/// before it.
struct Level {
  const char* name;
  int vector_bytes, vector_registers;
  bool has_fma;
  const char* needs[9];
};
constexpr Level kLevels[] = {
    {"x86-64", 16, 16, false, {"sse2"}},
    {"x86-64-v2", 16, 16, false, {"cx16", "sahf", "popcnt", "sse3", "sse4.1", "sse4.2", "ssse3"}},
    {"x86-64-v3", 32, 16, true, {"avx", "avx2", "bmi", "bmi2", "f16c", "fma", "lzcnt", "movbe"}},
    {"x86-64-v4", 64, 32, true, {"avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"}},
};

// Of what code for the level may use.
std::string first_missing(const Level& level, const llvm::StringMap<bool>& host) {
  for (const Level* l = kLevels; l <= &level; ++l)
    for (const char* feature : l->needs)
      if (feature && !host.lookup(feature)) return feature;
  return "";
}

Target native(const llvm::StringMap<bool>& host) {
  Target t;
  t.name = "native";
  t.cpu = llvm::sys::getHostCPUName().str();
  for (const auto& f : host) {
    if (!t.features.empty()) t.features += ",";
    t.features += (f.second ? "+" : "-") + f.first().str();
  }
  for (const Level& level : kLevels)
    if (first_missing(level, host).empty()) {
      t.level = level.name;
      t.vector_bytes = level.vector_bytes;
      t.vector_registers = level.vector_registers;
    }
  t.has_fma = host.lookup("fma");
  return t;
}

Target make(const std::string& name) {
  static const llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  if (name == "native") return native(host);
  for (const Level& level : kLevels)
    if (name == level.name) {
      Target t;
      t.name = t.level = t.cpu = name;
      t.vector_bytes = level.vector_bytes;
      t.vector_registers = level.vector_registers;
      t.has_fma = level.has_fma;
      t.missing = first_missing(level, host);
      return t;
    }
  throw std::invalid_argument("target: got \"" + name +
                              "\", expected native, x86-64, x86-64-v2, x86-64-v3 or x86-64-v4");
}
}  // namespace

const Target& find_target(const std::string& name) {
  static std::mutex mutex;
  static auto* known = new std::map<std::string, Target>();
  std::lock_guard<std::mutex> lock(mutex);
  auto at = known->find(name);
  return at != known->end() ? at->second : known->emplace(name, make(name)).first->second;
}

const Target& target() { return find_target(knobs().cpu); }

void require_runnable(const Target& target) {
  if (!target.missing.empty())
    throw std::runtime_error("jit: code for " + target.name + " needs " + target.missing +
                             ", which this machine lacks");
}

llvm::TargetMachine& thread_target_machine(const Target& target) {
  static const bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    llvm::InitializeNativeTargetAsmParser();
    return true;
  }();
  (void)initialized;
  thread_local std::map<std::string, std::unique_ptr<llvm::TargetMachine>> machines;
  std::unique_ptr<llvm::TargetMachine>& machine = machines[target.name];
  if (machine) return *machine;
  const std::string triple = llvm::sys::getProcessTriple();
  std::string error;
  const llvm::Target* found = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!found) throw std::runtime_error("llvm: " + error);
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  machine.reset(found->createTargetMachine(triple, target.cpu, target.features, options,
                                           llvm::Reloc::PIC_, llvm::CodeModel::Small,
                                           llvm::CodeGenOptLevel::Default, /*JIT=*/true));
  if (!machine)
    throw std::runtime_error("llvm: no target machine for " + triple + " " + target.cpu);
  return *machine;
}
}  // namespace runtime
}  // namespace torch
