/// Builds any weft op from its row: what passes, vjps and the importer use.
#pragma once
#include <stdexcept>

#include "ir/interface/convert.h"
#include "mlir/IR/Builders.h"

namespace mlir::weft {

/// A pass built an op that its shape rule refuses: our mistake, never the user's. Compilation
/// reports it with its phase.
struct RuleError : std::logic_error {
  using std::logic_error::logic_error;
};

/// The op on these operands, its result types by op::infer. Throws RuleError. Not for weft.scan,
/// kernel and yield, which have bodies or depend on them.
Operation *emit(OpBuilder &builder, Location location, ::torch::op::Op op, ValueRange operands,
                const ::torch::op::Attrs &attrs = {});
/// Its only (or first) result.
inline Value emitValue(OpBuilder& builder, Location location, ::torch::op::Op op,
                       ValueRange operands, const ::torch::op::Attrs& attrs = {}) {
  return emit(builder, location, op, operands, attrs)->getResult(0);
}
/// A weft.constant of this shape with `value` everywhere.
Value emitFull(OpBuilder &builder, Location location, const ::torch::op::Type &type, double value);
}  // namespace mlir::weft
