// Elementwise ops: one row each. Operands broadcast as in NumPy and have one element type.
//   formula:   the scalar body, C++ over torch::scalar (ir/scalar); operands x | a, b | c, a, b.
//   gradient:  over the operands, the result y and the incoming dy; any elementwise op by its name.
#ifndef WEFT_ELEMENTWISE_TD
#define WEFT_ELEMENTWISE_TD
include "ir/tensor/base.td"

class Elementwise<string mnemonic, dag operands, string formula_, list<string> gradients_,
                  string types_, string rule_, list<Trait> traits>
    : Weft_TensorOp<mnemonic, "elementwise", !listconcat([Pointwise], traits)> {
  let arguments = operands;
  let results = (outs AnyRankedTensor:$y);
  let formula = formula_;
  let gradients = gradients_;
  let types = types_;
  let rule = rule_;
}
class Differentiable<string mnemonic, dag operands, string formula, list<string> gradients,
                     string types, string rule = "elementwise">
    : Elementwise<mnemonic, operands, formula, gradients, types, rule,
                  [DeclareOpInterfaceMethods<DifferentiableOp>]> {
  let extraClassDeclaration = inference;
  let extraClassDefinition = [{
    ::llvm::SmallVector<::mlir::Value> $cppClass::vjp(
        ::mlir::OpBuilder &b, ::mlir::ValueRange dys, ::llvm::ArrayRef<bool> needed) {
      return ::mlir::weft::elementwiseVjp(getOperation(), b, dys[0], needed);
    }
  }];
}

class Unary<string m, string f, string dx, string t = "float">
    : Differentiable<m, (ins AnyRankedTensor:$x), f, [dx], t>;
class Binary<string m, string f, string da, string db, string t = "number">
    : Differentiable<m, (ins AnyRankedTensor:$a, AnyRankedTensor:$b), f, [da, db], t>;
class Bitwise<string m, string f, string t = "integral">
    : Elementwise<m, (ins AnyRankedTensor:$a, AnyRankedTensor:$b), f, [], t, "elementwise", [NoGradient]>;
class Comparison<string m, string f>
    : Elementwise<m, (ins AnyRankedTensor:$a, AnyRankedTensor:$b), f, [], "any", "comparison", [NoGradient]>;
class Predicate<string m, string f>
    : Elementwise<m, (ins AnyRankedTensor:$x), f, [], "float", "comparison", [NoGradient]>;

// Sign and rounding
def NegOp        : Unary<"neg", "-x", "-dy", "number">;
def AbsOp        : Unary<"abs", "abs(x)", "dy * sign(x)", "number">;
def SignOp       : Unary<"sign", "sign(x)", "", "number">;
def FloorOp      : Unary<"floor", "floor(x)", "">;
def CeilOp       : Unary<"ceil", "ceil(x)", "">;
def RoundOp      : Unary<"round", "round(x)", "">;
def TruncOp      : Unary<"trunc", "trunc(x)", "">;
// Powers and roots
def SquareOp     : Unary<"square", "x * x", "dy * (2.0 * x)", "number">;
def SqrtOp       : Unary<"sqrt", "sqrt(x)", "dy / (2.0 * y)">;
def RsqrtOp      : Unary<"rsqrt", "rsqrt(x)", "dy * (-0.5 * (y * y * y))">;
def ReciprocalOp : Unary<"reciprocal", "1.0 / x", "-dy * (y * y)">;
let costly = 1 in {
// Exponentials and logarithms
def ExpOp        : Unary<"exp", "exp(x)", "dy * y">;
def Exp2Op       : Unary<"exp2", "exp2(x)", "dy * (y * 0.69314718055994530942)">;
def Expm1Op      : Unary<"expm1", "expm1(x)", "dy * (y + 1.0)">;
def LogOp        : Unary<"log", "log(x)", "dy / x">;
def Log2Op       : Unary<"log2", "log2(x)", "dy / (x * 0.69314718055994530942)">;
def Log10Op      : Unary<"log10", "log10(x)", "dy / (x * 2.30258509299404568402)">;
def Log1pOp      : Unary<"log1p", "log1p(x)", "dy / (x + 1.0)">;
// Trigonometric and hyperbolic
def SinOp        : Unary<"sin", "sin(x)", "dy * cos(x)">;
def CosOp        : Unary<"cos", "cos(x)", "-dy * sin(x)">;
def TanOp        : Unary<"tan", "tan(x)", "dy * (1.0 + y * y)">;
def AtanOp       : Unary<"atan", "atan(x)", "dy / (x * x + 1.0)">;
def AsinOp       : Unary<"asin", "asin(x)", "dy * rsqrt(1.0 - x * x)">;
def AcosOp       : Unary<"acos", "acos(x)", "-dy * rsqrt(1.0 - x * x)">;
def SinhOp       : Unary<"sinh", "sinh(x)", "dy * cosh(x)">;
def CoshOp       : Unary<"cosh", "cosh(x)", "dy * sinh(x)">;
def TanhOp       : Unary<"tanh", "tanh(x)", "dy * (1.0 - y * y)">;
def AsinhOp      : Unary<"asinh", "asinh(x)", "dy * rsqrt(x * x + 1.0)">;
def AcoshOp      : Unary<"acosh", "acosh(x)", "dy * rsqrt((x - 1.0) * (x + 1.0))">;
def AtanhOp      : Unary<"atanh", "copysign(0.5 * log1p(2.0 * abs(x) / (1.0 - abs(x))), x)", "dy / (1.0 - x * x)">;
}
// Activations and special functions
def ReluOp       : Unary<"relu", "select(x <= 0.0, 0.0, x)", "select(y <= 0.0, 0.0, dy)", "number">;
let costly = 1 in
def SigmoidOp    : Unary<"sigmoid", "sigmoid(x)", "dy * ((1.0 - y) * y)">;
// Of x <= 0 the gradient is exp(x): what expm1 has, y + 1, loses all its digits far out.
let costly = 1 in
def EluOp        : Unary<"elu", "select(x <= 0.0, expm1(x), x)", "select(x <= 0.0, dy * exp(x), dy)">;
let costly = 1 in
def ErfOp        : Unary<"erf", "erf(x)", "dy * (1.12837916709551257390 * exp(-(x * x)))">;
let costly = 1 in
def ErfcOp       : Unary<"erfc", "erfc(x)", "dy * (-1.12837916709551257390 * exp(-(x * x)))">;
// Arithmetic
def AddOp        : Binary<"add", "a + b", "dy", "dy">;
def SubOp        : Binary<"sub", "a - b", "dy", "-dy">;
def MulOp        : Binary<"mul", "a * b", "dy * b", "dy * a">;
def DivOp        : Binary<"div", "a / b", "dy / b", "-dy * (y / b)">;
let costly = 1 in
def PowOp        : Binary<"pow", "pow(a, b)", "select(b == 0.0, 0.0, dy * (b * pow(a, b - 1.0)))",
                          "select((b == 0.0) & (a >= 0.0) | (a == 0.0) & (b > 0.0), 0.0, dy * (y * log(a)))">;
let costly = 1 in
def Atan2Op      : Binary<"atan2", "atan2(a, b)", "dy * (b / (a * a + b * b))", "-dy * (a / (a * a + b * b))", "float">;
// The size of a with the sign of b; a zero passes no gradient.
def CopysignOp   : Binary<"copysign", "copysign(a, b)", "select(a == 0.0, 0.0, dy * (y / a))", "", "float">;
let costly = 1 in {
/// sqrt(a*a + b*b), in range wherever the result is.
def HypotOp      : Binary<"hypot", "hypot(a, b)", "dy * (a / y)", "dy * (b / y)", "float">;
/// log(e^a + e^b), in range wherever the result is.
def LogaddexpOp  : Binary<"logaddexp", "select(a == b, a + 0.69314718055994530942, maximum(a, b) + log1p(exp(-abs(a - b))))",
                          "dy / (1.0 + exp(b - a))", "dy / (1.0 + exp(a - b))", "float">;
/// a log(b); nothing for a = 0, whatever b is but nan.
def XlogyOp      : Binary<"xlogy", "select(b != b, b, select(a == 0.0, 0.0, a * log(b)))",
                          "select((a == 0.0) & (b <= 0.0), 0.0, dy * log(b))", "dy * (a / b)", "float">;
}
def MaximumOp    : Binary<"maximum", "maximum(a, b)", "select(a > b, dy, select(a == b, dy * 0.5, 0.0))",
                          "select(b > a, dy, select(a == b, dy * 0.5, 0.0))">;
def MinimumOp    : Binary<"minimum", "minimum(a, b)", "select(a < b, dy, select(a == b, dy * 0.5, 0.0))",
                          "select(b < a, dy, select(a == b, dy * 0.5, 0.0))">;
// Remainder with the sign of the dividend (fmod) and of the divisor (remainder); for integers too.
let costly = 1 in
def FmodOp       : Binary<"fmod", "fmod(a, b)", "dy", "-dy * trunc(a / b)">;
let costly = 1 in
def RemainderOp  : Binary<"remainder", "remainder(a, b)", "dy", "-dy * floor(a / b)">;
// Of a probability and its target; at 0 and 1 the value stays above -100 and its gradient finite, as
// the gradient by the target is not.
let costly = 1 in
def BinaryCrossEntropyOp
    : Binary<"binary_cross_entropy", "(b - 1.0) * maximum(log1p(-a), -100.0) - b * maximum(log(a), -100.0)",
             "dy * ((a - b) / maximum((1.0 - a) * a, 1e-12))",
             "dy * (log1p(-a) - log(a))", "float">;
// Bits; on bool they are the logical operations
def BitwiseAndOp : Bitwise<"bitwise_and", "a & b">;
def BitwiseOrOp  : Bitwise<"bitwise_or", "a | b">;
def BitwiseXorOp : Bitwise<"bitwise_xor", "a ^ b">;
def BitwiseLeftShiftOp  : Bitwise<"bitwise_left_shift", "left_shift(a, b)", "whole">;
def BitwiseRightShiftOp : Bitwise<"bitwise_right_shift", "right_shift(a, b)", "whole">;
def BitwiseNotOp : Elementwise<"bitwise_not", (ins AnyRankedTensor:$x), "bitwise_not(x)", [], "integral", "elementwise", [NoGradient]>;
// Comparisons: the result is bool
def EqOp         : Comparison<"eq", "a == b">;
def NeOp         : Comparison<"ne", "a != b">;
def LtOp         : Comparison<"lt", "a < b">;
def LeOp         : Comparison<"le", "a <= b">;
def GtOp         : Comparison<"gt", "a > b">;
def GeOp         : Comparison<"ge", "a >= b">;
def IsnanOp      : Predicate<"isnan", "x != x">;
// Choice and conversion
def SelectOp : Differentiable<"select", (ins AnyRankedTensor:$c, AnyRankedTensor:$a, AnyRankedTensor:$b),
                              "select(c, a, b)", ["", "select(c, dy, 0.0)", "select(c, 0.0, dy)"], "any", "select">;
def ClampOp  : Differentiable<"clamp", (ins AnyRankedTensor:$x, AnyRankedTensor:$a, AnyRankedTensor:$b),
                              "minimum(maximum(x, a), b)",
                              ["select((x > a) & (x < b), dy, 0.0)",
                               "select((x <= a) & (a < b), dy, 0.0)",
                               "select((x >= b) | (a >= b), dy, 0.0)"], "number">;
/// To another element type: float to int truncates, anything to bool is `!= 0`.
def CastOp   : Weft_DifferentiableOp<"cast", "elementwise", [], [Pointwise]> {
  let arguments = (ins AnyRankedTensor:$x, TypeAttr:$dtype);
  let results = (outs AnyRankedTensor:$y);
}
#endif
