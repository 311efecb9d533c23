// Ops that move or make elements: views, slices, indices, creation.
#include "tests/random/program_writer.h"

namespace torch {
namespace test {
namespace {
const auto any_type = [](const op::Type&) { return true; };
const auto has_dims = [](const op::Type& t) { return t.rank() > 0; };
}  // namespace

void add_view(ProgramWriter& w) {
  using op::Op;
  const auto x = w.pick(any_type);
  if (!x) return;
  const op::Type type = w.type(*x);
  const int64_t rank = static_cast<int64_t>(type.rank());
  op::Dims list;
  switch (w.below(5)) {
    case 0: {  // reshape: split and join at random
      int64_t rest = type.numel();
      while (rest > 1 && w.chance(70)) {
        int64_t part = w.one_of<int64_t>({1, 2, 3, 4, 5, 7, 8});
        if (rest % part) part = 1;
        list.push_back(part);
        rest /= part;
      }
      list.push_back(rest);
      w.add(Op::reshape, {*x}, op::attrs::reshape::pack(list));
      return;
    }
    case 1: {
      for (int64_t d = 0; d < rank; ++d) list.insert(static_cast<size_t>(w.below(d + 1)), d);
      w.add(Op::permute, {*x}, op::attrs::permute::pack(list));
      return;
    }
    case 2: {
      list = type.dims;
      for (int64_t& d : list)
        if (d == 1) d = w.one_of<int64_t>({1, 2, 5});
      if (w.chance(40)) list.insert(0, 1 + w.below(3));
      w.add(Op::expand, {*x}, op::attrs::expand::pack(list));
      return;
    }
    case 3: {
      for (int64_t d = 0; d < rank; ++d)
        if (w.chance(50)) list.push_back(d);
      w.add(Op::flip, {*x}, op::attrs::flip::pack(list));
      return;
    }
    default: {
      op::Dims low, high, interior;
      for (int64_t d = 0; d < rank; ++d) {
        low.push_back(w.below(3));
        high.push_back(w.below(3));
        interior.push_back(w.chance(20) ? 1 : 0);
      }
      w.add(Op::pad, {*x, w.of({type.dtype, {}})}, op::attrs::pad::pack(low, high, interior));
    }
  }
}

void add_slice(ProgramWriter& w) {
  using op::Op;
  const auto x = w.pick(has_dims);
  if (!x) return;
  const op::Type type = w.type(*x);
  if (w.chance(30)) {
    const int64_t dim = w.below(static_cast<int64_t>(type.rank()));
    std::vector<ProgramWriter::Id> parts{*x};
    for (int64_t i = w.below(3); i >= 0; --i) {
      op::Type other = type;
      other.dims[dim] = w.chance(40) ? type.dims[dim] : w.below(5);
      if (other.numel() <= w.options().max_elements)
        parts.insert(parts.begin() + w.below(2), w.of(other));
    }
    w.add(Op::concat, parts, op::attrs::concat::pack(dim));
    return;
  }
  op::Dims sizes, steps, last;
  for (int64_t n : type.dims) {
    const bool whole = w.chance(40) || n == 0;
    steps.push_back(whole ? 1 : 1 + w.below(2));
    const int64_t most = n == 0 ? 0 : (n - 1) / steps.back() + 1;
    sizes.push_back(whole ? n : 1 + w.below(most));
    last.push_back(sizes.back() == 0 ? 0 : n - 1 - (sizes.back() - 1) * steps.back());
  }
  std::vector<ProgramWriter::Id> operands{*x};
  const bool insert = w.chance(40);
  if (insert) operands.push_back(w.of({type.dtype, sizes}));
  for (int64_t l : last) operands.push_back(w.start(l));
  if (insert) w.add(Op::insert, operands, op::attrs::insert::pack(steps));
  else w.add(Op::slice, operands, op::attrs::slice::pack(sizes, steps));
}

void add_indexing(ProgramWriter& w) {
  using op::Op;
  const auto x = w.pick(has_dims);
  if (!x) return;
  const op::Type type = w.type(*x);
  const int64_t dim = w.below(static_cast<int64_t>(type.rank())), n = type.dims[dim];
  if (n == 0) return;
  op::Dims sizes = type.dims;
  sizes[dim] = w.one_of<int64_t>({1, 2, 5});
  switch (w.below(7)) {
    case 0: w.add(Op::gather, {*x, w.indices(sizes, n)}, op::attrs::gather::pack(dim)); return;
    case 1:
      w.add(Op::scatter_add, {*x, w.indices(sizes, n), w.of({type.dtype, sizes})},
            op::attrs::scatter_add::pack(dim));
      return;
    case 2:
      w.add(Op::scatter, {*x, w.indices(sizes, n), w.of({type.dtype, sizes})},
            op::attrs::scatter::pack(dim));
      return;
    case 3:
      w.add(w.one_of({Op::scatter_mul, Op::scatter_max, Op::scatter_min}),
            {*x, w.indices(sizes, n), w.of({type.dtype, sizes})}, op::attrs::scatter_mul::pack(dim));
      return;
    case 4: w.add(Op::argsort, {*x}, op::attrs::argsort::pack(dim, w.chance(50), w.one_of<int64_t>({1, n}))); return;
    case 5:
      w.add(Op::index_select, {*x, w.indices({sizes[dim]}, n)}, op::attrs::index_select::pack(dim));
      return;
    default:
      w.add(Op::index_add, {*x, w.indices({sizes[dim]}, n), w.of({type.dtype, sizes})},
            op::attrs::index_add::pack(dim));
  }
}

void add_creation(ProgramWriter& w) {
  using op::Op;
  const op::Dims sizes = w.sizes(static_cast<size_t>(w.below(4)));
  if (w.chance(40))
    return void(w.constant(w.dtype(), w.one_of({0.0, 1.0, 2.0, -1.0, 0.25}), sizes));
  if (w.chance(50) && !sizes.empty()) {
    w.add(Op::iota, {},
          op::attrs::iota::pack(sizes, w.below(static_cast<int64_t>(sizes.size())), w.dtype()));
    return;
  }
  const Op op = w.one_of({Op::random_uniform, Op::random_normal, Op::random_bits});
  const op::DType dtype = op == Op::random_bits ? w.one_of({op::DType::Long, op::DType::Int})
                                                : op::computed_in(w.floating());
  w.add(op, {w.input(i64(), Domain::below(1000)), w.constant(op::DType::Long, 4)},
        op::attrs::random_uniform::pack(sizes, dtype));
}
}  // namespace test
}  // namespace torch
