// A pybind11 module over Weft, for bridge_test.py.
#include <torch/torch.h>
#include <weft/python.h>

namespace {
torch::Tensor kept;
}

PYBIND11_MODULE(bridge, m) {
  m.def("double", [](torch::Tensor x) { return x * 2; });
  m.def("add_one_in_place", [](torch::Tensor x) { x.add_(1); torch::eval(x); });
  m.def("keep", [](torch::Tensor x) { kept = x; });
  m.def("kept", [] { return kept; });
  m.def("let_go", [] { kept = torch::Tensor(); });
  m.def("ones", [](std::vector<int64_t> sizes) { return torch::ones(sizes); });
  m.def("transposed", [](torch::Tensor x) { return x.t(); });
  m.def("sum_of_kept", [] { return kept.sum().item<double>(); });
  m.def("write", [](double value) { kept.fill_(value); torch::eval(kept); });
  m.def("with_gradient", [] { return torch::ones({2}, torch::requires_grad()); });
}
