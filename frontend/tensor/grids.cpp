// Grids and combinations of vectors.
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/windows.h"

namespace torch {
using record::Composite;

Tensor block_diag(TensorListIn tensors) {
  Composite composite("block_diag", nullptr, tensors.where);
  int64_t columns = 0;
  Tensors blocks;
  ScalarType type = ScalarType::Undefined;
  for (const Tensor& t : tensors.list) {
    require(t, How(tensors.where, nullptr, "block_diag"));
    if (t.dim() > 2)
      refuse(tensors.where, "block_diag",
             "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ",
             blocks.size(), " has ", t.dim(), " dimensions");
    blocks.push_back(torch::atleast_2d(t));
    columns += blocks.back().size(1);
    type = type == ScalarType::Undefined ? t.scalar_type() : promoteTypes(type, t.scalar_type());
  }
  if (blocks.empty()) return torch::empty({1, 0});
  Tensors bands;
  int64_t left = 0;
  for (const Tensor& b : blocks) {
    bands.push_back(torch::constant_pad_nd(b.to(type), {left, columns - left - b.size(1)}));
    left += b.size(1);
  }
  return torch::cat(bands);
}

Tensors meshgrid(TensorListIn tensors, c10::string_view indexing) {
  const auto fail = [&](const auto&... what) { refuse(tensors.where, "meshgrid", what...); };
  if (tensors.list.empty()) fail("meshgrid expects a non-empty TensorList");
  const bool swap = indexing == "xy" && tensors.list.size() >= 2;
  if (indexing != "xy" && indexing != "ij")
    fail("torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: ", indexing);
  Tensors vectors(tensors.list.begin(), tensors.list.end());
  if (swap) std::swap(vectors[0], vectors[1]);
  std::vector<int64_t> sizes;
  for (const Tensor& t : vectors) {
    require(t, How(tensors.where, nullptr, "meshgrid"));
    if (t.dim() > 1)
      fail("torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ", t.sizes());
    if (t.scalar_type() != vectors[0].scalar_type())
      fail("torch.meshgrid expects all tensors to have the same dtype");
    sizes.push_back(t.numel());
  }
  Tensors grids;
  for (size_t i = 0; i < vectors.size(); ++i) {
    std::vector<int64_t> shown(vectors.size(), 1);
    shown[i] = vectors[i].numel();
    grids.push_back(vectors[i].view(shown, tensors.where).expand(sizes, false, tensors.where));
  }
  if (swap) std::swap(grids[0], grids[1]);
  return grids;
}
Tensors meshgrid(TensorListIn tensors) { return meshgrid(tensors, "ij"); }

Tensor cartesian_prod(TensorListIn tensors) {
  Composite composite("cartesian_prod", nullptr, tensors.where);
  for (const Tensor& t : tensors.list)
    if (t.dim() != 1)
      refuse(tensors.where, "cartesian_prod", "Expect a 1D vector, but got shape ", t.sizes());
  if (tensors.list.size() == 1) return tensors.list[0];
  Tensors columns;
  for (const Tensor& grid : meshgrid(tensors)) columns.push_back(grid.reshape(-1));
  return torch::stack(columns, 1);
}

Tensor combinations(In self, int64_t r, bool with_replacement) {
  Composite composite("combinations", nullptr, self.where);
  require(self, How(self.where, nullptr, "combinations"));
  if (self->dim() != 1)
    refuse(self.where, "combinations", "Expect a 1D vector, but got shape ", self->sizes());
  if (r < 0) refuse(self.where, "combinations", "Expect a non-negative number, but got ", r);
  if (r == 0) return torch::empty({0}, self->options());
  // Counted out on the host: how many there are depends on sizes alone.
  std::vector<int64_t> places, now(static_cast<size_t>(r), 0);
  const int64_t n = self->numel(), step = with_replacement ? 0 : 1;
  for (size_t i = 0; i < now.size(); ++i) now[i] = step * static_cast<int64_t>(i);
  for (bool more = n > 0 && now.back() < n; more;) {
    places.insert(places.end(), now.begin(), now.end());
    more = false;
    for (size_t i = now.size(); i-- > 0 && !more;) {
      const int64_t last = n - 1 - step * static_cast<int64_t>(now.size() - 1 - i);
      if (now[i] >= last) continue;
      more = true;
      ++now[i];
      for (size_t j = i + 1; j < now.size(); ++j) now[j] = now[j - 1] + step;
    }
  }
  const int64_t rows = static_cast<int64_t>(places.size()) / r;
  return self->index_select(0, torch::tensor(places, self->options().dtype(kLong))).reshape({rows, r});
}

Tensor vander(In x, optional<int64_t> N, bool increasing) {
  Composite composite("vander", nullptr, x.where);
  require(x, How(x.where, nullptr, "vander"));
  if (x->dim() != 1) refuse(x.where, "vander", "x must be a one-dimensional tensor.");
  const int64_t n = N.value_or(x->size(0));
  if (n < 0) refuse(x.where, "vander", "N must be non-negative.");
  const Tensor powers = torch::pow(x->unsqueeze(-1), torch::arange(n, x->options().dtype(kLong)));
  return increasing ? powers : powers.flip(1);
}
}  // namespace torch
