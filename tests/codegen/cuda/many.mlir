// Equal kernels are one text; where several launches take it, it has an entry for many of them at once.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: WEFT_INLINE void weft_mul_sub_body(const float* b0, const float* b1, const float* b2, float* b3, {{.*}}i64 block_number, i64 block_count) {
// CHECK: const int block = block_number;
// CHECK: extern "C" __global__ void __launch_bounds__(256) weft_mul_sub(const float* a0, const float* a1, const float* a2, float* a3,
// CHECK: weft_mul_sub_body(a0, a1, a2, a3, {{.*}}weft_block(), weft_blocks());
// CHECK: weft_mul_sub_many(const __grid_constant__ weft_table<
// CHECK: t.block(row), t.blocks(row));
// CHECK-NOT: __global__
func.func @main(%w: tensor<64x64xf32>, %dw: tensor<64x64xf32>, %b: tensor<32x32xf32>, %db: tensor<32x32xf32>, %lr: tensor<f32>)
    -> (tensor<64x64xf32>, tensor<32x32xf32>) {
  %0 = weft.mul %dw, %lr : (tensor<64x64xf32>, tensor<f32>) -> tensor<64x64xf32>
  %1 = weft.sub %w, %0 : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
  %2 = weft.mul %db, %lr : (tensor<32x32xf32>, tensor<f32>) -> tensor<32x32xf32>
  %3 = weft.sub %b, %2 : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
  return %1, %3 : tensor<64x64xf32>, tensor<32x32xf32>
}
