// Python's text of a tensor: "tensor([[1., 2.], [3., 4.]], grad_fn=<AddBackward0>)".
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "frontend/autograd/autograd.h"
#include "frontend/record/read.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/print.h"

namespace torch {
namespace {

constexpr int64_t kLineWidth = 80, kPrecision = 4, kThreshold = 1000, kEdge = 3;

// The elements that are shown, of a tensor without those in the middle of long dims.
struct Shown {
  std::vector<double> floats;  // of floating types
  std::vector<int64_t> integers;
  bool floating, truth;
  IntArrayRef sizes;
  bool summarized;
};

// Which indices of a dim are shown; -1 stands for the gap.
std::vector<int64_t> shown_of(int64_t size, bool summarized) {
  std::vector<int64_t> places;
  const bool gap = summarized && size > 2 * kEdge;
  for (int64_t i = 0; i < size; ++i) {
    if (gap && i == kEdge) {
      places.push_back(-1);
      i = size - kEdge;
    }
    places.push_back(i);
  }
  return places;
}

std::string text(const char* format, int precision, double value) {
  char out[400];
  std::snprintf(out, sizeof out, format, precision, value);
  return out;
}

// One way for all numbers of a tensor.
class Style {
 public:
  Style(const Shown& shown, const std::vector<int64_t>& at) : shown_(shown) {
    if (!shown.floating) {
      for (int64_t i : at) widen(format(i));
      return;
    }
    double least = INFINITY, most = 0;
    bool any = false;
    for (int64_t i : at) {
      const double v = shown.floats[static_cast<size_t>(i)];
      if (!std::isfinite(v) || v == 0) continue;
      any = true;
      least = std::min(least, std::fabs(v));
      most = std::max(most, std::fabs(v));
      whole_ &= v == std::ceil(v);
    }
    if (!any) return;
    scientific_ = most / least > 1000 || most > 1e8 || (!whole_ && least < 1e-4);
    for (int64_t i : at) {
      const double v = shown.floats[static_cast<size_t>(i)];
      if (std::isfinite(v) && v != 0) widen(format(i));
    }
  }
  int64_t width() const { return width_; }
  std::string padded(int64_t i) const {
    const std::string s = format(i);
    const int64_t gap = width_ - static_cast<int64_t>(s.size());
    return gap > 0 ? std::string(static_cast<size_t>(gap), ' ') + s : s;
  }

 private:
  void widen(const std::string& s) { width_ = std::max(width_, static_cast<int64_t>(s.size())); }
  std::string format(int64_t i) const {
    const size_t at = static_cast<size_t>(i);
    if (shown_.truth) return shown_.integers[at] ? "True" : "False";
    if (!shown_.floating) return std::to_string(shown_.integers[at]);
    const double v = shown_.floats[at];
    if (std::isnan(v)) return "nan";
    if (std::isinf(v)) return v < 0 ? "-inf" : "inf";
    if (scientific_) return text("%.*e", kPrecision, v);
    if (whole_) return text("%.*f", 0, v) + ".";
    return text("%.*f", kPrecision, v);
  }
  const Shown& shown_;
  bool whole_ = true, scientific_ = false;
  int64_t width_ = 1;
};

class Printer {
 public:
  explicit Printer(const Shown& shown) : shown_(shown), style_(shown, visible()) {}
  std::string all(int64_t indent) { return part(0, 0, indent); }

 private:
  std::vector<int64_t> visible() const {
    std::vector<int64_t> places{0};
    for (int64_t size : shown_.sizes) {
      std::vector<int64_t> next;
      for (int64_t base : places)
        for (int64_t i : shown_of(size, shown_.summarized))
          if (i >= 0) next.push_back(base * size + i);
      places = std::move(next);
    }
    return places;
  }
  std::string vector(int64_t base, int64_t indent) const {
    const int64_t size = shown_.sizes.back();
    const int64_t per_line = std::max<int64_t>(1, (kLineWidth - indent) / (style_.width() + 2));
    std::string out = "[";
    int64_t on_line = 0;
    bool first = true;
    for (int64_t i : shown_of(size, shown_.summarized)) {
      if (!first) out += ",";
      if (on_line == per_line) {
        out += "\n" + std::string(static_cast<size_t>(indent + 1), ' ');
        on_line = 0;
      } else if (!first) {
        out += " ";
      }
      out += i < 0 ? " ..." : style_.padded(base * size + i);
      first = false;
      ++on_line;
    }
    return out + "]";
  }
  std::string part(size_t dim, int64_t base, int64_t indent) const {
    const size_t rank = shown_.sizes.size();
    if (rank == 0) return style_.padded(0);
    if (dim + 1 == rank) return vector(base, indent);
    const std::string between =
        "," + std::string(rank - dim - 1, '\n') + std::string(static_cast<size_t>(indent + 1), ' ');
    std::string out = "[";
    bool first = true;
    for (int64_t i : shown_of(shown_.sizes[dim], shown_.summarized)) {
      if (!first) out += between;
      out += i < 0 ? "..." : part(dim + 1, base * shown_.sizes[dim] + i, indent + 1);
      first = false;
    }
    return out + "]";
  }

  const Shown& shown_;
  const Style style_;
};

Shown elements_of(const Tensor& t, Location where) {
  Shown shown{
      {}, {}, t.is_floating_point(), t.scalar_type() == kBool, t.sizes(), t.numel() > kThreshold};
  const record::Values values(t, "printing", where);
  op::visit_dtype(t.scalar_type(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0, n = t.numel(); i < n; ++i) {
      if (shown.floating) shown.floats.push_back(static_cast<double>(values.as<T>()[i]));
      else shown.integers.push_back(static_cast<int64_t>(values.as<T>()[i]));
    }
  });
  return shown;
}

std::string dtype_of(ScalarType type) {
  static const struct {
    ScalarType type;
    const char* name;
  } names[] = {{kByte, "uint8"}, {kChar, "int8"},        {kShort, "int16"},   {kInt, "int32"},
               {kLong, "int64"}, {kHalf, "float16"},     {kFloat, "float32"}, {kDouble, "float64"},
               {kBool, "bool"},  {kBFloat16, "bfloat16"}};
  for (const auto& n : names)
    if (n.type == type) return std::string("dtype=torch.") + n.name;
  return std::string("dtype=") + c10::toString(type);
}

// What stands behind the numbers.
std::vector<std::string> suffixes_of(const Tensor& t) {
  std::vector<std::string> out;
  const ScalarType type = t.scalar_type(), usual = get_default_dtype_as_scalartype();
  if (!t.is_cpu()) out.push_back("device='" + t.device().str() + "'");
  if (t.numel() == 0 && t.dim() != 1) {
    std::string size = "size=(";
    for (int64_t d = 0; d < t.dim(); ++d) size += (d ? ", " : "") + std::to_string(t.size(d));
    out.push_back(size + ")");
  }
  if (type != usual && (t.numel() == 0 || (type != kLong && type != kBool)))
    out.push_back(dtype_of(type));
  if (const auto node = t.grad_fn()) out.push_back("grad_fn=<" + node->name() + ">");
  else if (t.requires_grad()) out.push_back("requires_grad=True");
  return out;
}
}  // namespace

std::string repr(In self) {
  require(self, How(self.where, nullptr, "repr"));
  const std::string prefix = "tensor(";
  const int64_t indent = static_cast<int64_t>(prefix.size());
  const Shown shown = elements_of(self, record::located(self.where));
  std::string out = prefix + (self->numel() ? Printer(shown).all(indent) : "[]");
  const size_t line = out.rfind('\n');
  int64_t last = static_cast<int64_t>(line == std::string::npos ? out.size() - prefix.size() + 2
                                                                : out.size() - line);
  for (const std::string& suffix : suffixes_of(self)) {
    const int64_t length = static_cast<int64_t>(suffix.size());
    if (last + length + 2 > kLineWidth) {
      out += ",\n" + std::string(static_cast<size_t>(indent), ' ') + suffix;
      last = indent + length;
    } else {
      out += ", " + suffix;
      last += length + 2;
    }
  }
  return out + ")";
}
}  // namespace torch
