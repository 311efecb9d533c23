#include "codegen/compile/schedule.h"

#include "ir/interface/convert.h"
#include "llvm/ADT/SetVector.h"
#include "passes/fusion/checks.h"

namespace mlir::weft {
namespace {
// A launch of that many grains keeps all threads busy long enough for waiting once more not to
// show.
constexpr double kFull = 64;
// So many jobs back a launch may be put forward.
constexpr size_t kWindow = 64;

size_t bytesOf(Value v) { return arenaBytes(toType(v.getType()).bytes()); }

llvm::SmallSetVector<Value, 8> operandsOf(KernelOp op) {
  return {op->operand_begin(), op->operand_end()};
}

double grains(const LoweredLaunch& l) {
  return double(l.tasks) / double(std::max<int64_t>(l.grain, 1));
}

// Loops and calls use the pool by themselves, or not at all.
bool mayStandBeside(const LoweredLaunch& l) {
  return !l.loop && !l.key.empty() && grains(l) < kFull;
}

class Scheduler {
 public:
  // Launches stand beside each other where that makes temporaries take at most `mostBytes`; 0:
  // nowhere.
  Scheduler(func::FuncOp function, llvm::ArrayRef<LoweredKernel> kernels, size_t mostBytes)
      : kernels_(kernels), mostBytes_(mostBytes), last_(kernels.size()), placed_(kernels.size()) {
    for (Value v : function.getBody().front().getTerminator()->getOperands()) returned_.insert(v);
    for (auto [k, kernel] : llvm::enumerate(kernels)) {
      number_[kernel.op] = k;
      for (Value v : operandsOf(kernel.op)) ++values_[v].readers;
    }
    for (size_t k = 0; k < kernels.size(); ++k) {
      if (canFail(kernels[k].op)) placeWaiting(false);
      waiting_.push_back(k);
      placeWaiting(true);
    }
    placeWaiting(false);
  }

  // Of the temporaries that are alive in a job.
  size_t peak() const {
    size_t most = 0;
    for (const Entry &job : jobs_) most = std::max(most, job.bytes);
    return most;
  }
  std::vector<Job> jobs() {
    std::vector<Job> all;
    for (Entry &job : jobs_) {
      if (job.grains > 1) all.push_back(std::move(job.members));
      else for (ScheduledLaunch member : job.members) all.push_back({member});
    }
    return all;
  }

 private:
  struct Entry {
    Job members;
    bool open = false;
    size_t bytes = 0;
    double grains = 0;
  };
  struct State {
    // kernels that are not placed yet; the last job of those that are
    size_t readers = 0, lastUse = 0;
    size_t bytes = 0;                 // of the arena, from where it is made on
    bool taken = false;               // by a result that lies over it
  };

  // In order, those that need not wait; or all.
  void placeWaiting(bool some) {
    for (bool more = true; more;) {
      more = false;
      std::vector<size_t> kernels = std::exchange(waiting_, {});
      for (size_t k : kernels) {
        if (some && waits(k)) waiting_.push_back(k);
        else place(k), more = true;
      }
    }
  }

  size_t numberOf(Operation *kernel) const { return number_.at(cast<KernelOp>(kernel)); }

  // For its operands; and what replaces an input, for those who read that.
  bool waits(size_t k) {
    for (Value v : kernels_[k].op->getOperands())
      if (Operation *made = v.getDefiningOp(); made && !placed_[numberOf(made)]) return true;
    bool waits = false;
    forEachReplaced(k, [&](Value over) {
      for (Operation *reader : over.getUsers())
        if (isa<KernelOp>(reader) && !waits && numberOf(reader) > k && !placed_[numberOf(reader)])
          waits = canFollow(k, numberOf(reader));
    });
    return waits;
  }
  // Inputs that results of the kernel may be written over.
  template <class F> void forEachReplaced(size_t k, F &&visit) {
    KernelOp op = kernels_[k].op;
    for (auto [r, a] : kernels_[k].lowered.inPlace) {
      Value over = op->getOperand(a);
      if (returned_.contains(op->getResult(r)) && !over.getDefiningOp() &&
          bytesOf(over) == bytesOf(op->getResult(r)))
        visit(over);
    }
  }
  // Whether kernel k may come after a later one: that does not need it, and nothing between may
  // stop the run.
  bool canFollow(size_t k, size_t later) {
    std::vector<size_t> open{later};
    llvm::DenseSet<size_t> seen;
    while (!open.empty()) {
      const size_t n = open.back();
      open.pop_back();
      if (n == k) return false;
      for (Value v : kernels_[n].op->getOperands())
        if (Operation *made = v.getDefiningOp())
          if (const size_t m = numberOf(made); m >= k && seen.insert(m).second) open.push_back(m);
    }
    for (size_t n = k; n <= later; ++n)
      if (canFail(kernels_[n].op)) return false;
    return true;
  }

  void place(size_t k) {
    placed_[k] = true;
    KernelOp op = kernels_[k].op;
    const Lowered &lowered = kernels_[k].lowered;
    const bool fails = canFail(op);
    size_t ready = firstReady(k), temporaries = 0;
    for (size_t bytes : lowered.temporaryBytes) temporaries += arenaBytes(bytes);
    for (unsigned l = 0; l < lowered.launches.size(); ++l) {
      const LoweredLaunch &launch = lowered.launches[l];
      const bool beside = mostBytes_ && !fails && mayStandBeside(launch);
      const size_t job = beside ? findJob(k, ready, l == 0 ? temporaries : 0) : jobs_.size();
      if (job == jobs_.size()) jobs_.push_back({{}, beside, alive_});
      if (l == 0) takeMemory(k, job, temporaries);
      jobs_[job].members.push_back({k, l});
      jobs_[job].grains += grains(launch);
      last_[k] = job;
      ready = job + 1;
    }
    if (lowered.launches.empty()) last_[k] = ready ? ready - 1 : 0;  // nothing to compute
    giveMemory(k, lowered.launches.empty() ? 0 : temporaries);
    if (fails) barrier_ = jobs_.size();
  }

  // After its operands, after what may stop the run, and where it could write over an input, after
  // who reads that.
  size_t firstReady(size_t k) {
    KernelOp op = kernels_[k].op;
    size_t ready = barrier_;
    auto after = [&](Operation *other) { ready = std::max(ready, last_[numberOf(other)] + 1); };
    for (Value v : op->getOperands())
      if (Operation *made = v.getDefiningOp()) after(made);
    forEachReplaced(k, [&](Value over) {
      if (values_[over].readers > 1) return;  // there will be more
      for (Operation *reader : over.getUsers())
        if (reader != op && isa<KernelOp>(reader)) after(reader);
    });
    return ready;
  }

  // The first job that the launch may join from `ready` on, or a new one.
  size_t findJob(size_t k, size_t ready, size_t temporaries) {
    size_t found = jobs_.size(), most = 0;
    const size_t low = std::max(ready, jobs_.size() - std::min(jobs_.size(), kWindow));
    for (size_t job = jobs_.size(); job-- > low;) {
      most = std::max(most, jobs_[job].bytes);
      size_t added = temporaries;
      for (unsigned r = 0; r < kernels_[k].op->getNumResults(); ++r)
        if (!takenOver(k, r, job)) added += arenaBytesOf(kernels_[k].op->getResult(r));
      if (most + added > mostBytes_) break;
      if (jobs_[job].open) found = job;
    }
    return found;
  }

  size_t arenaBytesOf(Value result) { return returned_.contains(result) ? 0 : bytesOf(result); }

  // The operand whose block the result takes over, if the kernel stands in that job.
  Value takenOver(size_t k, unsigned result, size_t job) {
    KernelOp op = kernels_[k].op;
    if (returned_.contains(op->getResult(result))) return {};
    for (auto [r, a] : kernels_[k].lowered.inPlace) {
      Value from = op->getOperand(a);
      const State &state = values_[from];
      if (r == result && state.bytes == bytesOf(op->getResult(result)) && state.readers == 1 &&
          !state.taken && state.lastUse < job)
        return from;
    }
    return {};
  }

  void takeMemory(size_t k, size_t job, size_t temporaries) {
    size_t added = temporaries;
    for (Value v : kernels_[k].op->getResults()) {
      State &state = values_[v];
      state.bytes = arenaBytesOf(v);
      state.lastUse = job;
      if (Value from = takenOver(k, cast<OpResult>(v).getResultNumber(), job))
        values_[from].taken = true;
      else added += state.bytes;
    }
    alive_ += added;
    for (size_t j = job; j < jobs_.size(); ++j) jobs_[j].bytes += added;
  }
  void release(size_t bytes, size_t after) {
    alive_ -= bytes;
    for (size_t j = after + 1; j < jobs_.size(); ++j) jobs_[j].bytes -= bytes;
  }
  void giveMemory(size_t k, size_t temporaries) {
    KernelOp op = kernels_[k].op;
    release(temporaries, last_[k]);
    for (Value v : operandsOf(op)) {
      State &state = values_[v];
      state.lastUse = std::max(state.lastUse, last_[k]);
      if (--state.readers == 0 && !state.taken) release(state.bytes, state.lastUse);
    }
    for (Value v : op->getResults())
      if (values_[v].readers == 0) release(values_[v].bytes, last_[k]);
  }

  llvm::ArrayRef<LoweredKernel> kernels_;
  const size_t mostBytes_;
  std::vector<Entry> jobs_;
  std::vector<size_t> last_;     // the job of a kernel's last launch
  std::vector<bool> placed_;
  std::vector<size_t> waiting_;  // kernels whose turn has come, in order
  llvm::DenseMap<Operation *, size_t> number_;
  llvm::DenseMap<Value, State> values_;
  llvm::DenseSet<Value> returned_;
  size_t alive_ = 0, barrier_ = 0;
};
}  // namespace

size_t arenaBytes(size_t bytes) {
  constexpr size_t kAlignment = 128;
  return (std::max<size_t>(bytes, 1) + kAlignment - 1) / kAlignment * kAlignment;
}

bool canFail(KernelOp kernel) {
  auto fails = [](Operation *op) {
    bool can = op->hasTrait<Check>() || (mayFail(op) && op->getParentOfType<ScanOp>());
    return can ? WalkResult::interrupt() : WalkResult::advance();
  };
  return kernel.walk(fails).wasInterrupted();
}

std::vector<Job> schedule(func::FuncOp function, llvm::ArrayRef<LoweredKernel> kernels) {
  const size_t inOrder = Scheduler(function, kernels, 0).peak();
  return Scheduler(function, kernels, inOrder + inOrder / 8 + (size_t(1) << 20)).jobs();
}
}  // namespace mlir::weft
