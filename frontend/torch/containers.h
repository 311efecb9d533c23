/// The standard containers under the names that libtorch had for them.
#pragma once
#include <variant>

#include "frontend/tensor/flat_hash_map.h"

namespace c10 {
using std::get;
using std::get_if;
using std::holds_alternative;
using std::variant;
using std::visit;
}  // namespace c10
