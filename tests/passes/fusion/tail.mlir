// What all rows come to, their indices' check and a number that stands alone are done by the kernel of the rows.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK: weft.kernel "reduction"
// CHECK: weft.check_index
// CHECK: weft.gather
// CHECK: weft.sum %{{.*}} : (tensor<64xf32>) -> tensor<f32>
// CHECK-NOT: weft.kernel
// CHECK: return
func.func @main(%x: tensor<64x200xf32>, %t: tensor<64xi64>, %z: tensor<f32>, %cnt: tensor<i64>) -> (tensor<f32>, tensor<i64>, tensor<f32>) {
  %mx0 = weft.max %x {dims = array<i64: 1>} : (tensor<64x200xf32>) -> tensor<64xf32>
  %mx = weft.reshape %mx0 {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %d = weft.sub %x, %mx : (tensor<64x200xf32>, tensor<64x1xf32>) -> tensor<64x200xf32>
  %e = weft.exp %d : (tensor<64x200xf32>) -> tensor<64x200xf32>
  %s0 = weft.sum %e {dims = array<i64: 1>} : (tensor<64x200xf32>) -> tensor<64xf32>
  %l0 = weft.log %s0 : (tensor<64xf32>) -> tensor<64xf32>
  %l = weft.reshape %l0 {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %ls = weft.sub %d, %l : (tensor<64x200xf32>, tensor<64x1xf32>) -> tensor<64x200xf32>
  %t1 = weft.reshape %t {sizes = array<i64: 64, 1>} : (tensor<64xi64>) -> tensor<64x1xi64>
  %g0 = weft.gather %ls, %t1 {dim = 1 : i64} : (tensor<64x200xf32>, tensor<64x1xi64>) -> tensor<64x1xf32>
  %g = weft.reshape %g0 {sizes = array<i64: 64>} : (tensor<64x1xf32>) -> tensor<64xf32>
  %ng = weft.neg %g : (tensor<64xf32>) -> tensor<64xf32>
  %loss0 = weft.sum %ng {dims = array<i64: 0>} : (tensor<64xf32>) -> tensor<f32>
  %loss = weft.div %loss0, %z : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %m2 = weft.max %ng {dims = array<i64: 0>} : (tensor<64xf32>) -> tensor<f32>
  %cn = weft.add %cnt, %cnt : (tensor<i64>, tensor<i64>) -> tensor<i64>
  return %loss, %cn, %m2 : tensor<f32>, tensor<i64>, tensor<f32>
}
