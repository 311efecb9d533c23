// Elementwise ops of constants, by the scalar formulas that run on tensors.
#include <cmath>
#include <cstring>
#include <limits>

#include "ir/interface/convert.h"
#include "ir/scalar/elementwise.h"
#include "ir/op/formulas.h"
#include "passes/simplify/patterns.h"

namespace mlir::weft {
namespace {
using ::torch::op::Literal;
template <class T> using Plain = ::torch::scalar::Plain<T>;

template <class T> T numberOf(const Literal &literal) {
  if constexpr (::torch::op::DTypeOf<T>::is_float) return static_cast<T>(literal.as_double());
  else return static_cast<T>(literal.bits);
}

template <class T> Literal literalOf(T number) {
  constexpr auto dtype = ::torch::op::DTypeOf<T>::value;
  if constexpr (::torch::op::DTypeOf<T>::is_float)
    return Literal::of(dtype, static_cast<double>(number));
  Literal literal;
  literal.dtype = dtype;
  literal.bits = static_cast<int64_t>(number);
  return literal;
}

// Whether an op takes a T; `types` is the first letter of the row's.
template <class T> constexpr bool takes(char types) {
  constexpr bool isBool = std::is_same_v<T, bool>, isFloat = ::torch::op::DTypeOf<T>::is_float;
  return types == 'n'   ? !isBool
         : types == 'f' ? isFloat
         : types == 'i' ? !isFloat
         : types == 'w' ? !isFloat && !isBool
         : types == 'b' ? isBool
                        : true;
}

template <class T> std::optional<Literal> apply(::torch::op::Op op, ArrayRef<Literal> operands) {
  std::optional<Literal> result;
  ::torch::op::visit_formula_row(op, [&](auto row, auto formula) {
    using Row = decltype(row);
    if constexpr (takes<T>(Row::types)) {
      const auto x = [&](size_t i) { return Plain<T>{numberOf<T>(operands[i])}; };
      if constexpr (Row::operands == 1)
        result = literalOf(formula(x(0)).value);
      else if constexpr (Row::operands == 2)
        result = literalOf(formula(x(0), x(1)).value);
      else if constexpr (Row::op == ::torch::op::Op::select)
        result = literalOf(formula(Plain<bool>{numberOf<bool>(operands[0])}, x(1), x(2)).value);
      else
        result = literalOf(formula(x(0), x(1), x(2)).value);
    }
  });
  return result;
}

// Not where a number does not fit: that is the target's to say.
std::optional<Literal> castTo(::torch::op::DType dtype, const Literal &from) {
  std::optional<Literal> result;
  ::torch::op::visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    const double value = from.as_double();
    if constexpr (std::is_same_v<T, bool>)
      result = literalOf(::torch::op::is_float(from.dtype) ? value != 0 : from.bits != 0);
    else if constexpr (::torch::op::DTypeOf<T>::is_half)  // Literal::of rounds
      result = Literal::of(dtype, ::torch::op::is_float(from.dtype)
                                      ? value
                                      : static_cast<double>(static_cast<float>(from.bits)));
    else if constexpr (::torch::op::DTypeOf<T>::is_float)
      result = literalOf(::torch::op::is_float(from.dtype) ? static_cast<T>(value)
                                                           : static_cast<T>(from.bits));
    else if (!::torch::op::is_float(from.dtype))
      result = literalOf(static_cast<T>(from.bits));
    else if (value > -1 && value < static_cast<double>(std::numeric_limits<T>::max()))
      result = literalOf(static_cast<T>(value));
  });
  return result;
}

bool divides(::torch::op::Op op) {
  using ::torch::op::Op;
  return op == Op::div || op == Op::fmod || op == Op::remainder;
}

struct FoldPointwise : RewritePattern {
  explicit FoldPointwise(MLIRContext *context) : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    if (!op->hasTrait<Pointwise>()) return failure();
    SmallVector<Literal, 3> operands;
    for (Value operand : op->getOperands()) {
      const auto literal = splatConstant(operand);
      if (!literal) return failure();
      operands.push_back(*literal);
    }
    const auto dtype =
        toDType(cast<RankedTensorType>(op->getResult(0).getType()).getElementType());
    if (isa<CastOp>(op)) {
      if (const auto result = castTo(dtype, operands[0]))
        return replaceBySplat(rewriter, op, *result);
      return failure();
    }
    const bool isWhole = ::torch::op::is_integral(dtype, false);
    if (isWhole && divides(*toOp(op)) && operands[1].bits == 0)
      return failure();  // it stops the program
    // f16 and bf16 in f32
    for (Literal &operand : operands) operand.dtype = ::torch::op::computed_in(operand.dtype);
    std::optional<Literal> result;
    ::torch::op::visit_computed(operands.back().dtype, [&](auto zero) {
      result = apply<decltype(zero)>(*toOp(op), operands);
    });
    if (result && ::torch::op::is_half(dtype)) result = castTo(dtype, *result);
    return result ? replaceBySplat(rewriter, op, *result) : failure();
  }
};

// Indices along a dim of one element.
LogicalResult iotaOfOne(IotaOp op, PatternRewriter &rewriter) {
  if (op.getSizes()[op.getDim()] != 1) return failure();
  return replace(rewriter, op, at(op, rewriter, op.getY()).literal(0, op.getSizes()));
}
}  // namespace

void addConstantPatterns(RewritePatternSet &patterns) {
  patterns.add<FoldPointwise>(patterns.getContext());
  patterns.add(iotaOfOne);
}

}  // namespace mlir::weft
