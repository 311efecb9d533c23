// Activations where numbers end: nan, infinities, zeros of both signs, thresholds, the largest and
// the smallest numbers of each element type; as functions, in place and as modules.
#pragma once
#include "tests/frontend/functional/activation_cases.h"

namespace golden {
struct Activation {
  std::string name;
  Function function, in_place, module;  // of the last two what there is
  bool halves = true;                   // libtorch has it for Half and BFloat16
  // How far out libtorch has numbers: some of its kernels overflow, or have nan where there is a
  // limit, which stands here.
  enum { everywhere, finite, middle } extent = everywhere;
};

/// The largest number of a type, its smallest with all digits, its smallest.
struct Ends {
  torch::ScalarType type;
  double largest, normal, smallest;
};
inline std::vector<Ends> all_ends() {
  return {{torch::kDouble, 0x1.fffffffffffffp1023, 0x1p-1022, 0x1p-1074},
          {torch::kFloat, 0x1.fffffep127, 0x1p-126, 0x1p-149},
          {torch::kHalf, 65504, 0x1p-14, 0x1p-24},
          {torch::kBFloat16, 0x1.fep127, 0x1p-126, 0x1p-133}};
}

/// A value of a function and its gradient.
struct Answer {
  Tensor value, gradient;
};
inline Answer answer(const Function& f, const Tensor& numbers) {
  Tensor x = numbers.clone().requires_grad_();
  const Tensor y = f(x);
  y.backward(wave(y.sizes().vec(), 9).to(y.scalar_type()));
  return {y.detach().to(torch::kDouble), x.grad().to(torch::kDouble)};
}
inline double same(const Tensor& a, const Tensor& b) {
  return torch::allclose(a, b, 2e-2, 1e-2, /*equal_nan=*/true);
}

inline void at_ends(const Show& show, const Activation& a, const Ends& ends) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::nan("");
  const auto of_type = [&](const std::vector<double>& values) {
    return torch::tensor(values, torch::kDouble).to(ends.type);
  };
  const std::string name = a.name + " of " + c10::toString(ends.type);
  const Tensor special = a.extent == Activation::everywhere ? of_type({nan, -inf, inf, -0.0, 0.0})
                                                            : of_type({nan, -0.0, 0.0}),
               kinks = of_type({-6, -3, -2, -1, -0.5, 0.5, 1, 2, 3, 6, 20}),
               sizes = of_type({-ends.largest, ends.largest, -ends.normal, ends.normal,
                                -ends.smallest, ends.smallest});
  for (const auto& [where, numbers] :
       {std::make_pair(", special", special), {" at kinks", kinks}}) {
    const Answer y = answer(a.function, numbers);
    show(name + where, y.value);
    show(name + where + ", gradient", y.gradient);
  }
  if (a.extent != Activation::middle) {
    // As multiples of the argument, so that a line compares the smallest too.
    const Answer y = answer(a.function, sizes);
    const Tensor multiple = y.value / sizes.to(torch::kDouble).abs();
    show(name + " at the ends", torch::where(multiple.abs() < 1e-300, 0.0, multiple));
    show(name + " at the ends, gradient", y.gradient);
  }
  for (const Tensor& numbers : {special, kinks, sizes}) {
    const Answer expected = answer(a.function, numbers);
    const auto agrees = [&](const char* what, const Function& f) {
      if (!f) return;
      const Answer got = answer(f, numbers);
      show(name + what,
           torch::tensor({same(got.value, expected.value), same(got.gradient, expected.gradient)}));
    };
    agrees(" in place", a.in_place ? [&](Tensor x) { return a.in_place(x.clone()); } : Function());
    agrees(" as a module", a.module);
  }
}

inline std::vector<Activation> smooth_activations() {
  namespace nn = torch::nn;
  return {
      {"elu", [](Tensor x) { return torch::elu(x, 1.5); },
       [](Tensor x) { return torch::elu_(x, 1.5); },
       [](Tensor x) { return nn::ELU(nn::ELUOptions().alpha(1.5))(x); }},
      {"elu of negative alpha", [](Tensor x) { return torch::elu(x, -0.5); }, {}, {}},
      {"celu", [](Tensor x) { return torch::celu(x, 1.5); },
       [](Tensor x) { return torch::celu_(x, 1.5); },
       [](Tensor x) { return nn::CELU(nn::CELUOptions().alpha(1.5))(x); }},
      {"selu", [](Tensor x) { return torch::selu(x); }, [](Tensor x) { return torch::selu_(x); },
       [](Tensor x) { return nn::SELU()(x); }},
      {"gelu", [](Tensor x) { return torch::gelu(x); }, [](Tensor x) { return torch::gelu_(x); },
       [](Tensor x) { return nn::GELU()(x); }, true, Activation::middle},
      {"gelu by tanh", [](Tensor x) { return torch::gelu(x, "tanh"); },
       [](Tensor x) { return torch::gelu_(x, "tanh"); },
       [](Tensor x) { return nn::GELU(nn::GELUOptions().approximate("tanh"))(x); }, true,
       Activation::middle},
      {"silu", [](Tensor x) { return torch::silu(x); }, [](Tensor x) { return torch::silu_(x); },
       [](Tensor x) { return nn::SiLU()(x); }, true, Activation::finite},
      {"mish", [](Tensor x) { return torch::mish(x); }, [](Tensor x) { return torch::mish_(x); },
       [](Tensor x) { return nn::Mish()(x); }, true, Activation::finite},
      {"softplus",
       [](Tensor x) { return torch::softplus(x); },
       {},
       [](Tensor x) { return nn::Softplus()(x); }},
      {"softplus of threshold",
       [](Tensor x) { return torch::softplus(x, 2, 2); },
       {},
       [](Tensor x) { return nn::Softplus(nn::SoftplusOptions().beta(2).threshold(2))(x); }},
      {"softsign",
       [](Tensor x) { return F::softsign(x); },
       {},
       [](Tensor x) { return nn::Softsign()(x); }},
      {"tanhshrink",
       [](Tensor x) { return F::tanhshrink(x); },
       {},
       [](Tensor x) { return nn::Tanhshrink()(x); }},
      {"logsigmoid",
       [](Tensor x) { return F::logsigmoid(x); },
       {},
       [](Tensor x) { return nn::LogSigmoid()(x); }},
      {"sigmoid", [](Tensor x) { return torch::sigmoid(x); },
       [](Tensor x) { return torch::sigmoid_(x); }, [](Tensor x) { return nn::Sigmoid()(x); }},
      {"tanh", [](Tensor x) { return torch::tanh(x); }, [](Tensor x) { return torch::tanh_(x); },
       [](Tensor x) { return nn::Tanh()(x); }},
  };
}

inline std::vector<Activation> piecewise_activations() {
  namespace nn = torch::nn;
  return {
      {"relu", [](Tensor x) { return torch::relu(x); }, [](Tensor x) { return torch::relu_(x); },
       [](Tensor x) { return nn::ReLU()(x); }},
      {"relu6", [](Tensor x) { return F::relu6(x); }, [](Tensor x) { return F::relu6(x, true); },
       [](Tensor x) { return nn::ReLU6()(x); }},
      {"leaky_relu", [](Tensor x) { return torch::leaky_relu(x, 0.25); },
       [](Tensor x) { return torch::leaky_relu_(x, 0.25); },
       [](Tensor x) { return nn::LeakyReLU(nn::LeakyReLUOptions().negative_slope(0.25))(x); }},
      {"leaky_relu of slope 0",
       [](Tensor x) { return torch::leaky_relu(x, 0); },
       [](Tensor x) { return torch::leaky_relu_(x, 0); },
       {}},
      {"rrelu",
       [](Tensor x) { return torch::rrelu(x, 0.25, 0.25); },
       [](Tensor x) { return torch::rrelu_(x, 0.25, 0.25); },
       {}},
      {"rrelu in training",
       [](Tensor x) { return torch::rrelu(x, 0.25, 0.25, true); },
       [](Tensor x) { return torch::rrelu_(x, 0.25, 0.25, true); },
       {},
       false},
      {"prelu",
       [](Tensor x) { return torch::prelu(x, torch::full({1}, 0.25, x.scalar_type())); },
       {},
       {}},
      {"hardtanh", [](Tensor x) { return torch::hardtanh(x, -2, 3); },
       [](Tensor x) { return torch::hardtanh_(x, -2, 3); },
       [](Tensor x) { return nn::Hardtanh(nn::HardtanhOptions().min_val(-2).max_val(3))(x); }},
      {"hardsigmoid",
       [](Tensor x) { return torch::hardsigmoid(x); },
       [](Tensor x) { return torch::hardsigmoid_(x); },
       {}},
      {"hardswish",
       [](Tensor x) { return torch::hardswish(x); },
       [](Tensor x) { return torch::hardswish_(x); },
       {},
       true,
       Activation::middle},
      {"hardshrink",
       [](Tensor x) { return torch::hardshrink(x, 0.5); },
       {},
       [](Tensor x) { return nn::Hardshrink(0.5)(x); }},
      {"softshrink",
       [](Tensor x) { return torch::softshrink(x, 0.5); },
       {},
       [](Tensor x) { return nn::Softshrink(0.5)(x); }},
      {"threshold", [](Tensor x) { return torch::threshold(x, 0.5, 7); },
       [](Tensor x) { return torch::threshold_(x, 0.5, 7); },
       [](Tensor x) { return nn::Threshold(0.5, 7)(x); }},
      {"clamp",
       [](Tensor x) { return torch::clamp(x, -2, 3); },
       [](Tensor x) { return x.clamp_(-2, 3); },
       {}},
  };
}

// Of several numbers at once.
inline void vector_ends(const Show& show, torch::ScalarType type) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::nan("");
  const Tensor rows = torch::tensor({{nan, 1.0, 2.0},
                                     {inf, 1.0, 2.0},
                                     {-inf, 1.0, 2.0},
                                     {-inf, -inf, -inf},
                                     {-0.0, 0.0, -0.0},
                                     {6e4, -6e4, 6e4}},
                                    torch::kDouble)
                          .to(type);
  const std::string of = std::string(" of ") + c10::toString(type);
  const auto both = [&](const std::string& name, const Function& f, const Tensor& x) {
    const Answer y = answer(f, x);
    show(name + of + ", special", y.value);
    show(name + of + ", special, gradient", y.gradient);
  };
  both("softmax", [](Tensor x) { return F::softmax(x, 1); }, rows);
  both("softmin", [](Tensor x) { return F::softmin(x, 1); }, rows);
  both("log_softmax", [](Tensor x) { return F::log_softmax(x, 1); }, rows);
  both("glu", [](Tensor x) { return F::glu(x, 0); }, rows);
}

/// Of the element types of up to two bytes, or of the others.
inline void ends_of(const Show& show, bool halves) {
  for (const Ends& ends : all_ends()) {
    if ((torch::elementSize(ends.type) <= 2) != halves) continue;
    for (const auto& list : {smooth_activations(), piecewise_activations()})
      for (const Activation& a : list)
        if (a.halves || !halves) at_ends(show, a, ends);
    vector_ends(show, ends.type);
  }
}
inline void end_cases(const Show& show) { ends_of(show, false); }
inline void half_end_cases(const Show& show) { ends_of(show, true); }
}  // namespace golden
