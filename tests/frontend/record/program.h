/// A little program and what it shows; one that is refused shows that.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
inline Show current;
inline std::string current_name;

inline void see(const char* what, const Tensor& t) {
  if (t.defined()) current(current_name + ", " + what + (t.requires_grad() ? " with grad" : ""), t);
  else current(current_name + ", " + what + " is undefined", torch::zeros({}));
}
inline void program(const std::string& name, const std::function<void()>& function) {
  current_name = name;
  try {
    function();
  } catch (const c10::Error&) {
    see("refused", torch::ones({}));
  }
}
}  // namespace golden
