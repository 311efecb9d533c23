/// A compiled graph at run time: launches of kernels, in order, over inputs, outputs, one arena and
/// constants. In comes a LaunchPlan (made by codegen), out an Executable. Kernels know no
/// addresses: every run resolves the slots anew, so any number of runs may be under way at once.
/// Launches that stand beside each other are one job of the thread pool, whose pieces are the
/// grains of all of them: a hundred small updates keep every thread busy and wait once.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/device/buffer.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace runtime {

/// Does tasks [begin, end) of a launch. `scratch`: `Launch::scratch_bytes` bytes of the calling
/// thread's own, 64-byte aligned, contents undefined.
using KernelCode = void (*)(void* const* buffers, const int64_t* params, int64_t begin, int64_t end,
                            void* scratch);

struct Loop;

struct Kernel {
  std::string name, kind;
  KernelCode code = nullptr;         // for the CPU
  void* function = nullptr;          // for a GPU, the driver's handle
  size_t shared_bytes = 0;           // and what a block of it shares, got at the launch
  std::shared_ptr<const Loop> loop;  // or launches that are repeated, of a list of their own
  std::shared_ptr<void> keep_alive;  // what owns the code
  std::string source;                // the user's lines
  // For a GPU: the same for up to so many launches in one (weft_table of the prelude).
  void* many = nullptr;
  uint32_t many_rows = 0;
  // Or what a library enqueues in a stream (a CUstream).
  std::function<void(void* stream, void* const* buffers)> enqueue;
};

/// What a pointer argument of a kernel is: index-th input, output, arena block or constant, and
/// bytes from its start. `error`: the ErrorReport of this run, to be handed to weft_index_error and its like.
struct Slot {
  enum Kind : uint8_t { input, output, arena, constant, error };
  Kind kind = input;
  uint32_t index = 0;
  size_t offset = 0;
  bool written = false;  // by the kernel, which may read it, too
};

/// What the worker that does the last of a launch's tasks goes on with, alone: of what the others
/// left.
struct Tail {
  std::shared_ptr<const Kernel> kernel;  // null: nothing
  size_t first_buffer = 0;               // of the launch's
  std::vector<int64_t> params;
  int64_t tasks = 0;
  size_t scratch_bytes = 0;
};

struct Launch {
  std::shared_ptr<const Kernel> kernel;
  std::vector<Slot> buffers;
  std::vector<int64_t> params;
  int64_t tasks = 1, grain = 1;  // GPU: tasks are blocks of threads
  size_t scratch_bytes = 0;
  uint32_t node = 0;  // the op in the op::Graph that errors are blamed on
  bool copies = false;  // buffer 0 to buffer 1: left out where they are the same memory
  // of runs that follow each other (LaunchList::Repeated) only the first needs it
  bool once = false;
  // in one job with the launch before: neither writes what the other, or a third of the job,
  // touches
  bool beside = false;
  // where the kernel checks values of several: by the number of the check
  std::vector<uint32_t> check_nodes{};
  Tail tail{};
  uint32_t threads = 0;     // GPU: of a block
  size_t shared_bytes = 0;  // GPU: of shared memory that a block gets at the launch
};

/// Where a temporary lies. Blocks that are not alive at the same time may overlap.
struct ArenaBlock {
  size_t offset = 0, bytes = 0;
};

struct LaunchPlan {
  std::vector<op::Type> input_types, output_types;
  std::vector<Launch> launches;
  std::vector<ArenaBlock> blocks;  // a Slot of kind arena names one by its position
  size_t arena_bytes = 0;
  std::vector<BufferRef> constants;
  // (output, input) that may be the same memory
  std::vector<std::pair<uint32_t, uint32_t>> aliases;
};

class LaunchWatch;

class LaunchList : public Executable {
 public:
  /// Throws std::logic_error when the plan contradicts itself (a slot out of range, a block beyond
  /// the arena, launches beside each other that meet in memory).
  explicit LaunchList(LaunchPlan plan);
  /// Throws ValueError, naming the launch's node, when a kernel reported or threw one; launches
  /// after that did not run. Throws OutOfMemory.
  void run(const void* const* inputs, void* const* outputs) const override;
  bool may_alias(size_t output, size_t input) const override;
  const LaunchPlan& plan() const { return plan_; }
  class Run;
  /// Runs that follow each other, in one arena. What launches that need to run once read is the
  /// same in all of them; outputs are wanted in all of them or in none.
  class Repeated {
   public:
    explicit Repeated(const LaunchList& list);
    ~Repeated();
    void run(const void* const* inputs, void* const* outputs);

   private:
    const LaunchList& list_;
    std::unique_ptr<Run> run_;
  };

 private:
  struct Address {
    uint32_t base;  // into the run's table of bases
    size_t offset;
  };
  struct Step {
    KernelCode code;
    const int64_t* params;
    int64_t tasks, grain;
    size_t scratch_bytes;
    uint32_t first_buffer;
    bool copies, once;
    int64_t first_piece;  // of the job's; a piece is a grain
    int64_t pieces;
    const Tail* tail;  // or null
    uint32_t counter;  // of its pieces that are not done
  };
  /// Launches that stand beside each other, or one.
  struct Group {
    uint32_t first, last;  // steps
    int64_t pieces;
    bool once;  // all of it
  };
  void check(const Launch& launch, const Slot& slot) const;
  uint32_t base_of(const Slot& slot) const;
  void add_step(const Launch& launch);
  using Counter = std::atomic<int64_t>;
  void work(const Group& group, Run& run, int64_t begin, int64_t end, LaunchWatch* watch) const;
  void run(Run& run) const;
  void finish(const Step& step, void* const* buffers, Counter& left, int64_t pieces) const;

  LaunchPlan plan_;
  std::vector<Step> steps_;
  std::vector<Group> groups_;
  std::vector<Address> addresses_;
  uint32_t tails_ = 0;
  std::vector<size_t> unwanted_offset_;  // where an output that nobody wants goes, behind the arena
  size_t leased_bytes_ = 0;
};
}  // namespace runtime
}  // namespace torch
