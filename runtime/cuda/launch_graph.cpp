#include "runtime/cuda/launch_graph.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "runtime/cuda/copy.h"
#include "runtime/cuda/hazards.h"
#include "runtime/cuda/heap.h"
#include "runtime/cuda/host_step.h"
#include "runtime/cuda/kernels.h"
#include "runtime/cuda/reports.h"
#include "runtime/cuda/write_check.h"
#include "runtime/executable/independence.h"
#include "runtime/executable/launch_watch.h"
#include "runtime/trace/history.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

/// The kernel that prepares runs, of one device.
LoadedKernel prepare_kernel(int device) {
  static std::mutex mutex;
  static auto* known = new std::vector<LoadedKernel>();
  std::lock_guard<std::mutex> lock(mutex);
  const auto at = static_cast<size_t>(device);
  if (known->size() <= at) known->resize(at + 1);
  if (!(*known)[at].function) (*known)[at] = load(device, {{kPrepareName, kPrepareText}}).front();
  return (*known)[at];
}

std::string names(const Node& node) {
  if (node.steps.empty()) return kPrepareName;
  std::string all = node.steps[0]->launch->kernel->name;
  return node.steps.size() == 1 ? all : all + " x " + std::to_string(node.steps.size());
}
}  // namespace

LaunchGraph::LaunchGraph(LaunchPlan plan, int device, std::vector<bool> on_host)
    : device_(Device::get(device)), on_host_(std::move(on_host)), aliases_(plan.aliases) {
  check_independence(plan);
  input_types = plan.input_types;
  output_types = plan.output_types;
  on_host_.resize(input_types.size());
  std::sort(aliases_.begin(), aliases_.end());
  auto flat = std::make_shared<FlatPlan>(std::move(plan), knobs().guards());
  for (size_t i = 0; i < on_host_.size(); ++i)
    if (on_host_[i]) preparation_.inputs.push_back(static_cast<uint32_t>(i));
  preparation_.numbers_offset = flat->reserve(preparation_.inputs.size() * 8);
  plan_ = flat;
  if (!preparation_.inputs.empty() || plan_->reports > 0) {
    LoadedKernel code = prepare_kernel(device);
    preparation_.function = static_cast<CUfunction>(code.function);
    prepare_code_ = code.keep_alive;
  }
  segments_ = make_segments(*plan_, preparation_, numbers_);
  graphs_.resize(segments_.size());
  upload_constants();
  summary.kernels = static_cast<int>(plan_->plan.launches.size());
  for (const Segment& s : segments_)
    for (const Node& node : s.nodes) summary.launches += !node.beside;
  summary.arena_bytes = plan_->arena_bytes;
}
LaunchGraph::~LaunchGraph() = default;

void LaunchGraph::upload_constants() {
  for (const BufferRef& c : plan_->constants) {
    constants_.push_back(c);
    if (c->device().type != c10::DeviceType::CPU) continue;
    constants_.back() = device_.heap().allocate(c->bytes());
    copy_from_host(device_, constants_.back()->data(), c->data(), c->bytes());
  }
}

bool LaunchGraph::may_alias(size_t output, size_t input) const {
  return !on_host_[input] &&
         std::binary_search(aliases_.begin(), aliases_.end(),
                            std::pair<uint32_t, uint32_t>(static_cast<uint32_t>(output),
                                                          static_cast<uint32_t>(input)));
}

void LaunchGraph::start(Run& run, const void* const* inputs, void* const* outputs) const {
  run.arena = device_.heap().allocate(plan_->arena_bytes, " for what a graph computes on its way");
  char* arena = static_cast<char*>(run.arena->data());
  run.bases.reserve(plan_->bases());
  for (size_t i = 0; i < input_types.size(); ++i)
    run.bases.push_back(static_cast<char*>(const_cast<void*>(inputs[i])));
  for (size_t n = 0; n < preparation_.inputs.size(); ++n)
    run.bases[preparation_.inputs[n]] = arena + preparation_.numbers_offset + 8 * n;
  for (size_t o = 0; o < output_types.size(); ++o)
    run.bases.push_back(outputs[o] ? static_cast<char*>(outputs[o]) : arena + plan_->unwanted[o]);
  for (const BufferRef& c : constants_) run.bases.push_back(static_cast<char*>(c->data()));
  run.bases.push_back(arena);
  for (size_t bytes : plan_->blocks) {
    run.blocks.push_back(device_.heap().allocate(bytes));
    run.bases.push_back(static_cast<char*>(run.blocks.back()->data()));
  }
  run.key.reserve(run.bases.size() + numbers_.size());
  for (char* base : run.bases) run.key.push_back(reinterpret_cast<uint64_t>(base));
  for (const Number& n : numbers_) {
    run.key.push_back(0);
    std::memcpy(&run.key.back(), inputs[n.input], n.bytes);
  }
}

void LaunchGraph::launch(const void* const* inputs, void* const* outputs, LateError late) const {
  device_.activate();
  std::lock_guard<std::mutex> lock(mutex_);
  ++runs_;
  Run run;
  start(run, inputs, outputs);
  Reports reports(device_, plan_, std::move(late));
  for (size_t s = 0; s < segments_.size(); ++s) {
    launch(segments_[s], s, run);
    if (const Step* step = segments_[s].then) run_step(device_, *step, run.bases, reports);
  }
  reports.send(static_cast<char*>(run.arena->data()) + plan_->reports_offset);
}

void LaunchGraph::run(const void* const* inputs, void* const* outputs) const {
  auto found = std::make_shared<std::optional<ValueError>>();
  launch(inputs, outputs, [found](const ValueError& e) {
    if (!*found) *found = e;
  });
  device_.synchronize();
  if (*found) throw **found;
}

void LaunchGraph::launch(const Segment& segment, size_t number, const Run& run) const {
  if (segment.nodes.empty()) return;
  const bool watch = LaunchWatch::wanted();
  if (graphs_[number] && graphs_wanted() && !watch && launch_same(number, run)) return;
  std::vector<uint64_t> words = segment.words;
  segment.fill(run.bases, words);
  if (number == 0)
    for (size_t n = 0; n < numbers_.size(); ++n)
      words[numbers_[n].word] = run.key[run.bases.size() + n];
  std::vector<char> left_out;
  for (const Node& node : segment.nodes) left_out.push_back(Segment::leaves_out(node, run.bases));
  if (watch) watched(segment, words, left_out);
  else if (!as_graph(segment, number, run, words, left_out)) stream(segment, run, words, left_out);
}

bool LaunchGraph::graphs_wanted() const {
  return !no_graphs_ && knobs().cuda_graphs && !knobs().guards();
}

/// What a graph cannot do the stream can, or says why not: a launch of a graph that fails has
/// launched nothing. The next run makes the graph anew (a library may do its part in another way
/// then), until that has failed too often.
template <class Use> bool LaunchGraph::with_graph(size_t number, Use&& use) const {
  constexpr int kMostFailures = 8;
  try {
    return use();
  } catch (const std::runtime_error& e) {
    log(std::string("no CUDA graph: ") + e.what());
    if (!graphs_[number] || ++graph_failures_ == kMostFailures) no_graphs_ = true;
    graphs_[number].reset();
    return false;
  }
}

/// Whether there is a graph that is as it should be, and it was launched.
bool LaunchGraph::launch_same(size_t number, const Run& run) const {
  static const std::vector<Number> none;
  return with_graph(number, [&] {
    return graphs_[number]->launch_same(run.key, run.bases.size(), number == 0 ? numbers_ : none);
  });
}

/// Whether it was launched so. What runs once needs no graph: making one costs more than its
/// launches.
bool LaunchGraph::as_graph(const Segment& segment, size_t number, const Run& run,
                           const std::vector<uint64_t>& words,
                           const std::vector<char>& left_out) const {
  if (runs_ < 2 || segment.nodes.size() < 2 || !graphs_wanted()) return false;
  return with_graph(number, [&] {
    std::unique_ptr<SegmentGraph>& graph = graphs_[number];
    if (!graph)
      graph = std::make_unique<SegmentGraph>(device_, segment, words,
                                             hazards(*plan_, preparation_, segment));
    graph->prepare(run.key, words, left_out);
    return true;
  }) && launch_same(number, run);
}

void LaunchGraph::launch(const Node& node, const std::vector<uint64_t>& words) const {
  if (!node.function) return enqueue(node, words.data(), device_.stream);
  std::vector<void*> parameters;
  for (uint32_t p : node.parameters)
    parameters.push_back(const_cast<uint64_t*>(&words[node.first_word + p]));
  if (CUresult failed = device_.driver.cuLaunchKernel(node.function, node.blocks, 1, 1,
                                                      node.threads, 1, 1, node.shared_bytes,
                                                      device_.stream, parameters.data(), nullptr))
    throw_error(failed, "launching the kernel " + names(node) + " (" + std::to_string(node.blocks) +
                            " blocks of " + std::to_string(node.threads) + " threads, " +
                            std::to_string(node.shared_bytes) + " bytes of shared memory) on " +
                            device_.name());
}

void LaunchGraph::stream(const Segment& segment, const Run& run, const std::vector<uint64_t>& words,
                         const std::vector<char>& left_out) const {
  for (size_t n = 0; n < segment.nodes.size(); ++n) {
    const Node& node = segment.nodes[n];
    if (left_out[n]) continue;
    if (knobs().guards()) check_writes(device_, node, run.bases, [&] { launch(node, words); });
    else launch(node, words);
  }
}

/// One kernel after the other, between events.
void LaunchGraph::watched(const Segment& segment, const std::vector<uint64_t>& words,
                          const std::vector<char>& left_out) const {
  std::vector<LaunchTime> together;
  for (size_t n = 0; n < segment.nodes.size(); ++n) {
    const Node& node = segment.nodes[n];
    if (!node.beside && !together.empty()) report_launches(together), together.clear();
    if (left_out[n]) continue;
    device_.wait();
    const int64_t begin = history::now();
    const double ms = device_.timed([&] { launch(node, words); });
    const auto each = static_cast<int64_t>(ms * 1e6) /
                      static_cast<int64_t>(std::max<size_t>(node.steps.size(), 1));
    for (const Step* step : node.steps)
      together.push_back(
          {step->launch, begin + each * static_cast<int64_t>(step - node.steps[0]), each});
  }
  if (!together.empty()) report_launches(together);
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
