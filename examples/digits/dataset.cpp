#include "examples/digits/dataset.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <sstream>
#include <stdexcept>

#include "examples/digits/gzip.h"

namespace {
constexpr int64_t small_side = 8, scale = 3, border = 2, training = 1500;
constexpr int64_t small_pixels = small_side * small_side, brightest = 16;
static_assert(small_side * scale + 2 * border == Images::side, "8x8 becomes 28x28");

[[noreturn]] void damaged(const std::string& path, size_t line, const std::string& what) {
  throw std::runtime_error(path + ", line " + std::to_string(line) + ": " + what);
}

// The numbers of a line "0,12,...,7".
std::vector<int64_t> numbers(const std::string& path, size_t line_number, const std::string& line) {
  std::vector<int64_t> result;
  std::stringstream stream(line);
  std::string field;
  while (std::getline(stream, field, ',')) {
    size_t used = 0;
    int64_t value = -1;
    try {
      value = std::stoll(field, &used);
    } catch (const std::exception&) {
    }
    if (used == 0 || used != field.size())
      damaged(path, line_number, "expected a number, got \"" + field + "\"");
    result.push_back(value);
  }
  return result;
}

void append_scaled(const std::vector<int64_t>& small, Images& images) {
  for (int64_t y = 0; y < Images::side; ++y) {
    for (int64_t x = 0; x < Images::side; ++x) {
      const int64_t sy = y - border, sx = x - border, inside = small_side * scale;
      const bool in = sy >= 0 && sx >= 0 && sy < inside && sx < inside;
      const int64_t value =
          in ? small[static_cast<size_t>(sy / scale * small_side + sx / scale)] : 0;
      images.values.push_back(static_cast<float>(value) / brightest);
    }
  }
}
}  // namespace

Dataset read_digits(const std::string& path) {
  std::stringstream content(read_gzip(path));
  std::vector<std::vector<int64_t>> rows;
  std::string line;
  while (std::getline(content, line)) {
    const size_t at = rows.size() + 1;
    std::vector<int64_t> row = numbers(path, at, line);
    if (row.size() != small_pixels + 1)
      damaged(path, at, "expected " + std::to_string(small_pixels) + " pixels and a label, got " +
                            std::to_string(row.size()) + " numbers");
    for (int64_t i = 0; i < small_pixels; ++i)
      if (row[static_cast<size_t>(i)] < 0 || row[static_cast<size_t>(i)] > brightest)
        damaged(path, at,
                "pixel " + std::to_string(i) + " is " +
                    std::to_string(row[static_cast<size_t>(i)]) + ", expected 0 to 16");
    if (row.back() < 0 || row.back() > 9)
      damaged(path, at, "label " + std::to_string(row.back()) + ", expected 0 to 9");
    rows.push_back(std::move(row));
  }
  if (static_cast<int64_t>(rows.size()) <= training)
    throw std::runtime_error(path + ": " + std::to_string(rows.size()) +
                             " images, expected more than " + std::to_string(training) +
                             " (is the file cut off?)");

  // Neighbours in the file are by the same writers: without the shuffle, the test part would be
  // other people's digits.
  std::vector<size_t> order(rows.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::mt19937 random(20240501);
  for (size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);

  Dataset dataset{"UCI digits", {}, {}};
  for (size_t i = 0; i < order.size(); ++i) {
    Images& part = static_cast<int64_t>(i) < training ? dataset.train : dataset.test;
    append_scaled(rows[order[i]], part);
    part.labels.push_back(rows[order[i]].back());
  }
  return dataset;
}
