// Reductions of the same rows, and what lies between and after them, are stages of one kernel: softmax.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-NEXT: %[[Y:.*]] = weft.kernel "reduction"
// CHECK: weft.max
// CHECK: weft.exp
// CHECK: weft.sum
// CHECK: weft.div
// CHECK-NEXT: weft.yield
// CHECK-NOT: weft.kernel
// CHECK: return %[[Y]]
func.func @main(%x: tensor<8x100xf32>) -> tensor<8x100xf32> {
  %m = weft.max %x {dims = array<i64: 1>} : (tensor<8x100xf32>) -> tensor<8xf32>
  %m1 = weft.reshape %m {sizes = array<i64: 8, 1>} : (tensor<8xf32>) -> tensor<8x1xf32>
  %d = weft.sub %x, %m1 : (tensor<8x100xf32>, tensor<8x1xf32>) -> tensor<8x100xf32>
  %e = weft.exp %d : (tensor<8x100xf32>) -> tensor<8x100xf32>
  %s = weft.sum %e {dims = array<i64: 1>} : (tensor<8x100xf32>) -> tensor<8xf32>
  %s1 = weft.reshape %s {sizes = array<i64: 8, 1>} : (tensor<8xf32>) -> tensor<8x1xf32>
  %y = weft.div %e, %s1 : (tensor<8x100xf32>, tensor<8x1xf32>) -> tensor<8x100xf32>
  return %y : tensor<8x100xf32>
}
