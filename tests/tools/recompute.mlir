// What a product of the second half reads, and the first half made, is made again: only what it is made of is kept.
// RUN: weft-run %s --input random:1 random:2 random:3 --tier both | FileCheck %s
// CHECK: result 2: float(2048, 8)
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
