#include "runtime/cpu/cores.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace torch {
namespace runtime {
namespace {

std::vector<int> affinity() {
  std::vector<int> cpus;
  // The kernel's mask may be longer than cpu_set_t's 1024 bits.
  for (int size = 1024; size <= 1 << 20; size *= 4) {
    cpu_set_t* set = CPU_ALLOC(size);
    size_t bytes = CPU_ALLOC_SIZE(size);
    bool ok = sched_getaffinity(0, bytes, set) == 0;
    for (int cpu = 0; ok && cpu < size; ++cpu)
      if (CPU_ISSET_S(cpu, bytes, set)) cpus.push_back(cpu);
    CPU_FREE(set);
    if (ok) break;
  }
  return cpus;
}

/// The kernel names the threads of a core by the same list, "0,64" or "2-3".
int physical_cores(const std::vector<int>& cpus) {
  std::set<std::string> cores;
  for (int cpu : cpus) {
    std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) +
                       "/topology/thread_siblings_list");
    std::string siblings;
    if (!std::getline(file, siblings)) siblings = "cpu" + std::to_string(cpu);
    cores.insert(siblings);
  }
  return static_cast<int>(cores.size());
}

/// CPUs by the quota of the control group (version 2, then 1), rounded up; 0 where there is none.
int quota() {
  std::string limit;
  double period = 0;
  if (std::ifstream("/sys/fs/cgroup/cpu.max") >> limit >> period && limit != "max" && period > 0)
    return static_cast<int>(std::ceil(std::atof(limit.c_str()) / period));
  double us = 0;
  if (std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") >> us && us > 0 &&
      std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_period_us") >> period && period > 0)
    return static_cast<int>(std::ceil(us / period));
  return 0;
}
}  // namespace

int available_cores() {
  int cores = physical_cores(affinity());
  if (int q = quota()) cores = std::min(cores, q);
  return std::max(cores, 1);
}
}  // namespace runtime
}  // namespace torch
