#include "bench/contractions.h"

namespace bench {
namespace {
using torch::Tensor;
using Sizes = std::vector<int64_t>;

std::string text(const Sizes& sizes) {
  std::string out;
  for (int64_t size : sizes) out += (out.empty() ? "" : "x") + std::to_string(size);
  return out;
}

/// m x k times k x n; a transposed operand is the view of a matrix that lies the other way round.
Contraction matmul(int64_t m, int64_t n, int64_t k, bool a_transposed = false,
                   bool b_transposed = false) {
  auto make = [=]() -> Step {
    const Tensor a = a_transposed ? normal({k, m}).t() : normal({m, k});
    const Tensor b = b_transposed ? normal({n, k}).t() : normal({k, n});
    return [=] {
      const Tensor y = a.matmul(b);
      sync({y});
      return y;
    };
  };
  const std::string name =
      text({m, n, k}) + (a_transposed ? " a^T" : "") + (b_transposed ? " b^T" : "");
  return {"matmul", name, 2.0 * m * n * k, make};
}

struct Conv {
  const char* what;
  Sizes x, w;
  int64_t stride = 1, padding = 0, groups = 1;

  Tensor forward(const Tensor& input, const Tensor& weight) const {
    return torch::conv2d(input, weight, Tensor(), {stride, stride}, {padding, padding}, {1, 1},
                         groups);
  }
  int64_t out(int d) const { return (x[d] + 2 * padding - w[d]) / stride + 1; }
  double flops() const { return 2.0 * x[0] * out(2) * out(3) * w[0] * w[1] * w[2] * w[3]; }
};

Step forward(const Conv& conv) {
  const Tensor x = normal(conv.x), w = normal(conv.w);
  return [=] {
    const Tensor y = conv.forward(x, w);
    sync({y});
    return y;
  };
}
/// The gradient of one of the operands: the graph is kept, so that a step computes nothing else.
Step gradient(const Conv& conv, bool of_input) {
  Tensor x = normal(conv.x), w = normal(conv.w);
  const Tensor wanted = (of_input ? x : w).requires_grad_();
  const Tensor y = conv.forward(x, w), dy = normal(y.sizes().vec());
  sync({y});
  return [=] {
    const Tensor d = torch::autograd::grad({y}, {wanted}, {dy}, /*retain_graph=*/true)[0];
    sync({d});
    return d;
  };
}

const Conv kConvs[] = {
    {"cnn conv1", {64, 1, 28, 28}, {20, 1, 5, 5}},
    {"cnn conv2", {64, 20, 12, 12}, {50, 20, 5, 5}},
    {"3x3", {8, 64, 32, 32}, {64, 64, 3, 3}, 1, 1},
    {"3x3 deep", {8, 256, 8, 8}, {256, 256, 3, 3}, 1, 1},
    {"3x3 stride 2", {8, 64, 32, 32}, {128, 64, 3, 3}, 2, 1},
    {"3x3 one image", {1, 64, 56, 56}, {64, 64, 3, 3}, 1, 1},
    {"1x1", {8, 64, 28, 28}, {256, 64, 1, 1}},
    {"1x1 stride 2", {8, 128, 28, 28}, {256, 128, 1, 1}, 2},
    {"7x7 stride 2", {4, 3, 112, 112}, {64, 3, 7, 7}, 2, 3},
    {"5x5 few channels", {8, 3, 64, 64}, {32, 3, 5, 5}, 1, 2},
    {"3x3 groups", {8, 64, 16, 16}, {64, 16, 3, 3}, 1, 1, 4},
    {"3x3 depthwise", {8, 128, 28, 28}, {128, 1, 3, 3}, 1, 1, 128},
};
}  // namespace

std::vector<Contraction> contractions() {
  std::vector<Contraction> list;
  for (int64_t size : {128, 256, 512, 1024, 2048}) list.push_back(matmul(size, size, size));
  const Sizes shapes[] = {{64, 500, 784},   {64, 800, 500},   {32, 1024, 1024},
                          {512, 1536, 384}, {512, 384, 1536}, {1, 4096, 4096}};
  for (const Sizes& s : shapes) list.push_back(matmul(s[0], s[1], s[2]));
  // A linear layer's forward, its input's gradient and its weight's.
  list.push_back(matmul(128, 512, 784, false, true));
  list.push_back(matmul(128, 784, 512));
  list.push_back(matmul(512, 784, 128, true));
  for (const Conv& conv : kConvs) {
    const std::string name = std::string(conv.what) + ", ";
    list.push_back({"conv", name + "forward", conv.flops(), [=] { return forward(conv); }});
    list.push_back({"conv", name + "dx", conv.flops(), [=] { return gradient(conv, true); }});
    list.push_back({"conv", name + "dw", conv.flops(), [=] { return gradient(conv, false); }});
  }
  return list;
}
}  // namespace bench
