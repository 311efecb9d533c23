// Running reductions, orders, sets, quantiles: values, dtypes, gradients.
#pragma once
#include "tests/frontend/tensor/arithmetic_cases.h"

namespace golden {
inline Tensor with_equals() {
  return torch::tensor({{2.f, -1.f, 2.f, 0.5f}, {0.5f, 0.5f, -3.f, 7.f}, {1.f, 2.f, 1.f, 2.f}});
}
inline Tensor with_nans() {
  return torch::tensor({{2.f, NAN, -1.f, 0.5f}, {NAN, 1.f, NAN, 3.f}, {NAN, NAN, NAN, NAN}});
}
inline void pair(const Show& show, const std::string& name, const std::tuple<Tensor, Tensor>& p) {
  typed(show, name, std::get<0>(p));
  typed(show, name + ", where", std::get<1>(p));
}

inline void cumulative_cases(const Show& show) {
  Tensor x = leaf({3, 4}, 1), zeros = torch::tensor({{2.f, 0.f, 3.f}, {0.f, 0.f, 4.f}});
  zeros.requires_grad_();
  for (int64_t dim : {0, 1, -1}) {
    const std::string of = " " + std::to_string(dim);
    with_gradients(show, "cumsum" + of, {x}, [&] { return x.cumsum(dim); });
    with_gradients(show, "cumprod" + of, {x}, [&] { return torch::cumprod(x, dim); });
    with_gradients(show, "cumprod with zeros" + of, {zeros}, [&] { return zeros.cumprod(dim); });
    with_gradients(show, "logcumsumexp" + of, {x}, [&] { return x.logcumsumexp(dim); });
    with_gradients(show, "cummax" + of, {x}, [&] { return std::get<0>(x.cummax(dim)); });
    with_gradients(show, "cummin" + of, {x}, [&] { return std::get<0>(torch::cummin(x, dim)); });
    pair(show, "cummax of equals" + of, with_equals().cummax(dim));
    pair(show, "cummin of equals" + of, with_equals().cummin(dim));
    pair(show, "cummax with nans" + of, with_nans().cummax(dim));
    with_gradients(show, "diff" + of, {x}, [&] { return torch::diff(x, 1, dim); });
  }
  with_gradients(show, "cumsum twice", {x}, [&] { return (x * x).cumsum(0).cumsum(1); });
  with_gradients(show, "cumsum of a view", {x}, [&] { return x.t().slice(0, 1, 3).cumsum(0); });
  typed(show, "cumsum of a number", torch::tensor(3.f).cumsum(0));
  typed(show, "cumsum of nothing", torch::zeros({0, 3}).cumsum(0));
  typed(show, "cumsum of many", torch::full({100000}, 0.1f).cumsum(0).slice(0, 99990));
  typed(show, "cumsum in double", x.detach().cumsum(0, torch::kDouble));
  for (auto type : {torch::kInt, torch::kLong, torch::kByte, torch::kBool}) {
    const Tensor t = of_type(type, 3);
    typed(show, "cumsum of integers", t.cumsum(1));
    typed(show, "cumprod of integers", t.cumprod(0));
    pair(show, "cummax of integers", t.cummax(1));
  }
  with_gradients(show, "diff twice", {x}, [&] { return x.diff(2, 1); });
  typed(show, "diff with ends",
        torch::diff(torch::arange(4), 1, 0, torch::tensor({7}), torch::tensor({1, 1})));
  typed(show, "diff of truth", torch::tensor({true, false, false}).diff());
}

inline void order_cases(const Show& show) {
  Tensor x = leaf({3, 4}, 1), cube = leaf({2, 3, 2}, 5);
  for (bool down : {false, true}) {
    const std::string way = down ? " down" : " up";
    for (int64_t dim : {0, 1}) {
      const std::string of = way + " " + std::to_string(dim);
      with_gradients(show, "sort" + of, {x}, [&] { return std::get<0>(x.sort(dim, down)); });
      pair(show, "sort of equals" + of, with_equals().sort(true, dim, down));
      pair(show, "sort with nans" + of, with_nans().sort(true, dim, down));
      typed(show, "argsort" + of, x.detach().argsort(dim, down));
      with_gradients(show, "topk" + of, {x}, [&] { return std::get<0>(x.topk(2, dim, down)); });
      typed(show, "topk with nans" + of, std::get<0>(with_nans().topk(3, dim, down)));
    }
    pair(show, "sort of a cube" + way, cube.detach().sort(1, down));
    pair(show, "sort of integers" + way, torch::tensor({3, 1, 2, 1}).sort(true, 0, down));
    pair(show, "sort of bytes" + way, torch::tensor({3, 200, 2}, torch::kByte).sort(true, 0, down));
    typed(show, "sort of truth" + way,
          std::get<0>(torch::tensor({true, false, true}).sort(true, 0, down)));
  }
  pair(show, "sort of a number", torch::tensor(4.f).sort());
  pair(show, "sort of nothing", torch::zeros({2, 0}).sort());
  with_gradients(show, "msort", {x}, [&] { return torch::msort(x); });
  with_gradients(show, "kthvalue", {x}, [&] { return std::get<0>(x.kthvalue(2)); });
  pair(show, "kthvalue kept", torch::kthvalue(x.detach(), 3, 0, true));
  for (int64_t dim : {0, 1}) {
    const std::string of = " " + std::to_string(dim);
    with_gradients(show, "median" + of, {x}, [&] { return std::get<0>(x.median(dim)); });
    pair(show, "median where" + of, torch::median(x.detach(), dim, true));
    pair(show, "median with nans" + of, with_nans().median(dim));
    typed(show, "nanmedian" + of, std::get<0>(with_nans().nanmedian(dim)));
    typed(show, "mode" + of, std::get<0>(with_equals().mode(dim)));
  }
  pair(show, "mode where", with_equals().mode(1, true));
  with_gradients(show, "median of all", {x}, [&] { return x.median(); });
  typed(show, "median of all with nans", with_nans().median());
  typed(show, "nanmedian of all", with_nans().nanmedian());
  typed(show, "median of integers", torch::tensor({4, 1, 3, 2}).median());
}

inline void quantile_cases(const Show& show) {
  Tensor x = leaf({3, 4}, 1);
  const Tensor q = torch::tensor({0.1f, 0.5f, 1.f});
  with_gradients(show, "quantile", {x}, [&] { return x.quantile(0.3); });
  with_gradients(show, "quantile of dim", {x}, [&] { return torch::quantile(x, 0.7, 1); });
  with_gradients(show, "quantiles", {x}, [&] { return x.quantile(q, 0, true); });
  for (const char* way : {"linear", "lower", "higher", "midpoint", "nearest"}) {
    typed(show, std::string("quantiles, ") + way, x.detach().quantile(q, 1, false, way));
    typed(show, std::string("quantiles of all, ") + way,
          x.detach().quantile(q, c10::nullopt, true, way));
  }
  typed(show, "quantile with nans", with_nans().quantile(0.5, 1));
  typed(show, "nanquantile", with_nans().nanquantile(0.5, 1));
  typed(show, "nanquantiles", with_nans().nanquantile(q, 0));
  typed(show, "nansum", with_nans().nansum());
  typed(show, "nansum of dim", with_nans().nansum(1, true));
  typed(show, "nanmean", with_nans().nanmean(0));
  Tensor y = with_nans().requires_grad_();
  with_gradients(show, "nansum", {y}, [&] { return y.nansum(0); });
  pair(show, "aminmax", torch::aminmax(x.detach()));
  pair(show, "aminmax of dim", x.detach().aminmax(1, true));
  pair(show, "std_mean", torch::std_mean(x.detach(), 0));
  pair(show, "var_mean", torch::var_mean(x.detach()));
  pair(show, "var_mean, corrected", torch::var_mean(x.detach(), std::vector<int64_t>{1}, 2, true));
  with_gradients(show, "std_mean", {x}, [&] { return std::get<0>(torch::std_mean(x, true)); });
  typed(show, "any of dims", (x > 1).any(std::vector<int64_t>{0, 1}, true));
  typed(show, "all of dims", torch::all(x < 2, std::vector<int64_t>{1}));
  typed(show, "count_nonzero of dims",
        x.detach().round().count_nonzero(torch::IntArrayRef(std::vector<int64_t>{0, 1})));
  with_gradients(show, "dist", {x}, [&] { return torch::dist(x, x * 2, 3); });
  with_gradients(show, "renorm", {x}, [&] { return x.renorm(2, 0, 1.5); });
  with_gradients(show, "sum_to_size", {x}, [&] { return x.sum_to_size({3, 1}); });
  typed(show, "norm in double", x.detach().norm(2, torch::kDouble));
  typed(show, "histc", torch::histc(x.detach(), 4, -1, 1));
  typed(show, "histc of all", x.detach().histc(5));
  typed(show, "bincount", torch::bincount(torch::tensor({1, 3, 1, 0})));
  typed(show, "bincount with weights",
        torch::tensor({1, 3, 1}).bincount(torch::tensor({0.5f, 1.f, 2.f}), 6));
  typed(show, "bincount of nothing", torch::zeros({0}, torch::kLong).bincount());
}

inline void set_cases(const Show& show) {
  auto three = [&](const std::string& name, const std::tuple<Tensor, Tensor, Tensor>& t) {
    typed(show, name, std::get<0>(t));
    typed(show, name + ", inverse", std::get<1>(t));
    typed(show, name + ", counts", std::get<2>(t));
  };
  const Tensor x = torch::tensor({{3, 1, 1}, {3, 3, 2}});
  three("unique", at::_unique2(x, true, true, true));
  three("unique of fractions", at::_unique2(with_equals(), true, true, true));
  three("unique_consecutive", torch::unique_consecutive(x, true, true));
  three("unique_consecutive of dim",
        torch::unique_consecutive(torch::tensor({{1, 2}, {1, 2}, {0, 2}}), true, true, 0));
  three("unique_dim",
        torch::unique_dim(torch::tensor({{1, 2}, {0, 5}, {1, 2}}), 0, true, true, true));
  three("unique_dim 1", torch::unique_dim(x, 1, true, true, true));
  typed(show, "isin", torch::isin(x, torch::tensor({1, 2})));
  typed(show, "isin, inverted", torch::isin(x, 3, false, true));
  const Tensor row = torch::tensor({1.f, 3.f, 3.f, 7.f, 9.f}),
               values = torch::tensor({{0.f, 3.f, 10.f}, {9.f, 8.f, NAN}});
  for (bool right : {false, true}) {
    typed(show, "searchsorted", torch::searchsorted(row, values, false, right));
    typed(show, "bucketize", torch::bucketize(values, row, true, right));
  }
  typed(
      show, "searchsorted of rows",
      torch::searchsorted(torch::tensor({{1, 2, 3}, {2, 4, 6}}), torch::tensor({{2, 9}, {3, 4}})));
  typed(show, "searchsorted of a number", torch::searchsorted(row, 3.f));
  typed(show, "searchsorted, sorted by",
        torch::searchsorted(row.flip(0), values, false, false, "right",
                            torch::tensor({4, 3, 2, 1, 0})));
}
}  // namespace golden
