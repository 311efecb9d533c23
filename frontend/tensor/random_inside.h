/// Draws from a sequence of random numbers.
#pragma once
#include <cstdint>

#include "frontend/record/record.h"
#include "frontend/tensor/arguments.h"

namespace torch {
struct RandomState {
  uint64_t seed, offset;
};
/// The state for a draw of `count` elements that live in `how.home`, from the generator's sequence, or
/// that of the process for this home; later draws continue behind it. Thread-safe.
RandomState draw(int64_t count, const optional<Generator>& generator, const record::How& how);
}  // namespace torch
