#ifndef WEFT_INTERFACES_TD
#define WEFT_INTERFACES_TD
include "mlir/IR/OpBase.td"

def DifferentiableOp : OpInterface<"DifferentiableOp"> {
  let cppNamespace = "::mlir::weft";
  let description = [{An op with a gradient rule.}];
  let methods = [
    InterfaceMethod<[{
      The vector-Jacobian product: given the cotangent of each result (a null Value stands for zeros; one at least is
      given), builds the cotangent of each operand that is `needed`; a null Value for the others and where there is
      none. May read operands and results listed in `reads`. The builder stands behind the op; locations of what is
      built are the op's, wrapped as `gradLoc` (ir/interface/symbol.h) does.
    }], "::llvm::SmallVector<::mlir::Value>", "vjp",
    (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$dys, "::llvm::ArrayRef<bool>":$needed)>
  ];
}
#endif
