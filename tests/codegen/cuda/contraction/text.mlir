// Products on a GPU: halves are multiplied as they are, the epilogue is a function of its own; a
// long sum with few rows is cut in chunks, whose sums a second launch adds.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: // contraction: {{[0-9]+}} blocks of 128 threads
// CHECK: typedef int I;
// CHECK: typedef u16 S;
// CHECK: weft_mma_bfloat(c, a, b0, b1);
// CHECK-LABEL: store_result(const u16* b0, u16* b1, {{.*}} float x{{[0-9]+}}) {
// CHECK: struct A {
// CHECK: static constexpr int kVector = 8;
// CHECK: kPlain = true, kAlongK = true, kAsync = true
// CHECK: struct B {
// CHECK: kPlain = true, kAlongK = false, kAsync = true
// CHECK: extern "C" __global__ void __launch_bounds__(128, {{[0-9]}})
// CHECK-NEXT: weft_cast_cast_matmul_cast_add_relu(const u16* a, const u16* b, u16* y0, u16* y1,
func.func @main(%x: tensor<240x400xbf16>, %w: tensor<400x304xbf16>, %b: tensor<304xbf16>) -> tensor<240x304xbf16> {
  %0 = weft.matmul %x, %w : (tensor<240x400xbf16>, tensor<400x304xbf16>) -> tensor<240x304xbf16>
  %1 = weft.add %0, %b : (tensor<240x304xbf16>, tensor<304xbf16>) -> tensor<240x304xbf16>
  %2 = weft.relu %1 : (tensor<240x304xbf16>) -> tensor<240x304xbf16>
  return %2 : tensor<240x304xbf16>
}

// CHECK: // contraction: 8 blocks of 256 threads
// CHECK: weft_matmul_chunks(
// CHECK: // contraction: 1 blocks of 256 threads
// CHECK: for (i64 c = 1; c < chunks; ++c) sum += sums[c * elements + element];
// CHECK: weft_matmul_finish(
func.func @long(%x: tensor<4x2048xf32>, %w: tensor<2048x50xf32>) -> tensor<4x50xf32> {
  %0 = weft.matmul %x, %w : (tensor<4x2048xf32>, tensor<2048x50xf32>) -> tensor<4x50xf32>
  return %0 : tensor<4x50xf32>
}
