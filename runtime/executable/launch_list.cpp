#include "runtime/executable/launch_list.h"

#include <algorithm>
#include <optional>

#include "runtime/cpu/thread_pool.h"
#include "runtime/device/arena.h"
#include "runtime/executable/error_report.h"
#include "runtime/executable/independence.h"
#include "runtime/executable/launch_watch.h"
#include "runtime/executable/scratch.h"
#include "runtime/trace/history.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace {

constexpr size_t kLine = 64;
size_t whole_lines(size_t bytes) { return (bytes + kLine - 1) / kLine * kLine; }

/// A short array on the stack, a long one on the heap; not initialised.
template <class T, size_t N> class LocalArray {
 public:
  explicit LocalArray(size_t n) : heap_(n > N ? new T[n] : nullptr) {}
  T* data() { return heap_ ? heap_.get() : local_; }

 private:
  T local_[N];
  std::unique_ptr<T[]> heap_;
};
}  // namespace

void LaunchList::check(const Launch& launch, const Slot& slot) const {
  const size_t limits[] = {plan_.input_types.size(), plan_.output_types.size(), plan_.blocks.size(),
                           plan_.constants.size(), 1};
  if (slot.index < limits[slot.kind]) return;
  static const char* const names[] = {"input", "output", "arena block", "constant", "error report"};
  throw std::logic_error("launch list: kernel " + launch.kernel->name + " reads " +
                         names[slot.kind] + " " + std::to_string(slot.index) + "; there are " +
                         std::to_string(limits[slot.kind]));
}

/// Bases of a run: inputs, outputs, arena blocks, constants, the error report.
uint32_t LaunchList::base_of(const Slot& slot) const {
  const size_t counts[] = {plan_.input_types.size(), plan_.output_types.size(), plan_.blocks.size(),
                           plan_.constants.size()};
  size_t base = slot.index;
  for (int kind = 0; kind < slot.kind; ++kind) base += counts[kind];
  return static_cast<uint32_t>(base);
}

LaunchList::LaunchList(LaunchPlan plan) : plan_(std::move(plan)) {
  input_types = plan_.input_types;
  output_types = plan_.output_types;
  std::sort(plan_.aliases.begin(), plan_.aliases.end());
  for (const ArenaBlock& b : plan_.blocks)
    if (b.offset % kLine || b.offset + b.bytes > plan_.arena_bytes)
      throw std::logic_error("launch list: block of " + std::to_string(b.bytes) + " bytes at " +
                             std::to_string(b.offset) +
                             " does not lie on a 64-byte boundary within the arena of " +
                             std::to_string(plan_.arena_bytes) + " bytes");
  for (const Launch& launch : plan_.launches) add_step(launch);
  check_independence(plan_);
  leased_bytes_ = whole_lines(plan_.arena_bytes);
  for (const op::Type& type : plan_.output_types) {
    unwanted_offset_.push_back(leased_bytes_);
    leased_bytes_ += whole_lines(std::max<size_t>(type.bytes(), 1));
  }
  summary.kernels = static_cast<int>(steps_.size());
  summary.launches = static_cast<int>(groups_.size());
  summary.arena_bytes = plan_.arena_bytes;
}

void LaunchList::add_step(const Launch& launch) {
  const auto number = static_cast<uint32_t>(steps_.size());
  if (groups_.empty() || !launch.beside) groups_.push_back({number, number, 0, true});
  Group& group = groups_.back();
  const int64_t grain = std::max<int64_t>(launch.grain, 1);
  steps_.push_back({launch.kernel->code, launch.params.data(), launch.tasks, grain,
                    launch.scratch_bytes, static_cast<uint32_t>(addresses_.size()), launch.copies,
                    launch.once, group.pieces, (launch.tasks + grain - 1) / grain,
                    launch.tail.kernel ? &launch.tail : nullptr, tails_});
  if (launch.tail.kernel) ++tails_;
  group.last = number + 1;
  group.once &= launch.once;
  group.pieces += steps_.back().pieces;
  for (const Slot& slot : launch.buffers) {
    check(launch, slot);
    addresses_.push_back({base_of(slot), slot.offset});
  }
}

bool LaunchList::may_alias(size_t output, size_t input) const {
  return std::binary_search(
      plan_.aliases.begin(), plan_.aliases.end(),
      std::pair<uint32_t, uint32_t>(static_cast<uint32_t>(output), static_cast<uint32_t>(input)));
}

/// The memory of one run, or of runs that follow each other, and where everything lies.
class LaunchList::Run {
 public:
  Run(const LaunchList& list, const void* const* inputs, void* const* outputs)
      : list_(list),
        guard_(knobs().guards()),
        arena_(guard_ ? 0 : needed(outputs)),
        bases_(list.plan_.input_types.size() + list.plan_.output_types.size() +
               list.plan_.blocks.size() + list.plan_.constants.size() + 1),
        pointers_(list.addresses_.size()),
        left_(list.tails_) {
    const LaunchPlan& plan = list.plan_;
    void** base = bases_.data() + plan.input_types.size();
    for (size_t i = 0; i < plan.output_types.size(); ++i)
      *base++ =
          outputs[i] ? outputs[i] : place(list.unwanted_offset_[i], plan.output_types[i].bytes());
    for (const ArenaBlock& b : plan.blocks) *base++ = place(b.offset, b.bytes);
    for (const BufferRef& c : plan.constants) *base++ = c->data();
    *base = &report_;
    bind(inputs, outputs);
  }

  /// Other inputs, and other outputs in place of those that are wanted.
  void bind(const void* const* inputs, void* const* outputs) {
    const size_t count = list_.plan_.input_types.size();
    void** bases = bases_.data();
    for (size_t i = 0; i < count; ++i) bases[i] = const_cast<void*>(inputs[i]);
    for (size_t i = 0; i < list_.plan_.output_types.size(); ++i)
      if (outputs[i]) bases[count + i] = outputs[i];
    void** pointer = pointers_.data();
    for (const Address& a : list_.addresses_)
      *pointer++ = static_cast<char*>(bases[a.base]) + a.offset;
    for (const Step& step : list_.steps_)
      if (step.tail) left_.data()[step.counter].store(step.pieces, std::memory_order_relaxed);
  }
  void* const* buffers(const Step& step) { return pointers_.data() + step.first_buffer; }
  /// Pieces of a step with a tail that are not done.
  Counter& left(const Step& step) { return left_.data()[step.counter]; }
  bool leaves_out(const Step& step) {
    return (again && step.once) || (step.copies && buffers(step)[0] == buffers(step)[1]);
  }

  /// A run came before: what needs to run once did.
  bool again = false;

  void check(size_t launch) const {
    if (!report_.any.load(std::memory_order_relaxed)) return;
    const Launch& l = list_.plan_.launches[launch];
    const size_t check = static_cast<size_t>(report_.check);
    throw ValueError(check < l.check_nodes.size() ? l.check_nodes[check] : l.node,
                     report_.message(), kind(), report_.value);
  }

 private:
  ValueError::Kind kind() const {
    switch (report_.kind) {
      case ErrorReport::division: return ValueError::division;
      case ErrorReport::requirement: return kind_of(report_.what);
      case ErrorReport::index: break;
    }
    return ValueError::index;
  }
  size_t needed(void* const* outputs) const {
    for (size_t i = list_.output_types.size(); i-- > 0;)
      if (!outputs[i]) return list_.leased_bytes_;
    return list_.plan_.arena_bytes;
  }
  void* place(size_t offset, size_t bytes) {
    if (!guard_) return arena_.data() + offset;
    guarded_.push_back(allocate(bytes));
    return guarded_.back()->data();
  }

  const LaunchList& list_;
  const bool guard_;
  Arena arena_;
  std::vector<BufferRef> guarded_;
  LocalArray<void*, 64> bases_;
  LocalArray<void*, 128> pointers_;
  LocalArray<Counter, 16> left_;
  ErrorReport report_;
};

/// `pieces` more are done; the others' work is seen by whoever is last.
void LaunchList::finish(const Step& step, void* const* buffers, Counter& left,
                        int64_t pieces) const {
  if (left.fetch_sub(pieces, std::memory_order_acq_rel) != pieces) return;
  const Tail& tail = *step.tail;
  tail.kernel->code(buffers + tail.first_buffer, tail.params.data(), 0, tail.tasks,
                    thread_scratch(tail.scratch_bytes));
}

/// Pieces [begin, end) of the group's, those of one launch in one go.
void LaunchList::work(const Group& group, Run& run, int64_t begin, int64_t end,
                      LaunchWatch* watch) const {
  const Step *step = &steps_[group.first], *const last = steps_.data() + group.last;
  if (last - step > 1)
    step = std::upper_bound(step, last, begin,
                            [](int64_t piece, const Step& s) { return piece < s.first_piece; }) -
           1;
  for (; begin < end; ++step) {
    void* const* buffers = run.buffers(*step);
    const int64_t from = (begin - step->first_piece) * step->grain;
    const int64_t to = std::min((end - step->first_piece) * step->grain, step->tasks);
    const int64_t first = begin;
    begin = step + 1 < last ? std::min(end, step[1].first_piece) : end;
    if (from >= to || run.leaves_out(*step)) continue;
    const size_t number = static_cast<size_t>(step - steps_.data());
    const int64_t begun = watch ? history::now() : 0;
    try {
      step->code(buffers, step->params, from, to, thread_scratch(step->scratch_bytes));
      if (step->tail) finish(*step, buffers, run.left(*step), begin - first);
    } catch (const ValueError& e) {  // of a kernel that is a function of ours; it knows no nodes
      throw ValueError(plan_.launches[number].node, e.what(), e.kind, e.value);
    }
    if (watch) watch->add(number - group.first, history::now() - begun);
  }
}

void LaunchList::run(Run& run) const {
  const bool watched = LaunchWatch::wanted();
  for (const Group& group : groups_) {
    if (run.again && group.once) continue;
    std::optional<LaunchWatch> watch;
    if (watched) watch.emplace(&plan_.launches[group.first], group.last - group.first);
    parallel(group.pieces, 1, [&, w = watch ? &*watch : nullptr](int64_t begin, int64_t end) {
      work(group, run, begin, end, w);
    });
    if (watch)
      watch->report([&](size_t i) { return !run.leaves_out(steps_[group.first + i]); });
    run.check(group.first);
  }
}

void LaunchList::run(const void* const* inputs, void* const* outputs) const {
  Run run(*this, inputs, outputs);
  this->run(run);
}

LaunchList::Repeated::Repeated(const LaunchList& list) : list_(list) {}
LaunchList::Repeated::~Repeated() = default;
void LaunchList::Repeated::run(const void* const* inputs, void* const* outputs) {
  if (run_) run_->bind(inputs, outputs);
  else run_ = std::make_unique<Run>(list_, inputs, outputs);
  list_.run(*run_);
  run_->again = true;
}
}  // namespace runtime
}  // namespace torch
