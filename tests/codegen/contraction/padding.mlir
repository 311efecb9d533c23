// RUN: env WEFT_CPU=x86-64-v4 weft-opt --fuse --loops %s | FileCheck %s

// Windows exist while panels are packed: lanes in the padding are masked off and zero. With a stride of two, lanes are every
// second element of two loads.

// CHECK-LABEL: func.func @weft_conv
// CHECK: arith.cmpi ult
// CHECK: vector.maskedload
// CHECK: vector.maskedload
// CHECK: vector.shuffle {{.*}}[0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30]
// CHECK-NOT: vector.gather
// CHECK: math.fma
func.func @main(%x: tensor<2x3x40x40xf32>, %w: tensor<8x3x3x3xf32>) -> tensor<2x8x20x20xf32> {
  %0 = weft.conv %x, %w {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (tensor<2x3x40x40xf32>, tensor<8x3x3x3xf32>) -> tensor<2x8x20x20xf32>
  return %0 : tensor<2x8x20x20xf32>
}
