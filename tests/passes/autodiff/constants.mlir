// What stops a gradient, and that nothing is built for what needs none.
// RUN: weft-opt --autodiff --split-input-file %s | FileCheck %s

// A frozen operand: one product, not two.
// CHECK-LABEL: func.func @frozen(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>, %[[W:.*]]: tensor<3x4xf32>, %[[DY:.*]]: tensor<2x4xf32>)
// CHECK-NEXT: %{{.*}} = weft.matmul %[[X]], %[[W]]
// CHECK-NEXT: %[[XT:.*]] = weft.permute %[[X]] {permutation = array<i64: 1, 0>}
// CHECK-NEXT: %[[DW:.*]] = weft.matmul %[[XT]], %[[DY]]
// CHECK-NEXT: return %[[DW]]
func.func @frozen(%x: tensor<2x3xf32>, %w: tensor<3x4xf32>, %dy: tensor<2x4xf32>) -> tensor<3x4xf32> {
  %y = weft.matmul %x, %w : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  %dw = weft.grad %y, %dy, %w {num_outputs = 1 : i64} : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %dw : tensor<3x4xf32>
}

// -----

// Recorded without grad, detached, integers between: zeros.
// CHECK-LABEL: func.func @stops(
// CHECK-NOT: weft.no_grad
// CHECK: %[[ZERO:.*]] = weft.constant {sizes = array<i64: 4>, value = 0.000000e+00 : f32}
// CHECK-NEXT: return %[[ZERO]]
func.func @stops(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
  %a = weft.exp %x {weft.no_grad} : (tensor<4xf32>) -> tensor<4xf32>
  %b = weft.detach %x : (tensor<4xf32>) -> tensor<4xf32>
  %i = weft.cast %x {dtype = i64} : (tensor<4xf32>) -> tensor<4xi64>
  %c = weft.cast %i {dtype = f32} : (tensor<4xi64>) -> tensor<4xf32>
  %ab = weft.add %a, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = weft.add %ab, %c : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %dx : tensor<4xf32>
}

// -----

// An inner value (retain_grad) and a leaf before it, of two outputs.
// CHECK-LABEL: func.func @inner(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[D1:.*]]: tensor<4xf32>, %[[D2:.*]]: tensor<4xf32>)
// CHECK: %[[H:.*]] = weft.exp %[[X]]
// CHECK: %[[COS:.*]] = weft.cos %[[H]]
// CHECK: %[[FROM_SIN:.*]] = weft.mul %[[D1]], %[[COS]]
// CHECK: %[[DH:.*]] = weft.add %[[D2]], %[[FROM_SIN]]
// CHECK: %[[DX:.*]] = weft.mul %[[DH]], %[[H]]
// CHECK: return %[[DH]], %[[DX]]
func.func @inner(%x: tensor<4xf32>, %d1: tensor<4xf32>, %d2: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %h = weft.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %y = weft.sin %h : (tensor<4xf32>) -> tensor<4xf32>
  %dh, %dx = weft.grad %y, %h, %d1, %d2, %h, %x {num_outputs = 2 : i64}
    : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %dh, %dx : tensor<4xf32>, tensor<4xf32>
}
