// What a product of the second half reads, and the first half made, is made again: only what it is made of is kept.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK:      %[[KEPT:.*]]:3 = weft.kernel "contraction"
// CHECK:      weft.tanh
// CHECK:      weft.kernel "contraction" ({{.*}} = %[[KEPT]]#
// CHECK:      %[[AGAIN:.*]] = weft.kernel "map" ({{.*}} = %[[KEPT]]#
// CHECK-NEXT: weft.mul
// CHECK-NEXT: weft.yield
// CHECK:      weft.kernel "contraction" ({{.*}} = %[[AGAIN]] :
func.func @main(%x: tensor<4096x8xf32>, %w: tensor<8x2048xf32>, %v: tensor<2048x8xf32>) -> (tensor<4096x2048xf32>, tensor<2048x8xf32>) {
  %u = weft.matmul %x, %w : (tensor<4096x8xf32>, tensor<8x2048xf32>) -> tensor<4096x2048xf32>
  %t = weft.tanh %u : (tensor<4096x2048xf32>) -> tensor<4096x2048xf32>
  %y = weft.mul %u, %t : (tensor<4096x2048xf32>, tensor<4096x2048xf32>) -> tensor<4096x2048xf32>
  %z = weft.matmul %y, %v : (tensor<4096x2048xf32>, tensor<2048x8xf32>) -> tensor<4096x8xf32>
  %yt = weft.permute %y {permutation = array<i64: 1, 0>} : (tensor<4096x2048xf32>) -> tensor<2048x4096xf32>
  %dv = weft.matmul %yt, %z : (tensor<2048x4096xf32>, tensor<4096x8xf32>) -> tensor<2048x8xf32>
  %vt = weft.permute %v {permutation = array<i64: 1, 0>} : (tensor<2048x8xf32>) -> tensor<8x2048xf32>
  %dy = weft.matmul %z, %vt : (tensor<4096x8xf32>, tensor<8x2048xf32>) -> tensor<4096x2048xf32>
  %0 = weft.add %t, %u : (tensor<4096x2048xf32>, tensor<4096x2048xf32>) -> tensor<4096x2048xf32>
  %du = weft.mul %dy, %0 : (tensor<4096x2048xf32>, tensor<4096x2048xf32>) -> tensor<4096x2048xf32>
  return %du, %dv : tensor<4096x2048xf32>, tensor<2048x8xf32>
}
