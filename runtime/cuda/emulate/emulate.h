/// WEFT_CUDA=emulate: a driver and an NVRTC that run on the CPU, slowly, so that what is emitted
/// for a GPU can be tried where there is none. The host cannot touch a device's memory, as it
/// cannot touch a GPU's. Streams do everything at once, or with WEFT_EMULATE_STREAMS as late or early as
/// events allow. Two devices, so that a second one is tried, too.
#pragma once
#include <cstddef>
#include <cstdint>

#include "runtime/cuda/cublaslt_api.h"
#include "runtime/cuda/driver.h"
#include "runtime/cuda/nvrtc.h"

namespace torch {
namespace runtime {
namespace cuda {

const Driver* emulated_driver();
const Nvrtc* emulated_nvrtc();
const CublasLt* emulated_cublaslt();

namespace emulate {

constexpr int kDevices = 2;

/// What goes wrong next, for tests. n: the n-th call from now on fails, once; 0: none does.
struct Faults {
  int allocation = 0, pinned_allocation = 0, launch = 0, copy = 0, compilation = 0;
  int graph = 0, graph_change = 0, graph_switch = 0, graph_launch = 0;
  bool device_lost = false;                // every call that reaches the device fails from now on
  size_t memory_bytes = size_t(16) << 30;  // of each device
};
void set_faults(const Faults& faults);

/// What the driver holds, so that leaks can be counted.
struct Held {
  size_t allocations, bytes, pinned, streams, events, graphs, execs, modules;
};
Held held();
/// Calls of each kind since the start.
struct Calls {
  uint64_t kernels, graph_launches, node_updates, copies, synchronisations, allocations;
};
Calls calls();
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
