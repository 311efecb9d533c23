// A warp takes a row of up to 1024 elements: it reads it once, keeps it in registers from stage to stage,
// writes it once; formulas are functions.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: // reduction: 8 blocks of 256 threads, 0 bytes shared
// CHECK: WEFT_INLINE float weft_exp_f32(float x0) {
// CHECK: extern "C" __global__ void
// CHECK: float m0[32];
// CHECK: weft_load<vec<float, 4>>(b0 +
// CHECK: weft_shuffle_xor(r0, 16u)
// CHECK-NOT: weft_load
// CHECK: weft_exp_f32(
// CHECK-NOT: weft_load
// CHECK: weft_store(b1 +
func.func @main(%x: tensor<64x1024xf32>) -> tensor<64x1024xf32> {
  %m = weft.max %x {dims = array<i64: 1>} : (tensor<64x1024xf32>) -> tensor<64xf32>
  %mm = weft.reshape %m {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %2 = weft.sub %x, %mm : (tensor<64x1024xf32>, tensor<64x1xf32>) -> tensor<64x1024xf32>
  %3 = weft.exp %2 : (tensor<64x1024xf32>) -> tensor<64x1024xf32>
  %s = weft.sum %3 {dims = array<i64: 1>} : (tensor<64x1024xf32>) -> tensor<64xf32>
  %ss = weft.reshape %s {sizes = array<i64: 64, 1>} : (tensor<64xf32>) -> tensor<64x1xf32>
  %4 = weft.div %3, %ss : (tensor<64x1024xf32>, tensor<64x1xf32>) -> tensor<64x1024xf32>
  return %4 : tensor<64x1024xf32>
}
