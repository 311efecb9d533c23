/// Runs a kernel that was compiled for the host as a GPU would: every thread of a block is a fiber
/// with a stack of its own, blocks are tasks of the thread pool. A thread runs until it waits for
/// others; those that never wait follow each other on one stack, at the price of a call. Where
/// threads wait for what can't come (a barrier that some leave out, a lane that misses a shuffle)
/// the launch ends with a message. Shared memory is full of nan at first, and ends at an
/// inaccessible page.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {

/// A kernel's code: called once a thread, on whose stack its state (state.h) is found.
using Entry = void (*)(void** arguments);

/// In which order the threads of a block, and the blocks, come first: ascending, descending,
/// scattered (the warps, and the lanes of each). A kernel without races computes the same bits in
/// all. Copies to shared memory land as late as may be, or (descending) at once.
enum class Order : uint8_t { ascending, descending, scattered };
/// WEFT_EMULATE_ORDER=0|1|2.
Order order_of_environment();

constexpr unsigned kMaxThreads = 1024;
constexpr size_t kMaxShared = 232448;  // bytes a block may get, as on sm_90

/// Empty, or what went wrong: the kernel ended there.
std::string launch(Entry entry, int64_t blocks, unsigned threads, size_t shared_bytes,
                   void** arguments, Order order = order_of_environment());
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
