#include "runtime/executable/error_report.h"

namespace torch {
namespace runtime {

namespace {
// Runs `keep` if the report at (check, position) comes before the one that is kept.
template <class F> void note(ErrorReport& r, int64_t check, int64_t position, F&& keep) {
  while (r.busy.test_and_set(std::memory_order_acquire)) {
  }
  if (!r.any.load(std::memory_order_relaxed) || check < r.check ||
      (check == r.check && position < r.position)) {
    r.check = check;
    r.position = position;
    keep();
    r.any.store(true, std::memory_order_relaxed);
  }
  r.busy.clear(std::memory_order_release);
}
}  // namespace

void ErrorReport::index_error(int64_t c, int64_t at, int64_t v, int64_t n, int64_t d) {
  note(*this, c, at, [&] {
    is_division = false;
    value = v;
    size = n;
    dim = d;
  });
}
void ErrorReport::division_error(int64_t c, int64_t at) {
  note(*this, c, at, [&] { is_division = true; });
}

std::string ErrorReport::message() const {
  return is_division ? division_error_message : index_error_message(value, size, dim);
}

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
extern "C" void weft_division_error(void* report, int64_t check, int64_t position) {
  static_cast<torch::runtime::ErrorReport*>(report)->division_error(check, position);
}
