// Reductions and products.
#pragma once
#include "tests/frontend/tensor/arithmetic_cases.h"

namespace golden {
inline void reduction_cases(const Show& show) {
  using Dims = std::vector<int64_t>;
  Tensor x = leaf({2, 3, 4}, 1);
  auto check = [&](const std::string& name, const std::function<Tensor()>& f) {
    with_gradients(show, name, {x}, f);
  };
  check("sum", [&] { return x.sum(); });
  check("mean", [&] { return x.mean(); });
  check("prod", [&] { return x.prod(); });
  check("max", [&] { return x.max(); });
  check("min", [&] { return torch::min(x); });
  check("var", [&] { return x.var(); });
  check("var, biased", [&] { return x.var(false); });
  check("var of dim 0", [&] { return x.var(0); });
  check("std", [&] { return torch::std(x); });
  check("std of dim 1", [&] { return x.std(1); });
  check("norm", [&] { return x.norm(); });
  check("norm 1", [&] { return x.norm(1); });
  check("norm 3", [&] { return torch::norm(x, 3); });
  check("norm infinity", [&] { return x.norm(INFINITY); });
  const Tensor all_zero = torch::zeros({2, 3}).requires_grad_();
  for (double p : {1.0, 2.0, 3.0, double(INFINITY)})
    with_gradients(show, "norm " + std::to_string(p) + " of zeros", {all_zero},
                   [&] { return all_zero.norm(p); });
  check("amax of all", [&] { return x.amax(); });
  for (bool keep : {false, true}) {
    for (const Dims& dims : {Dims{0}, Dims{1}, Dims{-1}, Dims{0, 2}, Dims{2, 0, 1}, Dims{}}) {
      std::ostringstream text;
      text << " " << torch::IntArrayRef(dims) << (keep ? " kept" : "");
      check("sum" + text.str(), [&] { return x.sum(dims, keep); });
      check("mean" + text.str(), [&] { return x.mean(dims, keep); });
      check("amax" + text.str(), [&] { return x.amax(dims, keep); });
      check("amin" + text.str(), [&] { return torch::amin(x, dims, keep); });
      if (dims.empty()) continue;  // libtorch's gradient of var is wrong there
      check("var" + text.str(), [&] { return x.var(dims, false, keep); });
      check("std" + text.str(), [&] { return torch::std(x, dims, true, keep); });
      check("logsumexp" + text.str(), [&] { return x.logsumexp(dims, keep); });
      check("norm" + text.str(), [&] { return x.norm(2, dims, keep); });
    }
    for (int64_t dim : {0, 1, -1}) {
      const std::string text = " " + std::to_string(dim) + (keep ? " kept" : "");
      check("prod" + text, [&] { return x.prod(dim, keep); });
      check("max" + text, [&] { return std::get<0>(x.max(dim, keep)); });
      check("min" + text, [&] { return std::get<0>(torch::min(x, dim, keep)); });
      typed(show, "index of max" + text, std::get<1>(x.max(dim, keep)));
      typed(show, "argmax" + text, x.argmax(dim, keep));
      typed(show, "argmin" + text, torch::argmin(x, dim, keep));
      typed(show, "any" + text, (x > 1).any(dim, keep));
      typed(show, "all" + text, torch::all(x < 1, dim, keep));
    }
  }
  check("softmax", [&] { return x.softmax(1); });
  check("log_softmax", [&] { return torch::log_softmax(x, -1); });
  check("var_mean", [&] {
    return std::get<1>(torch::var_mean(x, Dims{0}, true)) *
           std::get<0>(torch::var_mean(x, Dims{0}, true));
  });
  typed(show, "softmax in double", x.softmax(1, torch::kDouble));
  typed(show, "count_nonzero", x.round().count_nonzero());
  typed(show, "count_nonzero of dim 1", torch::count_nonzero(x.round(), c10::optional<int64_t>(1)));
  typed(show, "argmax of all", x.argmax());
  show("equal",
       torch::tensor({x.equal(x.clone()), x.equal(x + 1), x.equal(x[0]), torch::equal(x, x)}));
  show("allclose",
       torch::tensor({x.allclose(x + 1e-9), x.allclose(x + 1e-3), torch::allclose(x, x)}));
  typed(show, "isclose", torch::isclose(x, x + wave({4}, 1) * 1e-5));
  for (auto type : all_types) {
    const Tensor t = of_type(type, 2);
    typed(show, "sum", t.sum());
    typed(show, "sum of dim", t.sum(1));
    typed(show, "sum in float", t.sum(torch::kFloat));
    typed(show, "prod", t.prod());
    typed(show, "max", t.max());
    typed(show, "min of dim", std::get<0>(t.min(0)));
    typed(show, "any", t.any());
    typed(show, "all", t.all());
    if (type != torch::kBool) typed(show, "argmax", t.argmax(1));
  }
  const Tensor none = torch::zeros({0, 3});
  typed(show, "sum of nothing", none.sum());
  typed(show, "sum of nothing, by columns", none.sum(0));
  typed(show, "mean of nothing", none.mean());
  typed(show, "prod of nothing", none.prod(0));
  typed(show, "any of nothing", none.any());
  typed(show, "all of nothing", none.all());
  const Tensor nan = torch::tensor({1.0f, NAN, 3.0f});
  typed(show, "max of nan", nan.max());
  typed(show, "argmax of nan", nan.argmax());
  typed(show, "amin of nan", nan.amin());
  Tensor ties = torch::tensor({{1.0f, 3.0f, 3.0f}, {2.0f, 2.0f, 2.0f}}).requires_grad_();
  with_gradients(show, "max of ties", {ties}, [&] { return ties.max() * torch::ones({2}); });
  with_gradients(show, "amax of ties", {ties}, [&] { return ties.amax(1); });
  with_gradients(show, "max of ties by dim", {ties}, [&] { return std::get<0>(ties.max(1)); });
  Tensor zeros = torch::tensor({{2.0f, 0.0f, 3.0f}, {0.0f, 0.0f, 2.0f}}).requires_grad_();
  with_gradients(show, "prod with zeros", {zeros}, [&] { return zeros.prod(1); });
  const Tensor long_rows = wave({3, 1000}, 5) + 2;
  show("sum of long rows", long_rows.sum(1));
  show("sum of a long matrix", long_rows.sum());
}

inline void product_cases(const Show& show) {
  struct Pair {
    std::vector<int64_t> a, b;
  };
  for (const Pair& p :
       {Pair{{3}, {3}}, Pair{{2, 3}, {3}}, Pair{{3}, {3, 4}}, Pair{{2, 3}, {3, 4}},
        Pair{{5, 2, 3}, {3}}, Pair{{3}, {5, 3, 2}}, Pair{{5, 2, 3}, {3, 4}},
        Pair{{2, 3}, {5, 3, 4}}, Pair{{5, 2, 3}, {5, 3, 4}}, Pair{{2, 1, 2, 3}, {5, 3, 4}},
        Pair{{0, 3}, {3, 2}}, Pair{{2, 0}, {0, 3}}, Pair{{1, 1}, {1, 1}}}) {
    std::ostringstream text;
    text << torch::IntArrayRef(p.a) << " times " << torch::IntArrayRef(p.b);
    Tensor a = leaf(p.a, 1), b = leaf(p.b, 2);
    with_gradients(show, text.str(), {a, b}, [&] { return a.matmul(b); });
  }
  Tensor a = leaf({2, 3}, 1), b = leaf({3, 2}, 2), c = leaf({2, 2}, 3), v = leaf({3}, 4),
         batch = leaf({4, 2, 3}, 5), w = leaf({2}, 6);
  with_gradients(show, "mm", {a, b}, [&] { return torch::mm(a, b); });
  with_gradients(show, "mm of transposed", {a}, [&] { return a.t().mm(a); });
  with_gradients(show, "mv", {a, v}, [&] { return a.mv(v); });
  with_gradients(show, "dot", {v}, [&] { return torch::dot(v, v * 2); });
  with_gradients(show, "outer", {v, w}, [&] { return torch::outer(v, w); });
  with_gradients(show, "bmm", {batch}, [&] { return batch.bmm(batch.transpose(1, 2)); });
  with_gradients(show, "addmm", {a, b, c}, [&] { return torch::addmm(c, a, b, 0.5, 2); });
  with_gradients(show, "addmm broadcast", {a, b, w}, [&] { return w.addmm(a, b); });
  with_gradients(show, "addmv", {a, v, w}, [&] { return torch::addmv(w, a, v, 2, 0.5); });
  with_gradients(show, "baddbmm", {batch, c},
                 [&] { return torch::baddbmm(c, batch, batch.transpose(1, 2), 0.5, 2); });
  typed(show, "integers",
        torch::arange(6).reshape({2, 3}).matmul(torch::arange(6).reshape({3, 2})));
  typed(show, "bytes",
        torch::full({2, 3}, 100, torch::kByte).mm(torch::full({3, 2}, 3, torch::kByte)));
  typed(show, "doubles", wave({2, 3}, 1).to(torch::kDouble).mm(wave({3, 2}, 2).to(torch::kDouble)));
}
}  // namespace golden
