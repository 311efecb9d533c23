// Products made of products of matrices: values and gradients.
#pragma once
#include "tests/frontend/tensor/arithmetic_cases.h"

namespace golden {
inline void algebra_cases(const Show& show) {
  Tensor a = leaf({2, 3}, 1), b = leaf({3, 4}, 2), v = leaf({3}, 3), w = leaf({4}, 4);
  Tensor p = leaf({2, 3, 4}, 5), q = leaf({2, 4, 2}, 6), s = leaf({3, 3}, 7);
  auto check = [&](const std::string& name, const std::vector<Tensor>& of,
                   const std::function<Tensor()>& f) { with_gradients(show, name, of, f); };
  check("addr", {b, v, w}, [&] { return torch::addr(b, v, w, 0.5, 2); });
  check("addr, self unread", {v, w}, [&] { return torch::full({3, 4}, NAN).addr(v, w, 0); });
  check("addbmm", {p, q}, [&] { return torch::addbmm(torch::ones({3, 2}), p, q, 2, 0.5); });
  check("baddbmm", {p, q}, [&] { return torch::ones({2, 3, 2}).baddbmm(p, q); });
  check("ger", {v, w}, [&] { return torch::ger(v, w); });
  check("inner", {a, s}, [&] { return torch::inner(a, s); });
  check("inner of vectors", {v}, [&] { return v.inner(v * 2); });
  check("vdot", {v}, [&] { return torch::vdot(v, v); });
  check("kron", {a, v}, [&] { return torch::kron(a, v); });
  check("cross", {a, s}, [&] { return torch::cross(a, s.slice(0, 0, 2), 1); });
  check("cross, dim found", {s}, [&] { return s.cross(s * s); });
  show("matrix_power 0", s.detach().matrix_power(0));
  for (int64_t n : {1, 2, 3, 6})
    check("matrix_power " + std::to_string(n), {s}, [&] { return s.matrix_power(n); });
  check("tensordot", {p, q}, [&] { return torch::tensordot(p, q, {0, 2}, {0, 1}); });
  check("tensordot of no dims", {a, v}, [&] { return torch::tensordot(a, v, {}, {}); });
  check("chain_matmul", {a, b, q}, [&] { return torch::chain_matmul({a, b, q[0]}); });
  for (double n : {1.0, 2.0, 3.0, double(INFINITY)})
    check("cdist " + std::to_string(n), {a, s}, [&] { return torch::cdist(a, s, n); });
  auto sum = [&](const std::string& equation, const std::vector<Tensor>& of) {
    check(equation, of, [&] { return torch::einsum(equation, of) * 1; });
  };
  sum("ij,jk->ik", {a, b});
  sum("ij,jk", {a, b});
  sum("ij->ji", {a});
  sum("ij->", {a});
  sum("ij->j", {a});
  sum("ii->i", {s});
  sum("ii", {s});
  sum("i,j->ij", {v, w});
  sum("i,i", {v, v});
  sum("ij,ij->ij", {s, s});
  sum("bij,bjk->bik", {p, q});
  sum("bij,bjk->ki", {p, q});
  sum("bij,bjk,i->kb", {p, q, v});
  sum("...ij,...jk->...ik", {p, q});
  sum("...j,j->...", {p, w});
  sum("b...,b...->...", {p, p});
  sum("iij->j", {p.slice(0, 0, 1).slice(1, 0, 1)});
  sum("abc,cd,b->da", {p, q[0], v});
  sum(" i j , j k -> i k ", {a, b});
  check("einsum by a path", {a, b, w},
        [&] { return torch::einsum("ij,jk,k->i", {a, b, w}, std::vector<int64_t>{1, 2, 0, 1}); });
}
}  // namespace golden
