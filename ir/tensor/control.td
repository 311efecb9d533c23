// Gradients, saved values, loops and kernels: what stands above single tensor ops.
#ifndef WEFT_CONTROL_TD
#define WEFT_CONTROL_TD
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/IR/RegionKindInterface.td"
include "ir/tensor/base.td"

/// Vector-Jacobian product: operands are `num_outputs` ys, as many dys, then the wrt values; a
/// result a wrt value. The autodiff pass expands it. Values that do not reach an output get zeros.
/// With `cut`, gradients end at the wrt values: nothing flows on through one of them to another.
def GradOp : Weft_TensorOp<"grad", "control"> {
  let arguments = (ins Variadic<AnyRankedTensor>:$values, I64Attr:$num_outputs, UnitAttr:$cut);
  let results = (outs Variadic<AnyRankedTensor>:$gradients);
}
/// The value of `known`, the structure of `computed`: autodiff goes through `computed`, simplify
/// then takes `known`.
def CachedOp : Weft_TensorOp<"cached", "control"> {
  let arguments = (ins AnyRankedTensor:$computed, AnyRankedTensor:$known);
  let results = (outs AnyRankedTensor:$y);
}
/// x, without its history: no gradient passes.
def DetachOp : Weft_TensorOp<"detach", "control", [NoGradient]> {
  let arguments = (ins AnyRankedTensor:$x);
  let results = (outs AnyRankedTensor:$y);
}
/// x, of which every element is as it has to be: `ok`, of its sizes, says so. `what` is a Requirement
/// (ir/op/requirement.h), whose sentence the error says.
def RequireOp : Weft_DifferentiableOp<"require", "control", []> {
  let arguments = (ins AnyRankedTensor:$x, AnyRankedTensor:$ok, I64Attr:$what);
  let results = (outs AnyRankedTensor:$y);
}
/// Carries state along the leading dim of the stacked inputs. Operands: `num_carried` initial
/// states, `num_stacked` tensors (T, ...), captured values. Body: (states, slices, captured) ->
/// (next states, outputs of this step). Results: final states, then stacked outputs (T, ...).
/// `reverse` goes from T-1 to 0.
def ScanOp : Weft_Op<"scan", "control", [Pure, IsolatedFromAbove, SingleBlockImplicitTerminator<"YieldOp">,
                                         DeclareOpInterfaceMethods<DifferentiableOp>]> {
  let arguments = (ins Variadic<AnyRankedTensor>:$values, I64Attr:$num_carried, I64Attr:$num_stacked, BoolAttr:$reverse);
  let results = (outs Variadic<AnyRankedTensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let reads = ["values"];
  let hasVerifier = 1;
  let hasCustomAssemblyFormat = 1;
}
/// A group of ops that becomes one launch. `kind` says which lowering: map reduction contraction
/// scatter scan call.
def KernelOp : Weft_Op<"kernel", "control", [RecursiveMemoryEffects, RecursivelySpeculatable, IsolatedFromAbove,
                                             SingleBlockImplicitTerminator<"YieldOp">]> {
  let arguments = (ins Variadic<AnyRankedTensor>:$values, StrAttr:$kind);
  let results = (outs Variadic<AnyRankedTensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let hasCustomAssemblyFormat = 1;
}
/// Stops the program unless every element of `index` is in [0, size): what the op behind it asks of
/// the indices into its dim `dim`. fuse puts it there; in the reference tier the op itself looks.
def CheckIndexOp : Weft_Op<"check_index", "control", [Check]> {
  let arguments = (ins AnyRankedTensor:$index, I64Attr:$size, I64Attr:$dim);
  let results = (outs);
  let types = "integral";
  let assemblyFormat = "$index attr-dict `:` type($index)";
  let hasVerifier = 1;
}
/// Stops the program where an element of `divisor` is 0: what a division of integers asks.
def CheckDivisorOp : Weft_Op<"check_divisor", "control", [Check]> {
  let arguments = (ins AnyRankedTensor:$divisor);
  let results = (outs);
  let types = "whole";
  let assemblyFormat = "$divisor attr-dict `:` type($divisor)";
  let hasVerifier = 1;
}
/// Stops the program where an element of `ok` is false: what a weft.require asks of `x`, an element
/// of which the error names.
def CheckRequiredOp : Weft_Op<"check_required", "control", [Check]> {
  let arguments = (ins AnyRankedTensor:$ok, AnyRankedTensor:$x, I64Attr:$what);
  let results = (outs);
  let types = "bool";
  let assemblyFormat = "$ok `,` $x attr-dict `:` type($ok) `,` type($x)";
  let hasVerifier = 1;
}
def YieldOp : Weft_Op<"yield", "control", [Pure, Terminator, ReturnLike, ParentOneOf<["ScanOp", "KernelOp"]>]> {
  let arguments = (ins Variadic<AnyRankedTensor>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let hasVerifier = 1;
  let builders = [OpBuilder<(ins), [{ build($_builder, $_state, ::mlir::ValueRange()); }]>];
}
#endif
