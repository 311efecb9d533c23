/// The graph of gradients as a program sees it.
#pragma once
#include <torch/csrc/autograd/functions/accumulate_grad.h>

#include "tests/frontend/autograd/says.h"

namespace golden {
inline std::string described(const torch::autograd::Edge& edge) {
  if (!edge.function) return "-";
  std::string text = edge.function->name();
  const auto edges = edge.function->next_edges();
  if (edges.empty()) return text;
  text += "(";
  for (const auto& e : edges) text += (text.back() == '(' ? "" : " ") + described(e);
  return text + ")";
}

inline void names() {
  current_name = "names";
  Tensor x = leaf({2, 3}, 1), y = leaf({2, 3}, 2), w = leaf({4, 3}, 3), p = (x * x + 0.5).detach().requires_grad_();
  auto name = [](const std::string& what, const Tensor& t) {
    says(what, t.grad_fn() ? t.grad_fn()->name() : "none");
  };
#define WEFT_NAME(...) name(#__VA_ARGS__, __VA_ARGS__)
  WEFT_NAME(x + y); WEFT_NAME(x - y); WEFT_NAME(x * y); WEFT_NAME(x / y); WEFT_NAME(x + 1); WEFT_NAME(1 - x);
  WEFT_NAME(x * 2); WEFT_NAME(x / 2); WEFT_NAME(2 / x); WEFT_NAME(-x); WEFT_NAME(x.pow(2)); WEFT_NAME(x.pow(3.5));
  WEFT_NAME(p.pow(y)); WEFT_NAME(x.square()); WEFT_NAME(p.sqrt()); WEFT_NAME(p.rsqrt()); WEFT_NAME(x.exp());
  WEFT_NAME(p.log()); WEFT_NAME(p.log1p()); WEFT_NAME(x.sin()); WEFT_NAME(x.cos()); WEFT_NAME(x.tanh());
  WEFT_NAME(x.sigmoid()); WEFT_NAME(x.relu()); WEFT_NAME(x.abs()); WEFT_NAME(x.sign()); WEFT_NAME(x.floor());
  WEFT_NAME(x.erf()); WEFT_NAME(x.reciprocal()); WEFT_NAME(x.clamp(-1, 1)); WEFT_NAME(x.clamp_min(0.5));
  WEFT_NAME(torch::maximum(x, y)); WEFT_NAME(torch::minimum(x, y)); WEFT_NAME(torch::where(x > 0, x, y));
  WEFT_NAME(x.masked_fill(x > 0, 1)); WEFT_NAME(torch::lerp(x, y, 0.5)); WEFT_NAME(x.addcmul(x, y)); WEFT_NAME(x.atan2(y));
  WEFT_NAME(x.sum()); WEFT_NAME(x.sum(1)); WEFT_NAME(x.mean()); WEFT_NAME(x.mean(1)); WEFT_NAME(x.prod());
  WEFT_NAME(x.max()); WEFT_NAME(std::get<0>(x.max(1))); WEFT_NAME(x.amax(1)); WEFT_NAME(x.var()); WEFT_NAME(x.std());
  WEFT_NAME(x.norm()); WEFT_NAME(x.logsumexp(1)); WEFT_NAME(x.softmax(1)); WEFT_NAME(x.log_softmax(1));
  WEFT_NAME(torch::mm(x, w.t())); WEFT_NAME(x.matmul(w.t())); WEFT_NAME(torch::matmul(x, w[0])); WEFT_NAME(torch::dot(x[0], y[0]));
  WEFT_NAME(torch::addmm(x, x.mm(y.t()), y)); WEFT_NAME(torch::nn::functional::linear(x, w, w.sum(1)));
  WEFT_NAME(torch::bmm(x.unsqueeze(0), w.t().unsqueeze(0)));
  WEFT_NAME(x.view({6})); WEFT_NAME(x.reshape({3, 2})); WEFT_NAME(x.t()); WEFT_NAME(x.transpose(0, 1)); WEFT_NAME(x.permute({1, 0}));
  WEFT_NAME(x.unsqueeze(0)); WEFT_NAME(x.expand({4, 2, 3}));
  WEFT_NAME(x[0]); WEFT_NAME(x.slice(1, 0, 2)); WEFT_NAME(x.narrow(1, 0, 2)); WEFT_NAME(x.split(1)[0]); WEFT_NAME(x.chunk(2)[1]);
  WEFT_NAME(x.unbind(0)[1]); WEFT_NAME(x.diagonal()); WEFT_NAME(x.as_strided({2}, {1})); WEFT_NAME(x.unfold(1, 2, 1)); WEFT_NAME(x.flatten());
  WEFT_NAME(torch::cat({x, y})); WEFT_NAME(torch::stack({x, y})); WEFT_NAME(x.repeat({2, 1})); WEFT_NAME(x.flip({0})); WEFT_NAME(x.roll(1, 0));
  WEFT_NAME(x.index_select(0, torch::tensor({1L}))); WEFT_NAME(x.gather(1, torch::zeros({2, 1}, torch::kLong)));
  WEFT_NAME(x.index({torch::tensor({1L})})); WEFT_NAME(x.masked_select(x > 0)); WEFT_NAME(x.take(torch::tensor({1L})));
  WEFT_NAME(x.clone()); WEFT_NAME(x.to(torch::kDouble)); WEFT_NAME(x.tril());
  WEFT_NAME(torch::nn::functional::mse_loss(x, y)); WEFT_NAME(torch::nn::functional::gelu(x)); WEFT_NAME(torch::nn::functional::leaky_relu(x));
  WEFT_NAME(torch::nn::functional::cross_entropy(x, torch::tensor({1L, 0L})));
  WEFT_NAME(torch::nn::functional::layer_norm(x, torch::nn::functional::LayerNormFuncOptions({3})));
  auto written = [&](const std::string& what, auto write) {
    Tensor h = x.clone();
    write(h);
    name(what, h);
  };
  written("add_", [&](Tensor h) { h.add_(y); });
  written("mul_", [&](Tensor h) { h.mul_(2); });
  written("slice written", [&](Tensor h) { h.slice(1, 0, 1).mul_(2); });
  written("element written", [&](Tensor h) { h[0].fill_(2); });
  written("copy_", [&](Tensor h) { h.copy_(y); });
  written("relu_", [&](Tensor h) { h.relu_(); });
  written("zero_", [&](Tensor h) { h.zero_(); });
  written("index_put_", [&](Tensor h) { h.index_put_({torch::tensor({1L})}, y[0]); });
  written("masked_fill_", [&](Tensor h) { h.masked_fill_(x > 0, 1); });
#undef WEFT_NAME
}

inline void graph() {
  program("graph", [] {
    Tensor x = leaf({2, 3}, 1), y = leaf({2, 3}, 2), c = wave({2, 3}, 3);
    auto edge = [](const Tensor& t) { return torch::autograd::impl::gradient_edge(t); };
    says("graph", described(edge(((x * y + c) * x).sum())));
    says("constant", described(edge(c)));
    says("views", described(edge((x.t()[1] * y[0][1]).exp())));
    Tensor h = x.clone();
    h[0].mul_(2);
    const auto written = h.grad_fn();
    { torch::NoGradGuard g; h.mul_(2); }
    says("written without grad", std::to_string(h.grad_fn() == written));
    auto parts = (x * 2).unbind(1);
    says("parts", described(edge(parts[2])));
    says("output", std::to_string(std::get<1>(x.max(1)).output_nr()) + std::to_string(edge(parts[0]).input_nr));
    Tensor a = x * 2, b = a.exp(), d = a.sin();
    says("one node", std::to_string(b.grad_fn()->next_edges()[0].function == a.grad_fn()) +
                         std::to_string(d.grad_fn()->next_edges()[0] == b.grad_fn()->next_edges()[0]) +
                         std::to_string(a.grad_fn() == b.grad_fn()));
    says("order", std::to_string(b.grad_fn()->sequence_nr() > a.grad_fn()->sequence_nr()) +
                      std::to_string(d.grad_fn()->sequence_nr() > b.grad_fn()->sequence_nr()));
    says("inputs", std::to_string((x * y).grad_fn()->num_outputs()));
    const auto function = a.grad_fn()->next_edges()[0].function;
    auto* accumulate = static_cast<torch::autograd::AccumulateGrad*>(function.get());
    says("leaf", std::to_string(accumulate->variable.is_same(x)));
    Tensor g = (*(x * y).grad_fn())({c})[1];
    see("called", g);
    auto accumulator = torch::autograd::impl::grad_accumulator(x);
    (*accumulator)({c});
    see("accumulated", x.grad());
  });
}
}  // namespace golden
