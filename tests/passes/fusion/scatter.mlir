// A scatter computes its base, its indices and its updates where it needs them; the indices were checked before.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK: weft.kernel "map" (%[[I:.*]] = %{{.*}} : tensor<6xi64>) -> () {
// CHECK-NEXT: weft.check_index %[[I]] {dim = 0 : i64, size = 10 : i64}
// CHECK: %[[K:.*]] = weft.kernel "scatter"
// CHECK-NEXT: weft.constant
// CHECK-NEXT: weft.mul
// CHECK-NEXT: weft.index_add
// CHECK-NEXT: weft.yield
// CHECK-NEXT: }
// CHECK-NEXT: return %[[K]]
func.func @main(%i: tensor<6xi64>, %dy: tensor<6x32xf32>, %rate: tensor<f32>) -> tensor<10x32xf32> {
  %zeros = weft.constant {sizes = array<i64: 10, 32>, value = 0.0 : f32} : tensor<10x32xf32>
  %scaled = weft.mul %dy, %rate : (tensor<6x32xf32>, tensor<f32>) -> tensor<6x32xf32>
  %y = weft.index_add %zeros, %i, %scaled {dim = 0 : i64} : (tensor<10x32xf32>, tensor<6xi64>, tensor<6x32xf32>) -> tensor<10x32xf32>
  return %y : tensor<10x32xf32>
}
