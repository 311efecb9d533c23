/// Functions with a backward of the program's own.
#pragma once
#include "tests/frontend/autograd/says.h"

namespace golden {
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

struct Scaled : Function<Scaled> {
  static Tensor forward(AutogradContext* ctx, Tensor a, double by, Tensor b) {
    ctx->saved_data["by"] = by;
    ctx->save_for_backward({a, b});
    return a * by + a * b;
  }
  static variable_list backward(AutogradContext* ctx, variable_list dy) {
    auto saved = ctx->get_saved_variables();
    const double by = ctx->saved_data["by"].toDouble();
    return {dy[0] * (by + saved[1]), Tensor(), dy[0] * saved[0]};
  }
};
// Saves its own result, as exp does.
struct Exp : Function<Exp> {
  static Tensor forward(AutogradContext* ctx, Tensor x) {
    Tensor y = x.exp();
    ctx->save_for_backward({y});
    return y;
  }
  static variable_list backward(AutogradContext* ctx, variable_list dy) {
    return {dy[0] * ctx->get_saved_variables()[0]};
  }
};
// Looks at values on the way.
struct Clipped : Function<Clipped> {
  static Tensor forward(AutogradContext*, Tensor x) { return x.max().item<float>() > 1 ? x / 2 : x * 1; }
  static variable_list backward(AutogradContext*, variable_list dy) {
    const float norm = dy[0].norm().item<float>();
    return {norm > 1 ? dy[0] / norm : dy[0]};
  }
};
struct Same : Function<Same> {
  static Tensor forward(AutogradContext*, Tensor x) { return x; }
  static variable_list backward(AutogradContext*, variable_list dy) { return {dy[0] * 2}; }
};
struct Doubled : Function<Doubled> {
  static Tensor forward(AutogradContext* ctx, Tensor x) {
    x.mul_(2);
    ctx->mark_dirty({x});
    return x;
  }
  static variable_list backward(AutogradContext*, variable_list dy) { return {dy[0] * 2}; }
};
struct Parts : Function<Parts> {
  static variable_list forward(AutogradContext* ctx, torch::TensorList list, bool flip) {
    ctx->saved_data["flip"] = flip;
    ctx->saved_data["sizes"] = list[0].sizes().vec();
    Tensor sum = list[0] + list[1], mask = list[0] > 0;
    ctx->mark_non_differentiable({mask});
    return {flip ? list[1] * 3 : list[0] * 2, sum, mask};
  }
  static variable_list backward(AutogradContext* ctx, variable_list dy) {
    const bool flip = ctx->saved_data["flip"].toBool();
    says("sizes", std::to_string(ctx->saved_data["sizes"].toIntVector().size()));
    says("wanted", std::to_string(ctx->needs_input_grad(0)) + std::to_string(ctx->needs_input_grad(1)));
    Tensor a = flip ? dy[1] : dy[0] * 2 + dy[1], b = flip ? dy[0] * 3 + dy[1] : dy[1];
    return {a, b, Tensor()};
  }
};
struct Nothing : Function<Nothing> {
  static Tensor forward(AutogradContext* ctx, Tensor x, bool materialize) {
    ctx->set_materialize_grads(materialize);
    return x * 2;
  }
  static variable_list backward(AutogradContext*, variable_list dy) {
    says("got", std::to_string(dy[0].defined()));
    return {Tensor(), Tensor()};
  }
};

inline void functions() {
  program("what is marked as changed has another version", [] {
    Tensor x = leaf({2}, 1).clone(), plain = wave({2}, 2);
    says("version", std::to_string(Doubled::apply(x)._version()));
    says("version without grad", std::to_string(Doubled::apply(plain)._version()));
  });
  program("function", [] {
    Tensor a = leaf({2, 3}, 1), b = leaf({2, 3}, 2), y = Scaled::apply(a, 2.5, b);
    says("name", y.grad_fn()->name());
    says("leaf", std::to_string(y.is_leaf()) + std::to_string(y.requires_grad()));
    see("y", y);
    (y * y).sum().backward();
    see("a", a.grad());
    see("b", b.grad());
  });
  program("function of computed values, twice", [] {
    Tensor x = leaf({3}, 1), h = x.sin(), y = Scaled::apply(h, 2., h * 2), z = Scaled::apply(y, -1., x);
    z.sum().backward();
    see("x", x.grad());
  });
  program("double backward", [] {
    Tensor a = leaf({3}, 1), b = leaf({3}, 2), y = Scaled::apply(a * a, 0.5, b.exp());
    auto g = torch::autograd::grad({y.sum()}, {a, b}, {}, {}, true);
    auto gg = torch::autograd::grad({(g[0] * g[1]).sum()}, {a, b});
    see("a", gg[0]);
    see("b", gg[1]);
  });
  program("saved result, double backward", [] {
    Tensor x = leaf({3}, 1), y = Exp::apply(x);
    auto g = torch::autograd::grad({y.sum()}, {x}, {}, {}, true)[0];
    see("first", g);
    see("second", torch::autograd::grad({g.sum()}, {x}, {}, {}, true)[0]);
    Tensor again = torch::autograd::grad({g.sum()}, {x}, {}, {}, true)[0];
    see("third", torch::autograd::grad({again.sum()}, {x})[0]);
  });
  program("that looks at values", [] {
    Tensor x = leaf({4}, 1), y = Clipped::apply(x * 3) * x;
    y.square().sum().backward();
    see("x", x.grad());
  });
  program("that returns its input", [] {
    Tensor x = leaf({3}, 1), y = Same::apply(x), z = Same::apply(x * 3);
    says("views", std::to_string(y.is_view()) + std::to_string(y.is_same(x)));
    (y * z).sum().backward();
    see("x", x.grad());
    refused("write", [&] { y.mul_(2); }, "This view was created inside a custom Function");
  });
  program("that writes to its input", [] {
    Tensor x = leaf({3}, 1), h = x * 1;
    const auto before = h._version();
    Tensor y = Doubled::apply(h);
    says("same", std::to_string(y.is_same(h)) + std::to_string(h._version() > before));
    (y * y).sum().backward();
    see("h", h);
    see("x", x.grad());
    refused("leaf", [&] { Doubled::apply(x); }, "leaf Variable that requires grad");
  });
  program("that writes to a view", [] {
    Tensor x = leaf({4}, 1), h = x * 1;
    Doubled::apply(h.slice(0, 0, 2));
    see("h", h);
    (h * h).sum().backward();
    see("x", x.grad());
  });
  program("of a list, with several results", [] {
    Tensor a = leaf({2}, 1), b = leaf({2}, 2);
    for (bool flip : {false, true}) {
      variable_list list{a, b * 2};
      auto y = Parts::apply(torch::TensorList(list), flip);
      says("grad", std::to_string(y[0].requires_grad()) + std::to_string(y[2].requires_grad()));
      (y[0] * y[1]).sum().backward();
      see("a", a.grad());
      see("b", b.grad());
    }
    variable_list list{a, b * 2};
    see("one", torch::autograd::grad({Parts::apply(torch::TensorList(list), true)[1].sum()}, {a})[0]);
  });
  program("that gives no gradient", [] {
    Tensor x = leaf({2}, 1), y = leaf({2}, 2);
    (Nothing::apply(x, true) * y).sum().backward();
    says("x", std::to_string(x.grad().defined()));
    see("y", y.grad());
    (Nothing::apply(Nothing::apply(x * 2, false), true)).sum().backward();
    says("x", std::to_string(x.grad().defined()));
  });
  program("under no_grad", [] {
    Tensor x = leaf({2}, 1), y;
    { torch::NoGradGuard g; y = Same::apply(x); }
    says("grad", std::to_string(y.requires_grad()));
  });
  program("on views, retained and hooked", [] {
    Tensor x = leaf({2, 2}, 1), y = Scaled::apply(x.t(), 2., x[0]);
    y.retain_grad();
    y.register_hook([](Tensor g) { return g * 3; });
    y.t()[0].exp().sum().backward();
    see("y", y.grad());
    see("x", x.grad());
  });
  program("a long chain", [] {
    Tensor x = leaf({2}, 1), y = x;
    for (int i = 0; i < 3000; ++i) y = i % 2 ? Same::apply(y) / 2 : y + x * 1e-3;
    y.sum().backward();
    see("x", x.grad());
  });
}

inline void function_errors() {
  struct Wrong : Function<Wrong> {
    static Tensor forward(AutogradContext* ctx, Tensor x, int64_t how) {
      ctx->saved_data["how"] = how;
      ctx->save_for_backward({x});
      return x * 2;
    }
    static variable_list backward(AutogradContext* ctx, variable_list dy) {
      switch (ctx->saved_data["how"].toInt()) {
        case 0: return {torch::ones({7}), Tensor()};
        case 1: return {dy[0]};
        case 2: return {dy[0], dy[0]};
        case 3: throw std::runtime_error("of mine");
        case 4: return {dy[0].expand({4, 3}), Tensor(), Tensor()};
        case 5: return {dy[0].to(torch::kDouble), Tensor()};
        default: ctx->get_saved_variables(); return {dy[0], Tensor()};
      }
    }
  };
  program("mistakes of a function", [] {
    Tensor x = leaf({3}, 1);
    auto backward = [&](int64_t how) { return [=] { Wrong::apply(x, how).sum().backward(); }; };
    refused("shape", backward(0), "invalid gradient at index 0 - got [7] but expected shape compatible with [3]");
    refused("too few", backward(1), "returned an incorrect number of gradients (expected 2, got 1)");
    refused("of no tensor", backward(2), "returned a gradient different that is defined at position 2");
    refused("its own", backward(3), "of mine");
    says("grad", std::to_string(x.grad().defined()));
    backward(4)();
    see("sum", x.grad());
    backward(5)();
    see("cast", x.grad());
    Tensor y = Wrong::apply(x, int64_t(6)).sum();
    y.backward();
    refused("twice", [&] { y.backward(); }, "Trying to backward through the graph a second time");
    Tensor h = x * 1, z = Wrong::apply(h, int64_t(6)).sum();
    h.add_(1);
    refused("written", [&] { z.backward(); }, "has been modified by an inplace operation");
  });
}
}  // namespace golden
