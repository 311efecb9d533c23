#include "ir/tensor/dialect.h"

#include "ir/tensor/ops.h"

#include "ir/tensor/dialect.cpp.inc"

namespace mlir::weft {
void WeftDialect::initialize() {
  registerWeftDialectOperations(this);
}

LogicalResult WeftDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  if (attribute.getName() == noGradAttr && !isa<UnitAttr>(attribute.getValue()))
    return op->emitOpError("got ") << attribute.getValue() << " for attribute '" << noGradAttr
                                   << "'; expected it to stand alone";
  return success();
}
}  // namespace mlir::weft
