// Running reductions along a dim: a weft.scan whose body treats every element for itself.
#include <limits>

#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"

namespace torch {
using record::Composite;
namespace {

// The body of a scan: from states and an element of x to the next states, which each step leaves.
class Body {
 public:
  Body(const std::vector<op::Type>& states, const op::Type& element) : graph_(new op::Graph) {
    for (const op::Type& t : states) input(t);
    input(element);
  }
  uint32_t operator()(Op op, std::vector<uint32_t> operands, const Attrs& attrs = {}) {
    std::vector<const op::Type*> types;
    for (uint32_t v : operands) types.push_back(&types_[v]);
    op::GraphNode node;
    node.op = op;
    node.operands = std::move(operands);
    node.attrs = attrs;
    op::Types results;
    op::infer(op, {types.data(), types.size()}, attrs, results);
    node.results = {results[0]};
    types_.push_back(results[0]);
    graph_->nodes.push_back(std::move(node));
    return static_cast<uint32_t>(types_.size() - 1);
  }
  uint32_t cast(uint32_t v, ScalarType type) {
    return types_[v].dtype == type ? v : (*this)(Op::cast, {v}, op::attrs::cast::pack(type));
  }
  /// The next states, then what the step leaves.
  std::shared_ptr<const op::Graph> finish(std::vector<uint32_t> outputs) {
    graph_->outputs = std::move(outputs);
    return graph_;
  }

 private:
  void input(const op::Type& t) {
    graph_->inputs.push_back(t);
    types_.push_back(t);
  }
  std::shared_ptr<op::Graph> graph_;
  std::vector<op::Type> types_;
};

Value constant(const op::Type& type, double value, const How& how) {
  return record::record(Op::expand, {number(value, type.dtype, how.where)},
                        op::attrs::expand::pack(type.dims), how);
}

// x with `dim` in front, and back.
struct InFront {
  Dims there, back;
  InFront(size_t rank, int64_t dim) {
    there.push_back(dim);
    for (size_t d = 0; d < rank; ++d)
      if (static_cast<int64_t>(d) != dim) there.push_back(static_cast<int64_t>(d));
    back = Dims(rank, 0);
    for (size_t d = 0; d < rank; ++d) back[there[d]] = static_cast<int64_t>(d);
  }
};
Value permuted(const Operand& v, const Dims& order, const How& how) {
  bool same = true;
  for (size_t d = 0; d < order.size(); ++d) same &= order[d] == static_cast<int64_t>(d);
  return same ? Value(v.node)
              : record::record(Op::permute, {v}, op::attrs::permute::pack(order), how);
}

// What the steps leave, in x's shape.
std::vector<Value> run(const Input& x, int64_t dim, const std::vector<Value>& initial,
                       const std::shared_ptr<const op::Graph>& body, const How& how) {
  const InFront order(x.value.type().rank(), dim);
  const Value stacked = permuted(x, order.there, how);
  std::vector<Operand> operands(initial.begin(), initial.end());
  operands.push_back(Operand(stacked, x.source));
  const int64_t carried = static_cast<int64_t>(initial.size());
  std::vector<Value> results = record::record_all(
      Op::scan, operands, op::attrs::scan::pack(carried, 1, false), how, body);
  results.erase(results.begin(), results.begin() + carried);
  for (Value& v : results) v = permuted(v, order.back, how);
  return results;
}
op::Type element_of(const Value& x, int64_t dim) {
  op::Type t = x.type();
  t.dims.erase(static_cast<size_t>(dim));
  return t;
}

// Sums and products of f32 are carried in f64, as libtorch does.
ScalarType carried_in(ScalarType type) {
  return type == kFloat ? kDouble : type == kHalf || type == kBFloat16 ? kFloat : type;
}

Tensor running(Op op, double identity, In self, int64_t dim, optional<ScalarType> dtype,
               const How& how) {
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  const bool integral = isIntegralType(self->scalar_type(), true);
  const ScalarType type = dtype ? *dtype : integral ? kLong : self->scalar_type();
  const Input x = input(self, type, how);
  if (self->dim() == 0 || self->numel() == 0)
    return record::make_tensor(own_history(x.value, how));
  const op::Type element = element_of(x.value, d), state(carried_in(type), element.dims);
  Body body({state}, element);
  const uint32_t next = body(op, {0, body.cast(1, state.dtype)});
  const uint32_t left = body.cast(next, type);
  // The gradient of a sum needs none of its terms: x may change.
  const Input read{x.value, op == Op::add ? nullptr : x.source};
  return record::make_tensor(
      run(read, d, {constant(state, identity, how)}, body.finish({next, left}), how)[0]);
}

// The value so far and where it stood; an equal one later takes over, nan stays.
TensorPair running_extreme(Op better, In self, int64_t dim, const How& how) {
  require(self, how);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  if (self->dim() == 0 || self->numel() == 0)
    return {self->clone(), torch::zeros(self->sizes(), kLong)};
  const bool is_bool = self->scalar_type() == kBool;
  const Value x = value_of(self, how), seen = is_bool ? cast(x, kByte, how) : x;
  const op::Type element = element_of(seen, d), place(kLong, element.dims);
  Body body({element, place, place}, element);  // the best, its place, the place of this element
  uint32_t take = body(better, {3, 0});
  if (isFloatingType(element.dtype)) {
    const uint32_t new_nan = body(Op::isnan, {3}), old_nan = body(Op::isnan, {0});
    take = body(Op::bitwise_or, {take, new_nan});
    take = body(Op::bitwise_and, {take, body(Op::bitwise_or, {new_nan, body(Op::bitwise_not, {old_nan})})});
  }
  const uint32_t first = body(
      Op::constant, {}, op::attrs::constant::pack(op::Literal::of(kLong, 0), Dims()));
  const uint32_t one = body(
      Op::constant, {}, op::attrs::constant::pack(op::Literal::of(kLong, 1), Dims()));
  take = body(Op::bitwise_or, {take, body(Op::eq, {2, first})});
  const uint32_t best = body(Op::select, {take, 3, 0}), at = body(Op::select, {take, 2, 1});
  const uint32_t here = body(Op::add, {2, one});
  const Value none = constant(place, 0, how);
  const std::vector<Value> places =
      run(Input{seen}, d, {constant(element, 0, how), none, none},
          body.finish({best, at, here, at}), How(how.where, nullptr, how.what));
  const Value values = record::record(Op::gather, {input(self, how), places[0]},
                                      op::attrs::gather::pack(d), how);
  return {record::make_tensor(values), record::make_tensor(places[0])};
}
}  // namespace

Tensor cumsum(In self, int64_t dim, optional<ScalarType> dtype) {
  return running(Op::add, 0, self, dim, dtype, How(self.where, "CumsumBackward0", "cumsum"));
}
Tensor cumprod(In self, int64_t dim, optional<ScalarType> dtype) {
  return running(Op::mul, 1, self, dim, dtype, How(self.where, "CumprodBackward0", "cumprod"));
}
Tensor logcumsumexp(In self, int64_t dim) {
  const How how(self.where, "LogcumsumexpBackward0", "logcumsumexp");
  require(self, how);
  if (!self->is_floating_point())
    refuse(self.where, "logcumsumexp", "\"logcumsumexp_out_cpu\" not implemented for '",
           c10::toString(self->scalar_type()), "'");
  return running(Op::logaddexp, -std::numeric_limits<double>::infinity(), self, dim, nullopt, how);
}
TensorPair cummax(In self, int64_t dim) {
  return running_extreme(Op::ge, self, dim, How(self.where, "CummaxBackward0", "cummax"));
}
TensorPair cummin(In self, int64_t dim) {
  return running_extreme(Op::le, self, dim, How(self.where, "CumminBackward0", "cummin"));
}

Tensor diff(In self, int64_t n, int64_t dim, const optional<Tensor>& prepend,
            const optional<Tensor>& append) {
  Composite composite("diff", nullptr, self.where);
  require(self, How(self.where, nullptr, "diff"));
  if (self->dim() == 0) refuse(self.where, "diff", "diff expects input to be at least one-dimensional");
  if (n < 0) refuse(self.where, "diff", "order must be non-negative but got ", n);
  const int64_t d = wrap_dim(dim, self->dim(), self.where);
  std::vector<Tensor> parts;
  if (prepend && prepend->defined()) parts.push_back(*prepend);
  parts.push_back(self);
  if (append && append->defined()) parts.push_back(*append);
  Tensor x = parts.size() == 1 ? self.tensor : torch::cat(parts, d);
  if (n == 0) return x.clone();
  for (int64_t i = 0; i < n; ++i) {
    const int64_t left = std::max<int64_t>(x.size(d) - 1, 0), from = x.size(d) ? 1 : 0;
    const Tensor after = x.narrow(d, from, left), before = x.narrow(d, 0, left);
    x = x.scalar_type() == kBool ? torch::logical_xor(after, before) : after - before;
  }
  return x;
}
Tensor diff(In self, int64_t n, int64_t dim, const optional<Tensor>& prepend) {
  return diff(self, n, dim, prepend, nullopt);
}
Tensor diff(In self, int64_t n, int64_t dim) { return diff(self, n, dim, nullopt, nullopt); }
Tensor diff(In self) { return diff(self, 1); }
}  // namespace torch
