#include "runtime/executable/error_report.h"

namespace torch {
namespace runtime {

void ErrorReport::index_error(int64_t c, int64_t at, int64_t v, int64_t n, int64_t d) {
  while (busy.test_and_set(std::memory_order_acquire)) {
  }
  if (!any.load(std::memory_order_relaxed) || c < check || (c == check && at < position)) {
    check = c;
    position = at;
    value = v;
    size = n;
    dim = d;
    any.store(true, std::memory_order_relaxed);
  }
  busy.clear(std::memory_order_release);
}

std::string ErrorReport::message() const { return index_error_message(value, size, dim); }

std::string index_error_message(int64_t value, int64_t size, int64_t dim) {
  return "index " + std::to_string(value) + " is out of bounds for dimension " +
         std::to_string(dim) + " with size " + std::to_string(size);
}
}  // namespace runtime
}  // namespace torch

extern "C" void weft_index_error(void* report, int64_t check, int64_t position, int64_t value,
                                 int64_t size, int64_t dim) {
  static_cast<torch::runtime::ErrorReport*>(report)->index_error(check, position, value, size, dim);
}
