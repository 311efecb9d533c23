// Automatic differentiation: what is computed from a tensor that requires a gradient is followed,
// and backward() finds the derivatives.
#include <torch/torch.h>

#include <iostream>

using torch::Tensor;

static void requires_grad() {
  std::cout << "--- 2.1 requires_grad\n";
  Tensor x = torch::ones({2, 2}, torch::requires_grad());
  Tensor y = x + 2;
  Tensor z = y * y * 3;
  Tensor out = z.mean();
  std::cout << "x is a leaf: " << std::boolalpha << x.is_leaf() << ", and has "
            << (x.grad_fn() ? "a" : "no") << " grad_fn\n";
  std::cout << "y: " << y.grad_fn()->name() << ", z: " << z.grad_fn()->name()
            << ", out: " << out.grad_fn()->name() << "\n";
  out.backward();  // d out / d x = 3 * 2 * (x + 2) / 4
  std::cout << x.grad() << "\n";
}

static void gradient_argument() {
  std::cout << "--- 2.1 backward of a tensor that is no number\n";
  Tensor x = torch::tensor({1.0, 2.0, 3.0}, torch::requires_grad());
  Tensor y = x * x;
  y.backward(torch::tensor({1.0, 0.1, 0.01}));  // a vector times the Jacobian
  std::cout << x.grad() << "\n";
}

static void more_than_once() {
  std::cout << "--- 2.1 retain_graph, accumulation\n";
  Tensor x = torch::tensor(2.0, torch::requires_grad());
  Tensor y = x * x * x;
  y.backward({}, /*retain_graph=*/true);
  y.backward();
  std::cout << "12 twice: " << x.grad().item<float>() << "\n";  // gradients add up
  try {
    y.backward();
  } catch (const c10::Error&) {
    std::cout << "a third time is an error: the graph is gone\n";
  }
  x.mutable_grad().zero_();
  (x * 5).backward();
  std::cout << "after zero_(): " << x.grad().item<float>() << "\n";

  std::cout << "--- 2.1 create_graph\n";
  Tensor w = torch::tensor(3.0, torch::requires_grad());
  Tensor cube = w.pow(3);
  Tensor first = torch::autograd::grad({cube}, {w}, {}, true, /*create_graph=*/true)[0];
  Tensor second = torch::autograd::grad({first}, {w})[0];
  std::cout << "3 w^2 = " << first.item<float>() << ", 6 w = " << second.item<float>() << "\n";
}

static void not_followed() {
  std::cout << "--- 2.2 no_grad\n";
  Tensor x = torch::randn({3}, torch::requires_grad());
  {
    torch::NoGradGuard no_grad;
    Tensor y = x * 2;
    std::cout << "inside: " << std::boolalpha << y.requires_grad() << "\n";
  }
  std::cout << "outside: " << (x * 2).requires_grad() << "\n";

  std::cout << "--- 2.2 detach\n";
  Tensor y = x.detach();
  std::cout << y.requires_grad() << "\n";
  std::cout << x.eq(y).all().item<bool>() << "\n";  // the same data

  std::cout << "--- 2.2 requires_grad_\n";
  x.requires_grad_(false);
  std::cout << x.requires_grad() << "\n";
}

int main() {
  requires_grad();
  gradient_argument();
  more_than_once();
  not_followed();
}
