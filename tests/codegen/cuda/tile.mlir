// What walks along another dim than the result goes through a tile of shared memory; what does not, does not.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: // map: 70 blocks of 256 threads, 4224 bytes shared
// CHECK: const float [[X:v[0-9]+]] = b0[
// CHECK-NEXT: s0[((v{{[0-9]+}} * 33) + v0)] = [[X]];
// CHECK: weft_sync();
// CHECK-NEXT: #pragma unroll
// CHECK: const float [[T:v[0-9]+]] = s0[((v0 * 33) +
// CHECK: const float [[Z:v[0-9]+]] = b1[[[AT:v[0-9]+]]];
// CHECK-NEXT: b2[[[AT]]] = ([[T]] + [[Z]]);
func.func @main(%x: tensor<300x200xf32>, %z: tensor<200x300xf32>) -> tensor<200x300xf32> {
  %0 = weft.permute %x {permutation = array<i64: 1, 0>} : (tensor<300x200xf32>) -> tensor<200x300xf32>
  %1 = weft.add %0, %z : (tensor<200x300xf32>, tensor<200x300xf32>) -> tensor<200x300xf32>
  return %1 : tensor<200x300xf32>
}
