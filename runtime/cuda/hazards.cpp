#include "runtime/cuda/hazards.h"

#include <algorithm>

#include "runtime/cuda/report.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

struct Access {
  size_t begin, end;
  uint32_t node;
  bool written;
};

class Hazards {
 public:
  Hazards(const FlatPlan& plan, const Preparation& preparation)
      : plan_(plan), preparation_(preparation), accesses_(plan.bases()), same_(plan.bases()) {
    for (const auto& [output, input] : plan.plan.aliases) {
      same_[plan.outputs_base() + output].push_back(input);
      same_[input].push_back(plan.outputs_base() + output);
    }
  }

  std::vector<uint32_t> add(uint32_t number, const Node& node) {
    const std::vector<Place> places = touched(node);
    std::vector<uint32_t> before;
    for (const Place& p : places) {
      meet(p.base, p, before);
      for (uint32_t base : same_[p.base]) meet(base, p, before);
    }
    for (const Place& p : places) note(p, number);
    std::sort(before.begin(), before.end());
    before.erase(std::unique(before.begin(), before.end()), before.end());
    return before;
  }

 private:
  std::vector<Place> touched(const Node& node) const {
    const uint32_t arena = plan_.arena_base();
    if (node.steps.empty())  // it prepares the run
      return {{arena, preparation_.numbers_offset, preparation_.inputs.size() * 8, true},
              {arena, plan_.reports_offset, plan_.reports * sizeof(DeviceErrorReport), true}};
    std::vector<Place> all;
    for (const Step* step : node.steps)
      for (Place p : step->places) {
        const auto number =
            std::find(preparation_.inputs.begin(), preparation_.inputs.end(), p.base);
        if (number != preparation_.inputs.end()) {
          const auto n = static_cast<size_t>(number - preparation_.inputs.begin());
          p = {arena, preparation_.numbers_offset + 8 * n, 8, false};
        }
        all.push_back(p);
      }
    return all;
  }
  static size_t end(const Place& p) { return p.offset + std::max<size_t>(p.bytes, 1); }

  void meet(uint32_t base, const Place& p, std::vector<uint32_t>& before) const {
    for (const Access& a : accesses_[base])
      if ((a.written || p.written) && a.begin < end(p) && p.offset < a.end)
        before.push_back(a.node);
  }
  /// Who waits for a write waits for all that it waited for.
  void note(const Place& p, uint32_t node) {
    std::vector<Access>& all = accesses_[p.base];
    if (p.written)
      all.erase(std::remove_if(all.begin(), all.end(),
                               [&](const Access& a) {
                                 return a.node != node && a.begin >= p.offset && a.end <= end(p);
                               }),
                all.end());
    all.push_back({p.offset, end(p), node, p.written});
  }

  const FlatPlan& plan_;
  const Preparation& preparation_;
  std::vector<std::vector<Access>> accesses_;  // by base
  std::vector<std::vector<uint32_t>> same_;    // bases that may be the same memory
};

/// Leaves out those that are waited for anyway.
class Reduction {
 public:
  explicit Reduction(size_t nodes) : words_((nodes + 63) / 64), before_(nodes) {}

  void reduce(uint32_t number, std::vector<uint32_t>& nodes) {
    std::vector<uint64_t>& mine = before_[number];
    mine.resize(words_);
    std::vector<uint32_t> kept;
    for (size_t i = nodes.size(); i-- > 0;) {  // the latest first
      const uint32_t n = nodes[i];
      if (mine[n / 64] >> n % 64 & 1) continue;
      kept.push_back(n);
      mine[n / 64] |= uint64_t(1) << n % 64;
      for (size_t w = 0; w < words_; ++w) mine[w] |= before_[n][w];
    }
    nodes.assign(kept.rbegin(), kept.rend());
  }

 private:
  size_t words_;
  std::vector<std::vector<uint64_t>> before_;  // all that a node waits for, as bits
};
/// More follow each other: nobody looks for what could run together among so many.
constexpr size_t kMost = 2048;
}  // namespace

std::vector<std::vector<uint32_t>> hazards(const FlatPlan& plan, const Preparation& preparation,
                                           const Segment& segment) {
  const size_t count = segment.nodes.size();
  std::vector<std::vector<uint32_t>> all(count);
  if (count > kMost) {
    for (size_t n = 1; n < count; ++n) all[n] = {static_cast<uint32_t>(n - 1)};
    return all;
  }
  Hazards found(plan, preparation);
  Reduction reduction(count);
  for (size_t n = 0; n < count; ++n) {
    all[n] = found.add(static_cast<uint32_t>(n), segment.nodes[n]);
    reduction.reduce(static_cast<uint32_t>(n), all[n]);
  }
  return all;
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
