/// A sequence of random numbers: a seed, and how many were drawn, for tensors of one device. Copies
/// are the same sequence. Equal seeds give equal numbers on every device.
#pragma once
#include <cstdint>
#include <memory>

#include "frontend/tensor/device.h"

namespace torch {
class Tensor;
class TensorBase;
namespace detail {
struct Sequence;
}
class Generator {
 public:
  /// None: functions then use the sequence of the process.
  Generator() = default;
  explicit Generator(std::shared_ptr<detail::Sequence> sequence) : sequence_(std::move(sequence)) {}
  bool defined() const { return sequence_ != nullptr; }
  /// Starts again, with this seed.
  void set_current_seed(uint64_t seed);
  uint64_t current_seed() const;
  /// Starts again, with a seed of the system's; which one.
  uint64_t seed();
  /// Numbers drawn since the seed was set.
  uint64_t get_offset() const;
  void set_offset(uint64_t offset);
  /// Another sequence that goes on from the same place.
  Generator clone() const;
  /// Seed and numbers drawn, as 16 bytes.
  Tensor get_state() const;
  void set_state(const TensorBase& state);
  Device device() const;
  friend bool operator==(const Generator& a, const Generator& b) {
    return a.sequence_ == b.sequence_;
  }
  friend bool operator!=(const Generator& a, const Generator& b) { return !(a == b); }
  detail::Sequence* unsafeGetGeneratorImpl() const { return sequence_.get(); }

 private:
  std::shared_ptr<detail::Sequence> sequence_;
};
namespace detail {
constexpr uint64_t default_seed = 67280421310721ull;  // libtorch's
/// The sequence of the process.
const Generator& getDefaultCPUGenerator();
Generator createCPUGenerator(uint64_t seed = default_seed);
/// Of a GPU: the current one unless said.
const Generator& getDefaultCUDAGenerator(c10::DeviceIndex index = -1);
Generator createCUDAGenerator(c10::DeviceIndex index = -1);
}  // namespace detail
template <class G> Generator make_generator(uint64_t seed = detail::default_seed) {
  return detail::createCPUGenerator(seed);
}
}  // namespace torch
