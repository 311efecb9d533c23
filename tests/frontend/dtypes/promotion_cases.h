// Which dtype comes out: all pairs of types, as tensors, 0-dim tensors and numbers.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
inline const std::vector<torch::ScalarType> all_types = {
    torch::kByte, torch::kChar,  torch::kShort,  torch::kInt,  torch::kLong,
    torch::kHalf, torch::kFloat, torch::kDouble, torch::kBool, torch::kBFloat16};

inline double number_of(torch::ScalarType type) { return static_cast<double>(type); }

/// Shows f(b) for all types b.
inline void for_all(const Show& show, const std::string& name,
                    const std::function<double(torch::ScalarType)>& f) {
  std::vector<double> values;
  for (auto b : all_types) values.push_back(f(b));
  show(name, torch::tensor(values, torch::kDouble));
}
/// The dtype of what f gives; -1 where it throws.
inline double type_of(const std::function<Tensor()>& f) {
  try {
    return number_of(f().scalar_type());
  } catch (const c10::Error&) {
    return -1;
  }
}

inline void promoted_tensors(const Show& show, const std::string& a, const Tensor& x,
                             const Tensor& x0) {
  using torch::ScalarType;
  const auto tensor = [](ScalarType b) { return torch::ones({2}, b); };
  const auto zero_dim = [](ScalarType b) { return torch::ones({}, b); };
  for_all(show, a + ", result_type",
          [&](ScalarType b) { return number_of(torch::result_type(x, tensor(b))); });
  for_all(show, a + ", result_type 0-dim",
          [&](ScalarType b) { return number_of(torch::result_type(x, zero_dim(b))); });
  for_all(show, a + " 0-dim, result_type 0-dim",
          [&](ScalarType b) { return number_of(torch::result_type(x0, zero_dim(b))); });
  using Function = std::function<Tensor(const Tensor&, const Tensor&)>;
  const std::vector<std::pair<std::string, Function>> functions = {
      {"add", [](const Tensor& p, const Tensor& q) { return p + q; }},
      {"sub", [](const Tensor& p, const Tensor& q) { return p - q; }},
      {"mul", [](const Tensor& p, const Tensor& q) { return p * q; }},
      {"div", [](const Tensor& p, const Tensor& q) { return p / q; }},
      {"floor_divide", [](const Tensor& p, const Tensor& q) { return torch::floor_divide(p, q); }},
      {"div trunc", [](const Tensor& p, const Tensor& q) { return torch::div(p, q, "trunc"); }},
      {"remainder", [](const Tensor& p, const Tensor& q) { return torch::remainder(p, q); }},
      {"fmod", [](const Tensor& p, const Tensor& q) { return torch::fmod(p, q); }},
      {"pow", [](const Tensor& p, const Tensor& q) { return torch::pow(p, q); }},
      {"maximum", [](const Tensor& p, const Tensor& q) { return torch::maximum(p, q); }},
      {"atan2", [](const Tensor& p, const Tensor& q) { return torch::atan2(p, q); }},
      {"eq", [](const Tensor& p, const Tensor& q) { return p == q; }},
      {"and", [](const Tensor& p, const Tensor& q) { return p & q; }},
      {"shift", [](const Tensor& p, const Tensor& q) { return torch::bitwise_left_shift(p, q); }},
      {"where", [](const Tensor& p, const Tensor& q) { return torch::where(p != 0, p, q); }},
      {"cat", [](const Tensor& p,
                 const Tensor& q) { return torch::cat({p.reshape({-1}), q.reshape({-1})}); }},
      {"add_", [](const Tensor& p, const Tensor& q) { return p.clone().add_(q); }},
      {"mul_", [](const Tensor& p, const Tensor& q) { return p.clone().mul_(q); }},
      {"div_", [](const Tensor& p, const Tensor& q) { return p.clone().div_(q); }},
  };
  for (const auto& [name, f] : functions) {
    for_all(show, a + " " + name,
            [&](ScalarType b) { return type_of([&] { return f(x, tensor(b)); }); });
    for_all(show, a + " " + name + " 0-dim",
            [&](ScalarType b) { return type_of([&] { return f(x, zero_dim(b)); }); });
    if (name.back() == '_') continue;
    for_all(show, a + " 0-dim " + name,
            [&](ScalarType b) { return type_of([&] { return f(x0, tensor(b)); }); });
  }
}

inline void promoted_numbers(const Show& show, const std::string& a, const Tensor& x) {
  using torch::Scalar;
  const std::vector<Scalar> numbers = {true, 2, 1.5};
  using Function = std::function<Tensor(const Scalar&)>;
  const std::vector<std::pair<std::string, Function>> functions = {
      {"add", [&](const Scalar& s) { return x + s; }},
      {"sub", [&](const Scalar& s) { return x - s; }},
      {"mul", [&](const Scalar& s) { return x * s; }},
      {"from the left", [&](const Scalar& s) { return s * x; }},
      {"div", [&](const Scalar& s) { return x / s; }},
      {"floor_divide", [&](const Scalar& s) { return x.floor_divide(s); }},
      {"remainder", [&](const Scalar& s) { return x.remainder(s); }},
      {"pow", [&](const Scalar& s) { return x.pow(s); }},
      {"of it", [&](const Scalar& s) { return torch::pow(s, x); }},
      {"lt", [&](const Scalar& s) { return x < s; }},
      {"and", [&](const Scalar& s) { return x & s; }},
      {"shift", [&](const Scalar& s) { return torch::bitwise_right_shift(x, s); }},
      {"clamp", [&](const Scalar& s) { return x.clamp(s); }},
      {"where", [&](const Scalar& s) { return torch::where(x != 0, x, s); }},
      {"result_type", [&](const Scalar& s) { return torch::ones({}, torch::result_type(x, s)); }},
      {"add_", [&](const Scalar& s) { return x.clone().add_(s); }},
      {"mul_", [&](const Scalar& s) { return x.clone().mul_(s); }},
      {"fill_", [&](const Scalar& s) { return x.clone().fill_(s); }},
  };
  for (const auto& [name, f] : functions) {
    std::vector<double> types;
    for (const Scalar& s : numbers) types.push_back(type_of([&] { return f(s); }));
    show(a + " " + name + " true, 2, 1.5", torch::tensor(types, torch::kDouble));
  }
}

inline void promoted_alone(const Show& show) {
  using torch::ScalarType;
  const auto of = [&](const std::string& name, const std::function<Tensor(const Tensor&)>& f) {
    for_all(show, name,
            [&](ScalarType b) { return type_of([&] { return f(torch::ones({2}, b)); }); });
  };
#define CASE(f) of(#f, [](const Tensor& x) { return torch::f(x); })
  CASE(neg), CASE(abs), CASE(sign), CASE(square), CASE(sqrt), CASE(exp), CASE(sin), CASE(tanh);
  CASE(sigmoid), CASE(erf), CASE(floor), CASE(round), CASE(trunc), CASE(ceil), CASE(frac);
  CASE(relu), CASE(reciprocal), CASE(bitwise_not), CASE(logical_not), CASE(isnan), CASE(isfinite);
  CASE(sum), CASE(prod), CASE(mean), CASE(max), CASE(min), CASE(argmax), CASE(any), CASE(all);
  CASE(var), CASE(std), CASE(norm), CASE(count_nonzero);
#undef CASE
  of("softmax", [](const Tensor& x) { return x.softmax(0); });
  of("log_softmax", [](const Tensor& x) { return x.log_softmax(0); });
  of("logsumexp", [](const Tensor& x) { return torch::logsumexp(x, 0); });
  of("amax", [](const Tensor& x) { return x.amax(0); });
  of("sum to float", [](const Tensor& x) { return x.sum(torch::kFloat); });
  of("sum to half", [](const Tensor& x) { return x.sum(torch::kHalf); });
  of("mean to half", [](const Tensor& x) { return x.mean(torch::kHalf); });
  of("matmul", [](const Tensor& x) { return x.reshape({2, 1}).matmul(x.reshape({1, 2})); });
  of("dot", [](const Tensor& x) { return x.dot(x); });
  of("rand_like", [](const Tensor& x) { return torch::rand_like(x); });
  of("randn_like", [](const Tensor& x) { return torch::randn_like(x); });
  of("requires_grad", [](const Tensor& x) { return x.clone().requires_grad_(); });
}

inline void promotion_cases(const Show& show) {
  using torch::ScalarType;
  for (auto type : all_types) {
    const std::string a = c10::toString(type);
    for_all(show, a + ", promote_types",
            [&](ScalarType b) { return number_of(torch::promote_types(type, b)); });
    for_all(show, a + ", can_cast",
            [&](ScalarType b) { return static_cast<double>(torch::can_cast(type, b)); });
    const Tensor x = torch::ones({2}, type), x0 = torch::ones({}, type);
    promoted_tensors(show, a, x, x0);
    promoted_numbers(show, a, x);
    promoted_numbers(show, a + " 0-dim", x0);
  }
  promoted_alone(show);
  for (auto standard : {torch::kDouble, torch::kHalf, torch::kBFloat16}) {
    torch::set_default_dtype(c10::scalarTypeToTypeMeta(standard));
    const std::string with = std::string(" by default ") + c10::toString(standard);
    for_all(show, "plus 1.5" + with,
            [&](ScalarType b) { return type_of([&] { return torch::ones({2}, b) + 1.5; }); });
    for_all(show, "exp" + with,
            [&](ScalarType b) { return type_of([&] { return torch::ones({2}, b).exp(); }); });
    for_all(show, "div" + with, [&](ScalarType b) {
      return type_of([&] { return torch::ones({2}, b) / torch::ones({2}, b); });
    });
    show("1.5" + with,
         torch::tensor({type_of([] { return torch::tensor({1.5}); })}, torch::kDouble));
    torch::set_default_dtype(c10::scalarTypeToTypeMeta(torch::kFloat));
  }
  const std::vector<double> made = {
      type_of([] { return torch::tensor({int8_t(1)}); }),
      type_of([] { return torch::tensor(int16_t(1)); }),
      type_of([] { return torch::tensor({uint8_t(1)}); }),
      type_of([] { return torch::tensor({1}); }),
      type_of([] { return torch::tensor(c10::Half(1)); }),
      type_of([] { return torch::tensor({c10::BFloat16(1), c10::BFloat16(2)}); }),
      type_of([] { return torch::tensor({1.5f}); }),
      type_of([] { return torch::tensor({true}); })};
  show("tensor of C++ types", torch::tensor(made, torch::kDouble));
}
}  // namespace golden
