// Tensors to print, in the API that Weft and libtorch have in common: expected.cpp, compiled
// against libtorch 2.15, wrote expected.txt from them.
#pragma once
#include <torch/torch.h>

#include <limits>
#include <vector>

inline torch::Tensor doubles(std::vector<double> values, std::vector<int64_t> sizes) {
  return torch::tensor(values, torch::kDouble).reshape(sizes);
}
inline torch::Tensor floats(std::vector<double> values, std::vector<int64_t> sizes) {
  return doubles(values, sizes).to(torch::kFloat);
}
inline torch::Tensor longs(std::vector<int64_t> values) { return torch::tensor(values); }
inline torch::Tensor up_to(int64_t n, std::vector<int64_t> sizes) {
  return torch::arange(n).reshape(sizes);
}
inline torch::Tensor multiples(int64_t n, std::vector<int64_t> sizes, double factor) {
  return up_to(n, sizes).to(torch::kDouble) * factor;
}

/// Calls show(name, tensor) for each.
template <class Show>
void print_cases(Show show) {
  using namespace torch;
  const double inf = std::numeric_limits<double>::infinity(),
               nan = std::numeric_limits<double>::quiet_NaN();
  show("undefined", Tensor());
  // No dims: the shortest text that gives the number back
  for (double value : {0.0,
                       -0.0,
                       1.0,
                       3.5,
                       1.0 / 3,
                       1e4,
                       1e10,
                       1e15,
                       1e16,
                       1e17,
                       1e-4,
                       1e-5,
                       123456789.0,
                       0.1,
                       1e100,
                       5e-324,
                       2.5e20,
                       1e5 / 3,
                       123456789012345678.0,
                       inf,
                       -inf,
                       nan,
                       -nan})
    show("scalar double", torch::tensor(value, kDouble));
  for (double value : {0.1, 1.0 / 3, 16777216.0, 3.5})
    show("scalar float", torch::tensor(value, kDouble).to(kFloat));
  show("scalar long", torch::tensor(static_cast<int64_t>(7)));
  show("scalar long, large", torch::tensor(static_cast<int64_t>(12345678901234567)));
  show("scalar bool", torch::tensor(true));
  // One dim
  show("longs", longs({1, 2, 3}));
  show("longs, wide", longs({1, -20, 30000}));
  show("longs, negative largest", longs({-12345, 3}));
  show("longs, scientific", longs({1, 12345678901}));
  show("longs, beyond double", longs({9007199254740993, 1}));
  show("ints", longs({1, 2}).to(kInt));
  show("bytes", longs({0, 255}).to(kByte));
  show("bools", longs({1, 0, 1}).to(kBool));
  show("floats", floats({0.5, 1.25, -2}, {3}));
  show("floats, integral", floats({1, 2, 3}, {3}));
  show("floats, small", floats({0.001, 0.002}, {2}));
  show("floats, tiny", floats({1e-8, 2e-8}, {2}));
  show("floats, large", floats({123456.5, 1.5}, {2}));
  show("floats, large and close", floats({123456.5, 234567.25}, {2}));
  show("floats, wide range", floats({1e-5, 123.5}, {2}));
  show("floats, negative", doubles({-1.5, -2e6}, {2}));
  show("floats, largest negative", doubles({0.5, -1000.5}, {2}));
  show("floats, five digits", doubles({99999.5, 1.5}, {2}));
  show("floats, below one", doubles({0.99, 0.5}, {2}));
  show("floats, falling", doubles({0.1, 0.01, 0.001}, {3}));
  show("floats, zero first", floats({0, 0.25}, {2}));
  show("floats, all zero", floats({0, 0}, {2}));
  show("floats, negative zero", floats({-0.0, 1}, {2}));
  show("floats, nine digits", doubles({999999999, 1}, {2}));
  show("floats, ten digits", doubles({1e9, 1}, {2}));
  show("floats, integral in g format", doubles({1.5e6, 2.25e6}, {2}));
  show("floats, integral and huge", floats({1e10, 1}, {2}));
  show("floats, three digit exponent", doubles({1e-120, 1.5}, {2}));
  show("floats, extremes", doubles({1e300, 1e-300}, {2}));
  show("nan and inf", floats({nan, inf, -inf, 1.5}, {4}));
  show("nan and inf, integral", floats({nan, inf, -inf, 1}, {4}));
  show("nan and a small one", doubles({nan, 0.02}, {2}));
  show("only nan", floats({nan, nan}, {2}));
  show("doubles", doubles({0.1, 0.2}, {2}));
  // Nothing
  show("empty", torch::empty({0}));
  show("empty, two dims", torch::empty({0, 3}));
  show("empty, three dims", torch::empty({2, 0, 3}));
  show("empty long", torch::empty({0}, kLong));
  // Two dims
  show("matrix", floats({1, 2, 3, 4, 5, 6}, {2, 3}));
  show("matrix, one element", floats({2}, {1, 1}));
  show("matrix, inf", doubles({inf, 3}, {1, 2}));
  show("matrix, fractions", floats({1.5, 2, 3, 4, 5, 6}, {2, 3}));
  show("matrix, integral in g format", floats({12345678.5, 2.5e7, 3e7, 4e7}, {2, 2}));
  show("matrix, scaled down", floats({0.00015, 0.0002, 0.0003, 0.0004}, {2, 2}));
  show("matrix, scaled up", doubles({123456.5, 2.5e5, 3.25e5, 4e5}, {2, 2}));
  show("matrix, scientific", floats({1e-6, 2, 3, 4e4}, {2, 2}));
  show("matrix, nan", floats({nan, 2.5, inf, -4}, {2, 2}));
  show("matrix, transposed", up_to(6, {2, 3}).t());
  show("columns", multiples(60, {2, 30}, 1.5));
  show("columns, long", up_to(80, {2, 40}));
  show("columns, scaled", multiples(40, {2, 20}, 0.00001).add(0.00001));
  show("columns, scientific", multiples(24, {2, 12}, 123456.789));
  // More dims
  show("cube", up_to(12, {2, 2, 3}));
  show("cube, fractions", multiples(12, {2, 2, 3}, 0.3));
  show("cube, scaled", multiples(12, {3, 2, 2}, 7 / 3e7));
  show("cube, columns", multiples(60, {2, 1, 30}, 1.5));
  show("cube, columns and scale", multiples(64, {2, 2, 16}, 1e-6).add(1e-5));
  show("cube, scientific", multiples(24, {2, 3, 4}, 1234567.75));
  show("four dims", up_to(16, {2, 2, 2, 2}));
  show("five dims", up_to(8, {2, 1, 2, 1, 2}));
  show("requires grad", torch::ones({2}).requires_grad_());
}
