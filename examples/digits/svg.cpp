#include "examples/digits/svg.h"

#include <cstdio>

namespace {
// "12.3", without a trailing ".0".
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  std::string s = text;
  if (s.size() > 2 && s.compare(s.size() - 2, 2, ".0") == 0) s.resize(s.size() - 2);
  return s;
}
std::string escaped(const std::string& text) {
  std::string s;
  for (char c : text)
    s += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return s;
}
}  // namespace

Svg::Svg(double width, double height) {
  out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" +
         number(height) + "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
         "\" font-family=\"Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif\">\n";
}
void Svg::rect(double x, double y, double w, double h, const std::string& fill, double radius) {
  out_ += "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(w) +
          "\" height=\"" + number(h) + "\" fill=\"" + fill + "\"" +
          (radius > 0 ? " rx=\"" + number(radius) + "\"" : "") + "/>\n";
}
void Svg::line(double x1, double y1, double x2, double y2, const std::string& stroke,
               double width) {
  out_ += "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) +
          "\" y2=\"" + number(y2) + "\" stroke=\"" + stroke + "\" stroke-width=\"" + number(width) +
          "\"/>\n";
}
void Svg::path(const std::vector<std::pair<double, double>>& points, const std::string& stroke,
               double width, double opacity) {
  out_ += "<polyline fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke=\"" +
          stroke + "\" stroke-width=\"" + number(width) + "\" stroke-opacity=\"" + number(opacity) +
          "\" points=\"";
  for (const auto& [x, y] : points) out_ += number(x) + "," + number(y) + " ";
  out_ += "\"/>\n";
}
void Svg::dot(double x, double y, double radius, const std::string& fill) {
  out_ += "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"" + number(radius) +
          "\" fill=\"" + fill + "\"/>\n";
}
void Svg::text(double x, double y, const std::string& content, double size, const std::string& fill,
               const std::string& anchor, bool bold, double rotate) {
  out_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + number(size) +
          "\" fill=\"" + fill + "\" text-anchor=\"" + anchor + "\"" +
          (bold ? " font-weight=\"600\"" : "");
  if (rotate != 0)
    out_ += " transform=\"rotate(" + number(rotate) + " " + number(x) + " " + number(y) + ")\"";
  out_ += ">" + escaped(content) + "</text>\n";
}
std::string Svg::finish() const { return out_ + "</svg>\n"; }
