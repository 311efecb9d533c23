/// Reverse-mode differentiation inside one block: ys with their cotangents and wrt values come in,
/// the cotangents of the wrt values go out, as code behind all of them. The autodiff pass and the
/// vjp of weft.scan stand on it.
///
/// Only ops between wrt and ys get code. Constants for it: results of ops with the attribute
/// `weft.no_grad` or the trait NoGradient, and what is not floating point. weft.cached passes the
/// cotangent to `computed`; gradient code that would read `computed` reads `known`.
///
/// Cotangents of one value are added from its last use to its first, operands of one use from left
/// to right; then, in the same order, those that are an insert into zeros (the gradients of slices;
/// sumCotangents says how).
#pragma once
#include "llvm/ADT/DenseSet.h"
#include "mlir/IR/Builders.h"

namespace mlir::weft {

/// Builds the cotangents of `wrt` where the builder stands, which is behind ys, dys and wrt in
/// their block; zeros for what reaches no y. With `cut`, gradients end at the wrt values. Fails,
/// with a diagnostic at the op, where an op on the way has no gradient rule.
FailureOr<SmallVector<Value>> differentiate(OpBuilder& builder, ValueRange ys, ValueRange dys,
                                            ValueRange wrt, bool cut = false);

/// Of the values before `end` in a block, those that depend differentiably on `sources`, and these.
llvm::DenseSet<Value> activeValues(Block *block, Block::iterator end, ValueRange sources);

/// The sum of the cotangents of `of`. Inserts into zeros that cover a tensor along one dim become a
/// concat; more than a handful are added in place, slice by slice, so that the cost is that of the
/// slices.
Value sumCotangents(OpBuilder &builder, Value of, ArrayRef<Value> cotangents);

}  // namespace mlir::weft
