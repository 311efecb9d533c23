/// Ops that read or write a f32 tensor of 3 x 50 by an index along dim 1.
#pragma once
#include <vector>

#include "ir/op/graph.h"

namespace torch {
namespace test {

struct IndexedOp {
  op::Op op;
  op::Dims index, src;  // no `src`: it reads
  op::Attrs attrs;
};
inline std::vector<IndexedOp> indexed_ops() {
  using op::Op;
  return {{Op::gather, {3, 40}, {}, op::attrs::gather::pack(1)},
          {Op::index_select, {40}, {}, op::attrs::index_select::pack(1)},
          {Op::scatter, {3, 40}, {3, 40}, op::attrs::scatter::pack(1)},
          {Op::scatter_add, {3, 40}, {3, 40}, op::attrs::scatter_add::pack(1)},
          {Op::index_add, {40}, {3, 40}, op::attrs::index_add::pack(1)}};
}
}  // namespace test
}  // namespace torch
