// Statistics of channels, what is made of them and of the elements that wait for them: one kernel, whose sums run over
// dims that are no neighbours.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK: weft.kernel "reduction"
// CHECK-COUNT-4: weft.sum %{{.*}} {dims = array<i64: 0, 2, 3>} : (tensor<16x8x6x6xf32>) -> tensor<8xf32>
// CHECK-NOT: weft.kernel
// CHECK: return
func.func @main(%x: tensor<16x8x6x6xf32>, %w: tensor<1x8x1x1xf32>, %b: tensor<1x8x1x1xf32>, %dy: tensor<16x8x6x6xf32>, %rm: tensor<8xf32>, %eps: tensor<f32>) -> (tensor<16x8x6x6xf32>, tensor<8xf32>, tensor<16x8x6x6xf32>, tensor<8xf32>, tensor<8xf32>, tensor<1x8x1x1xf32>) {
  %m0 = weft.mean %x {dims = array<i64: 0, 2, 3>} : (tensor<16x8x6x6xf32>) -> tensor<8xf32>
  %m = weft.reshape %m0 {sizes = array<i64: 1, 8, 1, 1>} : (tensor<8xf32>) -> tensor<1x8x1x1xf32>
  %d = weft.sub %x, %m : (tensor<16x8x6x6xf32>, tensor<1x8x1x1xf32>) -> tensor<16x8x6x6xf32>
  %q = weft.square %d : (tensor<16x8x6x6xf32>) -> tensor<16x8x6x6xf32>
  %v0 = weft.mean %q {dims = array<i64: 0, 2, 3>} : (tensor<16x8x6x6xf32>) -> tensor<8xf32>
  %v = weft.reshape %v0 {sizes = array<i64: 1, 8, 1, 1>} : (tensor<8xf32>) -> tensor<1x8x1x1xf32>
  %a = weft.add %v, %eps : (tensor<1x8x1x1xf32>, tensor<f32>) -> tensor<1x8x1x1xf32>
  %r = weft.rsqrt %a : (tensor<1x8x1x1xf32>) -> tensor<1x8x1x1xf32>
  %s = weft.mul %r, %w : (tensor<1x8x1x1xf32>, tensor<1x8x1x1xf32>) -> tensor<1x8x1x1xf32>
  %y0 = weft.mul %d, %s : (tensor<16x8x6x6xf32>, tensor<1x8x1x1xf32>) -> tensor<16x8x6x6xf32>
  %y = weft.add %y0, %b : (tensor<16x8x6x6xf32>, tensor<1x8x1x1xf32>) -> tensor<16x8x6x6xf32>
  %u = weft.add %rm, %m0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %db = weft.sum %dy {dims = array<i64: 0, 2, 3>} : (tensor<16x8x6x6xf32>) -> tensor<8xf32>
  %p = weft.mul %dy, %d : (tensor<16x8x6x6xf32>, tensor<16x8x6x6xf32>) -> tensor<16x8x6x6xf32>
  %dw = weft.sum %p {dims = array<i64: 0, 2, 3>} : (tensor<16x8x6x6xf32>) -> tensor<8xf32>
  %dwk = weft.reshape %dw {sizes = array<i64: 1, 8, 1, 1>} : (tensor<8xf32>) -> tensor<1x8x1x1xf32>
  %e = weft.mul %d, %dwk : (tensor<16x8x6x6xf32>, tensor<1x8x1x1xf32>) -> tensor<16x8x6x6xf32>
  %dx = weft.mul %e, %r : (tensor<16x8x6x6xf32>, tensor<1x8x1x1xf32>) -> tensor<16x8x6x6xf32>
  return %y, %u, %dx, %db, %dw, %r : tensor<16x8x6x6xf32>, tensor<8xf32>, tensor<16x8x6x6xf32>, tensor<8xf32>, tensor<8xf32>, tensor<1x8x1x1xf32>
}
