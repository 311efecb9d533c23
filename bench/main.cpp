// workload NAME [SECONDS [DEVICE]]: measures one workload in this fresh process and prints JSON:
// seconds to the first result, best and median ms a step once warm, peak resident memory, the loss
// after five steps.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "bench/workloads.h"

namespace {
double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void measure(const bench::Workload& workload, double budget) {
  const bench::Step step = workload.make();
  double start = now();
  torch::Tensor out = step();
  bench::sync({out});
  const double first = now() - start;
  for (int i = 0; i < 4; ++i) out = step();
  const double loss = out.reshape({-1})[0].item<double>();

  start = now();
  bench::sync({step()});
  const double one = std::max(now() - start, 1e-6);
  const int inner = std::max(1, static_cast<int>(0.02 / one));
  std::vector<double> times;
  const double end = now() + budget;
  while (times.size() < 5 || (now() < end && times.size() < 200)) {
    start = now();
    for (int i = 0; i < inner; ++i) out = step();
    if (bench::device().is_cuda()) bench::sync({out});
    times.push_back((now() - start) / inner);
  }
  std::sort(times.begin(), times.end());
  std::printf(
      "{\"workload\": \"%s\", \"first_s\": %.4f, \"best_ms\": %.5f, \"median_ms\": %.5f, "
      "\"peak_mib\": %.1f, "
      "\"loss\": %.9g}\n",
      workload.name, first, 1e3 * times[0], 1e3 * times[times.size() / 2], peak_mib(), loss);
}
}  // namespace

int main(int argc, char** argv) {
  try {
    if (const char* threads = std::getenv("OMP_NUM_THREADS"))
      torch::set_num_threads(std::atoi(threads));
    if (argc > 3) bench::device() = torch::Device(argv[3]);
    for (const bench::Workload& workload : bench::workloads()) {
      if (argc > 1 && std::strcmp(argv[1], workload.name) == 0) {
        measure(workload, argc > 2 ? std::atof(argv[2]) : 5);
        return 0;
      }
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  std::fprintf(stderr, "usage: %s NAME [SECONDS [DEVICE]]; NAME is one of\n", argv[0]);
  for (const bench::Workload& workload : bench::workloads())
    std::fprintf(stderr, "  %-10s %s\n", workload.name, workload.what);
  return 2;
}
