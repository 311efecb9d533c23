#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

#include "tests/reference/oracle_ops.h"

namespace torch {
namespace reference {
namespace {

using Number = long double;
using op::Op;

uint64_t word(Number x) {
  return x < 0 ? static_cast<uint64_t>(static_cast<int64_t>(x)) : static_cast<uint64_t>(x);
}
Number number(uint64_t w, op::DType dtype) {
  Number value = 0;
  op::visit_dtype(dtype, [&](auto zero) {
    if constexpr (std::is_integral_v<decltype(zero)>)
      value = static_cast<Number>(static_cast<decltype(zero)>(w));
  });
  return value;
}
Number shifted(Number a, Number b, bool left, op::DType dtype) {
  const Number bits = static_cast<Number>(8 * op::dtype_bytes(dtype));
  const bool gone = b < 0 || b >= bits;
  if (left) return gone ? 0 : number(word(a) << word(b), dtype);
  return gone ? (a < 0 ? -1 : 0) : std::floor(std::ldexp(a, -static_cast<int>(b)));
}

Number integer_power(Number a, Number b, op::DType dtype) {
  if (b < 0) return a == 1 ? 1 : a == -1 ? (std::fmod(b, 2) == 0 ? 1 : -1) : 0;
  uint64_t y = 1, x = word(a);
  for (uint64_t n = word(b); n; n /= 2, x *= x)
    if (n & 1) y *= x;
  return number(y, dtype);
}
Number larger(Number a, Number b) { return std::isnan(a) || std::isnan(b) ? NAN : std::max(a, b); }
Number smaller(Number a, Number b) { return std::isnan(a) || std::isnan(b) ? NAN : std::min(a, b); }

// The C library's functions of one number, whether there is an op yet or not.
using Function = Number (*)(Number);
const std::map<std::string, Function> library = {
#define WEFT_FUNCTION(f) {#f, [](Number x) -> Number { return std::f(x); }},
    WEFT_FUNCTION(acos) WEFT_FUNCTION(acosh) WEFT_FUNCTION(asin) WEFT_FUNCTION(asinh)
        WEFT_FUNCTION(atan) WEFT_FUNCTION(atanh) WEFT_FUNCTION(cbrt) WEFT_FUNCTION(ceil)
            WEFT_FUNCTION(cos) WEFT_FUNCTION(cosh) WEFT_FUNCTION(erf) WEFT_FUNCTION(erfc)
                WEFT_FUNCTION(exp) WEFT_FUNCTION(exp2) WEFT_FUNCTION(expm1) WEFT_FUNCTION(floor)
                    WEFT_FUNCTION(lgamma) WEFT_FUNCTION(log) WEFT_FUNCTION(log10)
                        WEFT_FUNCTION(log1p) WEFT_FUNCTION(log2) WEFT_FUNCTION(sin)
                            WEFT_FUNCTION(sinh) WEFT_FUNCTION(sqrt) WEFT_FUNCTION(tan)
                                WEFT_FUNCTION(tanh) WEFT_FUNCTION(tgamma) WEFT_FUNCTION(trunc)
#undef WEFT_FUNCTION
};

Number floating(Op op, Number a, Number b) {
  switch (op) {
    case Op::round: return std::nearbyint(a);
    case Op::rsqrt: return 1 / std::sqrt(a);
    case Op::reciprocal: return 1 / a;
    case Op::sigmoid: return 1 / (1 + std::exp(-a));
    case Op::elu: return a <= 0 ? std::expm1(a) : a;
    case Op::binary_cross_entropy:
      return (b - 1) * larger(std::log1p(-a), -100) - b * larger(std::log(a), -100);
    case Op::atan2: return std::atan2(a, b);
    case Op::copysign: return std::copysign(a, b);
    case Op::hypot: return std::hypot(a, b);
    case Op::logaddexp: return std::log(std::exp(a) + std::exp(b));
    case Op::xlogy: return a == 0 && !std::isnan(b) ? 0 : a * std::log(b);
    default: break;
  }
  const auto function = library.find(op::name(op));
  if (function == library.end())
    throw std::invalid_argument(std::string("oracle: no elementwise op ") + op::name(op));
  return function->second(a);
}

/// One element; `dtype` is that of the operands a, b, c (of a and b for select, whose condition is
/// c).
Number apply(Op op, Number a, Number b, Number c, op::DType dtype) {
  const bool is_float = op::is_float(dtype);
  switch (op) {
    case Op::neg: return -a;
    case Op::abs: return std::fabs(a);
    case Op::sign: return (a > 0) - (a < 0);
    case Op::square: return is_float ? a * a : number(word(a) * word(a), dtype);
    case Op::relu: return std::isnan(a) ? a : larger(a, 0);
    case Op::add: return a + b;
    case Op::sub: return a - b;
    case Op::mul: return is_float ? a * b : number(word(a) * word(b), dtype);
    case Op::div: return is_float ? a / b : b == 0 ? 0 : std::trunc(a / b);
    case Op::pow: return is_float ? std::pow(a, b) : integer_power(a, b, dtype);
    case Op::maximum: return larger(a, b);
    case Op::minimum: return smaller(a, b);
    case Op::clamp: return smaller(larger(a, b), c);
    case Op::fmod: return is_float || b != 0 ? std::fmod(a, b) : a;
    case Op::remainder: {
      if (!is_float && b == 0) return a;
      const Number r = std::fmod(a, b);
      return r != 0 && (r < 0) != (b < 0) ? r + b : r;
    }
    case Op::bitwise_and: return number(word(a) & word(b), dtype);
    case Op::bitwise_or: return number(word(a) | word(b), dtype);
    case Op::bitwise_xor: return number(word(a) ^ word(b), dtype);
    case Op::bitwise_not: return dtype == op::DType::Bool ? a == 0 : number(~word(a), dtype);
    case Op::bitwise_left_shift: return shifted(a, b, true, dtype);
    case Op::bitwise_right_shift: return shifted(a, b, false, dtype);
    case Op::eq: return a == b;
    case Op::ne: return a != b;
    case Op::lt: return a < b;
    case Op::le: return a <= b;
    case Op::gt: return a > b;
    case Op::ge: return a >= b;
    case Op::isnan: return std::isnan(a);
    case Op::select: return c != 0 ? a : b;
    default: return floating(op, a, b);
  }
}

// As x86 converts: what has no place in 32 (64) bits is the smallest integer; smaller types are the
// low bits of that.
Number cast(Number x, op::DType from, op::DType to) {
  if (op::is_float(to)) return x;
  if (to == op::DType::Bool) return x != 0;
  const Number whole = std::trunc(x);
  const Number limit = std::ldexp(Number(1), to == op::DType::Long ? 63 : 31);
  const bool fits = whole >= -limit && whole < limit;
  return wrapped(op::is_float(from) && !fits ? -limit : whole, to);
}
}  // namespace

void oracle_elementwise(const op::GraphNode& node, const Operands& operands, Results& results) {
  OracleTensor& y = results[0];
  if (node.op == Op::cast) {
    for (size_t i = 0; i < y.values.size(); ++i)
      y.values[i] = cast(operands[0]->values[i], operands[0]->type.dtype, y.type.dtype);
    return;
  }
  for_each_index(y.type.dims, [&](const Index& index, int64_t flat) {
    Number x[3] = {0, 0, 0};
    for (size_t i = 0; i < operands.size(); ++i) {
      const op::Dims& dims = operands[i]->type.dims;
      Index at(index.end() - static_cast<int64_t>(dims.size()), index.end());
      for (size_t d = 0; d < dims.size(); ++d)
        if (dims[d] == 1) at[d] = 0;
      x[i] = (*operands[i])[flat_index(dims, at)];
    }
    const op::DType dtype = operands.back()->type.dtype;
    const Number value = node.op == Op::select ? apply(node.op, x[1], x[2], x[0], dtype)
                                               : apply(node.op, x[0], x[1], x[2], dtype);
    y.values[static_cast<size_t>(flat)] = wrapped(value, y.type.dtype);
  });
}
}  // namespace reference
}  // namespace torch
