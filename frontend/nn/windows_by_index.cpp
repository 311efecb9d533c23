#include "frontend/nn/windows_by_index.h"

#include <algorithm>

#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace {
Tensor longs(const std::vector<int64_t>& values, const Tensor& like) {
  return torch::tensor(values, TensorOptions(kLong).device(like.device()));
}
}  // namespace

Windows Windows::adaptive(int64_t size, int64_t count) {
  Windows windows{size, {}, {}};
  for (int64_t i = 0; i < count; ++i) {
    const int64_t begin = i * size / count, end = ((i + 1) * size + count - 1) / count;
    windows.begin.push_back(begin);
    windows.length.push_back(end - begin);
  }
  return windows;
}
int64_t Windows::longest() const {
  return length.empty() ? 0 : *std::max_element(length.begin(), length.end());
}
bool Windows::even() const {
  return !begin.empty() && static_cast<int64_t>(begin.size()) * length[0] == size &&
         *std::min_element(length.begin(), length.end()) == longest();
}
Tensor Windows::positions(const Tensor& like) const {
  std::vector<int64_t> positions;
  for (size_t i = 0; i < begin.size(); ++i)
    for (int64_t j = 0; j < longest(); ++j)
      positions.push_back(begin[i] + std::min(j, length[i] - 1));
  return longs(positions, like).reshape({static_cast<int64_t>(begin.size()), longest()});
}
Tensor Windows::inside(const Tensor& like) const {
  return torch::arange(longest(), TensorOptions(kLong).device(like.device()))
      .lt(longs(length, like).unsqueeze(1));
}

Tensor window_dims(const Tensor& x, const std::vector<Windows>& windows) {
  Tensor y = x;
  const int64_t lead = x.dim() - static_cast<int64_t>(windows.size());
  std::vector<int64_t> sizes = x.sizes().slice(0, static_cast<size_t>(lead)).vec();
  for (size_t d = 0; d < windows.size(); ++d) {
    const Windows& w = windows[d];
    if (!w.even()) y = y.index_select(lead + static_cast<int64_t>(d), w.positions(x).reshape({-1}));
    sizes.push_back(static_cast<int64_t>(w.begin.size()));
    sizes.push_back(w.longest());
  }
  return y.reshape(sizes);
}

Tensor windows_last(const Tensor& x, size_t dims) {
  const int64_t lead = x.dim() - 2 * static_cast<int64_t>(dims);
  std::vector<int64_t> order, sizes;
  for (int64_t d = 0; d < lead; ++d) order.push_back(d);
  for (int64_t inner = 0; inner < 2; ++inner)
    for (size_t d = 0; d < dims; ++d) order.push_back(lead + 2 * static_cast<int64_t>(d) + inner);
  int64_t places = 1;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i < static_cast<size_t>(lead) + dims) sizes.push_back(x.size(order[i]));
    else places *= x.size(order[i]);
  }
  sizes.push_back(places);
  return x.permute(order).reshape(sizes);
}
}  // namespace nn
}  // namespace torch
