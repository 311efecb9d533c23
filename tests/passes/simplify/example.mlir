// The example of simplify.td.
// RUN: weft-opt --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>)
// CHECK-NEXT: return %[[X]]
func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %one = weft.constant {sizes = array<i64>, value = 1.0 : f32} : tensor<f32>
  %0 = weft.mul %x, %one : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %1 = weft.permute %0 {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %2 = weft.permute %1 {permutation = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}
