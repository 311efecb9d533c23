#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "runtime/device/blocks.h"
#include "runtime/device/poison.h"

namespace torch {
namespace runtime {
namespace {

size_t measure_machine() {
  struct sysinfo info {};
  size_t bytes = ~size_t(0);
  if (sysinfo(&info) == 0)
    bytes = (static_cast<size_t>(info.totalram) + info.totalswap) * info.mem_unit;
  for (const char* file :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    size_t limit = 0;
    if (std::ifstream(file) >> limit && limit) bytes = std::min(bytes, limit);
  }
  return bytes;
}
}  // namespace

size_t machine_bytes() {
  static const size_t bytes = measure_machine();
  return bytes;
}

void* map_pages(size_t bytes, size_t alignment) {
  const size_t slack = alignment > 4096 ? alignment : 0;
  void* p =
      mmap(nullptr, bytes + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) return nullptr;
  char* begin = static_cast<char*>(p);
  if (slack) {
    const size_t before = (alignment - reinterpret_cast<size_t>(begin) % alignment) % alignment;
    if (before) munmap(begin, before);
    if (slack - before) munmap(begin + before + bytes, slack - before);
    begin += before;
  }
  unpoison(begin, bytes);
  return begin;
}

std::string readable_bytes(size_t bytes) {
  static const char* const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double value = static_cast<double>(bytes);
  int unit = 0;
  for (; value >= 1024 && unit < 6; ++unit) value /= 1024;
  char text[32];
  std::snprintf(text, sizeof text, unit ? "%.1f %s" : "%.0f %s", value, units[unit]);
  return text;
}

void throw_out_of_memory(size_t bytes) {
  MemoryStatistics held = memory_statistics();
  throw OutOfMemory("out of memory: asked for " + std::to_string(bytes) + " bytes (" +
                    readable_bytes(bytes) + ") on cpu; " + readable_bytes(held.allocated) +
                    " are in use and " + readable_bytes(held.cached) + " cached, the machine has " +
                    readable_bytes(machine_bytes()));
}
}  // namespace runtime
}  // namespace torch
