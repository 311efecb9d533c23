/// How a kernel says that a value is wrong. The memory it must not touch it does not touch; the run
/// throws ValueError after the launch.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>

#include "ir/op/requirement.h"

namespace torch {
namespace runtime {

struct ErrorReport {
  std::atomic<bool> any{false};
  std::atomic_flag busy = ATOMIC_FLAG_INIT;
  enum Kind : uint8_t { index, division, requirement } kind = index;
  int64_t check = 0, position = 0, value = 0, size = 0, dim = 0;
  bool is_float = false;  // `value` are the bits of a double
  op::Requirement what{};

  // They keep the report of the first check, and of it the one with the smallest `position`
  // (row-major, in what is checked), so that the message does not depend on which thread came
  // first.
  void index_error(int64_t check, int64_t position, int64_t value, int64_t size, int64_t dim);
  void division_error(int64_t check, int64_t position);
  void requirement_error(int64_t check, int64_t position, int64_t value, bool is_float,
                         op::Requirement what);
  /// In libtorch's words.
  std::string message() const;
};

/// "index 7 is out of bounds for dimension 0 with size 5".
std::string index_error_message(int64_t value, int64_t size, int64_t dim);
constexpr const char* division_error_message = "ZeroDivisionError";
/// "Target 5 is out of bounds."
std::string requirement_error_message(op::Requirement what, int64_t value, bool is_float);
}  // namespace runtime
}  // namespace torch

// Called by generated code. `report` is the pointer of the error slot; `check` numbers the kernel's
// checks (Launch::check_nodes).
/// `value` is not in [0, size) of dimension `dim`.
extern "C" void weft_index_error(void* report, int64_t check, int64_t position, int64_t value,
                                 int64_t size, int64_t dim);
/// `value` is not what is required, an op::Requirement.
extern "C" void weft_requirement_error(void* report, int64_t check, int64_t position, int64_t value,
                                       int64_t is_float, int64_t what);
/// A divisor is 0.
extern "C" void weft_division_error(void* report, int64_t check, int64_t position);
