/// Whether what is recorded now, by this thread, is recorded with its gradient.
#pragma once

namespace torch {
struct GradMode {
  static bool is_enabled();
  static void set_enabled(bool enabled);
};
/// Sets the mode for a scope.
class AutoGradMode {
 public:
  explicit AutoGradMode(bool enabled) : before_(GradMode::is_enabled()) {
    GradMode::set_enabled(enabled);
  }
  ~AutoGradMode() { GradMode::set_enabled(before_); }
  AutoGradMode(const AutoGradMode&) = delete;
  AutoGradMode& operator=(const AutoGradMode&) = delete;

 private:
  bool before_;
};
/// `NoGradGuard no_grad;`: nothing is recorded for gradients in this scope.
class NoGradGuard : public AutoGradMode {
 public:
  NoGradGuard() : AutoGradMode(false) {}
};
/// As NoGradGuard; `InferenceMode(false)` turns gradients on again inside of it. Tensors that are made
/// in it are ordinary ones.
class InferenceMode {
 public:
  explicit InferenceMode(bool enabled = true);
  ~InferenceMode();
  InferenceMode(const InferenceMode&) = delete;
  InferenceMode& operator=(const InferenceMode&) = delete;
  static bool is_enabled();

 private:
  bool before_;
  AutoGradMode grad_;
};
}  // namespace torch
namespace c10 {
using torch::AutoGradMode;
using torch::GradMode;
using torch::InferenceMode;
using torch::NoGradGuard;
}  // namespace c10
