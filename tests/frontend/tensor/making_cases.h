// Splits, diagonals, rotations, joins, grids, places: values, strides where they are views,
// gradients.
#pragma once
#include "tests/frontend/tensor/arithmetic_cases.h"

namespace golden {
inline void more_shape_cases(const Show& show) {
  Tensor x = leaf({2, 3, 4}, 1), m = leaf({4, 4}, 2), v = leaf({3}, 3);
  auto view = [&](const std::string& name, const std::function<Tensor()>& f) {
    show(name + ", strides", torch::tensor(f().strides().vec(), torch::kLong));
    with_gradients(show, name, {x}, f);
  };
  auto parts = [&](const std::string& name, const std::vector<Tensor>& list) {
    for (size_t i = 0; i < list.size(); ++i) {
      show(name + " " + std::to_string(i), list[i]);
      show(name + ", strides", torch::tensor(list[i].strides().vec(), torch::kLong));
    }
  };
  view("movedim of two", [&] { return x.movedim({0, 1}, {2, 0}); });
  view("moveaxis", [&] { return torch::moveaxis(x, 0, 1); });
  view("swapdims", [&] { return x.swapdims(0, 2); });
  view("adjoint", [&] { return torch::adjoint(x); });
  view("mH", [&] { return x.mH(); });
  view("numpy_T", [&] { return x.numpy_T(); });
  view("narrow from a tensor", [&] { return x.narrow(2, torch::tensor(1), 2); });
  view("narrow_copy", [&] { return torch::narrow_copy(x, 2, 1, 2); });
  parts("tensor_split", x.tensor_split(3, 2));
  parts("tensor_split at", torch::tensor_split(x, {1, 3}, 2));
  parts("tensor_split by a tensor", x.tensor_split(torch::tensor({1, 2}), 2));
  parts("hsplit", x.hsplit(3));
  parts("vsplit", torch::vsplit(m, 2));
  parts("dsplit", x.dsplit({1, 2}));
  auto check = [&](const std::string& name, const std::vector<Tensor>& of,
                   const std::function<Tensor()>& f) { with_gradients(show, name, of, f); };
  check("diag of a vector", {v}, [&] { return torch::diag(v, 1); });
  check("diag of a matrix", {m}, [&] { return m.diag(-1); });
  check("diag_embed", {m}, [&] { return torch::diag_embed(m, -1, 0, 2); });
  check("diagflat", {m}, [&] { return m.slice(1, 0, 1).diagflat(); });
  check("trace", {m}, [&] { return torch::trace(m); });
  check("fliplr", {m}, [&] { return m.fliplr(); });
  check("flipud", {m}, [&] { return torch::flipud(m); });
  for (int64_t k : {-1, 0, 1, 2, 3, 5})
    check("rot90 " + std::to_string(k), {x}, [&] { return x.rot90(k, {0, 2}); });
  check("slice_scatter", {m, v},
        [&] { return m.slice(1, 0, 3).slice_scatter(v.expand({2, 3}), 0, 0, 4, 2); });
  check("select_scatter", {m}, [&] { return torch::select_scatter(m, m[0] * 2, 1, -1); });
  check("diagonal_scatter", {m, v}, [&] { return m.diagonal_scatter(v, 1); });
  check("as_strided_scatter", {v}, [&] { return torch::as_strided_scatter(m.detach(), v, {3}, {5}, 1); });
  check("repeat_interleave", {x}, [&] { return x.repeat_interleave(2, 1); });
  check("repeat_interleave of all", {v}, [&] { return torch::repeat_interleave(v, 3); });
  check("repeat_interleave by a tensor", {x},
        [&] { return x.repeat_interleave(torch::tensor({2, 0, 1}), 1); });
  typed(show, "repeat_interleave of places", torch::repeat_interleave(torch::tensor({1, 0, 3})));
  Tensor tall = torch::zeros({7, 3}), cube = torch::zeros({3, 3, 3});
  typed(show, "fill_diagonal_", torch::zeros({7, 3}).fill_diagonal_(1));
  typed(show, "fill_diagonal_, wrapped", tall.fill_diagonal_(2, true));
  typed(show, "fill_diagonal_ of a cube", cube.fill_diagonal_(3));
  auto geometry = [&](const std::string& name, const std::function<void(Tensor)>& f) {
    Tensor y = wave({1, 3, 4}, 4);
    f(y);
    show(name, y);
    show(name + ", strides", torch::tensor(y.strides().vec(), torch::kLong));
    y.add_(1);
    show(name + ", written", y);
  };
  geometry("squeeze_", [](Tensor y) { y.squeeze_(); });
  geometry("squeeze_ of a dim", [](Tensor y) { y.squeeze_(0); });
  geometry("unsqueeze_", [](Tensor y) { y.unsqueeze_(1); });
  geometry("transpose_", [](Tensor y) { y.transpose_(1, 2); });
  geometry("swapaxes_", [](Tensor y) { y.swapaxes_(0, 2); });
  geometry("t_", [](Tensor y) { y.squeeze_(0).t_(); });
  geometry("as_strided_", [](Tensor y) { y.as_strided_({2, 2}, {4, 1}, 1); });
  geometry("resize_ smaller", [](Tensor y) { y.resize_({2, 3}); });
  geometry("resize_as_", [](Tensor y) { y.resize_as_(torch::zeros({6})); });
}

inline void more_join_cases(const Show& show) {
  Tensor a = leaf({2}, 1), b = leaf({3}, 2), m = leaf({2, 2}, 3);
  auto check = [&](const std::string& name, const std::vector<Tensor>& of,
                   const std::function<Tensor()>& f) { with_gradients(show, name, of, f); };
  check("dstack", {a, m}, [&] { return torch::dstack({a, a * 2}); });
  check("dstack of matrices", {m}, [&] { return torch::dstack({m, m}); });
  check("column_stack", {a, m}, [&] { return torch::column_stack({a, m}); });
  check("row_stack", {a, m}, [&] { return torch::row_stack({a, m}); });
  check("concatenate", {a, b}, [&] { return torch::concatenate({a, b}); });
  check("block_diag", {a, m}, [&] { return torch::block_diag({m, a, torch::tensor(2.f)}); });
  check("cartesian_prod", {a, b}, [&] { return torch::cartesian_prod({a, b}); });
  check("combinations", {b}, [&] { return torch::combinations(b); });
  check("combinations, repeated", {b}, [&] { return torch::combinations(b, 2, true); });
  typed(show, "vander", torch::vander(b.detach()));
  typed(show, "vander, increasing", torch::vander(b.detach(), 4, true));
  for (const char* way : {"ij", "xy"})
    for (const Tensor& t : torch::meshgrid({a, b, m[0]}, way)) {
      show("meshgrid", t);
      show("meshgrid, strides", torch::tensor(t.strides().vec(), torch::kLong));
    }
  show("atleast_3d", torch::atleast_3d(a));
  show("atleast_2d", torch::atleast_2d(torch::tensor(1.f)));
  typed(show, "tril_indices", torch::tril_indices(3, 4, 1));
  typed(show, "triu_indices", torch::triu_indices(3, 4, -1, torch::kInt));
  typed(show, "logspace", torch::logspace(-1, 2, 4));
  typed(show, "logspace to base 2", torch::logspace(0, 3, 4, 2, torch::kDouble));
  typed(show, "range", torch::range(1, 4, 1));
  typed(show, "range with step", torch::range(0, 1, 0.25));
  typed(show, "new_empty_strided",
        torch::tensor(wave({2}, 1).new_empty_strided({2, 3}, {1, 2}).strides().vec()));
}

inline void more_place_cases(const Show& show) {
  Tensor x = leaf({3, 4}, 1), src = leaf({3, 4}, 2), value = torch::tensor(2.5f).requires_grad_();
  const Tensor two = torch::tensor({2, 0}),
               index = torch::tensor({{0, 0, 3, 1}, {1, 1, 1, 1}, {2, 3, 0, 2}});
  auto check = [&](const std::string& name, const std::vector<Tensor>& of,
                   const std::function<Tensor()>& f) { with_gradients(show, name, of, f); };
  check("index_copy", {x, src}, [&] { return torch::index_copy(x, 0, two, src.slice(0, 1, 3)); });
  check("index_copy of columns", {x, src},
        [&] { return x.index_copy(1, two, src.slice(1, 0, 2)); });
  check("index_fill", {x}, [&] { return x.index_fill(1, torch::tensor({1, -1}), 7); });
  check("index_fill by a tensor", {x, value}, [&] { return torch::index_fill(x, 0, two, value); });
  check("masked_scatter", {x, src}, [&] { return x.masked_scatter(x > 0, src); });
  check("put", {x, src}, [&] { return x.put(torch::tensor({11, 0, -3}), src[0].slice(0, 0, 3)); });
  check("put, added", {x, src},
        [&] { return torch::put(x, torch::tensor({5, 5, 0}), src[0].slice(0, 0, 3), true); });
  for (const char* reduce : {"sum", "prod", "mean", "amax", "amin"})
    for (bool include : {true, false}) {
      const std::string name = std::string(reduce) + (include ? " with self" : " alone");
      check("scatter_reduce " + name, {x, src},
            [&] { return x.scatter_reduce(1, index, src, reduce, include); });
      typed(show, "scatter_reduce of integers " + name,
            torch::arange(12).reshape({3, 4}).scatter_reduce(
                0, torch::tensor({{0, 0, 2, 1}, {0, 1, 1, 1}}),
                torch::arange(8).reshape({2, 4}) - 3, reduce, include));
      if (reduce != std::string("sum"))
        typed(show, "index_reduce " + name,
              x.detach().index_reduce(0, torch::tensor({0, 2, 0}), src.detach(), reduce, include));
    }
  Tensor zeros = torch::tensor({0.f, 2.f, 3.f}).requires_grad_(),
         factors = torch::tensor({0.f, 4.f, 5.f, 0.f}).requires_grad_();
  check("scatter_reduce prod of zeros", {zeros, factors},
        [&] { return zeros.scatter_reduce(0, torch::tensor({1, 1, 2, 0}), factors, "prod"); });
  typed(show, "scatter multiply", x.detach().scatter(1, index.slice(1, 0, 1), 2, "multiply"));
  typed(show, "take_along_dim",
        torch::take_along_dim(x.detach(), torch::tensor({{1}, {0}, {3}}), 1));
  typed(show, "take_along_dim of all", x.detach().take_along_dim(torch::tensor({11, 0})));
  check("take_along_dim, broadcast", {x},
        [&] { return torch::take_along_dim(x, torch::tensor({{1, 0}}), 1); });
  typed(show, "argwhere", torch::argwhere(x.detach() > 0));
  for (const Tensor& t : (x.detach() > 0).nonzero_numpy()) typed(show, "nonzero_numpy", t);
}
}  // namespace golden
