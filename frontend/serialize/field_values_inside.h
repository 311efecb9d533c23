/// The fields of options, states and schedules as values that archives and state dicts hold.
#pragma once
#include "frontend/optim/fields_inside.h"
#include "frontend/serialize/pickle.h"
#include "frontend/tensor/ivalue.h"

namespace torch {
namespace serialize {
/// None where there is nothing to write: a tensor that is not there yet.
optional<Value> value_of(const optim::Field& field);
/// Gives the field the value; false when it is of another type.
bool take(const optim::Field& field, const Value& value);
/// Whether the field keeps what it has where an archive lacks it.
bool may_be_missing(const optim::Field& field);

/// Tuples become lists. Throws PickleError for what an IValue cannot be.
c10::IValue to_ivalue(const Value& value);
Value from_ivalue(const c10::IValue& value);
}  // namespace serialize
}  // namespace torch
