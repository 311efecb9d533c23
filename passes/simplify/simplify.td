#ifndef WEFT_SIMPLIFY_TD
#define WEFT_SIMPLIFY_TD
include "mlir/Pass/PassBase.td"

def Simplify : Pass<"simplify", "::mlir::func::FuncOp"> {
  let summary = "Fold constants, drop what does nothing, merge views, take known values";
  let description = [{
    Local rewrites, each of which keeps all bits of all results (of a nan only that it is one): what floating point
    arithmetic would round in another way is left alone. After autodiff: `weft.cached` becomes its known value,
    `weft.detach` its operand.

    ```mlir
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
      %one = weft.constant {sizes = array<i64>, value = 1.0 : f32} : tensor<f32>
      %0 = weft.mul %x, %one : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
      %1 = weft.permute %0 {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
      %2 = weft.permute %1 {permutation = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
      return %2 : tensor<2x3xf32>
    }
    // becomes
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
      return %x : tensor<2x3xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::weft::WeftDialect"];
}
#endif
