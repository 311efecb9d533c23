// A softmax with its gradient is one reduction: the row maximum, the exponentials and their sum, the sum of the
// products and both results. The gradient's formulas are what autodiff makes of the forward ones.
// RUN: weft-opt --autodiff --simplify --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK: %[[K:.*]]:2 = weft.kernel "reduction" (%{{.*}} : tensor<64x100xf32>, %{{.*}} : tensor<64x100xf32>) -> (tensor<64x100xf32>, tensor<64x100xf32>) {
// CHECK: weft.max
// CHECK: weft.exp
// CHECK: weft.sum
// CHECK: weft.sum
// CHECK-NOT: weft.exp
// CHECK: weft.yield
// CHECK-NOT: weft.kernel
// CHECK: return %[[K]]#{{[01]}}, %[[K]]#{{[01]}}
func.func @main(%x: tensor<64x100xf32>, %dy: tensor<64x100xf32>) -> (tensor<64x100xf32>, tensor<64x100xf32>) {
  %max = weft.max %x {dims = array<i64: 1>} : (tensor<64x100xf32>) -> tensor<64xf32>
  %m = weft.reshape %max {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %still = weft.detach %m : (tensor<64x1xf32>) -> tensor<64x1xf32>
  %d = weft.sub %x, %still : (tensor<64x100xf32>, tensor<64x1xf32>) -> tensor<64x100xf32>
  %e = weft.exp %d : (tensor<64x100xf32>) -> tensor<64x100xf32>
  %sum = weft.sum %e {dims = array<i64: 1>} : (tensor<64x100xf32>) -> tensor<64xf32>
  %s = weft.reshape %sum {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %y = weft.div %e, %s : (tensor<64x100xf32>, tensor<64x1xf32>) -> tensor<64x100xf32>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<64x100xf32>, tensor<64x100xf32>, tensor<64x100xf32>) -> tensor<64x100xf32>
  return %y, %dx : tensor<64x100xf32>, tensor<64x100xf32>
}
