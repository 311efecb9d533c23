/// Draws from a sequence of random numbers.
#pragma once
#include <cstdint>

#include "frontend/tensor/arguments.h"

namespace torch {
struct RandomState {
  uint64_t seed, offset;
};
/// The state for a draw of `count` elements from the generator's sequence, or that of the process;
/// later draws continue behind it. Thread-safe.
RandomState draw(int64_t count, const optional<Generator>& generator = nullopt);
}  // namespace torch
