// Single values that ride along in the kernel of rows are made even where the rows are empty, or where there are none.
// RUN: env WEFT_GUARD=1 weft-run %s --input 1 0 random:1 random:2 --tier both | FileCheck %s
// RUN: env WEFT_CPU=x86-64-v3 WEFT_THREADS=5 weft-run %s --input 1 0 random:1 random:2 --tier both | FileCheck %s
// CHECK:      result 1: c10::BFloat16(3)
// CHECK-NEXT: {{.*}}nan
// CHECK-NEXT: result 2: bool()
// CHECK-NEXT: True
// CHECK-NEXT: result 3: float()
// CHECK-NEXT: {{.*}}nan
func.func @main(%a: tensor<i1>, %b: tensor<i1>, %x: tensor<0x3x12xbf16>, %y: tensor<36x0xf32>) -> (tensor<3xbf16>, tensor<i1>, tensor<f32>, tensor<0xf32>) {
  %0 = weft.mean %x {dims = array<i64: 0>} : (tensor<0x3x12xbf16>) -> tensor<3x12xbf16>
  %1 = weft.relu %0 : (tensor<3x12xbf16>) -> tensor<3x12xbf16>
  %2 = weft.max %1 {dims = array<i64: 1>} : (tensor<3x12xbf16>) -> tensor<3xbf16>
  %3 = weft.bitwise_or %a, %b : (tensor<i1>, tensor<i1>) -> tensor<i1>
  %4 = weft.mean %y {dims = array<i64: 1>} : (tensor<36x0xf32>) -> tensor<36xf32>
  %5 = weft.sum %4 {dims = array<i64: 0>} : (tensor<36xf32>) -> tensor<f32>
  %6 = weft.mean %y {dims = array<i64: 0>} : (tensor<36x0xf32>) -> tensor<0xf32>
  return %2, %3, %5, %6 : tensor<3xbf16>, tensor<i1>, tensor<f32>, tensor<0xf32>
}
