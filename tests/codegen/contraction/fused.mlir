// RUN: env WEFT_CPU=x86-64-v3 WEFT_THREADS=1 weft-run %s --input random:1 random:2 random:3 random:4 --tier both | FileCheck %s
// RUN: env WEFT_CPU=x86-64-v3 WEFT_THREADS=5 weft-run %s --input random:1 random:2 random:3 random:4 --tier both | FileCheck %s
// RUN: env WEFT_CPU=native WEFT_THREADS=1 weft-run %s --input random:1 random:2 random:3 random:4 --tier both | FileCheck %s
// RUN: env WEFT_CPU=native WEFT_THREADS=2 weft-run %s --input random:1 random:2 random:3 random:4 --tier both | FileCheck %s
// RUN: env WEFT_CPU=native WEFT_THREADS=5 weft-run %s --input random:1 random:2 random:3 random:4 --tier both | FileCheck %s
// RUN: env WEFT_CPU=x86-64-v2 WEFT_THREADS=2 weft-run %s --input random:1 random:2 random:3 random:4 --tier both | FileCheck %s

// A convolution and a product with what they are fused with before and after, against one op after the other.

// CHECK: both tiers give the same bits
func.func @main(%x: tensor<3x5x17x13xf32>, %w: tensor<7x5x3x3xf32>, %m: tensor<1547x33xf32>, %b: tensor<33xf32>) -> tensor<3x33xf32> {
  %0 = weft.relu %x : (tensor<3x5x17x13xf32>) -> tensor<3x5x17x13xf32>
  %1 = weft.conv %0, %w {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 1, 1>, stride = array<i64: 1, 1>}
    : (tensor<3x5x17x13xf32>, tensor<7x5x3x3xf32>) -> tensor<3x7x17x13xf32>
  %2 = weft.relu %1 : (tensor<3x7x17x13xf32>) -> tensor<3x7x17x13xf32>
  %3 = weft.reshape %2 {sizes = array<i64: 3, 1547>} : (tensor<3x7x17x13xf32>) -> tensor<3x1547xf32>
  %4 = weft.matmul %3, %m : (tensor<3x1547xf32>, tensor<1547x33xf32>) -> tensor<3x33xf32>
  %5 = weft.add %4, %b : (tensor<3x33xf32>, tensor<33xf32>) -> tensor<3x33xf32>
  %6 = weft.mul %5, %5 : (tensor<3x33xf32>, tensor<3x33xf32>) -> tensor<3x33xf32>
  return %6 : tensor<3x33xf32>
}
