/// The naive model of tensors: a vector of numbers, and views of it by sizes, strides and offset.
/// Every op runs at once, element by element.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace model {

using Sizes = std::vector<int64_t>;

struct Tensor {
  std::shared_ptr<std::vector<double>> memory;
  Sizes sizes, strides;
  int64_t offset = 0;

  int64_t numel() const;
  int64_t rank() const { return static_cast<int64_t>(sizes.size()); }
  /// The element at a row-major position.
  double& at(int64_t position) const;
  std::vector<double> values() const;
  bool overlaps() const;
};

Tensor fresh(const Sizes& sizes, const std::vector<double>& values);
Tensor iota(const Sizes& sizes);

// Views
Tensor permute(const Tensor& t, const Sizes& order);
Tensor select(const Tensor& t, int64_t dim, int64_t index);
Tensor slice(const Tensor& t, int64_t dim, int64_t start, int64_t end, int64_t step);
Tensor unsqueeze(const Tensor& t, int64_t dim);
Tensor squeeze(const Tensor& t);
Tensor expand(const Tensor& t, const Sizes& sizes);
Tensor diagonal(const Tensor& t);
Tensor unfold(const Tensor& t, int64_t dim, int64_t size, int64_t step);
/// A view where torch has one, else a copy; `is_view` says which.
Tensor reshape(const Tensor& t, const Sizes& sizes, bool& is_view);

// Values
Tensor map(const Tensor& t, const std::function<double(double)>& f);
Tensor zip(const Tensor& a, const Tensor& b, const std::function<double(double, double)>& f);
/// Writes b, broadcast to t, through t.
void write(const Tensor& t, const Tensor& b);
}  // namespace model
