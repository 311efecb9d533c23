/// The naive model of tensors: a vector of numbers, and views of it by sizes, strides and offset.
/// Every op runs at once, element by element. Each number has a slope, its derivative along one
/// direction: what gradients must agree with.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace model {

using Sizes = std::vector<int64_t>;

/// The element types that matter to values.
enum class Type { f64, f32, f16, bf16, i64, i32, i16, i8, u8, boolean };
double rounded(double x, Type type);

using Numbers = std::shared_ptr<std::vector<double>>;
struct Tensor {
  Numbers memory;
  Numbers slopes;  // of the same length; what was detached shares memory but not these
  Sizes sizes, strides;
  int64_t offset = 0;

  int64_t numel() const;
  int64_t rank() const { return static_cast<int64_t>(sizes.size()); }
  /// The element at a row-major position.
  double& at(int64_t position) const;
  double& slope(int64_t position) const;
  std::vector<double> values() const;
  std::vector<double> all_slopes() const;
  bool overlaps() const;
};

Tensor fresh(const Sizes& sizes, const std::vector<double>& values,
             const std::vector<double>& slopes = {});
Tensor iota(const Sizes& sizes);

// Views
Tensor permute(const Tensor& t, const Sizes& order);
Tensor select(const Tensor& t, int64_t dim, int64_t index);
Tensor slice(const Tensor& t, int64_t dim, int64_t start, int64_t end, int64_t step);
Tensor unsqueeze(const Tensor& t, int64_t dim);
Tensor squeeze(const Tensor& t);
Tensor expand(const Tensor& t, const Sizes& sizes);
Tensor diagonal(const Tensor& t, int64_t offset, int64_t dim1, int64_t dim2);
Tensor unfold(const Tensor& t, int64_t dim, int64_t size, int64_t step);
Tensor as_strided(const Tensor& t, const Sizes& sizes, const Sizes& strides, int64_t offset);
/// A view where torch has one, else a copy; `is_view` says which.
Tensor reshape(const Tensor& t, const Sizes& sizes, bool& is_view);
Tensor detach(const Tensor& t);

// Values
using Function = std::function<double(double)>;
/// `slope_of`: the derivative at x; null: 1.
Tensor map(const Tensor& t, Type type, const Function& f, const Function& slope_of = nullptr);
Tensor copy(const Tensor& t);
Tensor add(const Tensor& a, const Tensor& b, double factor, Type type);
/// Running sums along the last dim.
Tensor running_sum(const Tensor& t, Type type);
/// Writes b, broadcast to t, through t. `values_only`: as without grad, slopes stay.
void write(const Tensor& t, const Tensor& b, bool values_only = false);
}  // namespace model
