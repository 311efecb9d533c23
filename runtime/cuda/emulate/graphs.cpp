// Graphs. Their nodes run in one of the orders that dependencies allow: that in which they were
// added, the latest that may first, or (WEFT_EMULATE_ORDER=2) any.
#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/cuda/emulate/driver_state.h"
#include "runtime/cuda/emulate/fibers.h"

namespace torch {
namespace runtime {
namespace cuda {

/// Arguments of kernels are copied when a node is made or changed, eight bytes each, as the real
/// driver copies them by the sizes it knows.
struct CUgraphNode_st {
  enum Kind : uint8_t { kernel, copy, set, child, work, empty } kind = empty;
  CUDA_KERNEL_NODE_PARAMS launch{};
  CUDA_MEMCPY3D copying{};
  CUDA_MEMSET_NODE_PARAMS setting{};
  std::vector<CUgraphNode_st> inside;  // a child graph's
  std::function<CUresult()> task;
  bool enabled = true;
  std::vector<std::vector<char>> arguments;
  std::vector<size_t> after;  // numbers of nodes
};
struct CUgraph_st {
  std::vector<std::unique_ptr<CUgraphNode_st>> nodes;
};
struct CUgraphExec_st {
  std::vector<std::pair<CUgraphNode, CUgraphNode_st>> nodes;  // by the graph's node
  std::vector<size_t> order;
};

namespace emulate {
namespace {

CUresult add(CUgraphNode* node, CUgraph graph, const CUgraphNode* after, size_t count,
             std::unique_ptr<CUgraphNode_st> made) {
  State& s = state();
  if (!s.graphs.count(graph)) return CUDA_ERROR_INVALID_HANDLE;
  for (size_t i = 0; i < count; ++i) {
    size_t number = 0;
    while (number < graph->nodes.size() && graph->nodes[number].get() != after[i]) ++number;
    if (number == graph->nodes.size()) return CUDA_ERROR_INVALID_VALUE;
    made->after.push_back(number);
  }
  *node = made.get();
  graph->nodes.push_back(std::move(made));
  return CUDA_SUCCESS;
}

CUresult set_kernel(CUgraphNode_st& node, const CUDA_KERNEL_NODE_PARAMS& p) {
  std::vector<size_t> sizes;
  if (CUresult failed = argument_sizes(p.func, &sizes)) return failed;
  node.kind = CUgraphNode_st::kernel;
  node.launch = p;
  node.arguments.clear();
  for (size_t i = 0; i < sizes.size(); ++i) {
    const char* from = static_cast<const char*>(p.kernelParams[i]);
    node.arguments.emplace_back(from, from + sizes[i]);
  }
  return CUDA_SUCCESS;
}

/// A copy of one row, which is all that we ask for.
CUresult run_copy(const CUDA_MEMCPY3D& c, CUstream stream) {
  const bool to_device = c.dstMemoryType == CU_MEMORYTYPE_DEVICE;
  const bool from_device = c.srcMemoryType == CU_MEMORYTYPE_DEVICE;
  if (c.Height != 1 || c.Depth != 1) return CUDA_ERROR_NOT_SUPPORTED;
  if (to_device && from_device)
    return cuMemcpyDtoDAsync(c.dstDevice, c.srcDevice, c.WidthInBytes, stream);
  if (to_device) return cuMemcpyHtoDAsync(c.dstDevice, c.srcHost, c.WidthInBytes, stream);
  return cuMemcpyDtoHAsync(c.dstHost, c.srcDevice, c.WidthInBytes, stream);
}

CUresult run(CUgraphNode_st& node, CUstream stream) {
  switch (node.kind) {
    case CUgraphNode_st::copy: return run_copy(node.copying, stream);
    case CUgraphNode_st::set:
      return node.setting.elementSize == 1
                 ? cuMemsetD8Async(node.setting.dst, static_cast<unsigned char>(node.setting.value),
                                   node.setting.width, stream)
                 : CUDA_ERROR_NOT_SUPPORTED;
    case CUgraphNode_st::child:
      for (CUgraphNode_st& n : node.inside)
        if (CUresult failed = run(n, stream)) return failed;
      return CUDA_SUCCESS;
    case CUgraphNode_st::work: return node.task();
    case CUgraphNode_st::empty: return CUDA_SUCCESS;
    case CUgraphNode_st::kernel: break;
  }
  std::vector<void*> arguments;
  for (std::vector<char>& a : node.arguments) arguments.push_back(a.data());
  const CUDA_KERNEL_NODE_PARAMS& l = node.launch;
  return cuLaunchKernel(l.func, l.gridDimX, l.gridDimY, l.gridDimZ, l.blockDimX, l.blockDimY,
                        l.blockDimZ, l.sharedMemBytes, stream, arguments.data(), nullptr);
}

std::vector<size_t> order_of(const CUgraph_st& graph) {
  const Order wanted = order_of_environment();
  std::vector<size_t> order, waits, ready;
  std::vector<std::vector<size_t>> followers(graph.nodes.size());
  for (size_t n = 0; n < graph.nodes.size(); ++n) {
    waits.push_back(graph.nodes[n]->after.size());
    for (size_t earlier : graph.nodes[n]->after) followers[earlier].push_back(n);
    if (waits[n] == 0) ready.push_back(n);
  }
  while (!ready.empty()) {
    auto next = wanted == Order::ascending ? std::min_element(ready.begin(), ready.end())
                : wanted == Order::descending
                    ? std::max_element(ready.begin(), ready.end())
                    : ready.begin() + static_cast<std::ptrdiff_t>(order.size() * 7 % ready.size());
    order.push_back(*next);
    ready.erase(next);
    for (size_t n : followers[order.back()])
      if (--waits[n] == 0) ready.push_back(n);
  }
  return order;
}

std::vector<CUgraphNode_st> copies_of(CUgraph graph) {
  std::vector<CUgraphNode_st> all;
  for (const auto& n : graph->nodes) all.push_back(*n);
  return all;
}

/// The node of an instance, of that kind (empty: of any); null: it has none.
CUgraphNode_st* node_of(CUgraphExec exec, CUgraphNode node, CUgraphNode_st::Kind kind) {
  State& s = state();
  if (!s.execs.count(exec)) return nullptr;
  for (auto& [original, own] : exec->nodes)
    if (original == node && (own.kind == kind || kind == CUgraphNode_st::empty)) {
      ++s.calls.node_updates;
      return &own;
    }
  return nullptr;
}
}  // namespace

CUresult cuGraphCreate(CUgraph* graph, unsigned) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (s.lost) return s.lost;
  if (happens(s.faults.graph)) return CUDA_ERROR_NOT_SUPPORTED;
  *graph = new CUgraph_st();
  s.graphs.insert(*graph);
  return CUDA_SUCCESS;
}
CUresult cuGraphDestroy(CUgraph graph) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.graphs.erase(graph)) return CUDA_ERROR_INVALID_HANDLE;
  delete graph;
  return CUDA_SUCCESS;
}
CUresult cuGraphAddKernelNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* after,
                              size_t count, const CUDA_KERNEL_NODE_PARAMS* parameters) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  auto made = std::make_unique<CUgraphNode_st>();
  if (CUresult failed = set_kernel(*made, *parameters)) return failed;
  return add(node, graph, after, count, std::move(made));
}
CUresult cuGraphAddMemcpyNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* after,
                              size_t count, const CUDA_MEMCPY3D* parameters, CUcontext) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  auto made = std::make_unique<CUgraphNode_st>();
  made->kind = CUgraphNode_st::copy;
  made->copying = *parameters;
  return add(node, graph, after, count, std::move(made));
}
CUresult cuGraphAddMemsetNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* after,
                              size_t count, const CUDA_MEMSET_NODE_PARAMS* parameters, CUcontext) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  auto made = std::make_unique<CUgraphNode_st>();
  made->kind = CUgraphNode_st::set;
  made->setting = *parameters;
  return add(node, graph, after, count, std::move(made));
}
CUresult cuGraphAddChildGraphNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* after,
                                  size_t count, CUgraph child) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  if (!state().graphs.count(child)) return CUDA_ERROR_INVALID_HANDLE;
  auto made = std::make_unique<CUgraphNode_st>();
  made->kind = CUgraphNode_st::child;
  made->inside = copies_of(child);
  return add(node, graph, after, count, std::move(made));
}
CUresult cuGraphExecChildGraphNodeSetParams(CUgraphExec exec, CUgraphNode node, CUgraph child) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  if (happens(state().faults.graph_change)) return CUDA_ERROR_GRAPH_EXEC_UPDATE_FAILURE;
  CUgraphNode_st* own = node_of(exec, node, CUgraphNode_st::child);
  if (!own || !state().graphs.count(child)) return CUDA_ERROR_INVALID_VALUE;
  if (own->inside.size() != child->nodes.size()) return CUDA_ERROR_GRAPH_EXEC_UPDATE_FAILURE;
  own->inside = copies_of(child);
  return CUDA_SUCCESS;
}

CUresult cuStreamBeginCapture(CUstream stream, CUstreamCaptureMode) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  if (!state().streams.count(stream) || stream->capturing) return CUDA_ERROR_INVALID_HANDLE;
  return cuGraphCreate(&stream->capturing, 0);
}
CUresult cuStreamEndCapture(CUstream stream, CUgraph* graph) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  if (!state().streams.count(stream) || !stream->capturing) return CUDA_ERROR_INVALID_HANDLE;
  *graph = std::exchange(stream->capturing, nullptr);
  return CUDA_SUCCESS;
}
CUresult capture(CUstream stream, std::function<CUresult()> work) {
  auto made = std::make_unique<CUgraphNode_st>();
  made->kind = CUgraphNode_st::work;
  made->task = std::move(work);
  CUgraphNode node;
  return add(&node, stream->capturing, nullptr, 0, std::move(made));
}

CUresult cuGraphInstantiate(CUgraphExec* exec, CUgraph graph, unsigned long long) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (s.lost) return s.lost;
  if (!s.graphs.count(graph)) return CUDA_ERROR_INVALID_HANDLE;
  if (happens(s.faults.graph)) return CUDA_ERROR_NOT_SUPPORTED;
  auto made = std::make_unique<CUgraphExec_st>();
  for (const auto& node : graph->nodes) made->nodes.emplace_back(node.get(), *node);
  made->order = order_of(*graph);
  *exec = made.release();
  s.execs.insert(*exec);
  return CUDA_SUCCESS;
}
CUresult cuGraphExecDestroy(CUgraphExec exec) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.execs.erase(exec)) return CUDA_ERROR_INVALID_HANDLE;
  delete exec;
  return CUDA_SUCCESS;
}
CUresult cuGraphExecKernelNodeSetParams(CUgraphExec exec, CUgraphNode node,
                                        const CUDA_KERNEL_NODE_PARAMS* parameters) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  if (happens(state().faults.graph_change)) return CUDA_ERROR_GRAPH_EXEC_UPDATE_FAILURE;
  CUgraphNode_st* own = node_of(exec, node, CUgraphNode_st::kernel);
  return own ? set_kernel(*own, *parameters) : CUDA_ERROR_INVALID_VALUE;
}
CUresult cuGraphExecMemcpyNodeSetParams(CUgraphExec exec, CUgraphNode node,
                                        const CUDA_MEMCPY3D* parameters, CUcontext) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  CUgraphNode_st* own = node_of(exec, node, CUgraphNode_st::copy);
  if (!own) return CUDA_ERROR_INVALID_VALUE;
  own->copying = *parameters;
  return CUDA_SUCCESS;
}
CUresult cuGraphExecMemsetNodeSetParams(CUgraphExec exec, CUgraphNode node,
                                        const CUDA_MEMSET_NODE_PARAMS* parameters, CUcontext) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  CUgraphNode_st* own = node_of(exec, node, CUgraphNode_st::set);
  if (!own) return CUDA_ERROR_INVALID_VALUE;
  own->setting = *parameters;
  return CUDA_SUCCESS;
}

CUresult cuGraphNodeSetEnabled(CUgraphExec exec, CUgraphNode node, unsigned enabled) {
  std::lock_guard<std::recursive_mutex> lock(state().mutex);
  if (happens(state().faults.graph_switch)) return CUDA_ERROR_NOT_SUPPORTED;
  CUgraphNode_st* own = node_of(exec, node, CUgraphNode_st::empty);
  if (!own) return CUDA_ERROR_INVALID_VALUE;
  own->enabled = enabled != 0;
  return CUDA_SUCCESS;
}

CUresult cuGraphLaunch(CUgraphExec exec, CUstream stream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (s.lost) return s.lost;
  if (!s.execs.count(exec) || !s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (happens(s.faults.graph_launch)) return CUDA_ERROR_OUT_OF_MEMORY;
  ++s.calls.graph_launches;
  std::vector<CUgraphNode_st> nodes;  // as they are now
  for (size_t n : exec->order)
    if (exec->nodes[n].second.enabled) nodes.push_back(exec->nodes[n].second);
  return enqueue(stream, [nodes = std::move(nodes), stream]() mutable {
    // A kernel that fails is heard of when others have run: nothing can be done over.
    for (CUgraphNode_st& node : nodes)
      if (CUresult failed = run(node, stream)) return state().lost = failed;
    return CUDA_SUCCESS;
  });
}
CUresult cuGraphUpload(CUgraphExec exec, CUstream) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  return s.execs.count(exec) ? s.lost : CUDA_ERROR_INVALID_HANDLE;
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
