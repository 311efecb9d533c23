/// One weft.kernel -> launches. Every kind of kernel comes out the same way: code that is found in
/// the cache by its key or made, and launches over the kernel's operands, results and temporaries.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "codegen/cuda/print.h"
#include "ir/tensor/ops.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "runtime/cuda/cublaslt.h"
#include "runtime/executable/loop.h"

namespace mlir::weft {

/// What code is made for: the machine's CPU, or any GPU.
enum class Backend : uint8_t { cpu, cuda };

/// On a function that runs over and over (a scan's body): the number of its first argument that is
/// the same in every run, as are those after it.
constexpr StringLiteral kUnchangedFrom = "weft.unchanged_from";
/// Whether these operands of a kernel are.
bool areUnchanged(KernelOp kernel, llvm::ArrayRef<unsigned> operands);

/// Buffers begin at a multiple of so many bytes. What a loop's body works on may lie anywhere in a
/// buffer: on the body, for its arguments and then for its results, of what their places are
/// multiples.
constexpr int64_t kBoundary = 16;
constexpr StringLiteral kBoundaries = "weft.boundaries";
/// What the place of an operand or a result of the kernel is a multiple of, kBoundary at most.
int64_t boundaryOf(KernelOp kernel, Value value);
/// Whether the value may lie in the middle of a tensor, at no boundary but its elements'.
inline bool isSlice(KernelOp kernel, Value value) { return boundaryOf(kernel, value) < kBoundary; }

/// A buffer of a launch: the kernel's operands, then its results, then temporaries, then the error
/// report.
struct LocalBuffer {
  enum Kind { operand, result, temporary, error } kind;
  unsigned index = 0;
};

struct LoweredLoop;

struct LoweredLaunch {
  std::string name, kind;
  /// Equal keys: the same code for one target. Empty: `kernel` is given.
  std::string key;
  /// CPU: adds the code, as a function `name`, to a module of loop form.
  std::function<void(ModuleOp module, StringRef name)> emit;
  /// GPU: the code, of a kernel `name`; `many`: of one, if it can be, for several launches as one.
  std::function<FailureOr<cuda::Text>(StringRef name, bool many)> write;
  std::shared_ptr<const ::torch::runtime::Kernel> kernel;
  /// GPU: what a library does instead of code of ours. Its buffers: a, b, c and a temporary, whose
  /// bytes are known when an algorithm is.
  std::optional<::torch::runtime::cuda::Product> library;
  /// The launch is a loop over launches of its own (a scan's body), which get their kernels first.
  std::shared_ptr<LoweredLoop> loop;
  llvm::SmallVector<LocalBuffer> buffers;
  std::vector<int64_t> params;
  int64_t tasks = 0, grain = 1;
  size_t scratchBytes = 0;
  uint32_t threads = 0;  // GPU: of a block; what it shares is the kernel's
  std::vector<uint32_t> checkNodes;  // of the recorded graph, by number of the check
  /// The launch fills this temporary from these operands of the kernel, and does nothing else.
  struct Filling {
    unsigned temporary;
    llvm::SmallVector<unsigned> operands;
  };
  std::optional<Filling> fills;
  // buffer 1 becomes buffer 0: nothing to do where they are the same memory
  bool copies = false;
  /// What the task that is done last goes on with.
  std::shared_ptr<LoweredLaunch> tail;
};

struct Lowered {
  std::vector<LoweredLaunch> launches;
  std::vector<size_t> temporaryBytes;
  /// (result, operand) that may be the same memory: each element is read before it is written, by
  /// the same task.
  llvm::SmallVector<std::pair<unsigned, unsigned>> inPlace;
  /// Who does it, where there is a choice; and what else there is to choose from.
  std::string way;
  std::vector<Lowered> others;

  LocalBuffer addTemporary(size_t bytes) {
    temporaryBytes.push_back(bytes);
    return {LocalBuffer::temporary, static_cast<unsigned>(temporaryBytes.size()) - 1};
  }
};

struct LoweredKernel {
  KernelOp op;
  Lowered lowered;
};

/// The body of a scan as a program of kernels, and the loop over it, which gets its launch list
/// last.
struct LoweredLoop {
  OwningOpRef<ModuleOp> module;
  func::FuncOp function;
  std::vector<LoweredKernel> kernels;
  ::torch::runtime::Loop loop;
};

/// Failure comes with a diagnostic.
FailureOr<Lowered> lowerKernel(KernelOp kernel, Backend backend);
/// All kernels of a fused function, in order.
FailureOr<std::vector<LoweredKernel>> lowerKernels(func::FuncOp function, Backend backend);

FailureOr<Lowered> lowerNest(KernelOp kernel, Backend backend);
FailureOr<Lowered> lowerScatter(KernelOp kernel, Backend backend);
FailureOr<Lowered> lowerScan(KernelOp kernel, Backend backend);
FailureOr<Lowered> lowerContraction(KernelOp kernel);
FailureOr<Lowered> lowerCudaContraction(KernelOp kernel);
FailureOr<Lowered> lowerCall(KernelOp kernel, Backend backend);
/// "sum_add_tanh": the ops of a kernel, for people.
std::string kernelName(KernelOp kernel);
/// The user's lines of a kernel, "train.cpp:41 train.cpp:44".
std::string sourceLines(Location location);
/// A copy of a region's block as a function at the end of `module`: what it yields is returned.
func::FuncOp functionOf(Block &block, ModuleOp module, StringRef name);
}  // namespace mlir::weft
