// With `cut`, gradients end at the values that are asked for: what flows through one of them to
// another is the next weft.grad's, which starts at the first.
// RUN: weft-opt --autodiff --split-input-file %s | FileCheck %s

// y = (2 h) + x with h = 3 x: x gets what comes to it beside h.
// CHECK-LABEL: func.func @beside(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[DY:.*]]: tensor<4xf32>, %[[TWO:.*]]: tensor<f32>, %[[THREE:.*]]: tensor<f32>)
// CHECK: %[[DH:.*]] = weft.mul %[[DY]], %[[TWO]]
// CHECK: return %[[DH]], %[[DY]]
func.func @beside(%x: tensor<4xf32>, %dy: tensor<4xf32>, %two: tensor<f32>, %three: tensor<f32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %h = weft.mul %x, %three : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %g = weft.mul %h, %two : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %y = weft.add %g, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %d:2 = weft.grad %y, %dy, %h, %x {cut, num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %d#0, %d#1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// An output that is asked for: its gradient is what came in.
// CHECK-LABEL: func.func @output(
// CHECK: %[[ZERO:.*]] = weft.constant {sizes = array<i64: 4>, value = 0.000000e+00 : f32}
// CHECK: return %arg1, %[[ZERO]]
func.func @output(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %y = weft.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %d:2 = weft.grad %y, %dy, %y, %x {cut, num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %d#0, %d#1 : tensor<4xf32>, tensor<4xf32>
}
