#include "runtime/executable/independence.h"

#include <algorithm>
#include <tuple>

namespace torch {
namespace runtime {
namespace {

/// Bytes of an arena (kind arena) or all of an input, an output.
struct Touched {
  Slot::Kind kind;
  uint32_t index;
  size_t begin, end;
  uint32_t launch;
  bool written;

  bool meets(const Touched& o) const {
    return kind == o.kind && index == o.index && begin < o.end && o.begin < end;
  }
  friend bool operator<(const Touched& a, const Touched& b) {
    return std::tie(a.kind, a.index, a.begin) < std::tie(b.kind, b.index, b.begin);
  }
};

class Check {
 public:
  explicit Check(const LaunchPlan& plan) : plan_(plan), over_(plan.output_types.size()) {
    for (const auto& [output, input] : plan.aliases) over_[output].push_back(input);
  }

  void group(uint32_t first, uint32_t last) {
    std::vector<Touched> all, replaced;
    for (uint32_t l = first; l < last; ++l) {
      for (const Slot& slot : plan_.launches[l].buffers) {
        if (slot.kind == Slot::error) fail(first, l, "reports errors, and is not alone in its job");
        if (slot.kind == Slot::constant) continue;
        all.push_back(touched(slot, l));
        if (slot.kind != Slot::output || !slot.written) continue;
        for (uint32_t input : over_[slot.index])
          replaced.push_back({Slot::input, input, 0, 1, l, true});
      }
    }
    std::sort(all.begin(), all.end());
    disjoint(all);
    for (const Touched& r : replaced)
      for (auto at = std::lower_bound(all.begin(), all.end(), r); at != all.end() && r.meets(*at);
           ++at)
        if (at->launch != r.launch)
          fail(r.launch, at->launch, "touches an input that this one may write its output over");
  }

 private:
  Touched touched(const Slot& slot, uint32_t launch) const {
    if (slot.kind != Slot::arena) return {slot.kind, slot.index, 0, 1, launch, slot.written};
    const ArenaBlock& block = plan_.blocks[slot.index];
    return {slot.kind, 0,           block.offset, block.offset + std::max<size_t>(block.bytes, 1),
            launch,    slot.written};
  }
  /// Runs of overlapping ranges belong to one launch, or to nobody who writes.
  void disjoint(const std::vector<Touched>& all) const {
    for (size_t i = 0; i < all.size();) {
      Touched run = all[i];
      uint32_t other = run.launch;
      size_t next = i + 1;
      for (; next < all.size() && run.meets(all[next]); ++next) {
        run.end = std::max(run.end, all[next].end);
        run.written |= all[next].written;
        if (all[next].launch != run.launch) other = all[next].launch;
      }
      if (run.written && other != run.launch)
        fail(run.launch, other, "touches what this one writes, or the other way round");
      i = next;
    }
  }
  [[noreturn]] void fail(uint32_t a, uint32_t b, const char* what) const {
    auto named = [&](uint32_t l) {
      return "launch " + std::to_string(l) + " (" + plan_.launches[l].kernel->name + ")";
    };
    throw std::logic_error("launch list: beside " + named(a) + " stands " + named(b) + ", which " +
                           what);
  }

  const LaunchPlan& plan_;
  std::vector<std::vector<uint32_t>> over_;
};
}  // namespace

void check_independence(const LaunchPlan& plan) {
  Check check(plan);
  const auto size = static_cast<uint32_t>(plan.launches.size());
  for (uint32_t first = 0, last; first < size; first = last) {
    for (last = first + 1; last < size && plan.launches[last].beside;) ++last;
    if (last - first > 1) check.group(first, last);
  }
}
}  // namespace runtime
}  // namespace torch
