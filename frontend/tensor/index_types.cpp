// Slice and TensorIndex: what they may be, and how they print.
#include <ostream>

#include "frontend/tensor/indexing.h"

namespace torch {
namespace indexing {

Slice::Slice(optional<int64_t> start, optional<int64_t> stop, optional<int64_t> step) {
  step_ = step.value_or(1);
  if (step_ == 0) throw c10::ValueError("slice step cannot be zero", Location::none());
  start_ = start.value_or(step_ < 0 ? INDEX_MAX : 0);
  stop_ = stop.value_or(step_ < 0 ? INDEX_MIN : INDEX_MAX);
}
std::ostream& operator<<(std::ostream& out, const Slice& s) {
  return out << s.start() << ":" << s.stop() << ":" << s.step();
}

TensorIndex::TensorIndex(const char* text) : type_(TensorIndexType::Ellipsis) {
  TORCH_CHECK_VALUE(std::string(text) == "...",
                    "Expected \"...\" to represent an ellipsis index, but got \"", text, "\"");
}
std::ostream& operator<<(std::ostream& out, const TensorIndex& i) {
  if (i.is_none()) return out << "None";
  if (i.is_ellipsis()) return out << "...";
  if (i.is_integer()) return out << i.integer();
  if (i.is_boolean()) return out << std::boolalpha << i.boolean();
  if (i.is_slice()) return out << i.slice();
  return out << "Tensor" << i.tensor().sizes();
}
std::ostream& operator<<(std::ostream& out, const std::vector<TensorIndex>& indices) {
  out << "(";
  for (size_t i = 0; i < indices.size(); ++i) out << (i ? ", " : "") << indices[i];
  return out << ")";
}
}  // namespace indexing
}  // namespace torch
