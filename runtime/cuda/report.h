/// What a kernel says of a wrong value, as it lies in the device's memory: weft_report of the
/// prelude (runtime/cuda/prelude/common.cuh), and ErrorReport (runtime/executable) by meaning.
#pragma once
#include <cstdint>
#include <string>

#include "runtime/executable/executable.h"

namespace torch {
namespace runtime {
namespace cuda {

struct DeviceErrorReport {
  int32_t busy, any, kind;
  int64_t check, position, value, size, dim;
  int32_t is_float, what;

  enum Kind : int32_t { index, division, requirement };
  /// In libtorch's words.
  std::string message() const;
  ValueError::Kind error_kind() const;
};
static_assert(sizeof(DeviceErrorReport) == 64);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
