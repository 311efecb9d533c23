/// Values that can be looked at before anything is evaluated.
#pragma once
#include "frontend/record/evaluate.h"
#include "frontend/tensor/array_ref.h"

namespace torch {
namespace record {

/// The bytes of a value that is known, or that small computations on numbers of the program make (an
/// arange, ones of which some were overwritten): such are computed aside, once, and stay pending.
/// None where the value is not known, or is in a GPU's memory; no bytes of a computation that fails
/// either.
optional<Bytes> known_or_folded(const Value& value);
}  // namespace record
}  // namespace torch
