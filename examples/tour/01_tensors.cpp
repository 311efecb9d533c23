// Tensors: arrays of any number of dims, with a type, whose operations are recorded, compiled and
// differentiated.
#include <torch/torch.h>

#include <iostream>
#include <vector>

using torch::Tensor;
using torch::indexing::Ellipsis;
using torch::indexing::Slice;

static void creation() {
  std::cout << "--- 1.1 Creating tensors\n";
  // From numbers: lists may be nested. Without a dtype, integers become long and others float.
  Tensor x_data = torch::tensor({{1, 2}, {3, 4}});
  std::cout << x_data << "\n";

  // From memory that is there already. Nothing is copied: tensor and array are one.
  std::vector<float> array = {1, 2, 3, 4};
  Tensor shared = torch::from_blob(array.data(), {2, 2}, torch::kFloat);
  array[0] = 10;
  std::cout << "the array's change shows: " << shared[0][0].item<float>() << "\n";

  // Like another tensor: its shape, dtype and device, but for what is said.
  Tensor x_ones = torch::ones_like(x_data), x_zeros = torch::zeros_like(x_data);
  Tensor x_rand = torch::rand_like(x_data, torch::kFloat);
  std::cout << x_ones << "\n" << x_zeros << "\n";
  std::cout << "rand_like: " << x_rand.dtype() << " " << x_rand.sizes() << "\n";

  // Of a shape
  Tensor uniform = torch::rand({2, 3});   // in [0, 1)
  Tensor normal = torch::randn({2, 3});   // mean 0, standard deviation 1
  Tensor whatever = torch::empty({2, 3}); // not initialised
  std::cout << torch::ones({2, 3}) << "\n" << torch::zeros({2, 3}) << "\n";
  std::cout << "in [0, 1): " << std::boolalpha
            << (uniform.ge(0).all().item<bool>() && uniform.lt(1).all().item<bool>()) << ", "
            << normal.numel() << " normal numbers, " << whatever.numel() << " of any kind\n";
  std::cout << torch::arange(0, 10, 2) << "\n" << torch::linspace(0, 1, 5) << "\n";
}

static void attributes() {
  std::cout << "--- 1.2 Attributes\n";
  Tensor t = torch::rand({2, 3});
  std::cout << "sizes " << t.sizes() << ", size(1) " << t.size(1) << ", dtype " << t.dtype()
            << ", device " << t.device() << ", dim " << t.dim() << ", numel " << t.numel()
            << ", requires_grad " << t.requires_grad() << "\n";
  for (torch::Dtype type : {torch::kFloat32, torch::kFloat64, torch::kFloat16, torch::kInt8,
                            torch::kInt16, torch::kInt32, torch::kInt64, torch::kBool}) {
    Tensor zeros = torch::zeros({2}, type);
    std::cout << type << ": " << zeros.element_size() << " bytes an element\n";
  }
}

static void indexing() {
  std::cout << "--- 1.3 Indexing and slicing\n";
  Tensor tensor = torch::ones({4, 4});
  std::cout << "First row:\n" << tensor[0] << "\n";
  std::cout << "First column:\n" << tensor.index({Slice(), 0}) << "\n";
  std::cout << "Last column:\n" << tensor.index({Ellipsis, -1}) << "\n";
  // A slice is a view: writing to it writes to the tensor.
  tensor.index_put_({Slice(), 1}, 0);
  std::cout << tensor << "\n";
  tensor[3] = 7;
  tensor[0].slice(0, 2) *= 5;
  std::cout << tensor << "\n";

  std::cout << "--- 1.3 Joining\n";
  Tensor a = torch::ones({1, 2}), b = torch::zeros({1, 2});
  std::cout << torch::cat({a, b}, 0) << "\n" << torch::cat({a, b}, 1) << "\n";
  std::cout << "stack: " << torch::stack({a, b}, 0).sizes() << "\n";
}

static void arithmetic() {
  std::cout << "--- 1.3 Arithmetic\n";
  Tensor a = torch::tensor({1, 2, 3}), b = torch::tensor({4, 5, 6});
  Tensor c = a + b;  // 5, 7, 9
  Tensor d = a * b;  // 4, 10, 18
  std::cout << c << "\n" << d << "\n";
  std::cout << a - b << "\n" << a / b << "\n" << a.pow(2) << "\n";

  // Products of matrices
  Tensor m = torch::arange(4.0).view({2, 2});
  std::cout << m.matmul(m) << "\n" << torch::matmul(m, m.t()) << "\n";

  // Broadcasting: dims of size 1, and dims that are not there, are repeated as it were.
  Tensor column = torch::tensor({{0.0}, {10.0}, {20.0}}), row = torch::tensor({1.0, 2.0, 3.0});
  std::cout << column + row << "\n";

  std::cout << "--- 1.3 Single elements\n";
  Tensor tensor = torch::arange(6.0).view({2, 3});
  Tensor agg = tensor.sum();
  float agg_item = agg.item<float>();
  std::cout << "sum " << agg_item << ", mean " << tensor.mean().item<float>() << ", max "
            << tensor.max().item<float>() << ", min " << tensor.min().item<float>() << "\n";
  std::cout << "column sums:\n" << tensor.sum(0) << "\n";

  std::cout << "--- 1.3 In place\n";
  tensor.add_(5);
  std::cout << tensor << "\n";
  tensor.copy_(torch::zeros({2, 3}));
  tensor.t_();
  std::cout << tensor.sizes() << "\n";
}

static void bridge() {
  std::cout << "--- 1.4 Sharing memory\n";
  // data_ptr() is the tensor's memory; what is written there, the tensor has.
  Tensor t = torch::ones({5});
  float* memory = t.data_ptr<float>();
  t.add_(1);
  std::cout << "the program sees " << memory[0] << "\n";
  memory[1] = 42;
  std::cout << t << "\n";
  auto element = t.accessor<float, 1>();
  std::cout << "element 1 is " << element[1] << "\n";
}

int main() {
  creation();
  attributes();
  indexing();
  arithmetic();
  bridge();
}
