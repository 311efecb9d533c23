// Views, joins, indexing: values, strides, gradients.
#pragma once
#include "tests/frontend/tensor/arithmetic_cases.h"

namespace golden {
inline void view_cases(const Show& show) {
  Tensor x = leaf({2, 3, 4}, 1);
  auto check = [&](const std::string& name, const std::function<Tensor()>& f) {
    const Tensor y = f();
    show(name + ", strides", torch::tensor(y.strides().vec(), torch::kLong));
    show(name + ", offset and contiguity",
         torch::tensor({y.storage_offset(), int64_t(y.is_contiguous())}));
    with_gradients(show, name, {x}, f);
  };
  check("view", [&] { return x.view({4, -1}); });
  check("view_as", [&] { return x.view_as(torch::zeros({6, 4})); });
  check("reshape of a transpose", [&] { return x.transpose(0, 2).reshape({6, 4}); });
  check("reshape_as", [&] { return torch::reshape(x, {24}).reshape_as(x); });
  check("permute", [&] { return torch::permute(x, {2, 0, 1}); });
  check("transpose", [&] { return x.transpose(-1, 0); });
  check("swapaxes", [&] { return torch::swapaxes(x, 1, 2); });
  check("movedim", [&] { return x.movedim(0, 2); });
  check("t", [&] { return x[1].t(); });
  check("mT", [&] { return x.mT(); });
  check("flatten", [&] { return x.flatten(1); });
  check("flatten of a transpose", [&] { return x.transpose(1, 2).flatten(0, 1); });
  check("unflatten", [&] { return x.unflatten(2, {2, 2}); });
  check("ravel", [&] { return torch::ravel(x); });
  check("squeeze", [&] { return x.slice(1, 0, 1).squeeze(); });
  check("squeeze of a dim", [&] { return x.narrow(1, 1, 1).squeeze(1); });
  check("squeeze of no such dim", [&] { return x.squeeze(0); });
  check("unsqueeze", [&] { return torch::unsqueeze(x, -1); });
  check("expand", [&] { return x.slice(1, 2, 3).expand({5, 2, 3, 4}); });
  check("expand_as", [&] { return x[0][0].expand_as(x); });
  check("broadcast_to", [&] { return torch::broadcast_to(x[0], {2, 3, 4}); });
  check("narrow", [&] { return x.narrow(2, 1, 2); });
  check("slice with step", [&] { return x.slice(2, 0, 4, 2); });
  check("slice from the end", [&] { return torch::slice(x, 1, -2); });
  check("slice of nothing", [&] { return x.slice(1, 2, 1); });
  check("select", [&] { return x.select(1, -1); });
  check("diagonal", [&] { return x.diagonal(1, 1, 2); });
  check("diagonal of 0 and 1", [&] { return torch::diagonal(x, -1); });
  check("as_strided", [&] { return torch::as_strided(x, {2, 2}, {5, 2}, 3); });
  check("as_strided, overlapping", [&] { return x.as_strided({3, 3}, {1, 1}); });
  check("unfold", [&] { return x.unfold(2, 2, 1); });
  check("chain", [&] { return x.transpose(0, 2).slice(0, 1, 4, 2).select(1, 2).unsqueeze(0); });
  check("contiguous", [&] { return x.transpose(0, 1).contiguous(); });
  check("clone", [&] { return x.transpose(0, 1).clone(); });
  check("to double", [&] { return x.to(torch::kDouble).to(torch::kFloat); });
  check("flip", [&] { return torch::flip(x, {0, 2}); });
  check("roll", [&] { return x.roll({1, -2}, {0, 2}); });
  check("roll of all", [&] { return torch::roll(x, 5); });
  check("repeat", [&] { return x.repeat({2, 1, 1, 2}); });
  check("tile", [&] { return torch::tile(x, {2}); });
  auto parts = [&](const std::string& name, const std::vector<Tensor>& list) {
    for (size_t i = 0; i < list.size(); ++i) show(name + " " + std::to_string(i), list[i]);
  };
  parts("split", x.split(2, 2));
  parts("split with a rest", torch::split(x, 2, 1));
  parts("split_with_sizes", x.split_with_sizes({1, 3}, 2));
  parts("chunk", x.chunk(3, 2));
  parts("unbind", torch::unbind(x, 1));
  parts("broadcast_tensors", torch::broadcast_tensors({x[0], x[1][0]}));
  with_gradients(show, "part of a split", {x}, [&] { return x.split(2, 2)[1] * x.chunk(2, 2)[0]; });
}

inline void join_cases(const Show& show) {
  Tensor a = leaf({2, 3}, 1), b = leaf({2, 3}, 2), c = leaf({2, 1}, 3);
  with_gradients(show, "cat", {a, b}, [&] { return torch::cat({a, b}); });
  with_gradients(show, "cat of dim 1", {a, c}, [&] { return torch::cat({a, c, a}, 1); });
  with_gradients(show, "cat of dim -1", {a, c}, [&] { return torch::concat({c, a * 2}, -1); });
  with_gradients(show, "stack", {a, b}, [&] { return torch::stack({a, b}, 1); });
  with_gradients(show, "stack of dim -1", {a, b}, [&] { return torch::stack({a, b, a}, -1); });
  with_gradients(show, "hstack", {a, c}, [&] { return torch::hstack({a, c}); });
  with_gradients(show, "vstack", {a, b}, [&] { return torch::vstack({a, b}); });
  typed(show, "cat of dtypes", torch::cat({torch::arange(3), wave({2}, 1)}));
  typed(show, "cat with nothing", torch::cat({torch::zeros({0}), a.detach()}));
}

inline void indexing_cases(const Show& show) {
  using namespace torch::indexing;
  Tensor x = leaf({4, 5}, 1);
  auto check = [&](const std::string& name, const std::function<Tensor()>& f) {
    with_gradients(show, name, {x}, f);
  };
  const Tensor rows = torch::tensor({3, 0, 3}), columns = torch::tensor({{1}, {-1}});
  check("[1]", [&] { return x[1]; });
  check("[-1][2]", [&] { return x[-1][2]; });
  check("index 1", [&] { return x.index({1}); });
  check("index ..., 1", [&] { return x.index({"...", 1}); });
  check("index slices", [&] { return x.index({Slice(1, None), Slice(None, None, 2)}); });
  check("index None", [&] { return x.index({None, Slice(), None, 0}); });
  check("index rows", [&] { return x.index({rows}); });
  check("index columns", [&] { return x.index({Slice(), rows}); });
  check("index rows and columns", [&] { return x.index({rows, columns}); });
  check("index mask", [&] { return x.index({x > 0}); });
  check("index row mask", [&] { return x.index({torch::tensor({true, false, true, false})}); });
  check("index row, mask",
        [&] { return x.index({2, torch::tensor({true, false, true, false, true})}); });
  check("index_select", [&] { return x.index_select(1, rows); });
  check("gather", [&] { return torch::gather(x, 1, torch::tensor({{0, 4}, {1, 1}, {2, 0}})); });
  check("gather of dim 0", [&] { return x.gather(0, torch::tensor({{0, 3, 2, 1, 1}})); });
  check("take", [&] { return x.take(torch::tensor({{0, 19}, {7, -1}})); });
  check("masked_select", [&] { return torch::masked_select(x, x < 0); });
  check("index_add", [&] { return torch::index_add(x, 0, rows, x.slice(0, 0, 3), 2); });
  check("scatter", [&] {
    return x.scatter(1, torch::tensor({{0, 2}, {1, 4}}), x.slice(0, 2, 4).slice(1, 0, 2) * 2);
  });
  check("scatter of a number", [&] { return torch::scatter(x, 0, torch::tensor({{0, 2, 1}}), 3); });
  check("scatter_add", [&] {
    return x.scatter_add(1, torch::tensor({{0, 0}, {1, 4}}), x.slice(0, 2, 4).slice(1, 0, 2));
  });
  auto write = [&](const std::string& name, const std::function<void(Tensor)>& f) {
    check(name, [&] {
      Tensor y = x * 1;
      f(y);
      return y;
    });
  };
  const Tensor value = wave({3, 5}, 7);
  write("index_put_ row", [&](Tensor y) { y.index_put_({1}, 7); });
  write("index_put_ slices",
        [&](Tensor y) { y.index_put_({Slice(0, 2), Slice(1, 4)}, x[0].slice(0, 0, 3)); });
  write("index_put_ rows", [&](Tensor y) { y.index_put_({torch::tensor({3, 0, 1})}, value); });
  write("index_put_ mask", [&](Tensor y) { y.index_put_({y.detach() > 0}, 2.5); });
  write("index_put_ pairs", [&](Tensor y) {
    y.index_put_({torch::tensor({0, 1, 2}), torch::tensor({4, 3, 2})}, x[3].slice(0, 0, 3));
  });
  write("assignment of a row", [&](Tensor y) { y[2] = x[0]; });
  write("assignment of an element", [&](Tensor y) { y[2][3] = 5; });
  write("index_add_", [&](Tensor y) { y.index_add_(0, rows, value); });
  write("scatter_", [&](Tensor y) { y.scatter_(1, torch::tensor({{0, 2}, {1, 4}}), 9); });
  write("scatter_add_", [&](Tensor y) {
    y.scatter_add_(0, torch::tensor({{0, 0, 0, 3, 3}, {0, 1, 2, 3, 3}}), value);
  });
  write("add_ to a view of a view", [&](Tensor y) { y.t().slice(0, 1, 4).select(1, 2).mul_(3); });
  typed(show, "nonzero", x.detach().round().nonzero());
  typed(show, "nonzero of nothing", torch::zeros({2, 2}).nonzero());
  for (const Tensor& t : torch::where(x.detach() > 1)) typed(show, "where of one", t);
  for (const Tensor& t : torch::nonzero(torch::tensor({0, 3, 0, 4})).unbind(1))
    typed(show, "nonzero, unbound", t);
  typed(show, "integers by index", torch::arange(10).index({torch::tensor({9, 0})}));
}

inline void factory_cases(const Show& show) {
  typed(show, "arange", torch::arange(5));
  typed(show, "arange between", torch::arange(2, 11, 3));
  typed(show, "arange of fractions", torch::arange(0.5, 2, 0.25));
  typed(show, "arange downward", torch::arange(3, -2, -2));
  typed(show, "arange of none", torch::arange(5, 5));
  typed(show, "linspace", torch::linspace(-1, 1, 5));
  typed(show, "linspace of one", torch::linspace(3, 4, 1));
  typed(show, "linspace in double", torch::linspace(0, 1, 7, torch::kDouble));
  typed(show, "eye", torch::eye(3));
  typed(show, "eye of 2x4", torch::eye(2, 4, torch::kLong));
  typed(show, "full", torch::full({2, 2}, 7));
  typed(show, "full of fractions", torch::full({2}, 1.5));
  typed(show, "full of truth", torch::full({2}, true));
  typed(show, "zeros", torch::zeros({2, 0, 3}));
  typed(show, "ones", torch::ones({2}, torch::kByte));
  typed(show, "ones_like", torch::ones_like(wave({2, 2}, 1), torch::kInt));
  typed(show, "zeros_like", torch::zeros_like(torch::arange(3)));
  typed(show, "full_like", torch::full_like(torch::arange(3), 4));
  typed(show, "tensor of a number", torch::tensor(3));
  typed(show, "tensor of a fraction", torch::tensor(2.5));
  typed(show, "tensor of lists", torch::tensor({{1, 2}, {3, 4}}));
  typed(show, "tensor of fractions", torch::tensor({{1.5, 2.}, {3., 4.}}));
  typed(show, "tensor of truth", torch::tensor({true, false}));
  typed(show, "tensor of a vector", torch::tensor(std::vector<int64_t>{5, 6}));
  typed(show, "new_zeros", wave({2}, 1).new_zeros({3}));
  typed(show, "new_full", torch::arange(2).new_full({2}, 3));
  float memory[] = {1, 2, 3, 4};
  typed(show, "from_blob", torch::from_blob(memory, {2, 2}));
  typed(show, "from_blob with strides", torch::from_blob(memory, {2, 2}, {1, 2}));
  for (auto type : all_types)
    for (auto from : all_types)
      typed(show, std::string("cast of ") + c10::toString(from),
            (wave({4}, 3) * 3).abs().to(from).to(type));
}
}  // namespace golden
