/// The random sequence of the process.
#pragma once
#include <cstdint>

namespace torch {
struct RandomState {
  uint64_t seed, offset;
};
/// The state for a draw of `count` elements; later draws continue behind it. Thread-safe.
RandomState draw(int64_t count);
}  // namespace torch
