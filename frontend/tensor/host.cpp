#include "frontend/tensor/host_inside.h"

#include <algorithm>
#include <cstring>

#include "frontend/record/fold.h"
#include "frontend/record/read.h"
#include "frontend/tensor/order_inside.h"

namespace torch {

std::vector<int64_t> host_integers(const Tensor& t, const char* why, Location where) {
  const record::Values values(t, why, where);
  std::vector<int64_t> out(static_cast<size_t>(t.numel()));
  op::visit_dtype(t.scalar_type(), [&](auto zero) {
    using T = decltype(zero);
    for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<int64_t>(values.as<T>()[i]);
  });
  return out;
}

void check_known_indices(const Value& index, int64_t size, int64_t dim, bool negative,
                         const How& how) {
  const auto bytes = record::known_or_folded(index);
  if (!bytes) return;  // checked when it is evaluated
  const int64_t low = negative ? -size : 0;
  auto check = [&](auto zero) {
    using T = decltype(zero);
    const T* values = static_cast<const T*>(bytes->data());
    for (int64_t i = 0, n = index.type().numel(); i < n; ++i) {
      const int64_t v = static_cast<int64_t>(values[i]);
      if (v < low || v >= size)
        refuse<c10::IndexError>(how.where, how.what, "index ", v,
                                " is out of bounds for dimension ", dim, " with size ", size);
    }
  };
  op::visit_dtype(index.type().dtype, check);
}

Value wrapped_indices(const Value& index, int64_t size, const How& how) {
  const ScalarType type = index.type().dtype;
  const auto bytes = type == kLong ? record::known_or_folded(index) : nullopt;
  if (bytes) {
    // On the host it costs less to look than to compute.
    const int64_t* values = static_cast<const int64_t*>(bytes->data());
    bool any = false;
    for (int64_t i = 0, n = index.type().numel(); i < n && !any; ++i) any = values[i] < 0;
    if (!any) return index;
  }
  const Value below = record::record(Op::lt, {index, number(0, type, how.where)}, {}, how);
  const Value wrapped = record::record(Op::add, {index, number(size, type, how.where)}, {}, how);
  return record::record(Op::select, {below, wrapped, index}, {}, how);
}

Value host_vector(const std::vector<int64_t>& values, record::Home home) {
  const op::Type type(kLong, Dims{static_cast<int64_t>(values.size())});
  runtime::BufferRef buffer = record::new_memory(type, Location::none());
  if (!values.empty()) std::memcpy(buffer->data(), values.data(), type.bytes());
  return across(record::data(type, std::move(buffer)), home, How(Location::none()));
}

namespace {
std::vector<int64_t> host_positions(const Tensor& t, const char* why, Location where) {
  const record::Values values(t, why, where);
  std::vector<int64_t> positions;
  op::visit_dtype(t.scalar_type(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0, n = t.numel(); i < n; ++i)
      if (values.as<T>()[i] != T(0)) positions.push_back(i);
  });
  return positions;
}
Tensor long_vector(const std::vector<int64_t>& values) {
  return record::make_tensor(host_vector(values, record::kHost));
}
}  // namespace

Tensor nonzero_positions(const Tensor& t, const char* why, const How& how) {
  const Location where = how.where;
  if (record::impl(t)->storage->home <= record::kHost)
    return long_vector(host_positions(t, why, where));
  const Tensor is = torch::ne(In(t, where), 0).reshape({-1}, where);
  const record::Values count(torch::sum(In(is, where)), why, where);
  return order_of(is, 0, /*descending=*/true, *count.as<int64_t>(), how);
}

std::vector<Tensor> nonzero_indices(const Tensor& t, const char* why, const How& how) {
  const Dims strides = op::row_major_strides(record::impl(t)->sizes);
  std::vector<Tensor> indices;
  if (record::impl(t)->storage->home <= record::kHost) {
    const std::vector<int64_t> positions = host_positions(t, why, how.where);
    for (int64_t d = 0; d < t.dim(); ++d) {
      std::vector<int64_t> along;
      for (int64_t p : positions) along.push_back(p / strides[d] % t.size(d));
      indices.push_back(long_vector(along));
    }
    return indices;
  }
  const Tensor positions = nonzero_positions(t, why, how);
  for (int64_t d = 0; d < t.dim(); ++d)
    indices.push_back(torch::remainder(
        In(torch::floor_divide(In(positions, how.where), std::max<int64_t>(strides[d], 1)),
           how.where),
        std::max<int64_t>(t.size(d), 1)));
  return indices;
}
}  // namespace torch
