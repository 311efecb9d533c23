// Tensors from nothing. Random numbers are counter-based: element i of an op with (seed, offset) is
// a function of the three alone (Philox 4x32-10, ir/scalar/philox.h), so any kernel may make it
// again instead of loading it.
#ifndef WEFT_CREATION_TD
#define WEFT_CREATION_TD
include "ir/tensor/base.td"

class Creation<string mnemonic, dag operands> : Weft_TensorOp<mnemonic, "creation", [NoGradient]> {
  let arguments = operands;
  let results = (outs AnyRankedTensor:$y);
  let assemblyFormat = "attr-dict `:` type($y)";
}
/// `value` everywhere.
def ConstantOp : Creation<"constant", (ins TypedAttrInterface:$value, DenseI64ArrayAttr:$sizes)>;
/// The index along `dim`, 0 to size - 1.
def IotaOp     : Creation<"iota", (ins DenseI64ArrayAttr:$sizes, I64Attr:$dim, TypeAttr:$dtype)>;

class Random<string mnemonic, string rule_ = "random"> : Weft_TensorOp<mnemonic, "random", [NoGradient]> {
  let arguments = (ins AnyRankedTensor:$seed, AnyRankedTensor:$offset, DenseI64ArrayAttr:$sizes, TypeAttr:$dtype);
  let results = (outs AnyRankedTensor:$y);
  let costly = 1;
  let rule = rule_;
}
/// Uniform in [0, 1): 24 (f32) or 53 (f64) random bits.
def RandomUniformOp : Random<"random_uniform">;
/// Standard normal (Box-Muller on two uniforms of the same counter).
def RandomNormalOp  : Random<"random_normal">;
/// 32 random bits in [0, 2^32), or 63 for dtype i64: integers.
def RandomBitsOp    : Random<"random_bits", "random_bits">;
#endif
