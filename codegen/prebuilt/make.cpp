// make PROGRAMS.mlir: prints the C++ file that brings the kernels of all its functions along
// (runtime/executable/prebuilt.h), each compiled for the levels below.
#include <cinttypes>
#include <cstdio>
#include <cstring>

#include "codegen/compile/kernels.h"
#include "codegen/compile/phases.h"
#include "mlir/Parser/Parser.h"
#include "runtime/trace/knobs.h"

namespace {
using namespace mlir;

constexpr const char* kLevels[] = {"x86-64-v3", "x86-64-v4"};

void compile(func::FuncOp program, const char* level, std::vector<weft::KernelObject>& objects) {
  torch::runtime::Knobs knobs;
  knobs.cpu = level;
  torch::runtime::set_knobs(knobs);
  OwningOpRef<ModuleOp> module = ModuleOp::create(program.getLoc());
  func::FuncOp main = program.clone();
  main.setName("main");
  module->push_back(main);
  weft::runPhases(*module, /*fuse=*/true, [](StringRef) {});
  weft::addObjects(*module, module->lookupSymbol<func::FuncOp>("main"), objects);
}

void print(const weft::KernelObject& object, size_t number) {
  std::printf("const uint64_t object%zu[] = {", number);
  for (size_t i = 0; i < object.bytes.size(); i += 8) {
    uint64_t word = 0;
    std::memcpy(&word, &object.bytes[i], std::min<size_t>(8, object.bytes.size() - i));
    std::printf("%s0x%" PRIx64 "u,", i % 64 ? "" : "\n", word);
  }
  std::printf("\n};\n");
}

void printAll(const std::vector<weft::KernelObject>& objects) {
  std::printf(
      "#include \"runtime/executable/prebuilt.h\"\n"
      "namespace torch {\nnamespace runtime {\nnamespace {\n");
  for (size_t i = 0; i < objects.size(); ++i) print(objects[i], i);
  std::printf("const PrebuiltKernel kernels[] = {\n");
  for (size_t i = 0; i < objects.size(); ++i)
    std::printf("{{0x%" PRIx64 "u, 0x%" PRIx64 "u}, \"%s\", object%zu, %zu},\n",
                objects[i].key.high, objects[i].key.low, objects[i].symbol.c_str(), i,
                objects[i].bytes.size());
  std::printf(
      "};\n[[maybe_unused]] const bool added = (prebuilt::add(kernels, %zu), true);\n"
      "}  // namespace\n}  // namespace runtime\n}  // namespace torch\n",
      objects.size());
}
}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::unique_ptr<MLIRContext> context = weft::makeContext();
  OwningOpRef<ModuleOp> programs = parseSourceFile<ModuleOp>(argv[1], context.get());
  if (!programs) return 1;
  std::vector<weft::KernelObject> objects;
  try {
    for (func::FuncOp program : programs->getOps<func::FuncOp>())
      for (const char* level : kLevels) compile(program, level, objects);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[1], error.what());
    return 1;
  }
  printAll(objects);
  return 0;
}
