#include "frontend/torch/cuda.h"

#include <cstring>
#include <map>
#include <mutex>

#include "frontend/record/transfer.h"
#include "frontend/tensor/factories.h"
#include "frontend/torch/cuda_properties.h"
#include "frontend/torch/device_guard.h"
#include "frontend/torch/gpu_inside.h"
#include "runtime/cuda/device.h"
#include "runtime/cuda/nvrtc.h"
#include "runtime/cuda/pinned.h"
#include "runtime/device/copy.h"

using torch::Location;

namespace torch {
runtime::DeviceId gpu(int64_t index, const char* what, Location where) {
  if (index < -1 || index > 127)
    refuse(where, what, "Device index must be -1 or non-negative, got ", index);
  return record::device_of(
      home_for(Device(kCUDA, static_cast<c10::DeviceIndex>(index)), How(where, nullptr, what)));
}
}  // namespace torch

namespace c10 {
namespace cuda {
DeviceIndex device_count() noexcept {
  return static_cast<DeviceIndex>(torch::runtime::cuda::device_count());
}
DeviceIndex device_count_ensure_non_zero(Location where) {
  torch::gpu(0, "device_count", where);
  return device_count();
}
DeviceIndex current_device() {
  return static_cast<DeviceIndex>(torch::runtime::cuda::current_device());
}
void set_device(DeviceIndex device, Location where) {
  torch::runtime::cuda::set_current_device(torch::gpu(device, "set_device", where).index);
}
void device_synchronize(Location where) { torch::cuda::synchronize(-1, where); }

Device CUDAGuard::checked(Device device, Location where) {
  if (!device.is_cuda())
    torch::refuse(where, "CUDAGuard", "Expected a CUDA device, but got ", device);
  return device;
}

namespace CUDACachingAllocator {
DeviceStats getDeviceStats(DeviceIndex device, Location where) {
  const torch::runtime::MemoryStatistics s =
      torch::runtime::memory_statistics(torch::gpu(device, "getDeviceStats", where));
  const auto number = [](size_t bytes) { return static_cast<int64_t>(bytes); };
  return {{{{number(s.allocated), number(s.peak)}}}, {{{number(s.allocated + s.cached)}}}};
}
}  // namespace CUDACachingAllocator
}  // namespace cuda

namespace {
Device now(const Device& like) {
  return like.is_cuda() ? Device(kCUDA, cuda::current_device()) : like;
}
}  // namespace
DeviceGuard::DeviceGuard(Device device) : original_(now(device)), current_(original_) {
  reset_device(device);
}
DeviceGuard::~DeviceGuard() {
  if (original_.is_cuda()) torch::runtime::cuda::set_current_device(original_.index());
}
void DeviceGuard::reset_device(Device device) {
  if (device.is_cuda() && !original_.is_cuda()) original_ = now(device);
  current_ = device;
  if (!device.is_cuda()) return;
  if (device.has_index()) cuda::set_device(device.index(), Location::none());
  current_ = now(device);
}
}  // namespace c10

namespace at {
namespace cuda {
const DeviceProperties* getDeviceProperties(c10::DeviceIndex index, Location where) {
  static std::mutex mutex;
  static auto* all = new std::map<int, DeviceProperties>();
  const int device = torch::gpu(index, "getDeviceProperties", where).index;
  std::lock_guard<std::mutex> lock(mutex);
  const auto [found, fresh] = all->emplace(device, DeviceProperties{});
  DeviceProperties& to = found->second;
  if (!fresh) return &to;
  const auto& p = torch::runtime::cuda::Device::get(device).properties;
  std::strncpy(to.name, p.name.c_str(), sizeof to.name - 1);
  to.totalGlobalMem = p.memory_bytes;
  to.sharedMemPerBlockOptin = p.shared_bytes;
  to.sharedMemPerMultiprocessor = p.shared_bytes_per_multiprocessor;
  to.regsPerMultiprocessor = p.registers_per_multiprocessor;
  to.warpSize = p.warp;
  to.maxThreadsPerBlock = p.threads_per_block;
  to.maxThreadsPerMultiProcessor = p.threads_per_multiprocessor;
  to.major = p.major;
  to.minor = p.minor;
  to.multiProcessorCount = p.multiprocessors;
  to.l2CacheSize = static_cast<int>(p.l2_bytes);
  return &to;
}
const DeviceProperties* getCurrentDeviceProperties(Location where) {
  return getDeviceProperties(-1, where);
}
int warp_size(Location where) { return getCurrentDeviceProperties(where)->warpSize; }
}  // namespace cuda
}  // namespace at

namespace torch {
namespace cuda {
bool is_available() { return runtime::cuda::device_count() > 0 && runtime::cuda::nvrtc(); }
bool cudnn_is_available() { return false; }
void manual_seed(uint64_t seed) {
  if (!is_available()) return;
  Generator g = torch::detail::getDefaultCUDAGenerator();
  g.set_current_seed(seed);
}
void manual_seed_all(uint64_t seed) {
  for (c10::DeviceIndex i = 0; is_available() && i < device_count(); ++i) {
    Generator g = torch::detail::getDefaultCUDAGenerator(i);
    g.set_current_seed(seed);
  }
}
void synchronize(int64_t index, Location where) {
  const runtime::DeviceId device = gpu(index, "synchronize", where);
  const record::Barrier barrier{"cuda::synchronize", where};
  record::evaluate_all(barrier);
  record::wait_for(record::home_of(device), barrier);
}

std::string get_device_name(c10::DeviceIndex device, Location where) {
  return runtime::cuda::Device::get(gpu(device, "get_device_name", where).index).properties.name;
}
size_t memory_allocated(c10::DeviceIndex device, Location where) {
  return runtime::memory_statistics(gpu(device, "memory_allocated", where)).allocated;
}
size_t max_memory_allocated(c10::DeviceIndex device, Location where) {
  return runtime::memory_statistics(gpu(device, "max_memory_allocated", where)).peak;
}
size_t memory_reserved(c10::DeviceIndex device, Location where) {
  const runtime::MemoryStatistics s =
      runtime::memory_statistics(gpu(device, "memory_reserved", where));
  return s.allocated + s.cached;
}
void reset_peak_memory_stats(c10::DeviceIndex device, Location where) {
  runtime::reset_peak_memory(gpu(device, "reset_peak_memory_stats", where));
}
void empty_cache() {
  for (int i = 0; i < runtime::cuda::device_count(); ++i)
    runtime::empty_cache({c10::DeviceType::CUDA, static_cast<int8_t>(i)});
  if (runtime::cuda::device_count() > 0) runtime::cuda::empty_pinned_cache();
}
}  // namespace cuda

namespace mps {
bool is_available() { return false; }
void manual_seed(uint64_t) {}
void synchronize(Location where) {
  home_for(Device(kMPS), How(where, nullptr, "mps::synchronize"));
}
void commit(Location where) { home_for(Device(kMPS), How(where, nullptr, "mps::commit")); }
}  // namespace mps
}  // namespace torch
