// Ops that compute: elementwise, reductions, products, windows, scans.
#include "tests/random/program_writer.h"

namespace torch {
namespace test {
namespace {
bool takes(const char* types, op::DType d) {
  const std::string t = types;
  if (t == "float") return op::is_float(d);
  if (t == "number") return d != op::DType::Bool;
  if (t == "integral") return !op::is_float(d);
  if (t == "whole") return op::is_integral(d, false);
  if (t == "bool") return d == op::DType::Bool;
  return true;
}

const std::vector<op::Op>& elementwise_ops() {
  static const std::vector<op::Op> all = [] {
    std::vector<op::Op> ops;
    for (size_t i = 0; i < op::op_count(); ++i)
      if (op::info(static_cast<op::Op>(i)).family == op::Family::elementwise)
        ops.push_back(static_cast<op::Op>(i));
    return ops;
  }();
  return all;
}
}  // namespace

void add_elementwise(ProgramWriter& w) {
  // The usual ones half of the time.
  const op::Op op = w.chance(50) ? w.one_of({op::Op::add, op::Op::mul, op::Op::sub, op::Op::relu,
                                             op::Op::neg, op::Op::select, op::Op::exp})
                                 : w.one_of(elementwise_ops());
  const auto x = w.pick([&](const op::Type& t) { return takes(op::info(op).types, t.dtype); });
  if (!x) return;
  const op::Type type = w.type(*x);
  if (op == op::Op::cast) return void(w.add(op, {*x}, op::attrs::cast::pack(w.dtype())));
  if (op == op::Op::select)
    return void(w.add(op, {w.broadcastable(op::DType::Bool, type.dims), *x,
                           w.broadcastable(type.dtype, type.dims)}));
  std::vector<ProgramWriter::Id> operands{*x};
  for (int i = 1; i < op::info(op).num_operands; ++i)
    operands.push_back(w.broadcastable(type.dtype, type.dims));
  if (w.chance(50)) std::swap(operands.front(), operands.back());
  const bool divides = op == op::Op::div || op == op::Op::fmod || op == op::Op::remainder;
  if (divides && op::is_integral(type.dtype, false)) {  // by no zero
    const auto odd = w.add(op::Op::bitwise_or, {operands[1], w.constant(type.dtype, 1)});
    if (!odd) return;
    operands[1] = *odd;
  }
  w.add(op, operands);
}

void add_reduction(ProgramWriter& w) {
  using op::Op;
  const Op op = w.one_of({Op::sum, Op::sum, Op::mean, Op::max, Op::min, Op::prod, Op::any, Op::all,
                          Op::argmax, Op::argmin});
  const auto x =
      w.pick([&](const op::Type& t) { return takes(op::info(op).types, t.dtype) && t.rank() > 0; });
  if (!x) return;
  const int64_t rank = static_cast<int64_t>(w.type(*x).rank());
  if (op == Op::argmax || op == Op::argmin)
    return void(w.add(op, {*x}, op::attrs::argmax::pack(w.below(rank))));
  op::Dims dims;
  for (int64_t d = 0; d < rank; ++d)
    if (w.chance(50)) dims.push_back(d);
  if (dims.empty()) dims.push_back(w.below(rank));
  w.add(op, {*x}, op::attrs::sum::pack(dims));
}

void add_product(ProgramWriter& w) {
  using op::Op;
  if (w.chance(70)) {
    const auto a =
        w.pick([&](const op::Type& t) { return t.dtype != op::DType::Bool && t.rank() >= 2; });
    if (!a) return;
    op::Type b = w.type(*a);
    const size_t r = b.rank();
    b.dims[r - 2] = b.dims[r - 1];
    b.dims[r - 1] = w.one_of<int64_t>({1, 3, 4, 9});
    if (b.numel() > w.options().max_elements) return;
    w.add(Op::matmul, {*a, w.of(b)});
    return;
  }
  const size_t spatial = static_cast<size_t>(1 + w.below(2));
  const int64_t groups = 1 + w.below(2), channels = groups * (1 + w.below(2)),
                out = groups * (1 + w.below(2));
  const op::DType dtype = w.floating();
  op::Dims input{1 + w.below(2), channels}, weight{out, channels / groups}, stride, padding,
      dilation, sizes, window;
  for (size_t i = 0; i < spatial; ++i) {
    input.push_back(4 + w.below(4));
    weight.push_back(1 + w.below(3));
    stride.push_back(1 + w.below(2));
    padding.push_back(w.below(2));
    dilation.push_back(1 + w.below(2));
    sizes.push_back(input.back());
    window.push_back(weight.back());
  }
  const auto y = w.add(Op::conv, {w.of({dtype, input}), w.of({dtype, weight})},
                       op::attrs::conv::pack(stride, padding, dilation, groups));
  if (!y) return;
  const op::Type dy = w.type(*y);
  if (w.chance(40))
    w.add(Op::conv_input_grad, {w.of(dy), w.of({dtype, weight})},
          op::attrs::conv_input_grad::pack(stride, padding, dilation, groups, sizes));
  if (w.chance(40))
    w.add(Op::conv_weight_grad, {w.of(dy), w.of({dtype, input})},
          op::attrs::conv_weight_grad::pack(stride, padding, dilation, groups, window));
}

void add_window(ProgramWriter& w) {
  using op::Op;
  const Op op = w.one_of({Op::max_pool, Op::window_sum});
  const auto x =
      w.pick([&](const op::Type& t) { return t.dtype != op::DType::Bool && t.rank() >= 1; });
  if (!x) return;
  const op::Type type = w.type(*x);
  const size_t dims =
      1 + static_cast<size_t>(w.below(std::min<int64_t>(2, static_cast<int64_t>(type.rank()))));
  op::Dims window, stride, padding, dilation, sizes(type.dims.end() - dims, type.dims.end());
  for (size_t i = 0; i < dims; ++i) {
    window.push_back(1 + w.below(3));
    stride.push_back(1 + w.below(3));
    padding.push_back(window.back() > 1 ? w.below(2) : 0);
    dilation.push_back(1 + w.below(2));
  }
  const auto y =
      w.add(op, {*x}, op::attrs::max_pool::pack(window, stride, padding, dilation, w.chance(30)));
  if (!y || !w.chance(60)) return;
  const op::Type dy = w.type(*y);
  const auto attrs = op::attrs::max_pool_grad::pack(window, stride, padding, dilation, sizes);
  if (op == Op::max_pool) w.add(Op::max_pool_grad, {w.of(dy), *y + 1}, attrs);
  else w.add(Op::window_sum_grad, {w.of(dy)}, attrs);
}

void add_scan(ProgramWriter& w) {
  const op::Dims row = w.sizes(static_cast<size_t>(w.below(3)));
  const op::DType dtype = w.floating();
  const op::Type state{dtype, row};
  op::Type stacked = state;
  stacked.dims.insert(0, w.below(5));
  // state' = tanh(state * x + w), output = state' - state
  auto body = std::make_shared<op::Graph>();
  body->inputs = {state, state, state};
  body->locations.push_back({"body.cpp", 1, ""});
  const auto node = [&](op::Op op, std::vector<uint32_t> operands) {
    op::GraphNode n;
    n.op = op;
    n.operands = std::move(operands);
    n.results = {state};
    body->nodes.push_back(std::move(n));
    return static_cast<uint32_t>(2 + body->nodes.size());
  };
  const uint32_t next = node(w.one_of({op::Op::tanh, op::Op::sin, op::Op::relu}),
                             {node(op::Op::add, {node(op::Op::mul, {0, 1}), 2})});
  const uint32_t out = node(op::Op::sub, {next, 0});
  body->outputs = {next, out};
  w.add(op::Op::scan, {w.of(state), w.of(stacked), w.of(state)},
        op::attrs::scan::pack(1, 1, w.chance(50)), body, {state, stacked});
}

void add_gradient(ProgramWriter& w) {
  const auto is_float = [](const op::Type& t) { return op::is_float(t.dtype); };
  std::vector<ProgramWriter::Id> ys, wrt;
  for (int i = 0; i < 2; ++i) {
    if (auto y = w.pick(is_float)) ys.push_back(*y);
    if (auto x = w.pick(is_float)) wrt.push_back(*x);
  }
  if (ys.empty()) return;
  for (int order = 0; order < 2; ++order) {
    std::vector<ProgramWriter::Id> operands = ys;
    for (auto y : ys) operands.push_back(w.of(w.type(y)));
    operands.insert(operands.end(), wrt.begin(), wrt.end());
    const auto first =
        w.add(op::Op::grad, operands, op::attrs::grad::pack(static_cast<int64_t>(ys.size()), w.chance(25)));
    if (!first || w.chance(50)) return;
    ys = {*first};
  }
}
}  // namespace test
}  // namespace torch
