// NVRTC compiles the kernels that the table of ops makes, and keeps what they compute in registers.
// Needs the toolkit, not a GPU. WEFT_COMPLETE=1: all of them, in all dtypes, for all architectures.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "codegen/compile/lowering.h"
#include "codegen/compile/phases.h"
#include "ir/tensor/import.h"
#include "passes/fusion/fuse.h"
#include "runtime/cuda/program.h"
#include "tests/ops/variants.h"
#include "tests/passes/differentiated.h"

namespace torch {
namespace test {
namespace {
namespace weft = mlir::weft;
namespace cuda = runtime::cuda;

struct Made {
  cuda::KernelSource source;
  int64_t threads, shared_bytes;
};

// The kernels of programs, equal ones once.
class Kernels {
 public:
  void add(const op::Graph& graph) {
    mlir::OwningOpRef<mlir::ModuleOp> module = weft::importGraph(context_.get(), graph);
    auto main = module->lookupSymbol<mlir::func::FuncOp>("main");
    weft::forGpu(*module);
    weft::runPhases(*module, true, [](llvm::StringRef) {});
    auto lowered = weft::lowerKernels(main, weft::Backend::cuda);
    ASSERT_TRUE(succeeded(lowered));
    for (const weft::LoweredKernel& k : *lowered) add(k.lowered);
  }
  std::vector<Made> made;

 private:
  void add(const weft::Lowered& lowered) {
    for (const weft::LoweredLaunch& l : lowered.launches) {
      if (l.loop)
        for (const weft::LoweredKernel& k : l.loop->kernels) add(k.lowered);
      if (!l.write || !keys_.insert(l.key).second) continue;
      const std::string name = "weft_" + l.name + "_" + std::to_string(made.size());
      auto text = l.write(name, false);
      ASSERT_TRUE(succeeded(text));
      made.push_back({{name, text->code}, l.threads, text->sharedBytes});
    }
  }
  std::unique_ptr<mlir::MLIRContext> context_ = weft::makeContext();
  std::set<std::string> keys_;
};

void add_all(Kernels& kernels, bool complete) {
  for (const OpCase& c : op_cases()) {
    SCOPED_TRACE(c.name());
    kernels.add(c.graph());
    if (complete)
      for (op::DType d : all_dtypes)
        for (const OpCase& typed : retyped(c, d)) kernels.add(typed.graph());
    Program p{c.graph(), c.inputs};
    if (complete && differentiate(p)) kernels.add(p.graph);
  }
}

void check(const std::vector<Made>& made, const std::string& arch) {
  std::vector<cuda::KernelSource> sources;
  for (const Made& m : made) sources.push_back(m.source);
  const cuda::Compiled out = cuda::compile_for(arch, sources);
  ASSERT_EQ(out.resources.size(), made.size()) << out.log;
  for (const cuda::Resources& r : out.resources) {
    EXPECT_EQ(r.spill_store_bytes + r.spill_load_bytes, 0) << r.name << " " << arch;
    for (const Made& m : made)
      if (m.source.name == r.name) {
        EXPECT_LE(r.registers * m.threads, 1 << 16) << r.name << " " << arch;
        EXPECT_LE(m.shared_bytes, 99 << 10) << r.name << ": every GPU since sm_80 has so much";
      }
  }
}

TEST(Compiled, TheOpTableSpillsNothing) {
  if (!cuda::nvrtc()) GTEST_SKIP() << "no NVRTC: " << cuda::nvrtc_absence();
  const bool complete = std::getenv("WEFT_COMPLETE") != nullptr;
  Kernels kernels;
  add_all(kernels, complete);
  constexpr size_t kProgram = 24, kSample = 5;
  size_t turn = 0;
  for (const char* arch : {"sm_90a", "sm_80", "sm_100"}) {
    std::vector<Made> some;
    ++turn;
    for (size_t i = 0; i < kernels.made.size(); ++i) {
      if (complete || i % (3 * kSample) == turn) some.push_back(kernels.made[i]);
      if (some.size() == kProgram || i + 1 == kernels.made.size()) {
        if (!some.empty()) check(some, arch);
        some.clear();
      }
    }
  }
  std::printf("%zu kernels\n", kernels.made.size());
}
}  // namespace
}  // namespace test
}  // namespace torch
