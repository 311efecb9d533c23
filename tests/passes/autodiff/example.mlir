// The example of autodiff.td.
// RUN: weft-opt --autodiff %s | FileCheck %s
// RUN: weft-opt --autodiff --mlir-print-debuginfo %s | FileCheck %s --check-prefix=LOC

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[DY:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[Y:.*]] = weft.tanh %[[X]]
// CHECK-NEXT: %[[SQUARE:.*]] = weft.mul %[[Y]], %[[Y]]
// CHECK-NEXT: %[[ONE:.*]] = weft.constant {sizes = array<i64>, value = 1.000000e+00 : f32}
// CHECK-NEXT: %[[SLOPE:.*]] = weft.sub %[[ONE]], %[[SQUARE]]
// CHECK-NEXT: %[[DX:.*]] = weft.mul %[[DY]], %[[SLOPE]]
// CHECK-NEXT: return %[[DX]]

// Gradient code stands where the forward op was written.
// LOC: weft.tanh {{.*}} loc(#[[AT:.*]])
// LOC: weft.mul {{.*}} loc(#[[GRAD:.*]])
// LOC: #[[GRAD]] = loc("grad"(#[[AT]]))
func.func @main(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
  %y = weft.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %dx : tensor<4xf32>
}
