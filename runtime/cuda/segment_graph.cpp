#include "runtime/cuda/segment_graph.h"

#include <algorithm>

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr size_t kInstances = 4;

const char* const kMaking = "making a graph of kernels";

bool differs(const Node& node, const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  const auto first = static_cast<std::ptrdiff_t>(node.first_word);
  return !std::equal(a.begin() + first, a.begin() + first + node.words, b.begin() + first);
}
}  // namespace

SegmentGraph::SegmentGraph(Device& device, const Segment& segment,
                           const std::vector<uint64_t>& words,
                           const std::vector<std::vector<uint32_t>>& after)
    : device_(device), segment_(segment), first_words_(words) {
  device_.activate();
  check(device_.driver.cuGraphCreate(&graph_, 0), kMaking);
  try {
    for (size_t n = 0; n < segment.nodes.size(); ++n) {
      std::vector<CUgraphNode> before;
      for (uint32_t earlier : after[n]) before.push_back(nodes_[earlier]);
      add(segment.nodes[n], before);
    }
  } catch (...) {
    device_.driver.cuGraphDestroy(graph_);
    throw;
  }
}

/// What is under way goes on: the driver keeps instances until then.
SegmentGraph::~SegmentGraph() {
  if (device_.driver.cuCtxSetCurrent(device_.context)) return;
  for (const Instance& i : instances_) device_.driver.cuGraphExecDestroy(i.exec);
  device_.driver.cuGraphDestroy(graph_);
}

CUDA_KERNEL_NODE_PARAMS SegmentGraph::parameters(const Node& node, const uint64_t* words) {
  pointers_.clear();
  for (uint32_t p : node.parameters)
    pointers_.push_back(const_cast<uint64_t*>(words + node.first_word + p));
  CUDA_KERNEL_NODE_PARAMS all{};
  all.func = node.function;
  all.gridDimX = node.blocks;
  all.blockDimX = node.threads;
  all.gridDimY = all.gridDimZ = all.blockDimY = all.blockDimZ = 1;
  all.sharedMemBytes = node.shared_bytes;
  all.kernelParams = pointers_.data();
  return all;
}

template <class Use>
CUresult SegmentGraph::captured(const Node& node, const uint64_t* words, Use&& use) {
  const CUgraph graph = device_.capture([&](CUstream stream) { enqueue(node, words, stream); });
  const CUresult result = use(graph);
  device_.driver.cuGraphDestroy(graph);
  return result;
}

void SegmentGraph::add(const Node& node, const std::vector<CUgraphNode>& after) {
  const Driver& d = device_.driver;
  CUgraphNode made = nullptr;
  if (node.function) {
    const CUDA_KERNEL_NODE_PARAMS all = parameters(node, first_words_.data());
    check(d.cuGraphAddKernelNode(&made, graph_, after.data(), after.size(), &all), kMaking);
  } else {
    check(captured(node, first_words_.data(),
                   [&](CUgraph child) {
                     return d.cuGraphAddChildGraphNode(&made, graph_, after.data(), after.size(),
                                                       child);
                   }),
          kMaking);
  }
  nodes_.push_back(made);
}

CUresult SegmentGraph::change(const Instance& instance, size_t n,
                              const std::vector<uint64_t>& words) {
  const Driver& d = device_.driver;
  const Node& node = segment_.nodes[n];
  if (!node.function)
    return captured(node, words.data(), [&](CUgraph child) {
      return d.cuGraphExecChildGraphNodeSetParams(instance.exec, nodes_[n], child);
    });
  const CUDA_KERNEL_NODE_PARAMS all = parameters(node, words.data());
  return d.cuGraphExecKernelNodeSetParams(instance.exec, nodes_[n], &all);
}

size_t SegmentGraph::differences(const Instance& instance, const std::vector<uint64_t>& words,
                                 const std::vector<char>& left_out) const {
  size_t count = 0;
  for (size_t n = 0; n < nodes_.size(); ++n)
    count +=
        left_out[n] != instance.left_out[n] || differs(segment_.nodes[n], words, instance.words);
  return count;
}

/// The one with the fewest differences; a new one while there are few and none is the same.
SegmentGraph::Instance& SegmentGraph::closest(const std::vector<uint64_t>& words,
                                              const std::vector<char>& left_out) {
  size_t best = 0, fewest = ~size_t(0);
  for (size_t i = 0; i < instances_.size() && fewest > 0; ++i)
    if (const size_t d = differences(instances_[i], words, left_out); d < fewest)
      best = i, fewest = d;
  if (fewest > 0 && instances_.size() < kInstances) {
    Instance made{nullptr, {}, first_words_, std::vector<char>(nodes_.size())};
    check(device_.driver.cuGraphInstantiate(&made.exec, graph_, 0), kMaking);
    instances_.push_back(std::move(made));
    best = instances_.size() - 1;
  }
  return instances_[best];
}

void SegmentGraph::update(Instance& instance, const std::vector<uint64_t>& words,
                          const std::vector<char>& left_out) {
  const Driver& d = device_.driver;
  for (size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = segment_.nodes[n];
    if (left_out[n] != instance.left_out[n]) {
      check(d.cuGraphNodeSetEnabled(instance.exec, nodes_[n], !left_out[n]),
            "switching a kernel of a graph");
      instance.left_out[n] = left_out[n];
    }
    if (!differs(node, words, instance.words)) continue;
    check(change(instance, n, words), "changing the arguments of a kernel of a graph");
    const auto first = static_cast<std::ptrdiff_t>(node.first_word);
    std::copy(words.begin() + first, words.begin() + first + node.words,
              instance.words.begin() + first);
  }
}

bool SegmentGraph::launch_same(const std::vector<uint64_t>& key, size_t bases,
                               const std::vector<Number>& numbers) {
  for (Instance& instance : instances_) {
    const auto end = key.begin() + static_cast<std::ptrdiff_t>(bases);
    if (instance.key.size() != key.size() || !std::equal(key.begin(), end, instance.key.begin()))
      continue;
    device_.activate();
    if (!numbers.empty() && instance.key != key) set_numbers(instance, key, bases, numbers);
    launch(instance);
    return true;
  }
  return false;
}

/// They are arguments of the nodes that prepare the run, which are the first.
void SegmentGraph::set_numbers(Instance& instance, const std::vector<uint64_t>& key, size_t bases,
                               const std::vector<Number>& numbers) {
  instance.key.clear();  // if it fails, it is nobody's
  for (size_t n = 0; n < numbers.size(); ++n) instance.words[numbers[n].word] = key[bases + n];
  for (size_t n = 0; n < nodes_.size() && segment_.nodes[n].steps.empty(); ++n)
    check(change(instance, n, instance.words), "changing the numbers of a graph");
  instance.key = key;
}

void SegmentGraph::prepare(const std::vector<uint64_t>& key, const std::vector<uint64_t>& words,
                           const std::vector<char>& left_out) {
  device_.activate();
  Instance& instance = closest(words, left_out);
  instance.key.clear();
  update(instance, words, left_out);
  instance.key = key;
}

void SegmentGraph::launch(const Instance& instance) const {
  device_.activate();
  if (CUresult failed = device_.driver.cuGraphLaunch(instance.exec, device_.stream))
    throw_error(failed, "launching a graph of " + std::to_string(nodes_.size()) + " kernels on " +
                            device_.name());
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
