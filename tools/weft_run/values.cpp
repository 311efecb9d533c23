#include "tools/weft_run/values.h"

#include <fmt/format.h>

#include <type_traits>

namespace weft_run {
namespace {
using torch::op::Dims;
using torch::op::Type;

template <class T> std::string number(T value) {
  if constexpr (std::is_same_v<T, bool>) return value ? "True" : "False";
  else return fmt::format("{}", +value);  // a short type as what it is computed in
}

std::string element(const Type& type, const void* data, int64_t i) {
  std::string text;
  torch::op::visit_dtype(
      type.dtype, [&](auto zero) { text = number(static_cast<const decltype(zero)*>(data)[i]); });
  return text;
}

class Writer {
 public:
  Writer(const Type& type, const void* data)
      : type_(type),
        data_(data),
        strides_(row_major_strides(type.dims)),
        shorten_(type.numel() > 1000) {}

  std::string run() {
    if (type_.numel() == 0) return "[]";
    for_shown(0, 0, [&](int64_t i) { width_ = std::max(width_, element(type_, data_, i).size()); });
    write(0, 0);
    return out_;
  }

 private:
  static constexpr int64_t kEdge = 3;
  static constexpr size_t kColumns = 80;

  // Index after i, leaving out the middle of a long dim.
  int64_t after(size_t dim, int64_t i) const {
    const int64_t n = type_.dims[dim];
    return shorten_ && n > 2 * kEdge && i == kEdge - 1 ? n - kEdge : i + 1;
  }
  template <class F> void for_shown(size_t dim, int64_t offset, F&& f) const {
    if (dim == type_.rank()) return f(offset);
    for (int64_t i = 0; i < type_.dims[dim]; i = after(dim, i))
      for_shown(dim + 1, offset + i * strides_[dim], f);
  }

  void write(size_t dim, int64_t offset) {
    if (dim == type_.rank())
      return put(fmt::format("{:>{}}", element(type_, data_, offset), dim == 0 ? 0 : width_));
    put("[");
    for (int64_t i = 0, next; i < type_.dims[dim]; i = next) {
      next = after(dim, i);
      write(dim + 1, offset + i * strides_[dim]);
      if (next > i + 1) separate(dim, 3), put("...");
      if (next < type_.dims[dim]) separate(dim, width_);
    }
    put("]");
  }
  // Between neighbours along `dim`: a blank, or a new line when `width` columns more do not fit;
  // blank lines between matrices.
  void separate(size_t dim, size_t width) {
    const size_t inner = type_.rank() - 1 - dim;
    if (inner == 0 && column_ + 1 + width + 1 <= kColumns) return put(" ");
    out_ += std::string(std::max<size_t>(inner, 1), '\n');
    column_ = 0;
    put(std::string(dim + 1, ' '));
  }
  void put(const std::string& text) {
    out_ += text;
    column_ += text.size();
  }

  const Type& type_;
  const void* data_;
  const Dims strides_;
  const bool shorten_;
  size_t width_ = 0, column_ = 0;
  std::string out_;
};

}  // namespace

std::string format_values(const Type& type, const void* data) { return Writer(type, data).run(); }
}  // namespace weft_run
