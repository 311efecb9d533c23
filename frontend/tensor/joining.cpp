// Tensors one after the other.
#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace {

Tensor joined(TensorList list, int64_t dim, const How& how) {
  if (list.empty()) refuse(how.where, how.what, "expected a non-empty list of Tensors");
  Promotion p;
  const Tensor* first = nullptr;  // whose shape counts
  for (const Tensor& t : list) {
    require(t, how);
    p.add(t);
    if (t.dim() == 0)
      refuse(how.where, how.what, "zero-dimensional tensor (at position ", &t - list.data(),
             ") cannot be concatenated");
    // A vector of nothing joins with anything.
    const bool skipped = t.dim() == 1 && t.size(0) == 0;
    if (!skipped && !first) first = &t;
  }
  const ScalarType type = p.result();
  if (!first) return record::make_tensor(input(list[0], type, how).value);
  const int64_t d = wrap_dim(dim, first->dim(), how.where);
  std::vector<Value> held;
  std::vector<Operand> operands;
  for (size_t i = 0; i < list.size(); ++i) {
    const Tensor& t = list[i];
    if (t.dim() == 1 && t.size(0) == 0 && first->dim() != 1) continue;
    if (t.dim() != first->dim())
      refuse(how.where, how.what, "Tensors must have same number of dimensions: got ", first->dim(),
             " and ", t.dim());
    for (int64_t k = 0; k < t.dim(); ++k)
      if (k != d && t.size(k) != first->size(k))
        refuse(how.where, how.what, "Sizes of tensors must match except in dimension ", d,
               ". Expected size ", first->size(k), " but got size ", t.size(k),
               " for tensor number ", i, " in the list.");
    const Input in = input(t, type, how);
    held.push_back(in.value);
    operands.push_back(Operand(held.back(), in.source));
  }
  if (operands.size() == 1) return record::make_tensor(own_history(held[0], how));
  return record::make_tensor(record::record(Op::concat, operands, op::attrs::concat::pack(d), how));
}

Tensor stacked(TensorList list, int64_t dim, const How& how) {
  if (list.empty()) refuse(how.where, how.what, "expects a non-empty TensorList");
  Promotion p;
  for (size_t i = 0; i < list.size(); ++i) {
    require(list[i], how);
    p.add(list[i]);
    if (list[i].sizes() != list[0].sizes())
      refuse(how.where, how.what, "stack expects each tensor to be equal size, but got ",
             list[0].sizes(), " at entry 0 and ", list[i].sizes(), " at entry ", i);
  }
  const size_t d = static_cast<size_t>(wrap_dim(dim, list[0].dim() + 1, how.where));
  std::vector<Value> held;
  std::vector<Operand> operands;
  for (const Tensor& t : list) {
    Dims sizes = record::impl(t)->sizes;
    sizes.insert(d, 1);
    held.push_back(record::record(Op::reshape, {input(t, p.result(), how)},
                                  op::attrs::reshape::pack(sizes), how));
    operands.push_back(Operand(held.back()));
  }
  if (operands.size() == 1) return record::make_tensor(own_history(held[0], how));
  return record::make_tensor(
      record::record(Op::concat, operands, op::attrs::concat::pack(static_cast<int64_t>(d)), how));
}

// At least `rank` dims, as hstack and vstack see their tensors.
std::vector<Tensor> at_least(TensorListIn tensors, int64_t rank) {
  std::vector<Tensor> out;
  for (const Tensor& t : tensors.list) {
    Tensor shown = t;
    while (shown.defined() && shown.dim() < rank) shown = unsqueeze(In(shown, tensors.where), 0);
    out.push_back(shown);
  }
  return out;
}
}  // namespace

Tensor cat(TensorListIn tensors, int64_t dim) {
  if (const Autocast cast(casts::cat, tensors); cast.on())
    return cat(TensorListIn(cast.all(), tensors.where), dim);
  return joined(tensors.list, dim, How(tensors.where, "CatBackward0", "cat"));
}
Tensor concat(TensorListIn tensors, int64_t dim) { return cat(tensors, dim); }
Tensor stack(TensorListIn tensors, int64_t dim) {
  if (const Autocast cast(casts::stack, tensors); cast.on())
    return stack(TensorListIn(cast.all(), tensors.where), dim);
  return stacked(tensors.list, dim, How(tensors.where, "StackBackward0", "stack"));
}
Tensor hstack(TensorListIn tensors) {
  const std::vector<Tensor> list = at_least(tensors, 1);
  return joined(list, !list.empty() && list[0].defined() && list[0].dim() == 1 ? 0 : 1,
                How(tensors.where, "CatBackward0", "hstack"));
}
Tensor vstack(TensorListIn tensors) {
  return joined(at_least(tensors, 2), 0, How(tensors.where, "CatBackward0", "vstack"));
}
Tensor row_stack(TensorListIn tensors) { return vstack(tensors); }
Tensor concatenate(TensorListIn tensors, int64_t dim) { return cat(tensors, dim); }
Tensor atleast_1d(In self) {
  require(self, How(self.where, nullptr, "atleast_1d"));
  return self->dim() ? self.tensor : reshape(self, 1);
}
Tensor atleast_2d(In self) {
  require(self, How(self.where, nullptr, "atleast_2d"));
  if (self->dim() == 0) return reshape(self, {1, 1});
  return self->dim() == 1 ? unsqueeze(self, 0) : self.tensor;
}
Tensor atleast_3d(In self) {
  require(self, How(self.where, nullptr, "atleast_3d"));
  if (self->dim() == 0) return reshape(self, {1, 1, 1});
  if (self->dim() == 1) return unsqueeze(In(unsqueeze(self, 0), self.where), -1);
  return self->dim() == 2 ? unsqueeze(self, -1) : self.tensor;
}
Tensor dstack(TensorListIn tensors) {
  std::vector<Tensor> list;
  for (const Tensor& t : tensors.list) list.push_back(atleast_3d(In(t, tensors.where)));
  return joined(list, 2, How(tensors.where, "CatBackward0", "dstack"));
}
Tensor column_stack(TensorListIn tensors) {
  std::vector<Tensor> list;
  for (const Tensor& t : tensors.list) {
    require(t, How(tensors.where, nullptr, "column_stack"));
    list.push_back(t.dim() <= 1 ? reshape(In(t, tensors.where), {t.numel(), 1}) : t);
  }
  return joined(list, 1, How(tensors.where, "CatBackward0", "column_stack"));
}
}  // namespace torch
