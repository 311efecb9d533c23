// Bias and activation of a convolution are computed as its results are stored.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK-NEXT: %[[K:.*]] = weft.kernel "contraction"
// CHECK-NEXT: weft.conv
// CHECK-NEXT: weft.reshape
// CHECK-NEXT: weft.add
// CHECK-NEXT: weft.relu
// CHECK-NEXT: weft.yield
// CHECK-NEXT: }
// CHECK-NEXT: return %[[K]]
func.func @main(%x: tensor<2x3x8x8xf32>, %w: tensor<4x3x3x3xf32>, %b: tensor<4xf32>) -> tensor<2x4x6x6xf32> {
  %y = weft.conv %x, %w {stride = array<i64: 1, 1>, padding = array<i64: 0, 0>, dilation = array<i64: 1, 1>, groups = 1 : i64} : (tensor<2x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<2x4x6x6xf32>
  %c = weft.reshape %b {sizes = array<i64: 4, 1, 1>} : (tensor<4xf32>) -> tensor<4x1x1xf32>
  %s = weft.add %y, %c : (tensor<2x4x6x6xf32>, tensor<4x1x1xf32>) -> tensor<2x4x6x6xf32>
  %r = weft.relu %s : (tensor<2x4x6x6xf32>) -> tensor<2x4x6x6xf32>
  return %r : tensor<2x4x6x6xf32>
}
