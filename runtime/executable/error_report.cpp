#include "runtime/executable/error_report.h"

#include <cstdio>
#include <cstring>

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
    kind = index;
    value = v;
    size = n;
    dim = d;
  });
}
void ErrorReport::division_error(int64_t c, int64_t at) {
  note(*this, c, at, [&] { kind = division; });
}
void ErrorReport::requirement_error(int64_t c, int64_t at, int64_t v, bool floats,
                                    op::Requirement required) {
  note(*this, c, at, [&] {
    kind = requirement;
    value = v;
    is_float = floats;
    what = required;
  });
}

std::string ErrorReport::message() const {
  switch (kind) {
    case index: return index_error_message(value, size, dim);
    case requirement: return requirement_error_message(what, value, is_float);
    case division: break;
  }
  return division_error_message;
}

std::string index_error_message(int64_t value, int64_t size, int64_t dim) {
  return "index " + std::to_string(value) + " is out of bounds for dimension " +
         std::to_string(dim) + " with size " + std::to_string(size);
}
std::string requirement_error_message(op::Requirement what, int64_t value, bool is_float) {
  if (!is_float) return op::sentence(what, std::to_string(value));
  double number;
  std::memcpy(&number, &value, sizeof number);
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", number);
  return op::sentence(what, text);
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
extern "C" void weft_requirement_error(void* report, int64_t check, int64_t position, int64_t value,
                                       int64_t is_float, int64_t what) {
  static_cast<torch::runtime::ErrorReport*>(report)->requirement_error(
      check, position, value, is_float != 0, static_cast<torch::op::Requirement>(what));
}
