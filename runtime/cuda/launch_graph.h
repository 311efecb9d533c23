/// A compiled graph of a GPU. A run is one launch of a CUDA graph (its kernels are nodes, whose
/// pointers change when memory moves); or a stream of launches: for the first run, for single
/// kernels, when somebody wants their times, with WEFT_CUDA_GRAPHS=0, and where the driver can make
/// no graph.
#pragma once
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "runtime/cuda/device.h"
#include "runtime/cuda/nodes.h"
#include "runtime/cuda/segment_graph.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace runtime {
namespace cuda {

class LaunchGraph : public Executable {
 public:
  /// Kernels have a function of that device, a loop, or a function of the CPU (then the run waits
  /// for it). `on_host[i]`: input i is a number in the host's memory; empty: none is. Throws
  /// std::logic_error when the plan contradicts itself.
  LaunchGraph(LaunchPlan plan, int device, std::vector<bool> on_host = {});
  ~LaunchGraph() override;
  /// Waits; throws ValueError. Throws OutOfMemory, Error.
  void run(const void* const* inputs, void* const* outputs) const override;
  void launch(const void* const* inputs, void* const* outputs, LateError late) const override;
  bool may_alias(size_t output, size_t input) const override;

 private:
  struct Run {
    BufferRef arena;
    std::vector<BufferRef> blocks;
    std::vector<char*> bases;
    std::vector<uint64_t> key;  // bases, and numbers of the host
  };
  void upload_constants();
  void start(Run& run, const void* const* inputs, void* const* outputs) const;
  void launch(const Segment& segment, size_t number, const Run& run) const;
  void stream(const Segment& segment, const Run& run, const std::vector<uint64_t>& words,
              const std::vector<char>& left_out) const;
  void watched(const Segment& segment, const std::vector<uint64_t>& words,
               const std::vector<char>& left_out) const;
  void launch(const Node& node, const std::vector<uint64_t>& words) const;
  bool graphs_wanted() const;
  template <class Use> bool with_graph(size_t number, Use&& use) const;
  bool launch_same(size_t number, const Run& run) const;
  bool as_graph(const Segment& segment, size_t number, const Run& run,
                const std::vector<uint64_t>& words, const std::vector<char>& left_out) const;

  Device& device_;
  std::shared_ptr<const FlatPlan> plan_;
  std::vector<bool> on_host_;
  std::vector<std::pair<uint32_t, uint32_t>> aliases_;
  std::vector<BufferRef> constants_;  // on the device
  Preparation preparation_;
  std::shared_ptr<void> prepare_code_;
  std::vector<Number> numbers_;
  std::vector<Segment> segments_;

  mutable std::mutex mutex_;  // of what follows, and of the order of a run's launches
  mutable std::vector<std::unique_ptr<SegmentGraph>> graphs_;
  mutable size_t runs_ = 0;
  mutable int graph_failures_ = 0;
  mutable bool no_graphs_ = false;
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
