#include "tests/frontend/tensor/strided_model.h"

#include <algorithm>
#include <set>

namespace model {
namespace {

int64_t product(const Sizes& s) {
  int64_t n = 1;
  for (int64_t d : s) n *= d;
  return n;
}
Sizes row_major(const Sizes& sizes) {
  Sizes strides(sizes.size(), 1);
  for (size_t i = sizes.size(); i-- > 1;)
    strides[i - 1] = strides[i] * std::max<int64_t>(sizes[i], 1);
  return strides;
}
int64_t address(const Tensor& t, int64_t position) {
  int64_t a = t.offset;
  for (size_t d = t.sizes.size(); d-- > 0;) {
    a += position % t.sizes[d] * t.strides[d];
    position /= t.sizes[d];
  }
  return a;
}
}  // namespace

int64_t Tensor::numel() const { return product(sizes); }
double& Tensor::at(int64_t position) const {
  return (*memory)[static_cast<size_t>(address(*this, position))];
}
std::vector<double> Tensor::values() const {
  std::vector<double> v;
  for (int64_t i = 0; i < numel(); ++i) v.push_back(at(i));
  return v;
}
bool Tensor::overlaps() const {
  std::set<int64_t> seen;
  for (int64_t i = 0; i < numel(); ++i)
    if (!seen.insert(address(*this, i)).second) return true;
  return false;
}

Tensor fresh(const Sizes& sizes, const std::vector<double>& values) {
  return {std::make_shared<std::vector<double>>(values), sizes, row_major(sizes), 0};
}
Tensor iota(const Sizes& sizes) {
  std::vector<double> v;
  for (int64_t i = 0; i < product(sizes); ++i) v.push_back(static_cast<double>(i));
  return fresh(sizes, v);
}

Tensor permute(const Tensor& t, const Sizes& order) {
  Tensor r = t;
  for (size_t i = 0; i < order.size(); ++i) {
    r.sizes[i] = t.sizes[static_cast<size_t>(order[i])];
    r.strides[i] = t.strides[static_cast<size_t>(order[i])];
  }
  return r;
}
Tensor select(const Tensor& t, int64_t dim, int64_t index) {
  Tensor r = t;
  r.offset += index * t.strides[static_cast<size_t>(dim)];
  r.sizes.erase(r.sizes.begin() + dim);
  r.strides.erase(r.strides.begin() + dim);
  return r;
}
Tensor slice(const Tensor& t, int64_t dim, int64_t start, int64_t end, int64_t step) {
  Tensor r = t;
  const size_t d = static_cast<size_t>(dim);
  r.offset += start * t.strides[d];
  r.sizes[d] = std::max<int64_t>((end - start + step - 1) / step, 0);
  r.strides[d] *= step;
  return r;
}
Tensor unsqueeze(const Tensor& t, int64_t dim) {
  Tensor r = t;
  r.sizes.insert(r.sizes.begin() + dim, 1);
  r.strides.insert(r.strides.begin() + dim, 1);
  return r;
}
Tensor squeeze(const Tensor& t) {
  Tensor r = t;
  r.sizes.clear();
  r.strides.clear();
  for (size_t i = 0; i < t.sizes.size(); ++i)
    if (t.sizes[i] != 1) r.sizes.push_back(t.sizes[i]), r.strides.push_back(t.strides[i]);
  return r;
}
Tensor expand(const Tensor& t, const Sizes& sizes) {
  Tensor r = t;
  const size_t lead = sizes.size() - t.sizes.size();
  r.sizes = sizes;
  r.strides.assign(sizes.size(), 0);
  for (size_t i = 0; i < t.sizes.size(); ++i)
    if (t.sizes[i] == sizes[lead + i]) r.strides[lead + i] = t.strides[i];
  return r;
}
Tensor diagonal(const Tensor& t) {
  Tensor r = t;
  r.sizes.erase(r.sizes.begin(), r.sizes.begin() + 2);
  r.strides.erase(r.strides.begin(), r.strides.begin() + 2);
  r.sizes.push_back(std::min(t.sizes[0], t.sizes[1]));
  r.strides.push_back(t.strides[0] + t.strides[1]);
  return r;
}
Tensor unfold(const Tensor& t, int64_t dim, int64_t size, int64_t step) {
  Tensor r = t;
  const size_t d = static_cast<size_t>(dim);
  r.sizes[d] = (t.sizes[d] - size) / step + 1;
  r.strides[d] *= step;
  r.sizes.push_back(size);
  r.strides.push_back(t.strides[d]);
  return r;
}
Tensor reshape(const Tensor& t, const Sizes& sizes, bool& is_view) {
  // Brute force: the strides are those of neighbours, if every element then lies where it did.
  Tensor r = t;
  r.sizes = sizes;
  r.strides.assign(sizes.size(), 0);
  is_view = true;
  if (t.numel() == 0) return fresh(sizes, {});
  const Sizes steps = row_major(sizes);
  for (size_t d = 0; d < sizes.size(); ++d)
    if (sizes[d] > 1) r.strides[d] = address(t, steps[d]) - address(t, 0);
  for (int64_t i = 0; i < t.numel(); ++i) is_view &= address(r, i) == address(t, i);
  return is_view ? r : fresh(sizes, t.values());
}

Tensor map(const Tensor& t, const std::function<double(double)>& f) {
  std::vector<double> v = t.values();
  for (double& x : v) x = f(x);
  return fresh(t.sizes, v);
}
Tensor zip(const Tensor& a, const Tensor& b, const std::function<double(double, double)>& f) {
  Sizes sizes(std::max(a.sizes.size(), b.sizes.size()), 1);
  for (const Tensor* t : {&a, &b})
    for (size_t i = 0; i < t->sizes.size(); ++i) {
      int64_t& s = sizes[sizes.size() - t->sizes.size() + i];
      if (t->sizes[i] != 1) s = t->sizes[i];
    }
  const Tensor x = expand(a, sizes), y = expand(b, sizes);
  std::vector<double> v;
  for (int64_t i = 0; i < product(sizes); ++i) v.push_back(f(x.at(i), y.at(i)));
  return fresh(sizes, v);
}
void write(const Tensor& t, const Tensor& b) {
  const std::vector<double> v = expand(b, t.sizes).values();
  for (int64_t i = 0; i < t.numel(); ++i) t.at(i) = v[static_cast<size_t>(i)];
}
}  // namespace model
