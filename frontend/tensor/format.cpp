// libtorch's format of tensors (version 2.15), its oddities included: the first row of a slice is
// indented less than the others, "Columns 1 to 8" is followed by numbers on the same line.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <vector>

#include "frontend/tensor/format_inside.h"

namespace torch {
namespace {

// How the numbers of one matrix or vector are written: all alike, divided by a common scale.
struct Style {
  enum Kind { general, fixed, scientific } kind = general;
  double scale = 1;
  int width = 0;

  void append(std::string& out, double value) const {
    static const char* const formats[] = {"%*g", "%*.4f", "%*.4e"};
    char text[400];
    std::snprintf(text, sizeof text, formats[kind], width, value / scale);
    out += text;
  }
};

double digits_before_point(double magnitude) {
  return magnitude == 0 ? 1 : std::floor(std::log10(magnitude)) + 1;
}

Style style_of(const double* values, int64_t count) {
  bool integral = true, any = false;
  double smallest = 0, largest = 0;
  for (int64_t i = 0; i < count; ++i) {
    if (!std::isfinite(values[i])) continue;
    const double magnitude = std::fabs(values[i]);
    integral = integral && values[i] == std::ceil(values[i]);
    smallest = any ? std::fmin(smallest, magnitude) : magnitude;
    largest = any ? std::fmax(largest, magnitude) : magnitude;
    any = true;
  }
  const double low = any ? digits_before_point(smallest) : 1,
               high = any ? digits_before_point(largest) : 1;
  Style style;
  if (integral) {
    style.kind = high > 9 ? Style::scientific : Style::general;
    style.width = high > 9 ? 11 : static_cast<int>(high) + 1;
  } else if (high - low > 4) {
    style.kind = Style::scientific;
    style.width = std::fabs(high) > 99 || std::fabs(low) > 99 ? 12 : 11;
  } else {
    style.kind = Style::fixed;
    const bool scaled = high > 5 || high < 0;
    if (scaled) style.scale = std::pow(10, high - 1);
    style.width = scaled || high == 0 ? 7 : static_cast<int>(high) + 6;
  }
  return style;
}

void append_scale(std::string& out, double scale) { out += fmt::format("{} *\n", scale); }

void append_vector(std::string& out, const double* values, int64_t count) {
  const Style style = style_of(values, count);
  if (style.scale != 1) append_scale(out, style.scale);
  for (int64_t i = 0; i < count; ++i) {
    style.append(out, values[i]);
    out += '\n';
  }
}

void append_matrix(std::string& out, const double* values, int64_t rows, int64_t columns,
                   int64_t linesize, const std::string& indent) {
  const Style style = style_of(values, rows * columns);
  const int64_t fit = (linesize - static_cast<int64_t>(indent.size())) / (style.width + 1);
  const int64_t per_line = fit < 1 ? 1 : fit;
  for (int64_t first = 0; first < columns; first += per_line) {
    const int64_t last = std::min(first + per_line, columns) - 1;
    if (per_line < columns) {
      if (first != 0) out += '\n';
      out += fmt::format("Columns {} to {}", first + 1, last + 1) + indent;
    }
    if (style.scale != 1) {
      append_scale(out, style.scale);
      out += indent;
    }
    for (int64_t row = 0; row < rows; ++row) {
      if (row != 0) out += indent + (style.scale != 1 ? " " : "");
      for (int64_t column = first; column <= last; ++column) {
        style.append(out, values[row * columns + column]);
        out += column == last ? '\n' : ' ';
      }
    }
  }
}

// Matrix after matrix; of the leading indices the first one runs fastest.
void append_slices(std::string& out, const double* values, IntArrayRef sizes, int64_t linesize) {
  const size_t leading = sizes.size() - 2;
  const int64_t rows = sizes[leading], columns = sizes[leading + 1];
  int64_t slices = 1;
  for (size_t d = 0; d < leading; ++d) slices *= sizes[d];
  std::vector<int64_t> index(leading, 0);
  for (int64_t slice = 0; slice < slices; ++slice) {
    int64_t offset = 0;
    if (slice != 0) out += '\n';
    out += '(';
    for (size_t d = 0; d < leading; ++d) {
      out += fmt::format("{},", index[d] + 1);
      offset = offset * sizes[d] + index[d];
    }
    out += ".,.) = \n";
    append_matrix(out, values + offset * rows * columns, rows, columns, linesize, " ");
    for (size_t d = 0; d < leading && ++index[d] == sizes[d]; ++d) index[d] = 0;
  }
}
}  // namespace

std::string format_tensor(const double* values, IntArrayRef sizes, const std::string& type,
                          int64_t linesize) {
  int64_t count = 1;
  for (int64_t size : sizes) count *= size;
  std::string out;
  if (sizes.empty()) out = fmt::format("{}\n", values[0]);
  else if (count == 0) ;  // only the type
  else if (sizes.size() == 1) append_vector(out, values, count);
  else if (sizes.size() == 2) append_matrix(out, values, sizes[0], sizes[1], linesize, "");
  else append_slices(out, values, sizes, linesize);
  out += "[ " + type + "{";
  for (size_t d = 0; d < sizes.size(); ++d) out += (d ? "," : "") + std::to_string(sizes[d]);
  return out + "} ]";
}
}  // namespace torch
