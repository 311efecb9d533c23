/// Attributes and types as short text, for exports.
#pragma once
#include <string>

#include "ir/interface/convert.h"

namespace mlir::weft {
/// As it prints in the IR.
std::string plainText(Attribute attribute);
/// Without the type of a number and the frame of a list: "0.5", "[1, 2]".
std::string shortText(Attribute attribute);
/// "f32[4, 3]".
std::string shortText(Type type);
}  // namespace mlir::weft
