/// Hooks on tensors and on ops, gradients that are retained.
#pragma once
#include "tests/frontend/autograd/says.h"

namespace golden {
using torch::autograd::variable_list;

// Notes who was called in which order, and with what.
struct Order {
  std::string calls;
  auto note(const std::string& name) {
    return [this, name](Tensor g) { calls += (calls.empty() ? "" : " ") + name + (g.defined() ? "" : "?"); };
  }
  ~Order() { says("order", calls); }
};

inline void tensor_hooks() {
  program("hooks are called from the output down", [] {
    Tensor a = leaf({3}, 1), b = leaf({3}, 2), h = a * b, y = h.exp(), z = (y * a).sum();
    Order order;
    for (auto [t, name] : {std::pair(&a, "a"), {&b, "b"}, {&h, "h"}, {&y, "y"}, {&z, "z"}})
      t->register_hook(order.note(name));
    z.backward();
    see("a", a.grad());
    see("b", b.grad());
  });
  program("a hook's result goes on", [] {
    Tensor x = leaf({3}, 1), h = x * 3, y = h * h;
    h.register_hook([](Tensor g) { return g * 10; });
    h.register_hook([](const Tensor& g) { return g + 1; });
    y.sum().backward();
    see("grad", x.grad());
  });
  program("hooks registered after the users were recorded", [] {
    Tensor x = leaf({2}, 1), h = x * 2, y = h.square(), z = h.sin();
    h.register_hook([](Tensor g) { return g.clamp(-0.5, 0.5); });
    (y + z).sum().backward();
    see("grad", x.grad());
  });
  program("on a leaf: the sum of all that comes", [] {
    Tensor x = leaf({2}, 1);
    x.register_hook([](Tensor g) { return g.clamp(-1, 1); });
    (x * 3 + x.exp()).sum().backward();
    see("grad", x.grad());
    (x * 0.25).sum().backward();
    see("twice", x.grad());
  });
  program("removed", [] {
    Tensor x = leaf({2}, 1), y = x * 2;
    auto first = y.register_hook([](Tensor g) { return g * 3; });
    auto second = y.register_hook([](Tensor g) { return g * 5; });
    y.remove_hook(first);
    says("numbers", std::to_string(first) + std::to_string(second));
    y.sum().backward();
    see("grad", x.grad());
    refused("again", [&] { y.remove_hook(7); });
  });
  program("that look at values", [] {
    Tensor x = leaf({3}, 1), h = x * 2, y = h.exp() * x;
    float seen = 0;
    h.register_hook([&](Tensor g) {
      seen = g.sum().item<float>();
      return seen > 100 ? g : g * 2;
    });
    y.sum().backward();
    see("seen", torch::tensor(seen));
    see("grad", x.grad());
  });
  program("of a tensor that several ways lead to", [] {
    Tensor x = leaf({2}, 1), a = x * 2, b = a.exp(), c = a.sin(), d = b * c + a;
    for (Tensor t : {a, b, c}) t.register_hook([](Tensor g) { return g * 2; });
    d.sum().backward();
    see("grad", x.grad());
  });
  program("with create_graph", [] {
    Tensor x = leaf({2}, 1), h = x * x;
    h.register_hook([](Tensor g) { return g * g; });
    Tensor g = torch::autograd::grad({(h * x).sum()}, {x}, {}, {}, true)[0];
    see("first", g);
    see("second", torch::autograd::grad({g.sum()}, {x})[0]);
  });
  program("twice", [] {
    Tensor x = leaf({2}, 1), h = x.exp();
    h.register_hook([](Tensor g) { return g * 3; });
    Tensor y = h.sum();
    y.backward({}, true);
    y.backward();
    see("grad", x.grad());
    refused("third", [&] { y.backward(); }, "Trying to backward through the graph a second time");
  });
  program("of one result of several", [] {
    Tensor x = leaf({4}, 1);
    auto parts = (x * 2).split(2);
    parts[1].register_hook([](Tensor g) { return g * 7; });
    (parts[0] * parts[1]).sum().backward();
    see("grad", x.grad());
  });
  program("refused", [] {
    Tensor x = leaf({3}, 1), h = x * 2;
    refused("no gradient", [] { torch::ones(2).register_hook([](Tensor) {}); });
    h.register_hook([](Tensor) { return torch::ones({4}); });
    refused("size", [&] { h.sum().backward({}, true); });
    Tensor k = x * 2;
    k.register_hook([](Tensor g) { return g.to(torch::kDouble); });
    refused("type", [&] { k.sum().backward(); });
  });
  program("after a write the tensor has new ones", [] {
    Tensor a = leaf({2}, 1).clone();
    Order order;
    a.register_hook(order.note("before"));
    a.mul_(2);
    says("number", std::to_string(a.register_hook(order.note("after"))));
    a.square().sum().backward();
  });
}

inline void retained() {
  program("retain_grad", [] {
    Tensor x = leaf({3}, 1), h = x * 2, y = h.exp();
    h.retain_grad();
    y.retain_grad();
    says("retains", std::to_string(h.retains_grad()) + std::to_string(x.retains_grad()));
    y.sum().backward({}, true);
    see("h", h.grad());
    y.sum().backward();
    see("h twice", h.grad());
    see("y", y.grad());
    see("x", x.grad());
  });
  program("retain_grad of two backwards", [] {
    Tensor x = leaf({3}, 1), h = x * 2, y = h.exp().sum();
    h.retain_grad();
    y.backward({}, true);
    Tensor first = h.grad();
    y.backward();
    says("same", std::to_string(first.is_same(h.grad())));
    see("first", first);
    see("second", h.grad());
    refused("third", [&] { y.backward(); }, "Trying to backward through the graph a second time");
  });
  program("retain_grad sees what hooks made of it", [] {
    Tensor x = leaf({3}, 1), h = x * 2;
    h.register_hook([](Tensor g) { return g * 2; });
    h.retain_grad();
    h.register_hook([](Tensor g) { return g * 3; });
    h.sum().backward();
    see("h", h.grad());
    see("x", x.grad());
  });
  program("retain_grad follows a write", [] {
    Tensor x = leaf({2}, 1), h = x * 2;
    h.retain_grad();
    h.mul_(3);
    h.sum().backward();
    see("h", h.grad());
    see("x", x.grad());
  });
  program("retain_grad follows a write through a view", [] {
    Tensor x = leaf({4}, 1), h = x * 2;
    h.retain_grad();
    h.slice(0, 0, 2).mul_(3);
    (h * h).sum().backward();
    see("h", h.grad());
    see("x", x.grad());
  });
  program("retain_grad of a view", [] {
    Tensor x = leaf({4}, 1), v = (x * 2).view({2, 2}), r = v[1];
    v.retain_grad();
    r.retain_grad();
    (v * 3).sum().backward({}, true);
    see("v", v.grad());
    says("r", std::to_string(r.grad().defined()));
  });
  program("grad() asks hooks, and does not retain", [] {
    Tensor x = leaf({3}, 1), h = x * 2;
    h.register_hook([](Tensor g) { return g * 2; });
    x.register_hook([](Tensor g) { return g * 5; });
    h.retain_grad();
    see("h", torch::autograd::grad({h.exp().sum()}, {h})[0]);
    see("x", torch::autograd::grad({h.exp().sum()}, {x})[0]);
    see("retained", h.grad());
    says("x", std::to_string(x.grad().defined()));
  });
}

inline void node_hooks() {
  struct Twice : torch::autograd::FunctionPostHook {
    variable_list operator()(const variable_list& outputs, const variable_list& inputs) override {
      variable_list twice;
      for (const Tensor& t : outputs) twice.push_back(t.defined() ? t * 2 + inputs[0].sum() : t);
      return twice;
    }
  };
  struct Plus : torch::autograd::FunctionPreHook {
    variable_list operator()(const variable_list& grads) override { return {grads[0] + 1}; }
  };
  program("hooks of an op", [] {
    Tensor x = leaf({3}, 1), w = leaf({3}, 2), y = x * w;
    y.grad_fn()->add_post_hook(std::make_unique<Twice>());
    (y * y).sum().backward({}, true);
    see("x", x.grad());
    see("w", w.grad());
    y.grad_fn()->add_pre_hook(std::make_unique<Plus>());
    (y * y).sum().backward();
    see("x", x.grad());
  });
  program("hooks of an accumulator", [] {
    Tensor x = leaf({3}, 1);
    int calls = 0;
    struct Count : torch::autograd::FunctionPostHook {
      explicit Count(int& calls) : calls(calls) {}
      variable_list operator()(const variable_list& outputs, const variable_list&) override {
        ++calls;
        return outputs;
      }
      int& calls;
    };
    auto accumulator = torch::autograd::impl::grad_accumulator(x);
    accumulator->add_post_hook(std::make_unique<Count>(calls));
    x.exp().sum().backward();
    (x + x).sum().backward();
    see("x", x.grad());
    says("calls", std::to_string(calls));
  });
}
}  // namespace golden
