// Little programs at the corners of what a tensor is: views, writes, history, memory that was given
// out, threads. They mean what they mean to libtorch, wherever the recorder happens to evaluate
// what it has.
#include <thread>

#include "tests/frontend/record/leaf_views.h"
#ifndef WEFT_GOLDEN_WRITER
#include "frontend/record/evaluate.h"
#endif

namespace golden {
static Tensor parameter(std::vector<float> values) {
  return torch::tensor(values).requires_grad_();
}

static void writes_and_views() {
  program("view of a view written under no_grad", [] {
    Tensor w = parameter({1, 2, 3, 4}), h = w * 2;
    Tensor v = h.view({2, 2}), r = v[1];
    { torch::NoGradGuard g; r.mul_(10); }
    see("h", h);
    see("v", v);
    (h * h).sum().backward();
    see("grad", w.grad());
  });
  program("in place on a view with grad", [] {
    Tensor w = parameter({1, 2, 3, 4}), h = w * 1;
    h.view({2, 2})[0].mul_(3);
    see("h", h);
    h.square().sum().backward();
    see("grad", w.grad());
  });
  program("view made before a write to the base", [] {
    Tensor w = parameter({1, 2, 3}), h = w.clone(), v = h.slice(0, 1, 3);
    h.mul_(5);
    see("v", v);
    (v * v).sum().backward();
    see("grad", w.grad());
  });
  program("saved value written over", [] {
    Tensor w = parameter({1, 2, 3}), h = w.exp();
    h.add_(1);
    h.sum().backward();
  });
  program("relu then its input written", [] {
    Tensor w = parameter({-1, 2, 3}), h = w * 1, y = h.relu();
    h.add_(100);
    y.sum().backward();
    see("grad", w.grad());
  });
  program("detach shares memory and version", [] {
    Tensor w = parameter({1, 2, 3}), h = w * 2, y = h.square(), d = h.detach();
    d.zero_();
    see("h", h);
    y.sum().backward();
  });
  program("data shares memory, not the version", [] {
    Tensor w = parameter({1, 2, 3}), h = w * 2, y = h + 1;
    h.data().zero_();
    see("h", h);
    see("y", y);
    y.sum().backward();
    see("grad", w.grad());
  });
}

static void repeated_backward() {
  program("retain_graph and twice", [] {
    Tensor w = parameter({1, 2}), y = w.square().sum();
    y.backward({}, true); y.backward({}, true);
    see("grad", w.grad());
    y.backward();
    see("grad", w.grad());
    y.backward();
  });
  program("twice through what saves nothing", [] {
    Tensor w = parameter({1, 2}), y = (w + 1).sum();
    y.backward(); y.backward();
    see("grad", w.grad());
  });
  program("double backward after printing", [] {
    Tensor w = parameter({1, 2}), y = (w * w * w).sum();
    see("y", y);
    Tensor g = torch::autograd::grad({y}, {w}, {}, true, true)[0];
    see("g", g);
    g.square().sum().backward();
    see("grad", w.grad());
  });
  program("grad accumulates over graphs that share", [] {
    Tensor w = parameter({1, 2}), h = w * 2;
    h.sum().backward({}, true);
    Tensor first = w.grad();
    (h * h).sum().backward();
    see("first", first);
    see("grad", w.grad());
  });
  program("a long chain with grad", [] {
    Tensor w = parameter({1}), x = w * 1;
    for (int i = 0; i < 300; ++i) x = x + w;
    x.sum().backward();
    see("grad", w.grad());
  });
  program("growing list", [] {
    std::vector<Tensor> all;
    Tensor w = parameter({2});
    for (int i = 0; i < 20; ++i) all.push_back((all.empty() ? w : all.back()) * 1.1);
    torch::stack(all).sum().backward();
    see("grad", w.grad());
  });
  program("two optimizers on one parameter", [] {
    Tensor w = parameter({1, 2});
    torch::optim::SGD a({w}, 0.1);
    torch::optim::Adam b({w}, torch::optim::AdamOptions(0.01));
    for (int i = 0; i < 3; ++i) {
      a.zero_grad();
      w.square().sum().backward();
      a.step(); b.step();
    }
    see("w", w);
  });
}

static void leaves_and_loops() {
  program("a leaf written under no_grad between uses", [] {
    Tensor w = parameter({1, 2}), y = w * 3;
    { torch::NoGradGuard g; w.add_(1); }
    Tensor z = w * 5;
    see("y", y);
    see("z", z);
    (y + z).sum().backward();
    see("grad", w.grad());
  });
  program("a leaf saved then written under no_grad", [] {
    Tensor w = parameter({1, 2}), y = w * w;
    { torch::NoGradGuard g; w.add_(1); }
    y.sum().backward();
  });
  program("reading a leaf mid graph", [] {
    Tensor w = parameter({1, 2}), y = w * 2;
    see("w[0]", torch::tensor(w[0].item<float>()));
    (y * w).sum().backward();
    see("grad", w.grad());
  });
  program("in place on a leaf", [] { parameter({1}).add_(1); });
  program("in place on a view of a leaf", [] { parameter({1, 2}).view({2, 1}).add_(1); });
  program("in place on an expanded tensor", [] { torch::ones({1}).expand({3}).add_(1); });
  program("in place on an output of split", [] {
    Tensor w = parameter({1, 2, 3, 4}), h = w * 1;
    h.split(2)[0].mul_(2);
  });
}

static void refusals_and_memory() {
  program("a view made under no_grad written with grad", [] {
    Tensor w = parameter({1, 2}), h = w * 1, v;
    { torch::NoGradGuard g; v = h.view({2, 1}); }
    v.mul_(2);
  });
  program("detach_ and on", [] {
    Tensor w = parameter({1, 2}), h = w * 2;
    h.detach_();
    Tensor y = h * 3;
    see("y", y);
    h.requires_grad_();
    (h * 3).sum().backward();
    see("h.grad", h.grad()); see("w.grad", w.grad());
  });
  program("exposed memory, then in place, then read", [] {
    Tensor x = torch::arange(4, torch::kFloat), y = x + 1;
    float* p = x.data_ptr<float>();
    p[0] = 50;
    Tensor z = x * 2;
    p[1] = 60;
    x.add_(1);
    see("y", y);
    see("z", z);
    see("x", x);
    see("p", torch::tensor({p[0], p[1], p[2], p[3]}));
    x.view({2, 2})[1].zero_();
    see("p after", torch::tensor({p[0], p[1], p[2], p[3]}));
  });
  program("an error in the middle, then on", [] {
    Tensor w = parameter({1, 2, 3}), h = w * 2;
    try { h.view({2, 2}); } catch (const c10::Error&) { see("caught", torch::ones({})); }
    try { h.add_(torch::ones({2})); } catch (const c10::Error&) { see("caught", torch::ones({})); }
    h.mul_(2);
    h.sum().backward();
    see("grad", w.grad());
  });
  program("copy_ with grad over part", [] {
    Tensor a = parameter({1, 2}), b = parameter({3, 4, 5, 6}), h = b * 2;
    h.slice(0, 1, 3).copy_(a * a);
    (h * torch::arange(4, torch::kFloat)).sum().backward();
    see("a", a.grad());
    see("b", b.grad());
  });
  program("x[i] += in a loop", [] {
    Tensor w = parameter({1, 2, 3, 4}), h = torch::zeros({4});
    for (int i = 0; i < 4; ++i) h[i] += w[i] * w[i];
    see("h", h);
    h.sum().backward();
    see("grad", w.grad());
  });
  program("transposed view written", [] {
    Tensor x = torch::arange(6, torch::kFloat).view({2, 3});
    Tensor t = x.t();
    t[2].fill_(9);
    t.select(1, 0).add_(100);
    see("x", x);
    see("t", t);
  });
}

static void middle_values() {
  program("overlapping reads of diagonal strides", [] {
    Tensor x = torch::arange(9, torch::kFloat).view({3, 3});
    Tensor d = x.as_strided({3}, {4}, 0);
    d.mul_(-1);
    see("x", x);
    x.add_(1);
    see("d", d);
  });
  program("retain_grad of a middle value written later", [] {
    Tensor w = parameter({1, 2}), h = w * 2;
    h.retain_grad();
    Tensor y = h * 3;
    y.sum().backward();
    see("h", h.grad());
    see("w", w.grad());
  });
  program("grad with respect to a middle value", [] {
    Tensor w = parameter({1, 2}), h = w * 2, y = h * h;
    Tensor g = torch::autograd::grad({y.sum()}, {h})[0];
    see("g", g);
    see("w", w.grad());
  });
  program("unused input of grad", [] {
    Tensor w = parameter({1}), u = parameter({1});
    see("g", torch::autograd::grad({w * 2}, {w, u}, {}, true, false, true)[1]);
    torch::autograd::grad({w * 2}, {w, u});
  });
  program("tensors between threads", [] {
    Tensor w = parameter({1, 2}), h;
    std::thread a([&] { h = w * 2; });
    a.join();
    Tensor y;
    std::thread b([&] { y = (h * h).sum(); });
    b.join();
    y.backward();
    see("grad", w.grad());
  });
  program("grad mode is of the thread", [] {
    torch::NoGradGuard g;
    Tensor w = parameter({1, 2}), y;
    std::thread a([&] { y = w * 2; });
    a.join();
    see("y", y);
    see("z", w * 2);
  });
  program("history after the loss is gone", [] {
    Tensor w = parameter({1, 2});
    Tensor h = (w * 2).exp();
    { Tensor loss = h.sum(); loss.backward({}, true); }
    see("h", h);
    h.log().sum().backward();
    see("grad", w.grad());
  });
}

static void odds_and_ends() {
  program("backward through half of a released graph", [] {
    Tensor w = parameter({1, 2}), h = w.exp(), y = h * 2, z = h * h;
    y.sum().backward();
    z.sum().backward();
  });
  program("swap under the feet", [] {
    Tensor a = torch::ones({2}), b = torch::zeros({2}), c = a + b;
    std::swap(a, b);
    a.add_(5);
    see("a", a);
    see("b", b);
    see("c", c);
  });
  program("copy_ onto itself and out of its views", [] {
    Tensor x = torch::arange(4, torch::kFloat);
    x.copy_(x);
    x.slice(0, 0, 2).copy_(x.slice(0, 2, 4));
    see("x", x);
    x.copy_(x.flip(0));
    see("x", x);
  });
  program("set grad by hand, then backward", [] {
    Tensor w = parameter({1, 2});
    w.mutable_grad() = torch::ones({2}) * 10;
    Tensor alias = w.grad();
    (w * 2).sum().backward();
    see("grad", w.grad());
    see("alias", alias);
    alias.zero_();
    see("grad", w.grad());
  });
  program("ema under no_grad over many steps", [] {
    Tensor w = parameter({1, 2}), ema = torch::zeros({2});
    torch::optim::SGD o({w}, torch::optim::SGDOptions(0.1).momentum(0.5));
    for (int i = 0; i < 4; ++i) {
      o.zero_grad();
      (w * w).sum().backward();
      o.step();
      torch::NoGradGuard g;
      ema.mul_(0.9).add_(w, 0.1);
    }
    see("ema", ema);
    see("w", w);
  });
  program("max with index used twice", [] {
    Tensor w = parameter({1, 5, 3, 2}), h = w.view({2, 2});
    auto [v, i] = h.max(1);
    (v * v + i.to(torch::kFloat)).sum().backward();
    see("i", i);
    see("grad", w.grad());
  });
}

static void programs(const Show& show) {
  current = show;
  writes_and_views();
  repeated_backward();
  leaves_and_loops();
  refusals_and_memory();
  middle_values();
  odds_and_ends();
  leaves_that_are_views();
}

#ifndef WEFT_GOLDEN_WRITER
TEST(Programs, MeanTheSameWhereverTheyAreCut) {
  for (uint32_t bound : {8192, 1, 2, 3, 5, 9}) {
    SCOPED_TRACE(bound);
    torch::record::set_trace_bound(bound);
    compare(programs, "tests/frontend/record/expected.txt");
  }
}
#endif
}  // namespace golden

#ifdef WEFT_GOLDEN_WRITER
WEFT_GOLDEN(Programs, golden::programs, "")
#endif
