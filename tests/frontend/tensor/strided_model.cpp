#include "tests/frontend/tensor/strided_model.h"

#include <algorithm>
#include <cmath>
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

// To `bits` of precision, to even where it is in the middle.
double to_bits(double x, int bits, int lowest_exponent, double largest) {
  if (x == 0 || !std::isfinite(x)) return x;
  int exponent;
  std::frexp(x, &exponent);
  const double unit = std::ldexp(1, std::max(exponent, lowest_exponent) - bits);
  const double r = std::nearbyint(x / unit) * unit;
  return std::fabs(r) > largest ? std::copysign(INFINITY, x) : r;
}
template <class T> double wrapped(double x) {
  return static_cast<double>(static_cast<T>(static_cast<int64_t>(x)));
}
}  // namespace

double rounded(double x, Type type) {
  switch (type) {
    case Type::f64: return x;
    case Type::f32: return static_cast<float>(x);
    case Type::f16: return to_bits(x, 11, -13, 65504);
    case Type::bf16: return to_bits(x, 8, -125, 3.3895313892515355e38);
    case Type::i64: return wrapped<int64_t>(x);
    case Type::i32: return wrapped<int32_t>(x);
    case Type::i16: return wrapped<int16_t>(x);
    case Type::i8: return wrapped<int8_t>(x);
    case Type::u8: return wrapped<uint8_t>(x);
    case Type::boolean: return x != 0;
  }
  return x;
}

int64_t Tensor::numel() const { return product(sizes); }
double& Tensor::at(int64_t position) const {
  return (*memory)[static_cast<size_t>(address(*this, position))];
}
double& Tensor::slope(int64_t position) const {
  return (*slopes)[static_cast<size_t>(address(*this, position))];
}
std::vector<double> Tensor::values() const {
  std::vector<double> v;
  for (int64_t i = 0; i < numel(); ++i) v.push_back(at(i));
  return v;
}
std::vector<double> Tensor::all_slopes() const {
  std::vector<double> v;
  for (int64_t i = 0; i < numel(); ++i) v.push_back(slope(i));
  return v;
}
bool Tensor::overlaps() const {
  std::set<int64_t> seen;
  for (int64_t i = 0; i < numel(); ++i)
    if (!seen.insert(address(*this, i)).second) return true;
  return false;
}

Tensor fresh(const Sizes& sizes, const std::vector<double>& values,
             const std::vector<double>& slopes) {
  auto numbers = [](const std::vector<double>& v) {
    return std::make_shared<std::vector<double>>(v);
  };
  return {numbers(values), numbers(slopes.empty() ? std::vector<double>(values.size()) : slopes),
          sizes, row_major(sizes), 0};
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
Tensor diagonal(const Tensor& t, int64_t offset, int64_t dim1, int64_t dim2) {
  Tensor r = t;
  const size_t a = static_cast<size_t>(dim1), b = static_cast<size_t>(dim2);
  const int64_t rows = t.sizes[a] - std::max<int64_t>(-offset, 0),
                columns = t.sizes[b] - std::max<int64_t>(offset, 0);
  for (size_t d : {std::max(a, b), std::min(a, b)}) {
    r.sizes.erase(r.sizes.begin() + static_cast<int64_t>(d));
    r.strides.erase(r.strides.begin() + static_cast<int64_t>(d));
  }
  r.sizes.push_back(std::max<int64_t>(std::min(rows, columns), 0));
  r.strides.push_back(t.strides[a] + t.strides[b]);
  if (r.sizes.back()) r.offset += offset >= 0 ? offset * t.strides[b] : -offset * t.strides[a];
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
Tensor as_strided(const Tensor& t, const Sizes& sizes, const Sizes& strides, int64_t offset) {
  return {t.memory, t.slopes, sizes, strides, offset};
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
  return is_view ? r : fresh(sizes, t.values(), t.all_slopes());
}
Tensor detach(const Tensor& t) {
  Tensor r = t;
  r.slopes = std::make_shared<std::vector<double>>(t.memory->size());
  return r;
}

Tensor map(const Tensor& t, Type type, const Function& f, const Function& slope_of) {
  std::vector<double> v, slopes;
  for (int64_t i = 0; i < t.numel(); ++i) {
    v.push_back(rounded(f(t.at(i)), type));
    slopes.push_back(t.slope(i) * (slope_of ? slope_of(t.at(i)) : 1));
  }
  return fresh(t.sizes, v, slopes);
}
Tensor copy(const Tensor& t) { return fresh(t.sizes, t.values(), t.all_slopes()); }
Tensor add(const Tensor& a, const Tensor& b, double factor, Type type) {
  const Tensor y = expand(b, a.sizes);
  std::vector<double> v, slopes;
  for (int64_t i = 0; i < a.numel(); ++i) {
    v.push_back(rounded(a.at(i) + factor * y.at(i), type));
    slopes.push_back(a.slope(i) + factor * y.slope(i));
  }
  return fresh(a.sizes, v, slopes);
}
Tensor running_sum(const Tensor& t, Type type) {
  std::vector<double> v = t.values(), slopes = t.all_slopes();
  const size_t row = static_cast<size_t>(t.sizes.back());
  for (size_t i = 0; i < v.size(); ++i) {
    if (i % row == 0) continue;
    v[i] += v[i - 1];
    slopes[i] += slopes[i - 1];
  }
  for (double& x : v) x = rounded(x, type);
  return fresh(t.sizes, v, slopes);
}
void write(const Tensor& t, const Tensor& b, bool values_only) {
  const Tensor from = copy(expand(b, t.sizes));
  for (int64_t i = 0; i < t.numel(); ++i) {
    t.at(i) = from.at(i);
    if (!values_only) t.slope(i) = from.slope(i);
  }
}
}  // namespace model
