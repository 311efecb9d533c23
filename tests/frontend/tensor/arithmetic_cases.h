// Elementwise functions: values, dtypes, gradients, in-place forms.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
/// The dtype is part of what is compared.
inline void typed(const Show& show, const std::string& name, const Tensor& tensor) {
  show(name + " " + c10::toString(tensor.scalar_type()), tensor);
}

inline const std::vector<torch::ScalarType> all_types = {
    torch::kFloat, torch::kDouble, torch::kInt, torch::kLong, torch::kByte, torch::kBool};
inline Tensor of_type(torch::ScalarType type, double seed) {
  return (wave({2, 3}, seed) * 4).to(torch::kInt).abs().to(type);
}

inline void unary_cases(const Show& show) {
  using Function = Tensor (*)(const Tensor&);
  struct Case {
    const char* name;
    Function function;
    double scale, shift;
  };
#define CASE(f, scale, shift) Case{#f, [](const Tensor& x) { return torch::f(x); }, scale, shift}
  for (const Case& c :
       {CASE(abs, 1, 0),      CASE(neg, 1, 0),      CASE(sign, 1, 0),       CASE(floor, 3, 0),
        CASE(ceil, 3, 0),     CASE(round, 3, 0),    CASE(trunc, 3, 0),      CASE(square, 1, 0),
        CASE(sqrt, 1, 2),     CASE(rsqrt, 1, 2),    CASE(reciprocal, 1, 2), CASE(exp, 1, 0),
        CASE(exp2, 1, 0),     CASE(expm1, 1, 0),    CASE(log, 1, 2),        CASE(log2, 1, 2),
        CASE(log10, 1, 2),    CASE(log1p, 0.5, 0),  CASE(sin, 3, 0),        CASE(cos, 3, 0),
        CASE(tan, 0.5, 0),    CASE(asin, 0.5, 0),   CASE(acos, 0.5, 0),     CASE(atan, 2, 0),
        CASE(sinh, 1, 0),     CASE(cosh, 1, 0),     CASE(tanh, 1, 0),       CASE(atanh, 0.5, 0),
        CASE(relu, 1, 0),     CASE(sigmoid, 2, 0),  CASE(erf, 1, 0),        CASE(erfc, 1, 0),
        CASE(frac, 3, 0),     CASE(absolute, 1, 0), CASE(negative, 1, 0),   CASE(sgn, 1, 0),
        CASE(arcsin, 0.5, 0), CASE(arccos, 0.5, 0), CASE(arctan, 1, 0)}) {
    Tensor x = (wave({2, 4}, 2) * c.scale + c.shift).requires_grad_();
    with_gradients(show, c.name, {x}, [&] { return c.function(x); });
    typed(show, std::string(c.name) + " of special",
          c.function(torch::tensor({0.0f, -0.0f, INFINITY, -INFINITY, NAN})));
  }
#undef CASE
  for (auto type : all_types) {
    const Tensor x = of_type(type, 3);
    if (type != torch::kBool) {
      typed(show, "neg", -x);
      typed(show, "abs", x.abs());
      typed(show, "sign", x.sign());
      typed(show, "square", x.square());
      typed(show, "relu", x.relu());
      typed(show, "floor", x.floor());
    }
    typed(show, "sqrt", x.sqrt());
    typed(show, "exp", x.exp());
    typed(show, "logical_not", x.logical_not());
    typed(show, "isnan", torch::isnan(x));
    typed(show, "isinf", torch::isinf(x));
    typed(show, "isfinite", torch::isfinite(x));
    if (!x.is_floating_point()) typed(show, "bitwise_not", x.bitwise_not());
  }
  const Tensor special = torch::tensor({0.0f, 1.0f, INFINITY, -INFINITY, NAN});
  typed(show, "isnan", special.isnan());
  typed(show, "isinf", special.isinf());
  typed(show, "isposinf", torch::isposinf(special));
  typed(show, "isneginf", torch::isneginf(special));
  typed(show, "isfinite", special.isfinite());
}

inline void binary_type_cases(const Show& show) {
  using torch::kBool, torch::kByte;
  for (auto a : all_types)
    for (auto b : all_types) {
      const std::string pair = std::string(c10::toString(a)) + " " + c10::toString(b) + " ";
      const Tensor x = of_type(a, 3), y = of_type(b, 5) + (b == kBool ? 0 : 1), zero_dim = y[0][1];
      typed(show, pair + "add", x + y.to(b));
      typed(show, pair + "add 0-dim", x + zero_dim.to(b));
      typed(show, pair + "mul", x * y);
      typed(show, pair + "div", x / y);
      typed(show, pair + "lt", x < y);
      typed(show, pair + "eq", x == y);
      typed(show, pair + "maximum", torch::maximum(x, y));
      typed(show, pair + "where", torch::where(x > 1, x, y));
      if (a != kBool || b != kBool) {
        typed(show, pair + "sub", (a == kBool ? x.to(b) : x) - (b == kBool ? y.to(a) : y));
        typed(show, pair + "floor_divide", torch::floor_divide(x, y.to(kByte) + 1));
        typed(show, pair + "pow", torch::pow(x, y));
      }
      typed(show, pair + "logical_and", torch::logical_and(x, y));
      typed(show, pair + "logical_or", torch::logical_or(x, y));
      typed(show, pair + "logical_xor", torch::logical_xor(x, y));
      if (!x.is_floating_point() && !y.is_floating_point()) {
        typed(show, pair + "and", x & y);
        typed(show, pair + "or", x | y);
        typed(show, pair + "xor", x ^ y);
      }
      show(pair + "result_type", torch::tensor(static_cast<int64_t>(torch::result_type(x, y))));
      show(pair + "result_type of a number",
           torch::tensor(static_cast<int64_t>(torch::result_type(x, 1.5))));
    }
  for (auto type : all_types) {
    const Tensor x = of_type(type, 3);
    typed(show, "plus 1", x + 1);
    typed(show, "plus 1.5", x + 1.5);
    typed(show, "plus true", x + true);
    typed(show, "times 2", 2 * x);
    typed(show, "divided by 2", x / 2);
    if (x.is_floating_point()) typed(show, "2 divided by it and 1", 2 / (x + 1));
    if (type == kBool) continue;
    typed(show, "minus 1", x - 1);
    typed(show, "2 minus it", 2 - x);
    typed(show, "remainder 3", x.remainder(3));
    typed(show, "fmod 3", x.fmod(3));
    typed(show, "squared", x.pow(2));
    typed(show, "2 to it", torch::pow(2, x));
    typed(show, "clamp", x.clamp(1, 3));
    typed(show, "floor_divide 2", x.floor_divide(2));
  }
}

inline void binary_cases(const Show& show) {
  auto both = [&](const std::string& name, const std::function<Tensor(Tensor, Tensor)>& f,
                  double shift = 0) {
    Tensor a = leaf({2, 3}, 1), b = (wave({3}, 4) + shift).requires_grad_(),
           c = (wave({2, 1}, 4) + shift).requires_grad_();
    with_gradients(show, name, {a, b}, [&] { return f(a, b); });
    with_gradients(show, name + " broadcast", {b, c}, [&] { return f(b, c); });
    with_gradients(show, name + " of itself", {a}, [&] { return f(a, a + shift); });
  };
  both("add", [](Tensor a, Tensor b) { return a + b; });
  both("add alpha", [](Tensor a, Tensor b) { return torch::add(a, b, 2.5); });
  both("sub", [](Tensor a, Tensor b) { return a - b; });
  both("sub alpha", [](Tensor a, Tensor b) { return a.sub(b, -0.5); });
  both("rsub", [](Tensor a, Tensor b) { return torch::rsub(a, b, 2); });
  both("mul", [](Tensor a, Tensor b) { return a * b; });
  both("div", [](Tensor a, Tensor b) { return a / b; }, 3);
  both("div floor", [](Tensor a, Tensor b) { return torch::div(a, b, "floor"); }, 3);
  both("div trunc", [](Tensor a, Tensor b) { return a.div(b, "trunc"); }, 3);
  both("remainder", [](Tensor a, Tensor b) { return a.remainder(b); }, 3);
  both("fmod", [](Tensor a, Tensor b) { return torch::fmod(a, b); }, 3);
  both("atan2", [](Tensor a, Tensor b) { return torch::atan2(a, b); }, 3);
  both("pow", [](Tensor a, Tensor b) { return torch::pow(a.abs() + 0.5, b); });
  both("maximum", [](Tensor a, Tensor b) { return torch::maximum(a, b); }, 0.1);
  both("minimum", [](Tensor a, Tensor b) { return a.min(b); }, 0.1);
  both("maximum of equals",
       [](Tensor a, Tensor b) { return torch::maximum(a.round(), b.round()) + 0 * a; });
  both("lerp", [](Tensor a, Tensor b) { return torch::lerp(a, b, 0.3); });
  both("lerp by tensor", [](Tensor a, Tensor b) { return a.lerp(a * 2, b); });
  both("addcmul", [](Tensor a, Tensor b) { return torch::addcmul(a, a, b, 0.5); });
  both("addcdiv", [](Tensor a, Tensor b) { return a.addcdiv(a, b, 0.5); }, 3);
  both("where", [](Tensor a, Tensor b) { return torch::where(a > b, a, b * 2); });
  both("masked_fill", [](Tensor a, Tensor b) { return (a + b).masked_fill(a > 0, 7); });
  both("clamp between tensors",
       [](Tensor a, Tensor b) { return torch::clamp(a, b - 0.5, b + 0.5); });
  Tensor x = leaf({2, 5}, 3);
  with_gradients(show, "clamp", {x}, [&] { return x.clamp(-0.5, 0.75); });
  const Tensor at_bounds = torch::tensor({-1.f, 0.f, 0.5f, 1.f, 2.f}).requires_grad_();
  with_gradients(show, "clamp, at its bounds", {at_bounds}, [&] { return at_bounds.clamp(0, 1); });
  with_gradients(show, "clamp_min, at its bound", {at_bounds},
                 [&] { return at_bounds.clamp_min(0); });
  with_gradients(show, "clamp between tensors, at its bounds", {at_bounds}, [&] {
    return torch::clamp(at_bounds, torch::zeros({}), torch::ones({5}));
  });
  with_gradients(show, "clamp_min", {x}, [&] { return x.clamp_min(0.1); });
  with_gradients(show, "clamp_max", {x}, [&] { return torch::clamp_max(x, 0.1); });
  with_gradients(show, "clip", {x}, [&] { return torch::clip(x, c10::nullopt, 0.1); });
  for (double p : {0.0, 1.0, 2.0, 3.0, -1.0, 0.5, 1.5})
    with_gradients(show, "power of " + std::to_string(p), {x}, [&] { return (x + 2).pow(p); });
  with_gradients(show, "2 to a power", {x}, [&] { return torch::pow(2, x); });
  with_gradients(show, "masked_fill by tensor", {x},
                 [&] { return x.masked_fill(x > 0, torch::tensor(2.5f)); });
  with_gradients(show, "where of numbers", {x}, [&] { return torch::where(x > 0, x, 1.5); });
  typed(show, "where of two numbers", torch::where(x > 0, 1, 2));
  with_gradients(show, "tril", {x}, [&] { return x.tril(1); });
  with_gradients(show, "triu", {x}, [&] { return torch::triu(x, -1); });
  show("integer division",
       torch::tensor({7, -7, 7, -7}).div(torch::tensor({2, 2, -2, -2}), "floor"));
  show("integer division, truncated",
       torch::tensor({7, -7, 7, -7}).div(torch::tensor({2, 2, -2, -2}), "trunc"));
  show("integer remainder", torch::tensor({7, -7, 7, -7}).remainder(torch::tensor({3, 3, -3, -3})));
  show("integer fmod", torch::tensor({7, -7, 7, -7}).fmod(torch::tensor({3, 3, -3, -3})));
  show("integers to powers",
       torch::pow(torch::tensor({0, 1, -1, 2, -2, 3}), torch::tensor({0, 5, 3, 10, 5, 19})));
  show("bytes wrap around",
       torch::tensor({200, 100}, torch::kByte) + torch::tensor({100, 200}, torch::kByte));
}

inline void tensor_in_place_cases(const Show& show) {
  auto in_place = [&](const std::string& name, const std::function<void(Tensor)>& f) {
    Tensor leaf_ = leaf({2, 3}, 1), x = leaf_ * 1;
    f(x);
    with_gradients(show, name, {leaf_}, [&] { return x; });
    Tensor base = leaf({3, 4}, 2), copy = base * 1;
    f(copy.t().slice(0, 1, 3).slice(1, 0, 3));
    with_gradients(show, name + " through a view", {base}, [&] { return copy; });
    Tensor integers = torch::arange(6).reshape({2, 3});
    if (name.find("float") == std::string::npos) f(integers);
    typed(show, name + " of integers", integers);
  };
  const Tensor other = wave({3}, 7), whole = torch::tensor({2, 3, 1});
  in_place("add_", [&](Tensor x) { x.add_(whole, 2); });
  in_place("sub_", [&](Tensor x) { x.sub_(1); });
  in_place("mul_", [&](Tensor x) { x.mul_(whole); });
  in_place("div_ float", [&](Tensor x) { x.div_(other + 3); });
  in_place("div_ floor", [&](Tensor x) { x.div_(whole, "floor"); });
  in_place("+=", [&](Tensor x) { x += whole; });
  in_place("*= float", [&](Tensor x) { x *= other; });
  in_place("pow_", [&](Tensor x) { x.pow_(2); });
  in_place("fill_", [&](Tensor x) { x.fill_(3); });
  in_place("zero_", [&](Tensor x) { x.zero_(); });
  in_place("copy_", [&](Tensor x) { x.copy_(whole); });
  in_place("clamp_", [&](Tensor x) { x.clamp_(0, 1); });
  in_place("relu_", [&](Tensor x) { x.relu_(); });
  in_place("neg_", [&](Tensor x) { x.neg_(); });
  in_place("exp_ float", [&](Tensor x) { x.exp_(); });
  in_place("tanh_ float", [&](Tensor x) { x.tanh_(); });
  in_place("sigmoid_ float", [&](Tensor x) { x.sigmoid_(); });
  in_place("lerp_ float", [&](Tensor x) { x.lerp_(other.expand_as(x), 0.25); });
  in_place("addcmul_ float", [&](Tensor x) { x.addcmul_(other, other, 0.5); });
  in_place("masked_fill_", [&](Tensor x) { x.masked_fill_(x.detach() > 0, 2); });
  in_place("remainder_", [&](Tensor x) { x.remainder_(2); });
}
}  // namespace golden
