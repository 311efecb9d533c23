// weft.cached: the gradient goes through `computed`, gradient code reads `known`.
// RUN: weft-opt --autodiff --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[KNOWN:.*]]: tensor<4xf32>, %[[DY:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[Y:.*]] = weft.sin %[[KNOWN]]
// CHECK-NEXT: %[[COS:.*]] = weft.cos %[[KNOWN]]
// CHECK-NEXT: %[[DH:.*]] = weft.mul %[[DY]], %[[COS]]
// CHECK-NEXT: %[[DX:.*]] = weft.mul %[[DH]], %[[KNOWN]]
// CHECK-NEXT: return %[[Y]], %[[DX]]
func.func @main(%x: tensor<4xf32>, %known: tensor<4xf32>, %dy: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %computed = weft.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %h = weft.cached %computed, %known : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = weft.sin %h : (tensor<4xf32>) -> tensor<4xf32>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %y, %dx : tensor<4xf32>, tensor<4xf32>
}
