#include "frontend/autograd/grad_mode.h"

namespace torch {
namespace {
thread_local bool grad_enabled = true, inference_enabled = false;
}
bool GradMode::is_enabled() { return grad_enabled; }
void GradMode::set_enabled(bool enabled) { grad_enabled = enabled; }

InferenceMode::InferenceMode(bool enabled) : before_(inference_enabled), grad_(!enabled) {
  inference_enabled = enabled;
}
InferenceMode::~InferenceMode() { inference_enabled = before_; }
bool InferenceMode::is_enabled() { return inference_enabled; }
}  // namespace torch
