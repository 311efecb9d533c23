/// backward() and grad(): accumulation, what is kept, what is refused.
#pragma once
#include "tests/frontend/autograd/says.h"

namespace golden {
using torch::autograd::backward;
using torch::autograd::grad;

inline void backwards() {
  program("several outputs", [] {
    Tensor x = leaf({3}, 1), y = x.exp(), z = x.sin();
    backward({y.sum(), z}, {Tensor(), wave({3}, 4)});
    see("x", x.grad());
    backward({x, x * 2}, {wave({3}, 5), wave({3}, 6)});
    see("x", x.grad());
  });
  program("inputs", [] {
    Tensor x = leaf({3}, 1), y = leaf({3}, 2), h = x * y, z = (h * x).sum();
    z.backward({}, true, false, std::vector<Tensor>{x, h});
    see("x", x.grad());
    see("h", h.grad());
    says("y", std::to_string(y.grad().defined()));
    refused("none", [&] { z.backward({}, true, false, std::vector<Tensor>{}); }, "cannot be empty");
  });
  program("a gradient that is broadcast", [] {
    Tensor x = leaf({3}, 1);
    (x * 2).backward(wave({2, 3}, 4));
    see("x", x.grad());
    (x * 2).backward(wave({3}, 4).to(torch::kDouble));
    see("x", x.grad());
  });
  program("accumulates in place, and anew with create_graph", [] {
    Tensor x = leaf({2}, 1);
    x.exp().sum().backward();
    Tensor g = x.grad();
    x.exp().sum().backward();
    says("same", std::to_string(g.is_same(x.grad())));
    see("g", g);
    x.square().sum().backward({}, true, true);
    says("same", std::to_string(g.is_same(x.grad())) + std::to_string(x.grad().requires_grad()));
    see("x", x.grad());
    x.mutable_grad() = Tensor();
    says("defined", std::to_string(x.grad().defined()));
  });
  program("grad of the outputs themselves", [] {
    Tensor x = leaf({2}, 1), y = x * 2;
    auto g = grad({y, x}, {y, x}, {wave({2}, 3), wave({2}, 4)});
    see("y", g[0]);
    see("x", g[1]);
  });
  program("grad of what an output passes through", [] {
    Tensor x = leaf({2}, 1), y = x * 2, z = y.exp();
    auto g = grad({z.sum()}, {y, x, z}, {}, true);
    for (const Tensor& t : g) see("g", t);
    see("unused", grad({z.sum()}, {leaf({2}, 2), y}, {}, {}, false, true)[1]);
  });
  program("third order", [] {
    Tensor x = leaf({3}, 1), y = (x.sin() * x.exp()).sum();
    for (int i = 0; i < 3; ++i) {
      y = grad({y}, {x}, {}, {}, true)[0];
      see("order", y);
      y = y.sum();
    }
  });
}

inline void refusals() {
  program("refused", [] {
    Tensor x = leaf({3}, 1);
    refused("no scalar", [&] { (x * 2).backward(); }, "grad can be implicitly created only for scalar outputs");
    refused("no grad", [] { torch::ones({}).backward(); }, "element 0 of tensors does not require grad and does not have a grad_fn");
    refused("count", [&] { backward({x.sum(), x.sum()}, {torch::ones({})}); }, "got 2 tensors and 1 gradients");
    refused("shape", [&] { (x * 2).backward(torch::ones({4})); }, "invalid gradient at index 0 - got [4] but expected shape compatible with [3]");
    refused("unused", [&] { grad({x.sum()}, {leaf({2}, 1)}); }, "of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.");
    refused("no inputs", [&] { grad({x.sum()}, {}); }, "grad requires non-empty inputs.");
    refused("input without grad", [&] { grad({x.sum()}, {torch::ones(2)}); }, "element 0 of the input tensors does not require grad");
    Tensor y = x.exp().sum();
    y.backward();
    refused("twice", [&] { y.backward(); }, "Trying to backward through the graph a second time");
    Tensor z = (x + 1).sum();
    z.backward();
    z.backward();
    see("nothing saved", x.grad());
    refused("integers", [] { torch::ones(2, torch::kLong).requires_grad_(); }, "Only Tensors of floating point and complex dtype can require gradients");
    refused("flag", [&] { (x * 2).requires_grad_(false); }, "you can only change requires_grad flags of leaf variables.");
    refused("retain", [] { torch::ones(2).retain_grad(); }, "can't retain_grad on Tensor that has requires_grad=False");
  });
  program("writes that are refused", [] {
    Tensor x = leaf({4}, 1), h = x * 2;
    refused("leaf", [&] { x.mul_(2); }, "a leaf Variable that requires grad is being used in an in-place operation.");
    refused("view of leaf", [&] { x.view({2, 2}).mul_(2); }, "a view of a leaf Variable that requires grad is being used in an in-place operation.");
    refused("unbind", [&] { h.unbind(0)[0].mul_(2); }, "Output 0 of Unbind is a view and is being modified inplace. This view is the output of a function that returns multiple views.");
    refused("split", [&] { h.split(2)[0].mul_(2); }, "Output 0 of Split is a view and is being modified inplace.");
    Tensor v;
    { torch::NoGradGuard g; v = h.view({2, 2}); }
    refused("no_grad view", [&] { v.mul_(2); }, "A view was created in no_grad mode and is being modified inplace with grad mode enabled.");
    refused("detach_", [&] { h.view({2, 2}).detach_(); }, "Can't detach views in-place. Use detach() instead.");
    refused("detach_ without grad", [&] { h.detach().view({2, 2}).detach_(); }, "Can't detach views in-place. Use detach() instead.");
  });
  program("a view made before requires_grad_", [] {
    Tensor x = wave({4}, 1), v = x.view({2, 2});
    x.requires_grad_();
    says("grad", std::to_string(v.requires_grad()) + std::to_string(v.is_leaf()) + std::to_string((v * 2).requires_grad()));
    (v * 2).sum().backward();
    says("x", std::to_string(x.grad().defined()));
    refused("write", [&] { v.mul_(2); }, "a view of a leaf Variable that requires grad is being used in an in-place operation.");
    (x * v.flatten()).sum().backward();
    see("x", x.grad());
  });
  program("a view made without grad", [] {
    Tensor x = leaf({4}, 1), h = x * 2, v;
    { torch::NoGradGuard g; v = h.view({2, 2}); }
    says("grad", std::to_string(v.requires_grad()) + std::to_string(v.is_leaf()));
    (v * v).sum().backward();
    says("x", std::to_string(x.grad().defined()));
    (v.view({4}) * h).sum().backward();
    see("x", x.grad());
  });
}
}  // namespace golden
