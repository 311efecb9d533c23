// Tests against numbers that libtorch 2.15 computed. A list of cases calls show(name, tensor);
// compiled against libtorch (scripts/golden, no part of the build) it writes its data, compiled
// against Weft it is compared with it.
#pragma once
#include <torch/torch.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace golden {
using torch::Tensor;
using Show = std::function<void(const std::string& name, const Tensor& tensor)>;

/// Numbers between -1.5 and 1.5 without a pattern that a mistake could hide behind.
inline Tensor wave(std::vector<int64_t> sizes, double seed) {
  int64_t count = 1;
  for (int64_t size : sizes) count *= size;
  std::vector<double> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(1.5 * std::sin(seed + 1.37 * static_cast<double>(i)));
  return torch::tensor(values, torch::kDouble).reshape(sizes).to(torch::kFloat);
}
inline Tensor leaf(std::vector<int64_t> sizes, double seed) {
  return wave(sizes, seed).requires_grad_();
}

/// Shows the result of a function and the gradients of a weighted sum of it.
inline void with_gradients(const Show& show, const std::string& name, std::vector<Tensor> inputs,
                           const std::function<Tensor()>& function) {
  const Tensor y = function();
  show(name, y);
  (y * wave(y.sizes().vec(), 9)).sum().backward();
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].grad().defined()) continue;
    show(name + ", gradient " + std::to_string(i), inputs[i].grad());
    inputs[i].mutable_grad() = Tensor();
  }
}

/// "[2, 3] 1 2 3 4 5 6".
inline std::string to_line(const Tensor& tensor) {
  std::ostringstream out;
  out << tensor.sizes();
  const Tensor values = tensor.detach().to(torch::kCPU, torch::kDouble).contiguous();
  for (int64_t i = 0; i < values.numel(); ++i) {
    char number[40];
    std::snprintf(number, sizeof number, " %.8g", values.data_ptr<double>()[i]);
    out << number;
  }
  return out.str();
}
}  // namespace golden

#ifdef WEFT_GOLDEN_WRITER
#define WEFT_GOLDEN(suite, cases, path, ...)                                  \
  int main() {                                                                \
    cases([](const std::string& name, const golden::Tensor& tensor) {         \
      std::printf("%s: %s\n", name.c_str(), golden::to_line(tensor).c_str()); \
    });                                                                       \
  }
#else
#include <gtest/gtest.h>

namespace golden {
// Equal shapes, and numbers equal to a few units in the last place of the largest: sums run in
// another order here.
inline void expect_line(const std::string& name, const std::string& got,
                        const std::string& expected, double tolerance) {
  const size_t got_shape = got.find(']'), expected_shape = expected.find(']');
  ASSERT_EQ(got.substr(0, got_shape), expected.substr(0, expected_shape)) << name;
  std::istringstream a(got.substr(got_shape + 1)), b(expected.substr(expected_shape + 1));
  std::vector<double> values, wanted;
  std::string word;
  while (a >> word) values.push_back(std::stod(word));
  while (b >> word) wanted.push_back(std::stod(word));
  ASSERT_EQ(values.size(), wanted.size()) << name;
  double largest = 1;
  for (double v : wanted)
    if (std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  for (size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(wanted[i]))
      EXPECT_TRUE(std::isnan(values[i])) << name << " at " << i << ": " << values[i];
    else if (std::isinf(wanted[i])) EXPECT_EQ(values[i], wanted[i]) << name << " at " << i;
    else EXPECT_NEAR(values[i], wanted[i], tolerance * largest) << name << " at " << i;
  }
}

inline void compare(void (*cases)(const Show&), const std::string& path, double tolerance = 4e-6) {
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  std::string line;
  cases([&](const std::string& name, const Tensor& tensor) {
    ASSERT_TRUE(std::getline(file, line)) << "libtorch did not show " << name;
    const std::string head = name + ": ";
    ASSERT_EQ(line.substr(0, head.size()), head);
    expect_line(name, to_line(tensor), line.substr(head.size()), tolerance);
  });
  EXPECT_FALSE(std::getline(file, line)) << "libtorch showed more: " << line;
}
}  // namespace golden
#define WEFT_GOLDEN(suite, cases, path, ...) \
  TEST(suite, AsLibtorch) { golden::compare(cases, path, ##__VA_ARGS__); }
#endif
