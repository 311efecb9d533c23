#include "codegen/compile/plan.h"

#include <map>

#include "ir/interface/convert.h"
#include "ir/tensor/import.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "passes/fusion/checks.h"

namespace mlir::weft {
namespace {
using namespace ::torch::runtime;
constexpr size_t kAlignment = 128;
size_t rounded(size_t bytes) { return (std::max<size_t>(bytes, 1) + kAlignment - 1) / kAlignment * kAlignment; }
size_t bytesOf(Value v) { return toType(v.getType()).bytes(); }

// The arena: first free gap that fits, tightest first.
class Arena {
 public:
  size_t take(size_t bytes) {
    auto best = free_.end();
    for (auto gap = free_.begin(); gap != free_.end(); ++gap)
      if (gap->second >= bytes && (best == free_.end() || gap->second < best->second)) best = gap;
    if (best == free_.end()) {
      // The last gap may be grown.
      if (!free_.empty() && std::prev(free_.end())->first + std::prev(free_.end())->second == total_) {
        size_t at = std::prev(free_.end())->first;
        free_.erase(std::prev(free_.end()));
        total_ = at + bytes;
        return at;
      }
      size_t at = total_;
      total_ += bytes;
      return at;
    }
    auto [at, size] = *best;
    free_.erase(best);
    if (size > bytes) free_[at + bytes] = size - bytes;
    return at;
  }
  void give(size_t at, size_t bytes) {
    auto next = free_.lower_bound(at);
    if (next != free_.end() && at + bytes == next->first) {
      bytes += next->second;
      next = free_.erase(next);
    }
    if (next != free_.begin() && std::prev(next)->first + std::prev(next)->second == at) std::prev(next)->second += bytes;
    else free_[at] = bytes;
  }
  size_t total() const { return total_; }

 private:
  std::map<size_t, size_t> free_;
  size_t total_ = 0;
};

class Planner {
 public:
  Planner(func::FuncOp function, llvm::ArrayRef<LoweredKernel> kernels) : function_(function), kernels_(kernels) {}

  LaunchPlan run() {
    Block &body = function_.getBody().front();
    for (Value v : body.getArguments()) plan_.input_types.push_back(toType(v.getType()));
    for (auto [i, v] : llvm::enumerate(body.getArguments())) slots_[v] = {Slot::input, static_cast<uint32_t>(i), 0};
    for (auto [i, v] : llvm::enumerate(body.getTerminator()->getOperands())) {
      plan_.output_types.push_back(toType(v.getType()));
      slots_[v] = {Slot::output, static_cast<uint32_t>(i), 0};
    }
    for (size_t k = 0; k < kernels_.size(); ++k) {
      for (Value v : kernels_[k].op->getOperands()) lastUse_[v] = k;
      if (canFail(kernels_[k].op)) firstSafe_ = k + 1;
    }
    for (size_t k = 0; k < kernels_.size(); ++k) place(k);
    plan_.arena_bytes = arena_.total();
    return std::move(plan_);
  }

 private:
  // Blocks for the kernel's results and temporaries, its launches, then what died is free again.
  void place(size_t k) {
    KernelOp op = kernels_[k].op;
    const Lowered &lowered = kernels_[k].lowered;
    for (unsigned r = 0; r < op->getNumResults(); ++r) {
      Value v = op->getResult(r);
      if (slots_.count(v)) {
        noteAliases(k, r, slots_[v].index);
      } else if (!reuse(k, r)) {
        slots_[v] = block(arena_.take(rounded(bytesOf(v))), bytesOf(v));
      }
    }
    llvm::SmallVector<Slot> temporaries;
    for (size_t bytes : lowered.temporaryBytes) temporaries.push_back(block(arena_.take(rounded(bytes)), bytes));
    for (const LoweredLaunch &l : lowered.launches) launch(op, l, temporaries);
    for (auto [slot, bytes] : llvm::zip(temporaries, lowered.temporaryBytes))
      arena_.give(plan_.blocks[slot.index].offset, rounded(bytes));
    llvm::SmallPtrSet<void *, 8> seen;
    for (Value v : op->getOperands())
      if (seen.insert(v.getAsOpaquePointer()).second && lastUse_[v] == k) release(v);
    for (Value v : op->getResults())
      if (!lastUse_.count(v)) release(v);
  }

  void launch(KernelOp op, const LoweredLaunch &l, llvm::ArrayRef<Slot> temporaries) {
    Launch out;
    out.kernel = l.kernel;
    out.params = l.params;
    out.tasks = l.tasks;
    out.grain = l.grain;
    out.scratch_bytes = l.scratchBytes;
    out.node = nodeOf(op.getLoc()).value_or(0);
    out.check_nodes = l.checkNodes;
    out.copies = l.copies;
    for (LocalBuffer b : l.buffers) {
      switch (b.kind) {
        case LocalBuffer::operand: out.buffers.push_back(slots_[op->getOperand(b.index)]); break;
        case LocalBuffer::result: out.buffers.push_back(slots_[op->getResult(b.index)]); break;
        case LocalBuffer::temporary: out.buffers.push_back(temporaries[b.index]); break;
        case LocalBuffer::error: out.buffers.push_back({Slot::error, 0, 0}); break;
      }
    }
    plan_.launches.push_back(std::move(out));
  }

  Slot block(size_t offset, size_t bytes) {
    plan_.blocks.push_back({offset, bytes});
    return {Slot::arena, static_cast<uint32_t>(plan_.blocks.size() - 1), 0};
  }
  void release(Value v) {
    const Slot &slot = slots_[v];
    if (slot.kind == Slot::arena && !taken_.contains(v.getAsOpaquePointer()))
      arena_.give(plan_.blocks[slot.index].offset, rounded(plan_.blocks[slot.index].bytes));
  }
  // The result takes over the block of an operand that dies here.
  bool reuse(size_t k, unsigned result) {
    KernelOp op = kernels_[k].op;
    for (auto [r, a] : kernels_[k].lowered.inPlace) {
      Value from = op->getOperand(a), to = op->getResult(result);
      if (r != result || lastUse_[from] != k || slots_[from].kind != Slot::arena ||
          rounded(bytesOf(from)) != rounded(bytesOf(to)) || !taken_.insert(from.getAsOpaquePointer()).second)
        continue;
      Slot slot = slots_[from];
      slots_[to] = slot;
      size_t &bytes = plan_.blocks[slot.index].bytes;
      bytes = std::max(bytes, bytesOf(to));  // the same when rounded
      return true;
    }
    return false;
  }
  // Indices are checked, by kernels of their own or in the body of a loop.
  static bool canFail(KernelOp kernel) {
    auto fails = [](Operation *op) {
      bool can = isa<CheckIndexOp>(op) || (readsByIndex(op) && op->getParentOfType<ScanOp>());
      return can ? WalkResult::interrupt() : WalkResult::advance();
    };
    return kernel.walk(fails).wasInterrupted();
  }
  // Output over input: whoever else reads the input has done so before, nothing was stored to it earlier, and a run that
  // fails has not written it.
  void noteAliases(size_t k, unsigned result, uint32_t output) {
    if (k < firstSafe_) return;
    KernelOp op = kernels_[k].op;
    for (auto [i, input] : llvm::enumerate(function_.getArguments())) {
      if (toType(input.getType()).bytes() != bytesOf(op->getResult(result))) continue;
      auto last = lastUse_.find(input);
      bool free = last == lastUse_.end() || last->second < k;
      if (!free && last->second == k) {
        free = true;
        for (unsigned a = 0; a < op->getNumOperands(); ++a)
          if (op->getOperand(a) == input && !llvm::is_contained(kernels_[k].lowered.inPlace, std::pair(result, a)))
            free = false;
      }
      if (free) plan_.aliases.push_back({output, static_cast<uint32_t>(i)});
    }
  }

  func::FuncOp function_;
  llvm::ArrayRef<LoweredKernel> kernels_;
  LaunchPlan plan_;
  Arena arena_;
  llvm::DenseMap<Value, Slot> slots_;
  llvm::DenseMap<Value, size_t> lastUse_;
  llvm::SmallPtrSet<void *, 16> taken_;
  size_t firstSafe_ = 0;  // from this kernel on, no launch fails
};
}  // namespace

LaunchPlan planBuffers(func::FuncOp function, llvm::ArrayRef<LoweredKernel> kernels) {
  return Planner(function, kernels).run();
}
}  // namespace mlir::weft
