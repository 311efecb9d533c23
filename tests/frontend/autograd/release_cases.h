/// What a backward without retain_graph releases though its gradient has a graph: the graph behind
/// it cannot be gone through again, the gradient's as far as it does not lead there.
#pragma once
#include "tests/frontend/autograd/says.h"

namespace golden {
inline void releases() {
  const char* const again = "Trying to backward through the graph a second time";
  using Graph = std::function<Tensor(Tensor)>;
  const std::pair<const char*, Graph> graphs[] = {
      {"square", [](Tensor x) { return x * x; }},
      {"cube", [](Tensor x) { return x * x * x; }},
      {"exp", [](Tensor x) { return x.exp(); }},
      {"sin", [](Tensor x) { return x.sin(); }},
      {"sin of a multiple", [](Tensor x) { return (x * 2).sin(); }},
      {"sin of sin", [](Tensor x) { return x.sin().sin(); }},
      {"sin and itself", [](Tensor x) { return x.sin() + x; }},
      {"matmul", [](Tensor x) { return x.reshape({2, 1}).matmul(x.reshape({1, 2})); }},
  };
  for (const auto& [name, graph] : graphs) {
    program(std::string("a gradient with a graph, nothing retained, ") + name, [&, f = graph] {
      Tensor x = leaf({2}, 1), y = f(x);
      Tensor g = torch::autograd::grad({y.sum()}, {x}, {}, false, true)[0];
      see("g", g);
      const auto attempt = [&](const char* what, const Tensor& of) {
        std::string says_what = "goes";
        try {
          of.sum().backward({}, true);
        } catch (const c10::Error& e) {
          says_what = std::string(e.what_without_backtrace()).find(again) == std::string::npos
                          ? e.what_without_backtrace()
                          : again;
        }
        says(what, says_what);
      };
      attempt("y", y);
      attempt("g", g);
      attempt("both", g + y);
      if (x.grad().defined()) see("x", x.grad());
    });
  }
  program("a gradient of a gradient, nothing retained", [&] {
    Tensor x = leaf({2}, 1), y = x.sin();
    Tensor g = torch::autograd::grad({y.sum()}, {x}, {}, false, true)[0];
    Tensor h = torch::autograd::grad({g.sum()}, {x}, {}, false, true)[0];
    refused("g", [&] { g.sum().backward(); }, again);
    h.sum().backward();
    see("x", x.grad());
  });
}
}  // namespace golden
