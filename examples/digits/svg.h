// Just enough SVG.
#pragma once
#include <string>
#include <utility>
#include <vector>

class Svg {
 public:
  Svg(double width, double height);
  void rect(double x, double y, double w, double h, const std::string& fill, double radius = 0);
  void line(double x1, double y1, double x2, double y2, const std::string& stroke,
            double width = 1);
  void path(const std::vector<std::pair<double, double>>& points, const std::string& stroke,
            double width, double opacity = 1);
  void dot(double x, double y, double radius, const std::string& fill);
  /// `anchor`: start, middle or end.
  void text(double x, double y, const std::string& content, double size,
            const std::string& fill = "#1f2937", const std::string& anchor = "start",
            bool bold = false, double rotate = 0);
  std::string finish() const;

 private:
  std::string out_;
};
