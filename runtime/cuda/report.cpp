#include "runtime/cuda/report.h"

#include "runtime/executable/error_report.h"

namespace torch {
namespace runtime {
namespace cuda {

std::string DeviceErrorReport::message() const {
  switch (kind) {
    case index: return index_error_message(value, size, dim);
    case requirement:
      return requirement_error_message(static_cast<op::Requirement>(what), value, is_float != 0);
    default: return division_error_message;
  }
}

ValueError::Kind DeviceErrorReport::error_kind() const {
  switch (kind) {
    case index: return ValueError::index;
    case requirement: return kind_of(static_cast<op::Requirement>(what));
    default: return ValueError::division;
  }
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
