/// torch:: functions of padding: dims made longer by constants, mirrored elements, copies of the
/// border or elements of the other end. Lists are pairs (low, high), the last dim first; negative
/// numbers cut.
#pragma once
#include <optional>
#include <string_view>

#include "frontend/tensor/tensor.h"

namespace at {
/// The modes of _pad_enum, in order.
enum class padding_mode { reflect, replicate, circular, constant };
}  // namespace at
namespace torch {

/// `mode`: "constant", "reflect", "replicate" or "circular"; `value` is for "constant" alone.
Tensor pad(In self, IntArrayRef pad, std::string_view mode = "constant",
           std::optional<double> value = std::nullopt);
Tensor _pad_enum(In self, IntArrayRef pad, int64_t mode,
                 std::optional<double> value = std::nullopt);
#define WEFT_PADDING(D)                                      \
  Tensor reflection_pad##D##d(In self, IntArrayRef padding); \
  Tensor replication_pad##D##d(In self, IntArrayRef padding);
WEFT_PADDING(1)
WEFT_PADDING(2)
WEFT_PADDING(3)
#undef WEFT_PADDING
}  // namespace torch
