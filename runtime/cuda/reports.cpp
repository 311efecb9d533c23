#include "runtime/cuda/reports.h"

#include <cstring>
#include <optional>

#include "runtime/cuda/copy.h"
#include "runtime/cuda/pinned.h"
#include "runtime/cuda/report.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

void raise(const LateError& late, const ValueError& error) {
  if (!late) throw error;
  late(error);
}

/// The first launch's, in the order of the plan.
std::optional<ValueError> first_error(const FlatPlan& plan, const void* all) {
  const char* at = static_cast<const char*>(all);
  for (const Step& step : plan.steps) {
    if (step.report < 0) continue;
    DeviceErrorReport r;
    std::memcpy(&r, at + static_cast<size_t>(step.report) * sizeof r, sizeof r);
    if (!r.any) continue;
    const std::vector<uint32_t>& nodes = step.launch->check_nodes;
    const auto check = static_cast<size_t>(r.check);
    return ValueError(check < nodes.size() ? nodes[check] : step.launch->node, r.message(),
                      r.error_kind(), r.value);
  }
  return std::nullopt;
}
}  // namespace

void Reports::add(const ValueError& error) {
  device_.when_done({[] { return true; }, [late = late_, error] { raise(late, error); }});
}

void Reports::send(const void* reports) {
  if (plan_->reports == 0) return;
  const size_t bytes = plan_->reports * sizeof(DeviceErrorReport);
  BufferRef here;
  try {
    here = allocate_pinned(bytes);
  } catch (const OutOfMemory&) {
    here = allocate(bytes);  // the copy waits, then
  }
  copy_to_host(device_, here->data(), reports, bytes);
  if (!is_pinned(here->data())) device_.wait();
  device_.when_done(
      {[plan = plan_, here] { return first_error(*plan, here->data()).has_value(); },
       [plan = plan_, here, late = late_] { raise(late, *first_error(*plan, here->data())); }});
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
