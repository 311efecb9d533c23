// recorder: what it costs to write a program down and to launch what is known. A table: nanoseconds
// to record an op (and to forget it), by kind, and microseconds from a barrier to its end, less the
// time in which kernels ran.
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "frontend/record/trace.h"

namespace {
using torch::Tensor;
namespace nn = torch::nn;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
template <class Function> double best_of(int times, Function function) {
  double best = 1e9;
  for (int i = 0; i < times; ++i) best = std::min(best, function());
  return best;
}

// Records `body` again and again, keeping nothing; evaluates between measurements so that the trace
// stays short.
void recording(const char* name, const std::function<void()>& body) {
  constexpr int repeats = 100;
  uint32_t ops = 0;
  const double seconds = best_of(200, [&] {
    const uint32_t before = torch::record::Trace::mine().pending(torch::record::kHost).length;
    const double start = now();
    for (int i = 0; i < repeats; ++i) body();
    const double taken = now() - start;
    ops = torch::record::Trace::mine().pending(torch::record::kHost).length - before;
    weft::eval(torch::zeros({}) + 1);
    return taken;
  });
  std::printf("record  %-28s %7.1f ns an op   (%u ops)\n", name, 1e9 * seconds / ops,
              ops / repeats);
}

// A step that is known, to the end of its barrier. `record` writes it down and says what is
// evaluated.
void launching(const char* name, const std::function<std::vector<Tensor>()>& record) {
  double recording = 1e9;
  const double launch = best_of(2000, [&] {
    weft::clear_ledger();
    const double start = now();
    const std::vector<Tensor> wanted = record();
    const double recorded = now();
    weft::eval(wanted);
    const double taken = now() - recorded;
    recording = std::min(recording, recorded - start);
    return taken - weft::ledger().barriers.back().ms / 1e3;
  });
  const weft::BarrierEntry barrier = weft::ledger().barriers.back();
  std::printf("launch  %-28s %7.2f us         (%d ops, %d results; recording them %.2f us)\n", name,
              1e6 * launch, barrier.nodes, barrier.outputs, 1e6 * recording);
}

// All of it, from recording to the number.
void asking(const char* name, const std::function<double()>& body) {
  const double seconds = best_of(2000, [&] {
    const double start = now();
    body();
    return now() - start;
  });
  std::printf("item    %-28s %7.2f us\n", name, 1e6 * seconds);
}

void all() {
  Tensor a = torch::ones({16, 16}), b = torch::ones({16, 16}),
         w = torch::ones({16, 16}).requires_grad_();
  nn::Linear linear(16, 16);
  weft::eval(a, b, w, linear->weight, linear->bias);
  recording("binary", [&] { a + b; });
  recording("binary, with a number", [&] { a * 0.5; });
  recording("unary", [&] { a.relu(); });
  recording("unary, with grad", [&] { w.tanh(); });
  recording("matmul, with grad", [&] { a.matmul(w); });
  recording("view", [&] { a.view({4, 64}) + 1; });
  recording("slice", [&] { a.slice(0, 2, 8) + 1; });
  recording("in place", [&] { a.add_(b); });
  recording("in place, through a view", [&] { a[3].mul_(b[0]); });
  recording("nn::Linear", [&] { linear(a); });
  recording("reduction", [&] { a.sum(1); });
  recording("chain of ten", [&] { ((((a + b) * a - b).relu() * b + a).sigmoid() * a - b).sum(); });

  launching("one op", [&] { return std::vector<Tensor>{a + b}; });
  launching("chain of ten", [&] {
    return std::vector<Tensor>{((((a + b) * a - b).relu() * b + a).sigmoid() * a - b).sum()};
  });
  launching("training step", [&] {
    linear->weight.mutable_grad() = linear->bias.mutable_grad() = Tensor();
    Tensor loss = torch::mse_loss(torch::tanh(linear(a)), b);
    loss.backward();
    return std::vector<Tensor>{loss, linear->weight.grad(), linear->bias.grad()};
  });

  const Tensor c = torch::ones({3, 3}), d = torch::ones({3, 3});
  weft::eval(c, d);
  asking("3x3 product, an element", [&] { return (c * d)[1][1].item<float>(); });
  asking("3x3 product, its sum", [&] { return (c * d).sum().item<float>(); });
  asking("3x3 matmul, its sum", [&] { return c.matmul(d).sum().item<float>(); });
}
}  // namespace

int main() {
  try {
    all();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
