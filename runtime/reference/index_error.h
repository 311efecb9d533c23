/// Values that only show when a program runs, and are wrong.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>

#include "runtime/executable/error_report.h"

namespace torch {
namespace reference {

/// Thrown by the functions of this room; who runs the graph knows the node.
struct BadValue : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] inline void throw_index_error(int64_t value, int64_t size, int64_t dim) {
  throw BadValue(runtime::index_error_message(value, size, dim));
}
}  // namespace reference
}  // namespace torch
