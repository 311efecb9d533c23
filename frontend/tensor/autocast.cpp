#include "frontend/tensor/autocast.h"

#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {
struct State {
  bool enabled[2] = {false, false};  // of the host, of GPUs
  ScalarType dtype[2] = {kBFloat16, kHalf};
  int nesting = 0;
  bool cache = true;
};
thread_local State state;
// How many threads' states have something on: a function that autocast concerns looks here first.
std::atomic<int> users{0};

void set(bool& enabled, bool on) {
  if (enabled == on) return;
  enabled = on;
  users.fetch_add(on ? 1 : -1, std::memory_order_relaxed);
}

size_t kind(c10::DeviceType type) {
  TORCH_CHECK(at::autocast::is_autocast_available(type),
              "unknown device type for autocast: ", type);
  return type == kCUDA;
}
bool eligible(const Tensor& t, bool gpu) {
  return t.defined() && t.is_cuda() == gpu && t.is_floating_point() && t.scalar_type() != kDouble;
}
bool concerns(Autocast::Devices devices, bool gpu) {
  return devices == Autocast::every || (devices == Autocast::gpus) == gpu;
}

// The widest type of the operands that are eligible.
ScalarType widest_of(const Autocast::Operand* operands, size_t count, bool gpu) {
  ScalarType widest = state.dtype[gpu];
  for (size_t i = 0; i < count; ++i) {
    const Tensor& t = *operands[i].tensor;
    if (!t.defined() || !t.is_floating_point() || t.is_cuda() != gpu) continue;
    if (t.scalar_type() == kDouble) return ScalarType::Undefined;
    if (t.scalar_type() == kFloat) widest = kFloat;
  }
  return widest;
}
}  // namespace

bool Autocast::anywhere() { return users.load(std::memory_order_relaxed) != 0; }

const Tensor& Autocast::none() {
  static const Tensor none;
  return none;
}

void Autocast::begin(Policy policy, const Operand* operands, size_t count, Devices devices) {
  bool gpu = false;
  for (size_t i = 0; i < count; ++i)
    gpu |= operands[i].tensor->defined() && operands[i].tensor->is_cuda();
  if (!state.enabled[gpu] || !concerns(devices, gpu)) return;
  const ScalarType type = policy == lower  ? state.dtype[gpu]
                          : policy == full ? kFloat
                                           : widest_of(operands, count, gpu);
  if (type == ScalarType::Undefined) return;
  on_ = true;
  for (size_t i = 0; i < count; ++i) {
    const Tensor& t = *operands[i].tensor;
    cast_.push_back(eligible(t, gpu) ? t.to(type, false, false, nullopt, operands[0].where) : t);
  }
  for (size_t i = 0; i < 2; ++i) {
    before_[i] = state.enabled[i];
    set(state.enabled[i], false);
  }
}
void Autocast::end() {
  for (size_t i = 0; i < 2; ++i) set(state.enabled[i], before_[i]);
}

bool Autocast::sums_in_float(const Tensor& t, const optional<ScalarType>& dtype, Devices devices) {
  if (!anywhere() || dtype || !t.defined()) return false;
  const bool gpu = t.is_cuda();
  return state.enabled[gpu] && concerns(devices, gpu) && eligible(t, gpu);
}
}  // namespace torch

namespace at {
namespace autocast {
using torch::state;
bool is_autocast_enabled(c10::DeviceType type) { return state.enabled[torch::kind(type)]; }
void set_autocast_enabled(c10::DeviceType type, bool on) {
  torch::set(state.enabled[torch::kind(type)], on);
}
c10::ScalarType get_autocast_dtype(c10::DeviceType type) { return state.dtype[torch::kind(type)]; }
void set_autocast_dtype(c10::DeviceType type, c10::ScalarType dtype) {
  state.dtype[torch::kind(type)] = dtype;
}
int increment_nesting() { return ++state.nesting; }
int decrement_nesting() { return --state.nesting; }
bool is_autocast_cache_enabled() { return state.cache; }
void set_autocast_cache_enabled(bool enabled) { state.cache = enabled; }
}  // namespace autocast
}  // namespace at
