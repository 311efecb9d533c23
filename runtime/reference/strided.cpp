#include "runtime/reference/strided.h"

namespace torch {
namespace reference {
namespace {

struct Sixteen {
  uint64_t words[2];
};

template <class T>
void copy_as(const StridedLoop<2>& loop, void* to, int64_t to_offset, const void* from,
             int64_t from_offset) {
  T* y = static_cast<T*>(to);
  const T* x = static_cast<const T*>(from);
  loop.rows({to_offset, from_offset}, [&](const auto& at, int64_t n, const auto& steps) {
    T* yi = y + at[0];
    const T* xi = x + at[1];
    if (steps[0] == 1 && steps[1] == 1) {
      std::memcpy(yi, xi, static_cast<size_t>(n) * sizeof(T));
    } else if (steps[0] == 1 && steps[1] == 0) {
      for (int64_t i = 0; i < n; ++i) yi[i] = *xi;
    } else {
      for (int64_t i = 0; i < n; ++i) yi[i * steps[0]] = xi[i * steps[1]];
    }
  });
}
}  // namespace

void copy_strided(const StridedLoop<2>& loop, void* to, int64_t to_offset, const void* from,
                  int64_t from_offset, size_t bytes) {
  switch (bytes) {
    case 1: return copy_as<uint8_t>(loop, to, to_offset, from, from_offset);
    case 2: return copy_as<uint16_t>(loop, to, to_offset, from, from_offset);
    case 4: return copy_as<uint32_t>(loop, to, to_offset, from, from_offset);
    case 8: return copy_as<uint64_t>(loop, to, to_offset, from, from_offset);
    case 16: return copy_as<Sixteen>(loop, to, to_offset, from, from_offset);
  }
}

Dims broadcast_strides(op::Span<int64_t> dims, op::Span<int64_t> to) {
  Dims strides(to.size(), 0);
  const size_t lead = to.size() - dims.size();
  int64_t stride = 1;
  for (size_t i = dims.size(); i-- > 0;) {
    if (dims[i] != 1) strides[lead + i] = stride;
    stride *= dims[i];
  }
  return strides;
}
}  // namespace reference
}  // namespace torch
