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
CastTo of(const CastRule& rule, bool gpu) {
  return !state.enabled[gpu] ? CastTo::nothing : gpu ? rule.on_gpu : rule.on_host;
}

// The widest type of the operands that are eligible.
ScalarType widest_of(const Autocast::Operand* operands, size_t count, bool gpu) {
  const ScalarType lower = state.dtype[gpu];
  ScalarType widest = lower;
  for (size_t i = 0; i < count; ++i) {
    const Tensor& t = *operands[i].tensor;
    if (!eligible(t, gpu)) continue;
    if (t.scalar_type() == kFloat) widest = kFloat;
    else if (widest != kFloat && t.scalar_type() != lower)
      refuse(operands[0].where, "autocast",
             "Unexpected floating ScalarType in at::autocast::prioritize: ", t.scalar_type(),
             ", expected ", lower, " or ", kFloat);
  }
  return widest;
}

[[noreturn]] void refuse_unsafe(Location where) {
  refuse(where, "autocast",
         "torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to autocast.\n"
         "Many models use a sigmoid layer right before the binary cross entropy layer.\n"
         "In this case, combine the two layers using "
         "torch.nn.functional.binary_cross_entropy_with_logits\n"
         "or torch.nn.BCEWithLogitsLoss.  binary_cross_entropy_with_logits and BCEWithLogits are\n"
         "safe to autocast.");
}
}  // namespace

bool Autocast::anywhere() { return users.load(std::memory_order_relaxed) != 0; }

const Tensor& Autocast::none() {
  static const Tensor none;
  return none;
}

void Autocast::begin(const CastRule& rule, const Operand* operands, size_t count) {
  bool gpu = false;
  for (size_t i = 0; i < count; ++i)
    gpu |= operands[i].tensor->defined() && operands[i].tensor->is_cuda();
  const CastTo to = of(rule, gpu);
  if (to == CastTo::nothing) return;
  if (to == CastTo::refused) refuse_unsafe(operands[0].where);
  const ScalarType type = to == CastTo::lower  ? state.dtype[gpu]
                          : to == CastTo::full ? kFloat
                                               : widest_of(operands, count, gpu);
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

bool Autocast::sums_in_float(const CastRule& rule, const Tensor& t,
                             const optional<ScalarType>& dtype) {
  if (!anywhere() || dtype || !t.defined()) return false;
  const bool gpu = t.is_cuda();
  return of(rule, gpu) == CastTo::full && eligible(t, gpu);
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
