// What adds up f16 or bf16 does so in f32: kernels cast where they read and write, and keep no wide copy.
// RUN: weft-opt --fuse --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func @product
// CHECK-NEXT: %[[K:.*]] = weft.kernel "contraction" (%[[A:.*]] = %{{.*}} : tensor<8x16xbf16>, %[[B:.*]] = %{{.*}} : tensor<16x4xbf16>) -> (tensor<8x4xbf16>)
// CHECK-DAG:    %[[WA:.*]] = weft.cast %[[A]] {dtype = f32}
// CHECK-DAG:    %[[WB:.*]] = weft.cast %[[B]] {dtype = f32}
// CHECK:        %[[Y:.*]] = weft.matmul %[[WA]], %[[WB]] : (tensor<8x16xf32>, tensor<16x4xf32>) -> tensor<8x4xf32>
// CHECK-NEXT:   %[[N:.*]] = weft.cast %[[Y]] {dtype = bf16}
// CHECK-NEXT:   weft.relu %[[N]] : (tensor<8x4xbf16>)
// CHECK-NOT:  weft.kernel
func.func @product(%a: tensor<8x16xbf16>, %b: tensor<16x4xbf16>) -> tensor<8x4xbf16> {
  %0 = weft.matmul %a, %b : (tensor<8x16xbf16>, tensor<16x4xbf16>) -> tensor<8x4xbf16>
  %1 = weft.relu %0 : (tensor<8x4xbf16>) -> tensor<8x4xbf16>
  return %1 : tensor<8x4xbf16>
}

// -----

// CHECK-LABEL: func.func @mean
// CHECK-NEXT: weft.kernel "reduction" (%{{.*}} = %{{.*}} : tensor<8x16xf16>) -> (tensor<8xf16>)
// CHECK:        weft.sum %{{.*}} : (tensor<8x16x1xf32>)
// CHECK:        weft.div
// CHECK:        weft.cast %{{.*}} {dtype = f16}
// CHECK-NOT:  weft.kernel
func.func @mean(%x: tensor<8x16xf16>) -> tensor<8xf16> {
  %0 = weft.mean %x {dims = array<i64: 1>} : (tensor<8x16xf16>) -> tensor<8xf16>
  return %0 : tensor<8xf16>
}
