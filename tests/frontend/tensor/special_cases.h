// Elementwise functions of two, and of one with numbers: values, gradients, in-place forms.
#pragma once
#include "tests/frontend/tensor/arithmetic_cases.h"

namespace golden {
inline const float nan_ = std::nanf("");

inline void more_unary_cases(const Show& show) {
  using Function = Tensor (*)(const Tensor&);
  struct Case {
    const char* name;
    Function function;
    double scale, shift;
  };
#define CASE(f, scale, shift)                                     \
  Case {                                                          \
    #f, [](const Tensor& x) { return torch::f(x); }, scale, shift \
  }
  for (const Case& c :
       {CASE(asinh, 3, 0), CASE(acosh, 1, 3), CASE(arcsinh, 1, 0), CASE(arccosh, 1, 3),
        CASE(arctanh, 0.5, 0), CASE(fix, 3, 0), CASE(deg2rad, 90, 0), CASE(rad2deg, 2, 0),
        CASE(sinc, 1, 0), CASE(logit, 0.3, 0.5), CASE(erfc, 1, 0), CASE(positive, 1, 0)}) {
    Tensor x = (wave({2, 4}, 2) * c.scale + c.shift).requires_grad_();
    with_gradients(show, c.name, {x}, [&] { return c.function(x) * 1; });
    typed(show, std::string(c.name) + " of special",
          c.function(torch::tensor({0.0f, -0.0f, 1.0f, 1e20f, INFINITY, -INFINITY, NAN})));
  }
#undef CASE
  typed(show, "asinh of integers", torch::arange(3).asinh());
  typed(show, "deg2rad of integers", torch::arange(3).deg2rad());
  typed(show, "signbit", torch::tensor({1.0f, -0.0f, 0.0f, -2.0f}).signbit());
  typed(show, "signbit of integers", torch::tensor({1, -1, 0}).signbit());
  const Tensor odd = torch::tensor({0.5f, nan_, INFINITY, -INFINITY}).requires_grad_();
  with_gradients(show, "nan_to_num", {odd}, [&] { return torch::nan_to_num(odd); });
  with_gradients(show, "nan_to_num to", {odd}, [&] { return odd.nan_to_num(1, 2, 3); });
  show("logit with eps", odd.detach().logit(0.1));
}

inline void more_binary_cases(const Show& show) {
  const Tensor special = torch::tensor({0.0f, -0.0f, 1.0f, -2.0f, INFINITY, -INFINITY, nan_});
  auto both = [&](const std::string& name, const std::function<Tensor(Tensor, Tensor)>& f,
                  double shift = 0) {
    Tensor a = leaf({2, 3}, 1), b = (wave({3}, 4) + shift).requires_grad_();
    with_gradients(show, name, {a, b}, [&] { return f(a, b); });
    typed(show, name + " of special", f(special.unsqueeze(0), special.unsqueeze(1)));
    typed(show, name + " of integers", f(torch::arange(1, 4), torch::tensor({2, 1, 3})));
  };
  both("copysign", [](Tensor a, Tensor b) { return a.copysign(b); });
  both("hypot", [](Tensor a, Tensor b) { return a.is_floating_point() ? torch::hypot(a, b) : a; });
  both("logaddexp",
       [](Tensor a, Tensor b) { return a.is_floating_point() ? torch::logaddexp(a, b) : a; });
  both("xlogy", [](Tensor a, Tensor b) { return torch::xlogy(a, b); }, 3);
  both("fmax", [](Tensor a, Tensor b) { return torch::fmax(a, b); });
  both("fmin", [](Tensor a, Tensor b) { return a.fmin(b); });
  both("ldexp", [](Tensor a, Tensor b) { return a.ldexp(b); });
  both("float_power", [](Tensor a, Tensor b) { return torch::float_power(a.abs() + 1, b); });
  both("arctan2", [](Tensor a, Tensor b) { return a.arctan2(b); });
  both("subtract", [](Tensor a, Tensor b) { return a.subtract(b, 2); });
  both("divide", [](Tensor a, Tensor b) { return a.divide(b); }, 3);
  Tensor x = leaf({2, 3}, 3);
  with_gradients(show, "logaddexp2", {x}, [&] { return torch::logaddexp2(x, x * 2); });
  with_gradients(show, "copysign of a number", {x}, [&] { return x.copysign(-2.0); });
  with_gradients(show, "xlogy by a number", {x}, [&] { return torch::xlogy(x, 2.0); });
  with_gradients(show, "xlogy of a number", {x}, [&] { return torch::xlogy(2.0, x + 2); });
  with_gradients(show, "xlogy of zeros", {x}, [&] { return torch::xlogy(x.relu(), x.relu()); });
  typed(show, "heaviside",
        torch::heaviside(torch::tensor({-1.5f, 0.f, 2.f}), torch::tensor({0.5f})));
  typed(show, "heaviside of integers",
        torch::heaviside(torch::tensor({-1, 0, 2}), torch::tensor(7)));
  const Tensor bits = torch::tensor({1, -5, 7, 0}), by = torch::tensor({3, 1, 0, 62});
  typed(show, "left shift", torch::bitwise_left_shift(bits, by));
  typed(show, "right shift", torch::bitwise_right_shift(bits, by));
  typed(show, "left shift by a number", bits.to(torch::kInt).bitwise_left_shift(2));
  typed(show, "right shift of bytes", torch::tensor({200, 7}, torch::kByte).bitwise_right_shift(1));
}

inline void more_in_place_cases(const Show& show) {
  auto in_place = [&](const std::string& name, const std::function<void(Tensor)>& f) {
    Tensor leaf_ = leaf({2, 3}, 1), x = leaf_ * 1;
    f(x);
    with_gradients(show, name, {leaf_}, [&] { return x; });
    Tensor base = leaf({3, 4}, 2), copy = base * 1;
    f(copy.t().slice(0, 1, 3).slice(1, 0, 3));
    with_gradients(show, name + " through a view", {base}, [&] { return copy; });
  };
  const Tensor other = wave({3}, 7), two = torch::tensor({1, 0}), wide = wave({2, 3}, 8);
  in_place("copysign_", [&](Tensor x) { x.copysign_(other); });
  in_place("hypot_", [&](Tensor x) { x.hypot_(other); });
  in_place("xlogy_", [&](Tensor x) { x.xlogy_(other + 3); });
  in_place("ldexp_", [&](Tensor x) { x.ldexp_(other); });
  in_place("sinc_", [&](Tensor x) { x.sinc_(); });
  in_place("nan_to_num_", [&](Tensor x) { x.nan_to_num_(0.0); });
  in_place("subtract_", [&](Tensor x) { x.subtract_(other, 2); });
  in_place("divide_", [&](Tensor x) { x.divide_(other + 3); });
  in_place("clip_", [&](Tensor x) { x.clip_(-0.5, 0.5); });
  in_place("tril_", [&](Tensor x) { x.tril_(); });
  in_place("triu_", [&](Tensor x) { x.triu_(1); });
  in_place("cumsum_", [&](Tensor x) { x.cumsum_(1); });
  in_place("cumprod_", [&](Tensor x) { x.cumprod_(0); });
  in_place("addmm_", [&](Tensor x) { x.addmm_(wave({2, 2}, 3), wave({2, 3}, 4), 0.5, 2); });
  in_place("addmv_ of a row", [&](Tensor x) { x[0].addmv_(wave({3, 2}, 3), wave({2}, 4)); });
  in_place("addr_", [&](Tensor x) { x.addr_(wave({2}, 4), other, 2, 3); });
  in_place("addbmm_", [&](Tensor x) { x.addbmm_(wave({3, 2, 2}, 3), wave({3, 2, 3}, 4)); });
  in_place("renorm_", [&](Tensor x) { x.renorm_(2, 0, 1); });
  in_place("fill_diagonal_", [&](Tensor x) { x.fill_diagonal_(5); });
  in_place("index_copy_", [&](Tensor x) { x.index_copy_(0, two, wide); });
  in_place("index_fill_", [&](Tensor x) { x.index_fill_(1, torch::tensor({0, 2}), 3); });
  in_place("masked_scatter_", [&](Tensor x) { x.masked_scatter_(x.detach() > 0, wide); });
  in_place("put_", [&](Tensor x) { x.put_(torch::tensor({4, -6}), other.slice(0, 0, 2)); });
  in_place("put_, added", [&](Tensor x) { x.put_(torch::tensor({4, 4, 0}), other, true); });
  typed(show, "scatter_ add",
        wave({2, 3}, 1).scatter_(1, torch::tensor({{0, 0, 2}, {1, 1, 1}}), 2.0, "add"));
  typed(show, "asinh_", wave({2, 3}, 1).asinh_());
  in_place("index_put_ added", [&](Tensor x) {
    x.index_put_({torch::tensor({0, 0, 1})}, other.expand({3, 3}) * 1, true);
  });
}
}  // namespace golden
