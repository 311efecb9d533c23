// Neighbours of 16 bytes are loaded and stored at once; what is computed of them is computed one by one, in a
// loop that is unrolled. Grids go on in strides.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: // map: 2 blocks of 256 threads, 0 bytes shared
// CHECK-NEXT: extern "C" __global__ void __launch_bounds__(256) weft_mul_add(const float* b0, const float* b1, float* b2
// CHECK: for (int i0 = v0; i0 < n4; i0 += v1) {
// CHECK: const vec<float, 4> [[X:v[0-9]+]] = weft_load<vec<float, 4>>(b0 +
// CHECK-NEXT: const vec<float, 4> [[B:v[0-9]+]] = weft_load<vec<float, 4>>(b1 +
// CHECK: #pragma unroll
// CHECK-NEXT: for (int i1 = 0; i1 < 4; i1 += 1) {
// CHECK-NEXT: const float [[E:v[0-9]+]] = [[X]][i1];
// CHECK-NEXT: r0[i1] = (([[E]] * [[E]]) + [[B]][i1]);
// CHECK: weft_store(b2 +
func.func @main(%x: tensor<32x64xf32>, %b: tensor<64xf32>) -> tensor<32x64xf32> {
  %0 = weft.mul %x, %x : (tensor<32x64xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
  %1 = weft.add %0, %b : (tensor<32x64xf32>, tensor<64xf32>) -> tensor<32x64xf32>
  return %1 : tensor<32x64xf32>
}
