/// A segment as CUDA graphs: one launch for all its kernels. A few instances are kept, since a
/// program's inputs and results often take turns in a few places; of the one that is closest, what
/// differs is changed.
#pragma once
#include <vector>

#include "runtime/cuda/device.h"
#include "runtime/cuda/nodes.h"

namespace torch {
namespace runtime {
namespace cuda {

class SegmentGraph {
 public:
  /// `words`: the segment's, filled for some run; `after`: whom each node waits for. Throws Error
  /// when the driver cannot make a graph of it.
  SegmentGraph(Device& device, const Segment& segment, const std::vector<uint64_t>& words,
               const std::vector<std::vector<uint32_t>>& after);
  ~SegmentGraph();
  SegmentGraph(const SegmentGraph&) = delete;
  SegmentGraph& operator=(const SegmentGraph&) = delete;

  // One call at a time. `key`: all that a run's words depend on: `bases` addresses, then numbers.
  /// Launches an instance that is as it should be, but for `numbers` of the host (those of this
  /// segment, which are the key's), which it gets; false: there is none.
  bool launch_same(const std::vector<uint64_t>& key, size_t bases,
                   const std::vector<Number>& numbers);
  /// Makes one so. `left_out[n]`: node n does not run; the words are the segment's, filled. Throws
  /// std::runtime_error where the driver, or a library whose calls are a part of it, cannot.
  void prepare(const std::vector<uint64_t>& key, const std::vector<uint64_t>& words,
               const std::vector<char>& left_out);

 private:
  struct Instance {
    CUgraphExec exec = nullptr;
    std::vector<uint64_t> key, words;
    std::vector<char> left_out;
  };
  void add(const Node& node, const std::vector<CUgraphNode>& after);
  /// What a library enqueues for a node, as a graph while `use` runs.
  template <class Use> CUresult captured(const Node& node, const uint64_t* words, Use&& use);
  CUresult change(const Instance& instance, size_t node, const std::vector<uint64_t>& words);
  CUDA_KERNEL_NODE_PARAMS parameters(const Node& node, const uint64_t* words);
  Instance& closest(const std::vector<uint64_t>& words, const std::vector<char>& left_out);
  void set_numbers(Instance& instance, const std::vector<uint64_t>& key, size_t bases,
                   const std::vector<Number>& numbers);
  void launch(const Instance& instance) const;
  void update(Instance& instance, const std::vector<uint64_t>& words,
              const std::vector<char>& left_out);
  size_t differences(const Instance& instance, const std::vector<uint64_t>& words,
                     const std::vector<char>& left_out) const;

  Device& device_;
  const Segment& segment_;
  CUgraph graph_ = nullptr;
  std::vector<CUgraphNode> nodes_;
  std::vector<uint64_t> first_words_;  // what the graph was made with
  std::vector<Instance> instances_;
  std::vector<void*> pointers_;  // to a node's arguments, while a call of the driver reads them
};
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
