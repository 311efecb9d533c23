// A layer normalisation in a loss, with its gradients: all that goes along the rows is one kernel, the sums over the rows
// (the gradients of weight and bias) are a second, and the third adds up the loss of the rows.
// RUN: weft-opt --autodiff --simplify --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK: %[[ROWS:.*]]:{{.*}} = weft.kernel "reduction"
// CHECK: weft.rsqrt
// CHECK: weft.sum %{{.*}} {dims = array<i64: 1>}
// CHECK: weft.yield
// CHECK: %[[COLUMNS:.*]]:2 = weft.kernel "reduction"
// CHECK: weft.sum %{{.*}} {dims = array<i64: 0>}
// CHECK: weft.sum %{{.*}} {dims = array<i64: 0>}
// CHECK: weft.yield
// CHECK: weft.kernel "reduction"
// CHECK: weft.sum
// CHECK-NOT: weft.kernel
// CHECK: return
func.func @main(%x: tensor<64x100xf32>, %w: tensor<100xf32>, %b: tensor<100xf32>, %c: tensor<64x100xf32>, %one: tensor<f32>, %eps: tensor<f32>)
    -> (tensor<f32>, tensor<64x100xf32>, tensor<100xf32>, tensor<100xf32>) {
  %mean = weft.mean %x {dims = array<i64: 1>} : (tensor<64x100xf32>) -> tensor<64xf32>
  %m = weft.reshape %mean {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %d = weft.sub %x, %m : (tensor<64x100xf32>, tensor<64x1xf32>) -> tensor<64x100xf32>
  %q = weft.square %d : (tensor<64x100xf32>) -> tensor<64x100xf32>
  %var = weft.mean %q {dims = array<i64: 1>} : (tensor<64x100xf32>) -> tensor<64xf32>
  %v = weft.reshape %var {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %a = weft.add %v, %eps : (tensor<64x1xf32>, tensor<f32>) -> tensor<64x1xf32>
  %r = weft.rsqrt %a : (tensor<64x1xf32>) -> tensor<64x1xf32>
  %n = weft.mul %d, %r : (tensor<64x100xf32>, tensor<64x1xf32>) -> tensor<64x100xf32>
  %s = weft.mul %n, %w : (tensor<64x100xf32>, tensor<100xf32>) -> tensor<64x100xf32>
  %y = weft.add %s, %b : (tensor<64x100xf32>, tensor<100xf32>) -> tensor<64x100xf32>
  %p = weft.mul %y, %c : (tensor<64x100xf32>, tensor<64x100xf32>) -> tensor<64x100xf32>
  %loss = weft.sum %p {dims = array<i64: 0, 1>} : (tensor<64x100xf32>) -> tensor<f32>
  %dx:3 = weft.grad %loss, %one, %x, %w, %b {num_outputs = 1 : i64}
      : (tensor<f32>, tensor<f32>, tensor<64x100xf32>, tensor<100xf32>, tensor<100xf32>) -> (tensor<64x100xf32>, tensor<100xf32>, tensor<100xf32>)
  return %loss, %dx#0, %dx#1, %dx#2 : tensor<f32>, tensor<64x100xf32>, tensor<100xf32>, tensor<100xf32>
}
