#ifndef WEFT_INTERFACES_TD
#define WEFT_INTERFACES_TD
include "mlir/IR/OpBase.td"

def DifferentiableOp : OpInterface<"DifferentiableOp"> {
  let cppNamespace = "::mlir::weft";
  let description = [{An op with a gradient rule.}];
  let methods = [
    InterfaceMethod<[{
      The vector-Jacobian product: given the cotangent of each result (a null Value stands for zeros), builds the
      cotangent of each operand; a null Value where there is none. May read operands and results listed in `reads`.
    }], "::llvm::SmallVector<::mlir::Value>", "vjp", (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$dys)>
  ];
}
#endif
