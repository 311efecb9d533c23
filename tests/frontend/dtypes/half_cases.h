// f16 and bf16: every result is rounded once, what adds up does so in f32; gradients have the type
// of what they belong to. The compared numbers have a few bits less than those of other tests.
#pragma once
#include "tests/frontend/golden.h"

namespace golden {
/// Shows the dtypes too.
inline void of_halves(const Show& show, const std::string& name, std::vector<Tensor> inputs,
                      const std::function<Tensor()>& function) {
  const Tensor y = function();
  show(name + " " + c10::toString(y.scalar_type()), y);
  (y * wave(y.sizes().vec(), 9).to(y.scalar_type())).sum().backward();
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Tensor grad = inputs[i].grad();
    if (!grad.defined()) continue;
    show(name + ", gradient " + std::to_string(i) + " " + c10::toString(grad.scalar_type()), grad);
    inputs[i].mutable_grad() = Tensor();
  }
}

inline void half_elementwise(const Show& show, torch::ScalarType type) {
  const std::string a = std::string(c10::toString(type)) + " ";
  const auto of = [&](std::vector<int64_t> sizes, double seed, double scale = 1, double shift = 0) {
    return (wave(sizes, seed) * scale + shift).to(type).requires_grad_();
  };
  struct Case {
    const char* name;
    std::function<Tensor(const Tensor&)> function;
    double scale, shift;
  };
#define CASE(f, scale, shift)                                     \
  Case {                                                          \
    #f, [](const Tensor& x) { return torch::f(x); }, scale, shift \
  }
  for (const Case& c : {CASE(neg, 1, 0), CASE(abs, 1, 0), CASE(square, 1, 0), CASE(sqrt, 1, 2),
                        CASE(rsqrt, 1, 2), CASE(reciprocal, 1, 3), CASE(exp, 1, 0),
                        CASE(expm1, 1, 0), CASE(log, 1, 2), CASE(log1p, 0.5, 0), CASE(sin, 2, 0),
                        CASE(cos, 2, 0), CASE(tanh, 1, 0), CASE(sigmoid, 2, 0), CASE(erf, 1, 0),
                        CASE(relu, 1, 0), CASE(floor, 3, 0), CASE(round, 3, 0), CASE(erfc, 1, 0)}) {
    const Tensor x = of({2, 4}, 2, c.scale, c.shift);
    of_halves(show, a + c.name, {x}, [&] { return c.function(x); });
    show(a + c.name + " of special",
         c.function(
             torch::tensor({0.0f, -0.0f, INFINITY, -INFINITY, NAN, 60000.0f, 6e-8f}).to(type)));
  }
#undef CASE
  const Tensor x = of({2, 3}, 1), y = of({3}, 4, 1, 2.5);
  of_halves(show, a + "add", {x, y}, [&] { return x + y; });
  of_halves(show, a + "mul", {x, y}, [&] { return x * y; });
  of_halves(show, a + "div", {x, y}, [&] { return x / y; });
  of_halves(show, a + "remainder", {x}, [&] { return torch::remainder(x, y.detach()); });
  of_halves(show, a + "pow 3", {x}, [&] { return x.pow(3); });
  of_halves(show, a + "maximum", {x, y}, [&] { return torch::maximum(x, y); });
  of_halves(show, a + "times 0.1", {x}, [&] { return x * 0.1; });
  of_halves(show, a + "over 0.3", {x}, [&] { return x / 0.3; });
  of_halves(show, a + "3 less it", {x}, [&] { return 3 - x; });
  of_halves(show, a + "add alpha", {x, y}, [&] { return torch::add(x, y, 0.3); });
  of_halves(show, a + "addcmul", {x, y}, [&] { return torch::addcmul(x, x, y, 0.3); });
  of_halves(show, a + "lerp", {x, y}, [&] { return torch::lerp(x, y.expand({2, 3}), 0.3); });
  of_halves(show, a + "where", {x}, [&] { return torch::where(x > 0.1, x, 2); });
  of_halves(show, a + "with floats", {x}, [&] { return x * wave({2, 3}, 3); });
  show(a + "floor_divide", torch::floor_divide(x.detach(), 0.3));
  show(a + "comparison", x.detach() < y.detach());
  show(a + "too large", torch::full({2}, 60000, type) * 3);
  show(a + "in place", x.detach().clone().mul_(0.3).add_(y.detach(), 2).sub_(1));
  show(a + "linspace", torch::linspace(0, 1, 7, type));
  show(a + "arange", torch::arange(0, 2, 0.3, type));
  show(a + "full", torch::full({2}, 0.1, type));
  show(a + "eye", torch::eye(2, type));
}

inline void half_sums(const Show& show, torch::ScalarType type) {
  const std::string a = std::string(c10::toString(type)) + " ";
  const Tensor x = (wave({3, 40}, 1) + 0.5).to(type).requires_grad_();
  of_halves(show, a + "sum", {x}, [&] { return x.sum(); });
  of_halves(show, a + "sum over dims", {x}, [&] { return x.sum(1, true); });
  of_halves(show, a + "sum to float", {x}, [&] { return x.sum(0, false, torch::kFloat); });
  of_halves(show, a + "mean", {x}, [&] { return x.mean(); });
  of_halves(show, a + "mean over dims", {x}, [&] { return x.mean({0, 1}); });
  of_halves(show, a + "amax", {x}, [&] { return x.amax(1); });
  of_halves(show, a + "max", {x}, [&] { return std::get<0>(x.max(1)); });
  of_halves(show, a + "var", {x}, [&] { return x.var(1); });
  of_halves(show, a + "std", {x}, [&] { return x.std(); });
  of_halves(show, a + "norm", {x}, [&] { return x.norm(); });
  of_halves(show, a + "softmax", {x}, [&] { return x.softmax(1); });
  of_halves(show, a + "log_softmax", {x}, [&] { return x.log_softmax(0); });
  of_halves(show, a + "logsumexp", {x}, [&] { return torch::logsumexp(x, 1); });
  show(a + "argmax", x.detach().argmax(1));
  show(a + "sum of many", torch::full({3000}, 0.25, type).sum());
  show(a + "mean of large", torch::full({3000}, 50, type).mean());
  const Tensor m = (wave({4, 30}, 2) * 0.3).to(type).requires_grad_(),
               n = (wave({30, 5}, 3) * 0.3).to(type).requires_grad_(),
               b = wave({5}, 4).to(type).requires_grad_();
  of_halves(show, a + "matmul", {m, n}, [&] { return m.matmul(n); });
  of_halves(show, a + "addmm", {b, m, n}, [&] { return torch::addmm(b, m, n); });
  of_halves(show, a + "mv", {m}, [&] { return m.mv(n.detach().select(1, 0)); });
  const Tensor image = (wave({2, 3, 6, 6}, 5) * 0.3).to(type).requires_grad_(),
               kernel = (wave({4, 3, 3, 3}, 6) * 0.3).to(type).requires_grad_();
  of_halves(show, a + "conv2d", {image, kernel},
            [&] { return torch::conv2d(image, kernel, {}, 2, 1); });
  of_halves(show, a + "max_pool2d", {image}, [&] { return torch::max_pool2d(image, 2); });
  of_halves(show, a + "avg_pool2d", {image}, [&] { return torch::avg_pool2d(image, 2); });
  const Tensor index = torch::tensor({0, 2, 2, 1, 2});
  of_halves(show, a + "index_select", {x}, [&] { return x.index_select(0, index); });
  of_halves(show, a + "index_add", {b},
            [&] { return torch::zeros({3}, type).index_add(0, index, b); });
}

inline void half_casts(const Show& show) {
  const Tensor all = torch::tensor(
      {0.0,       -0.0,          1.0,          -2.5,   65504.0, 65519.0, 65520.0, 1e5,
       1e30,      1e39,          6.1e-5,       3e-5,   5.96e-8, 2.98e-8, 1e-8,    0.1,
       0.3333333, 1.00048828125, 1.0009765625, 2049.0, 2051.0,  257.0,   259.0,   -1e30},
      torch::kDouble);
  for (auto type : {torch::kHalf, torch::kBFloat16}) {
    const std::string a = std::string("to ") + c10::toString(type) + " from ";
    show(a + "double", all.to(type));
    show(a + "float", all.to(torch::kFloat).to(type));
    show(a + "half", all.to(torch::kHalf).to(type));
    show(a + "bfloat16", all.to(torch::kBFloat16).to(type));
    show(a + "long",
         torch::tensor({0, 1, -3, 2049, 65519, 65520, 1 << 24, (1 << 24) + 1, -70000}).to(type));
    show(a + "byte", torch::arange(0, 256, 15, torch::kByte).to(type));
    show(a + "bool", torch::tensor({true, false}).to(type));
  }
  const Tensor x = torch::tensor({1.5f, -2.25f}).requires_grad_();
  of_halves(show, "through a cast", {x}, [&] { return x.to(torch::kBFloat16) * 3; });
}

inline void half_cases(const Show& show) {
  half_casts(show);
  for (auto type : {torch::kHalf, torch::kBFloat16}) {
    half_elementwise(show, type);
    half_sums(show, type);
  }
}
}  // namespace golden
