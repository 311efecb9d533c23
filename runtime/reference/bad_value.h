/// Values that only show when a program runs, and are wrong.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>

#include "runtime/executable/error_report.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace reference {

/// Thrown by the functions of this room; who runs the graph knows the node.
struct BadValue : std::runtime_error {
  BadValue(const std::string& what, runtime::ValueError::Kind kind, int64_t value = 0)
      : std::runtime_error(what), kind(kind), value(value) {}
  runtime::ValueError::Kind kind;
  int64_t value;
};

[[noreturn]] inline void throw_index_error(int64_t value, int64_t size, int64_t dim) {
  throw BadValue(runtime::index_error_message(value, size, dim), runtime::ValueError::index,
                 value);
}
[[noreturn]] inline void throw_division_error() {
  throw BadValue(runtime::division_error_message, runtime::ValueError::division);
}
/// `value`: an integer, or the bits of a double.
[[noreturn]] inline void throw_requirement_error(op::Requirement what, int64_t value,
                                                 bool is_float) {
  throw BadValue(runtime::requirement_error_message(what, value, is_float),
                 runtime::kind_of(what), value);
}
}  // namespace reference
}  // namespace torch
