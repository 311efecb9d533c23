#ifndef WEFT_AUTODIFF_TD
#define WEFT_AUTODIFF_TD
include "mlir/Pass/PassBase.td"

def Autodiff : Pass<"autodiff", "::mlir::func::FuncOp"> {
  let summary = "Expand every weft.grad into gradient code";
  let description = [{
    Each `weft.grad` becomes the vector-Jacobian products of the ops between its wrt values and its outputs, in front
    of it, the earliest first: a later one differentiates through the code of an earlier one, so second order is the
    same thing again. Results of a `weft.grad` with `weft.no_grad` count as constants for later ones. What is
    differentiated, and in which order cotangents are added, says ir/tensor/differentiate.h.

    Locations of gradient code are those of the forward ops, as "grad"(...).

    Afterwards no `weft.grad` and no `weft.no_grad` is left.

    ```mlir
    func.func @main(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
      %y = weft.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
      %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %dx : tensor<4xf32>
    }
    // becomes
    func.func @main(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
      %y = weft.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
      %0 = weft.mul %y, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      %1 = weft.constant {sizes = array<i64>, value = 1.0 : f32} : tensor<f32>
      %2 = weft.sub %1, %0 : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
      %dx = weft.mul %dy, %2 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %dx : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::weft::WeftDialect"];
}
#endif
