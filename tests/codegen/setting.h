/// Ways to compile and run, for tests that say they all give the same bits.
#pragma once
#include <exception>
#include <string>

#include "runtime/cpu/target.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace test {

struct Setting {
  using Guard = runtime::Knobs::Guard;
  const char* cpu = "native";
  int threads = 2;
  bool fuse = true;
  Guard guard = Guard::off;

  std::string name() const {
    static const char* const guards[] = {"", ", memory ends at a guard",
                                         ", memory starts at a guard"};
    return std::string(cpu) + ", " + std::to_string(threads) + " threads" +
           (fuse ? "" : ", nothing fused") + guards[int(guard)];
  }
};

/// In force as long as it lives.
class WithSetting {
 public:
  explicit WithSetting(const Setting& s) {
    runtime::Knobs changed = before_;
    changed.cpu = s.cpu;
    changed.threads = s.threads;
    changed.fuse = s.fuse;
    changed.guard = s.guard;
    runtime::set_knobs(changed);
  }
  ~WithSetting() { runtime::set_knobs(before_); }
  WithSetting(const WithSetting&) = delete;
  WithSetting& operator=(const WithSetting&) = delete;

 private:
  const runtime::Knobs before_ = runtime::knobs();
};

/// Whether this machine runs code for `cpu`.
inline bool runs(const char* cpu) {
  try {
    runtime::find_target(cpu);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}
/// The widest vectors there are.
inline const char* widest() {
  static const char* const found = runs("x86-64-v4") ? "x86-64-v4" : "x86-64-v3";
  return found;
}
}  // namespace test
}  // namespace torch
