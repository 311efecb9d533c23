#include "codegen/compile/plan.h"

#include "codegen/compile/arena.h"
#include "codegen/compile/schedule.h"
#include "ir/interface/convert.h"
#include "ir/tensor/import.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace mlir::weft {
namespace {
using namespace ::torch::runtime;
size_t bytesOf(Value v) { return toType(v.getType()).bytes(); }

class Planner {
 public:
  Planner(func::FuncOp function, llvm::ArrayRef<LoweredKernel> kernels)
      : function_(function), kernels_(kernels) {}

  LaunchPlan run() {
    Block &body = function_.getBody().front();
    for (Value v : body.getArguments()) plan_.input_types.push_back(toType(v.getType()));
    for (auto [i, v] : llvm::enumerate(body.getArguments()))
      slots_[v] = {Slot::input, static_cast<uint32_t>(i), 0};
    for (auto [i, v] : llvm::enumerate(body.getTerminator()->getOperands())) {
      plan_.output_types.push_back(toType(v.getType()));
      slots_[v] = {Slot::output, static_cast<uint32_t>(i), 0};
    }
    const std::vector<Job> jobs = schedule(function_, kernels_);
    jobs_ = jobs.size();
    findLives(jobs);
    for (size_t k = 0; k < kernels_.size(); ++k) keep(k);
    for (size_t k = 0; k < kernels_.size(); ++k)
      if (kernels_[k].lowered.launches.empty()) begin(k);
    for (size_t j = 0; j < jobs.size(); ++j) place(jobs[j], j);
    plan_.arena_bytes = placeInArena(spans_);
    for (auto [block, span] : llvm::zip(plan_.blocks, spans_)) block.offset = span.offset;
    return std::move(plan_);
  }

 private:
  // The jobs of a kernel's first and last launch.
  struct Life {
    size_t begin = 0, end = 0;
  };
  void findLives(llvm::ArrayRef<Job> jobs) {
    lives_.resize(kernels_.size());
    temporaries_.resize(kernels_.size());
    kept_.resize(kernels_.size());
    for (auto [j, job] : llvm::enumerate(jobs)) {
      for (ScheduledLaunch member : job) {
        Life &life = lives_[member.kernel];
        if (member.launch == 0) life.begin = j;
        life.end = j;
      }
    }
    for (auto [k, kernel] : llvm::enumerate(kernels_)) {
      if (kernel.lowered.launches.empty()) continue;  // of empty results, say
      for (Value v : kernel.op->getOperands()) uses_[v].push_back(k);
      if (canFail(kernel.op)) firstSafe_ = lives_[k].end + 1;
    }
  }
  // The last job that reads the value, but for the kernel `except`; 0 and false: none.
  std::pair<size_t, bool> lastUse(Value v, size_t except) const {
    std::pair<size_t, bool> last(0, false);
    if (auto uses = uses_.find(v); uses != uses_.end())
      for (size_t k : uses->second)
        if (k != except) last = {std::max(last.first, lives_[k].end), true};
    return last;
  }
  // Whether all readers but the kernel are done when it begins.
  bool readBefore(Value v, size_t k) const {
    auto [job, any] = lastUse(v, k);
    return !any || job < lives_[k].begin;
  }

  // Launches that need to run once leave what they made where no other launch of a run writes.
  bool runsOnce(size_t k, const LoweredLaunch &launch) const {
    return launch.fills && !launch.tail && areUnchanged(kernels_[k].op, launch.fills->operands);
  }
  void keep(size_t k) {
    const Lowered &lowered = kernels_[k].lowered;
    for (const LoweredLaunch &launch : lowered.launches)
      if (runsOnce(k, launch))
        kept_[k][launch.fills->temporary] = block(lowered.temporaryBytes[launch.fills->temporary]);
  }

  // Blocks for results and temporaries of the kernels that begin here, the job's launches, then
  // what died is free again.
  void place(const Job &job, size_t j) {
    now_ = j;
    for (ScheduledLaunch member : job)
      if (member.launch == 0) begin(member.kernel);
    for (const ScheduledLaunch &member : job) {
      const LoweredKernel &kernel = kernels_[member.kernel];
      const LoweredLaunch &lowered = kernel.lowered.launches[member.launch];
      launch(kernel.op, lowered, temporaries_[member.kernel]);
      plan_.launches.back().beside = &member != job.begin();
      plan_.launches.back().once = runsOnce(member.kernel, lowered);
    }
    for (ScheduledLaunch member : job)
      if (member.launch + 1 == kernels_[member.kernel].lowered.launches.size())
        end(member.kernel);
  }
  void begin(size_t k) {
    KernelOp op = kernels_[k].op;
    for (unsigned r = 0; r < op->getNumResults(); ++r) {
      Value v = op->getResult(r);
      if (slots_.count(v)) {
        noteAliases(k, r, slots_[v].index);
      } else if (kernels_[k].lowered.launches.empty() || !reuse(k, r)) {
        slots_[v] = block(bytesOf(v));
      }
    }
    for (auto [t, bytes] : llvm::enumerate(kernels_[k].lowered.temporaryBytes)) {
      auto kept = kept_[k].find(static_cast<unsigned>(t));
      temporaries_[k].push_back(kept != kept_[k].end() ? kept->second : block(bytes));
    }
  }
  void end(size_t k) {
    KernelOp op = kernels_[k].op;
    for (auto [t, slot] : llvm::enumerate(temporaries_[k]))
      if (!kept_[k].count(static_cast<unsigned>(t))) give(slot);
    for (Value v : op->getOperands())
      if (slots_[v].kind == Slot::arena && lastUse(v, kernels_.size()).first == now_) release(v);
    for (Value v : op->getResults())
      if (!uses_.count(v)) release(v);
  }

  void launch(KernelOp op, const LoweredLaunch &l, llvm::ArrayRef<Slot> temporaries) {
    Launch out;
    out.kernel = l.kernel;
    out.params = l.params;
    out.tasks = l.tasks;
    out.grain = l.grain;
    out.scratch_bytes = l.scratchBytes;
    out.threads = l.threads;
    out.shared_bytes = l.kernel->shared_bytes;
    out.node = nodeOf(op.getLoc()).value_or(0);
    out.check_nodes = l.checkNodes;
    out.copies = l.copies;
    addBuffers(op, l, temporaries, out);
    if (const LoweredLaunch *tail = l.tail.get()) {
      out.tail = {tail->kernel, out.buffers.size(), tail->params, tail->tasks, tail->scratchBytes};
      addBuffers(op, *tail, temporaries, out);
    }
    plan_.launches.push_back(std::move(out));
  }
  void addBuffers(KernelOp op, const LoweredLaunch &l, llvm::ArrayRef<Slot> temporaries,
                  Launch &out) {
    for (LocalBuffer b : l.buffers) {
      switch (b.kind) {
        case LocalBuffer::operand: out.buffers.push_back(slots_[op->getOperand(b.index)]); break;
        case LocalBuffer::result:
          out.buffers.push_back(written(slots_[op->getResult(b.index)]));
          break;
        case LocalBuffer::temporary: out.buffers.push_back(written(temporaries[b.index])); break;
        case LocalBuffer::error: out.buffers.push_back({Slot::error, 0, 0}); break;
      }
    }
  }

  static Slot written(Slot slot) {
    slot.written = true;
    return slot;
  }
  // Alive from this job on, to the last if nobody gives it back.
  Slot block(size_t bytes) {
    plan_.blocks.push_back({0, bytes});
    spans_.push_back({arenaBytes(bytes), now_, jobs_});
    return {Slot::arena, static_cast<uint32_t>(plan_.blocks.size() - 1), 0};
  }
  void give(const Slot &slot) { spans_[slot.index].last = now_; }
  // Once, whoever else read it last.
  void release(Value v) {
    if (slots_[v].kind == Slot::arena && done_.insert(v.getAsOpaquePointer()).second)
      give(slots_[v]);
  }
  // The result takes over the block of an operand that dies here.
  bool reuse(size_t k, unsigned result) {
    KernelOp op = kernels_[k].op;
    for (auto [r, a] : kernels_[k].lowered.inPlace) {
      Value from = op->getOperand(a), to = op->getResult(result);
      if (r != result || slots_[from].kind != Slot::arena ||
          arenaBytes(bytesOf(from)) != arenaBytes(bytesOf(to)) || !readBefore(from, k) ||
          !done_.insert(from.getAsOpaquePointer()).second)
        continue;
      Slot slot = slots_[from];
      slots_[to] = slot;
      size_t &bytes = plan_.blocks[slot.index].bytes;
      bytes = std::max(bytes, bytesOf(to));  // the same when rounded
      return true;
    }
    return false;
  }
  // Output over input: whoever else reads the input has done so before, nothing was stored to it
  // earlier, and a run that fails has not written it.
  void noteAliases(size_t k, unsigned result, uint32_t output) {
    if (lives_[k].begin < firstSafe_) return;
    KernelOp op = kernels_[k].op;
    for (auto [i, input] : llvm::enumerate(function_.getArguments())) {
      if (toType(input.getType()).bytes() != bytesOf(op->getResult(result)) ||
          !readBefore(input, k))
        continue;
      bool free = true;
      for (unsigned a = 0; a < op->getNumOperands(); ++a)
        if (op->getOperand(a) == input)
          free = free && llvm::is_contained(kernels_[k].lowered.inPlace, std::pair(result, a));
      if (free) plan_.aliases.push_back({output, static_cast<uint32_t>(i)});
    }
  }

  func::FuncOp function_;
  llvm::ArrayRef<LoweredKernel> kernels_;
  LaunchPlan plan_;
  std::vector<ArenaSpan> spans_;  // of the blocks
  size_t now_ = 0, jobs_ = 0;     // this job; how many there are
  llvm::DenseMap<Value, Slot> slots_;
  llvm::DenseMap<Value, llvm::SmallVector<size_t, 2>> uses_;  // kernels that read it
  std::vector<Life> lives_;
  std::vector<llvm::SmallVector<Slot>> temporaries_;
  std::vector<llvm::SmallDenseMap<unsigned, Slot>> kept_;  // temporaries that outlive a run
  // blocks that are free again, or the result's that lies over it
  llvm::SmallPtrSet<void *, 16> done_;
  size_t firstSafe_ = 0;                 // from this job on, no launch fails
};
}  // namespace

LaunchPlan planBuffers(func::FuncOp function, llvm::ArrayRef<LoweredKernel> kernels) {
  return Planner(function, kernels).run();
}
}  // namespace mlir::weft
