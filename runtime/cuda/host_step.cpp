#include "runtime/cuda/host_step.h"

#include <algorithm>

#include "runtime/cpu/thread_pool.h"
#include "runtime/cuda/copy.h"
#include "runtime/executable/error_report.h"
#include "runtime/executable/launch_watch.h"
#include "runtime/executable/scratch.h"
#include "runtime/trace/history.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

ValueError::Kind kind_of_report(const ErrorReport& r) {
  switch (r.kind) {
    case ErrorReport::division: return ValueError::division;
    case ErrorReport::requirement: return kind_of(r.what);
    case ErrorReport::index: break;
  }
  return ValueError::index;
}

void call(const Launch& l, const std::vector<void*>& buffers, const ErrorReport& report,
          Reports& reports) {
  const int64_t begin = history::now();
  try {
    parallel(l.tasks, std::max<int64_t>(l.grain, 1), [&](int64_t first, int64_t last) {
      l.kernel->code(buffers.data(), l.params.data(), first, last, thread_scratch(l.scratch_bytes));
    });
    if (report.any) {
      const auto check = static_cast<size_t>(report.check);
      reports.add(ValueError(check < l.check_nodes.size() ? l.check_nodes[check] : l.node,
                             report.message(), kind_of_report(report), report.value));
    }
  } catch (const ValueError& e) {  // of a function of ours; it knows no nodes
    reports.add(ValueError(l.node, e.what(), e.kind, e.value));
  }
  if (LaunchWatch::wanted()) report_launches({{&l, begin, history::now() - begin}});
}
}  // namespace

void run_step(Device& device, const Step& step, const std::vector<char*>& bases, Reports& reports) {
  auto address = [&](const Place& p) { return bases[p.base] + p.offset; };
  if (step.kind == Step::copy)
    return copy_on(device, address(step.places[1]), address(step.places[0]), step.places[0].bytes);
  const Launch& l = *step.launch;
  ErrorReport report;
  std::vector<BufferRef> here(step.places.size());
  std::vector<void*> buffers;
  for (size_t i = 0; i < here.size(); ++i) {
    const Place& place = step.places[i];
    if (l.buffers[i].kind == Slot::error) {
      buffers.push_back(&report);
      continue;
    }
    here[i] = allocate(place.bytes);
    buffers.push_back(here[i]->data());
    if (place.bytes) copy_to_host(device, here[i]->data(), address(place), place.bytes);
  }
  device.wait();
  call(l, buffers, report, reports);
  for (size_t i = 0; i < here.size(); ++i)
    if (const Place& place = step.places[i]; here[i] && place.written && place.bytes)
      copy_from_host(device, address(place), here[i]->data(), place.bytes);
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
