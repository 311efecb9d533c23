#include "runtime/cpu/jit.h"

#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>
#include <llvm/ExecutionEngine/Orc/Core.h>
#include <llvm/ExecutionEngine/Orc/ExecutionUtils.h>
#include <llvm/ExecutionEngine/Orc/ExecutorProcessControl.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/ExecutionEngine/Orc/ThreadSafeModule.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <atomic>
#include <chrono>
#include <stdexcept>

#include "ir/op/half.h"
#include "runtime/executable/error_report.h"
#include "runtime/trace/events.h"

namespace torch {
namespace runtime {
namespace jit {
namespace {

/// What ORC said about the failure that is about to reach this thread as "failed to materialize".
thread_local std::string reason;

template <class T> T check(llvm::Expected<T> value, const char* what) {
  if (value) return std::move(*value);
  std::string said = llvm::toString(value.takeError());
  if (!reason.empty()) said += "; " + reason;
  throw std::runtime_error(std::string("jit: ") + what + ": " + said);
}
void check(llvm::Error error, const char* what) {
  if (error)
    throw std::runtime_error(std::string("jit: ") + what + ": " + llvm::toString(std::move(error)));
}

void define(llvm::orc::LLJIT& session, const std::string& name, void* address) {
  check(session.getMainJITDylib().define(llvm::orc::absoluteSymbols(
            {{session.mangleAndIntern(name),
              {llvm::orc::ExecutorAddr::fromPtr(address), llvm::JITSymbolFlags::Exported}}})),
        "define");
}

// What code for machines without F16C calls to convert f16, element by element.
float widen_half(_Float16 half) {
  return c10::Half(__builtin_bit_cast(unsigned short, half), c10::Half::from_bits());
}
_Float16 narrow_half(float value) { return __builtin_bit_cast(_Float16, c10::Half(value)); }

/// Never destroyed: code may be released after static objects are gone.
llvm::orc::LLJIT& session() {
  static llvm::orc::LLJIT* made = [] {
    thread_target_machine(target());  // initialises LLVM's targets
    llvm::orc::LLJITBuilder builder;
    builder.setJITTargetMachineBuilder(llvm::orc::JITTargetMachineBuilder(
        llvm::Triple(thread_target_machine(target()).getTargetTriple())));
    builder.setObjectLinkingLayerCreator([](llvm::orc::ExecutionSession& session,
                                            const llvm::Triple&) {
      // No exception tables are registered: kernels do not throw.
      auto memory = llvm::jitlink::InProcessMemoryManager::Create();
      if (!memory)
        return llvm::Expected<std::unique_ptr<llvm::orc::ObjectLayer>>(memory.takeError());
      return llvm::Expected<std::unique_ptr<llvm::orc::ObjectLayer>>(
          std::make_unique<llvm::orc::ObjectLinkingLayer>(session, std::move(*memory)));
    });
    builder.setPlatformSetUp(llvm::orc::setUpInactivePlatform);
    llvm::orc::LLJIT* session = check(builder.create(), "start").release();
    session->getExecutionSession().setErrorReporter(
        [](llvm::Error error) { reason = llvm::toString(std::move(error)); });
    define(*session, "weft_index_error", reinterpret_cast<void*>(&weft_index_error));
    define(*session, "weft_division_error", reinterpret_cast<void*>(&weft_division_error));
    define(*session, "weft_requirement_error", reinterpret_cast<void*>(&weft_requirement_error));
    define(*session, "__extendhfsf2", reinterpret_cast<void*>(&widen_half));
    define(*session, "__truncsfhf2", reinterpret_cast<void*>(&narrow_half));
    return session;
  }();
  return *made;
}

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

/// All but the function `symbol` becomes private to the module.
void export_only(llvm::Module& module, const std::string& symbol, const std::string& exported) {
  llvm::Function* entry = module.getFunction(symbol);
  if (!entry || entry->isDeclaration())
    throw std::runtime_error("jit: the module has no function \"" + symbol + "\"");
  for (llvm::GlobalValue& v : module.global_values())
    if (!v.isDeclaration() && &v != entry) v.setLinkage(llvm::GlobalValue::InternalLinkage);
  entry->setLinkage(llvm::GlobalValue::ExternalLinkage);
  entry->setDSOLocal(true);
  entry->setName(exported);
}

std::string emit(llvm::Module& module, const Target& target) {
  llvm::SmallString<0> object;
  llvm::raw_svector_ostream out(object);
  llvm::legacy::PassManager passes;
  llvm::MCContext* context = nullptr;
  if (thread_target_machine(target).addPassesToEmitMC(passes, context, out))
    throw std::runtime_error("jit: this target makes no object code");
  passes.run(module);
  return std::string(object);
}

/// Frees the code when it goes.
struct Tracker {
  llvm::orc::ResourceTrackerSP resources;
  ~Tracker() { llvm::consumeError(resources->remove()); }
};
}  // namespace

ObjectCode compile(llvm::orc::ThreadSafeModule module, const std::string& symbol,
                   const std::string& exported, const Target& target) {
  ObjectCode object;
  module.withModuleDo([&](llvm::Module& m) {
    auto begin = std::chrono::steady_clock::now();
    export_only(m, symbol, exported);
    optimize(m, target);
    object.optimize_ms = milliseconds_since(begin);
    begin = std::chrono::steady_clock::now();
    object.bytes = emit(m, target);
    object.codegen_ms = milliseconds_since(begin);
  });
  return object;
}

CompiledCode link(const std::string& symbol, std::string_view object) {
  const trace::Scope event("link", symbol);
  auto begin = std::chrono::steady_clock::now();
  reason.clear();
  CompiledCode code;
  code.object_bytes = object.size();
  auto tracker = std::make_shared<Tracker>();
  tracker->resources = session().getMainJITDylib().createResourceTracker();
  auto bytes = llvm::MemoryBuffer::getMemBufferCopy({object.data(), object.size()}, symbol);
  check(session().addObjectFile(tracker->resources, std::move(bytes)), "add");
  code.address = check(session().lookup(symbol), "link").toPtr<void*>();
  code.keep_alive = std::move(tracker);
  code.link_ms = milliseconds_since(begin);
  return code;
}

CompiledCode add(llvm::orc::ThreadSafeModule module, const std::string& symbol,
                 const Target& target) {
  require_runnable(target);
  static std::atomic<uint64_t> number{0};
  trace::Scope event("compile", symbol);
  const std::string exported = symbol + "$" + std::to_string(number++);
  const ObjectCode object = compile(std::move(module), symbol, exported, target);
  CompiledCode code = link(exported, object.bytes);
  code.optimize_ms = object.optimize_ms;
  code.codegen_ms = object.codegen_ms;
  event.argument("optimize_ms", std::to_string(code.optimize_ms));
  event.argument("codegen_ms", std::to_string(code.codegen_ms));
  event.argument("link_ms", std::to_string(code.link_ms));
  return code;
}

CompiledCode add(llvm::orc::ThreadSafeModule module, const std::string& symbol) {
  return add(std::move(module), symbol, target());
}

void define(const std::string& name, void* address) { define(session(), name, address); }
}  // namespace jit
}  // namespace runtime
}  // namespace torch
