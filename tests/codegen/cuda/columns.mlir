// A block takes 32 columns, its warps their rows; where there are few columns, they are cut in parts, whose sums a
// second launch adds up in a fixed order.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: // reduction: 32 blocks of 1024 threads, 4096 bytes shared
// CHECK: WEFT_SHARED
// CHECK: for (int i0 = {{.*}}; i0 += 32) {
// CHECK: float* s0 = (float*)(shared + 0);
// CHECK: weft_sync();
// CHECK: b2[{{.*}}] = ((u64)((u32)weft_bits(r1)));
// CHECK: // reduction: 13 blocks of 256 threads, 0 bytes shared
// CHECK: weft_shuffle_xor(r0, 16u)
func.func @main(%x: tensor<4096x100xf32>) -> tensor<100xf32> {
  %s = weft.sum %x {dims = array<i64: 0>} : (tensor<4096x100xf32>) -> tensor<100xf32>
  return %s : tensor<100xf32>
}
