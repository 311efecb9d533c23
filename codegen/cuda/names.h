/// Types, literals and operators of CUDA C++ for those of loop form.
#pragma once
#include <string>

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace mlir::weft::cuda {

struct Names {
  bool wide;  // indices have 64 bits
  std::string type(Type type) const;
  /// The same with a sign, where it is an integer.
  std::string signedType(Type type) const;
  std::string unsignedType(Type type) const;
  std::string literal(TypedAttr value) const;
};
}  // namespace mlir::weft::cuda
