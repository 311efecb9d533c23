// Arithmetic of integers: it wraps around, divisions round as they are told to, casts from floating
// types cut off.
#pragma once
#include "tests/frontend/dtypes/promotion_cases.h"

namespace golden {
inline void typed(const Show& show, const std::string& name, const Tensor& tensor) {
  show(name + " " + c10::toString(tensor.scalar_type()), tensor);
}

/// The ends of the type, and numbers about zero; unsigned ones wrap.
inline Tensor numbers_of(torch::ScalarType type) {
  const int64_t bits = 8 * static_cast<int64_t>(c10::elementSize(type)) - (type != torch::kByte);
  const int64_t most = bits >= 53 ? (int64_t(1) << 53) : (int64_t(1) << bits) - 1;
  const int64_t least = type == torch::kByte ? 0 : bits >= 53 ? -most : -most - 1;
  return torch::tensor({least, least + 1, int64_t(-7), int64_t(-2), int64_t(-1), int64_t(0),
                        int64_t(1), int64_t(2), int64_t(5), int64_t(100), most - 1, most},
                       torch::kLong)
      .to(type);
}

inline void integer_cases(const Show& show) {
  for (auto type : {torch::kByte, torch::kChar, torch::kShort, torch::kInt, torch::kLong}) {
    const std::string a = std::string(c10::toString(type)) + " ";
    const Tensor x = numbers_of(type), column = x.reshape({-1, 1});
    const Tensor y = torch::tensor({1, 2, 3, 7, 100}, torch::kLong).to(type);
    const Tensor signs = type == torch::kByte ? y : torch::cat({y, -y});
    const bool wide = type == torch::kLong;  // beyond doubles
    typed(show, a + "add", column + y);
    typed(show, a + "sub", column - y);
    if (!wide) typed(show, a + "mul", column * x);
    typed(show, a + "neg", -x);
    if (!wide) typed(show, a + "square", x.square());
    typed(show, a + "abs", x.abs());
    typed(show, a + "sign", x.sign());
    typed(show, a + "floor_divide", torch::floor_divide(column, signs));
    typed(show, a + "div floor", torch::div(column, signs, "floor"));
    // (The smallest by -1 ends libtorch's process.)
    if (!wide) typed(show, a + "div trunc", torch::div(column.slice(0, 1), signs, "trunc"));
    typed(show, a + "remainder", torch::remainder(column, signs));
    typed(show, a + "fmod", torch::fmod(column.slice(0, 1), signs));
    typed(show, a + "remainder 3", x.remainder(3));
    typed(show, a + "div", column / signs);
    typed(show, a + "and", column & y);
    typed(show, a + "xor", column ^ y);
    typed(show, a + "not", x.bitwise_not());
    const Tensor places =
        torch::tensor({0, 1, 2, 7, 8, 15, 16, 31, 32, 63, 64, 100}, torch::kLong).to(type);
    if (!wide) typed(show, a + "left shift", torch::bitwise_left_shift(column, places));
    typed(show, a + "right shift", torch::bitwise_right_shift(column, places));
    typed(show, a + "left shift by 3", (x / 64).to(type).__lshift__(3));
    typed(show, a + "2 shifted", torch::bitwise_left_shift(2, y.clamp(0, 5)));
    if (!wide) typed(show, a + "pow 3", x.pow(3));
    typed(show, a + "pow",
          torch::pow(y.clamp(0, 9).reshape({-1, 1}), torch::tensor({0, 1, 2, 5}).to(type)));
    typed(show, a + "plus 300", x + 300);
    typed(show, a + "less than 300", x < 100);
    typed(show, a + "clamp", x.clamp(-1, 2));
    typed(show, a + "max", x.max());
    typed(show, a + "argmin", x.argmin());
    typed(show, a + "sum", y.sum());
    typed(show, a + "prod", y.slice(0, 0, 4).prod());
    typed(show, a + "sum in itself", y.sum(type));
    const Tensor m = torch::arange(12).reshape({3, 4}).to(type) * 9;
    if (!wide) typed(show, a + "matmul", m.matmul(m.t()));
    typed(show, a + "mv", m.mv(torch::arange(4).to(type)));
    typed(show, a + "max_pool", torch::max_pool2d(m.reshape({1, 1, 3, 4}), 2));
    typed(show, a + "arange", torch::arange(0, 10, 3, type));
    typed(show, a + "gather", x.index_select(0, torch::tensor({0, 11, 3})));
    typed(show, a + "index_add",
          torch::zeros({3}, type).index_add(0, torch::tensor({0, 1, 1, 2, 1}), y * 2));
    for (auto to : all_types) typed(show, a + "to", x.to(to).to(torch::kDouble));
  }
  const Tensor floats = torch::tensor({0.0, -0.9, 0.9, 1.5, -1.5, 100.7, -100.7, 127.9, 200.5,
                                       255.9, 300.0, -129.5, 32767.9, 40000.5, -40000.5, 70000.25});
  for (auto from : {torch::kHalf, torch::kBFloat16, torch::kFloat, torch::kDouble}) {
    for (auto to : all_types)
      typed(show, std::string(c10::toString(from)) + " to", floats.to(from).to(to));
  }
}
}  // namespace golden
