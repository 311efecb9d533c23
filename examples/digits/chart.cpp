#include "examples/digits/chart.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "examples/digits/svg.h"

namespace {
const char* const ink = "#1f2937";
const char* const faint = "#6b7280";
const char* const grid = "#e5e7eb";
const char* const blue = "#2563eb";
const char* const green = "#059669";

std::string format(const char* pattern, double value) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

// A rectangle of the picture with an x axis of epochs and a y axis.
struct Plot {
  Svg& svg;
  double left, top, width, height;
  double epochs, low, high;

  double x(double epoch) const { return left + width * epoch / epochs; }
  double y(double value) const { return top + height * (high - value) / (high - low); }

  void axes(const std::string& title, const std::vector<double>& ticks, const char* tick_format,
            bool label_x) const {
    svg.text(left, top - 14, title, 14, ink, "start", true);
    for (double tick : ticks) {
      svg.line(left, y(tick), left + width, y(tick), grid);
      svg.text(left - 8, y(tick) + 4, format(tick_format, tick), 11, faint, "end");
    }
    const int every = epochs > 30 ? 10 : epochs > 12 ? 3 : 1;
    for (int e = 0; e <= static_cast<int>(epochs); e += every) {
      svg.line(x(e), top + height, x(e), top + height + 4, faint);
      svg.text(x(e), top + height + 17, std::to_string(e), 11, faint, "middle");
    }
    svg.line(left, top + height, left + width, top + height, faint);
    if (label_x) svg.text(left + width / 2, top + height + 34, "epoch", 11, faint, "middle");
  }
};

void draw_losses(Svg& svg, const Course& course, double left, double top, double width,
                 double height) {
  const double epochs = static_cast<double>(course.accuracies.size());
  const auto steps = static_cast<double>(course.losses.size());
  // Logarithmic: the interesting part of a loss is small.
  std::vector<double> logs;
  for (double loss : course.losses) logs.push_back(std::log10(std::max(loss, 1e-6)));
  double low = std::floor(*std::min_element(logs.begin(), logs.end()));
  double high = std::ceil(*std::max_element(logs.begin(), logs.end()));
  if (!(high > low)) high = low + 1;
  Plot plot{svg, left, top, width, height, epochs, low, high};
  plot.axes("Training loss (log scale)", {}, "", false);
  for (double tick = low; tick <= high; ++tick) {
    svg.line(left, plot.y(tick), left + width, plot.y(tick), grid);
    svg.text(left - 8, plot.y(tick) + 4, format("%g", std::pow(10, tick)), 11, faint, "end");
  }
  std::vector<std::pair<double, double>> each, means;
  const auto per_epoch = static_cast<size_t>(steps / epochs);
  double sum = 0;
  for (size_t i = 0; i < logs.size(); ++i) {
    each.emplace_back(plot.x((static_cast<double>(i) + 0.5) / steps * epochs), plot.y(logs[i]));
    sum += course.losses[i];
    if ((i + 1) % per_epoch == 0) {
      const double mean = std::log10(std::max(sum / static_cast<double>(per_epoch), 1e-6));
      means.emplace_back(plot.x((static_cast<double>(i + 1) - static_cast<double>(per_epoch) / 2) /
                                steps * epochs),
                         plot.y(mean));
      sum = 0;
    }
  }
  svg.path(each, blue, 1, 0.3);
  svg.path(means, blue, 2.5);
  svg.text(left + width, top - 14, "each step, and the mean of each epoch", 11, faint, "end");
}

void draw_accuracies(Svg& svg, const Course& course, double left, double top, double width,
                     double height) {
  const double epochs = static_cast<double>(course.accuracies.size());
  const double worst = 100 * *std::min_element(course.accuracies.begin(), course.accuracies.end());
  const double low = worst >= 90 ? 90 : worst >= 50 ? 50 : 0;
  Plot plot{svg, left, top, width, height, epochs, low, 100};
  std::vector<double> ticks;
  for (int i = 0; i <= 5; ++i) ticks.push_back(low + (100 - low) * i / 5);
  plot.axes("Test accuracy", ticks, "%g %%", true);
  std::vector<std::pair<double, double>> points;
  for (size_t e = 0; e < course.accuracies.size(); ++e)
    points.emplace_back(plot.x(static_cast<double>(e + 1)), plot.y(100 * course.accuracies[e]));
  svg.path(points, green, 2.5);
  for (const auto& [x, y] : points) svg.dot(x, y, 3, green);
  svg.text(left + width, top - 14, format("%.2f %% at the end", 100 * course.accuracies.back()), 12,
           green, "end", true);
}

std::string shade(double part) {
  // From nearly white to blue; the square root shows small counts too.
  const double t = std::sqrt(std::clamp(part, 0.0, 1.0));
  const auto mix = [t](double from, double to) {
    return static_cast<int>(from + (to - from) * t + 0.5);
  };
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", mix(0xf3, 0x1d), mix(0xf4, 0x4e),
                mix(0xf6, 0xd8));
  return text;
}

void draw_confusion(Svg& svg, const Confusion& confusion, double left, double top, double size) {
  svg.text(left, top - 46, "Confusion matrix of the test part", 14, ink, "start", true);
  svg.text(left + size / 2, top - 26, "predicted", 11, faint, "middle");
  svg.text(left - 30, top + size / 2, "actual", 11, faint, "middle", false, -90);
  const double cell = size / 10;
  for (size_t row = 0; row < 10; ++row) {
    int64_t total = 0;
    for (int64_t n : confusion[row]) total += n;
    const double y = top + cell * static_cast<double>(row);
    svg.text(left - 12, y + cell / 2 + 4, std::to_string(row), 12, ink, "middle");
    svg.text(left + cell * (static_cast<double>(row) + 0.5), top - 8, std::to_string(row), 12, ink,
             "middle");
    for (size_t column = 0; column < 10; ++column) {
      const int64_t n = confusion[row][column];
      const double part = total ? static_cast<double>(n) / static_cast<double>(total) : 0;
      const double x = left + cell * static_cast<double>(column);
      const bool wrong = row != column && n > 0;
      svg.rect(x + 1, y + 1, cell - 2, cell - 2, wrong ? "#fecaca" : shade(part), 3);
      if (n > 0)
        svg.text(x + cell / 2, y + cell / 2 + 4.5, std::to_string(n), 13,
                 wrong ? "#991b1b" : part > 0.3 ? "#ffffff" : ink, "middle", row == column);
    }
  }
}
}  // namespace

void check_writable(const std::string& path) {
  errno = 0;
  if (!std::ofstream(path, std::ios::app))
    throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno ? errno : EIO));
}

void write_chart(const std::string& path, const std::string& title, const Course& course) {
  Svg svg(1120, 600);
  svg.rect(0, 0, 1120, 600, "#ffffff");
  svg.text(40, 42, title, 18, ink, "start", true);
  draw_losses(svg, course, 80, 104, 500, 190);
  draw_accuracies(svg, course, 80, 366, 500, 170);
  draw_confusion(svg, course.confusion, 670, 136, 400);
  errno = 0;
  std::ofstream file(path);
  file << svg.finish();
  file.close();
  if (!file)
    throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno ? errno : EIO));
}
