// With nothing fused, each op is a kernel.
// RUN: weft-opt --fuse=separate %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-NEXT: %[[Y:.*]] = weft.kernel "contraction"
// CHECK-NEXT:   weft.matmul
// CHECK-NEXT:   weft.yield
// CHECK-NEXT: }
// CHECK-NEXT: %[[Z:.*]] = weft.kernel "map" (%{{.*}} = %[[Y]] :
// CHECK-NEXT:   weft.relu
// CHECK-NEXT:   weft.yield
// CHECK-NEXT: }
// CHECK-NEXT: %[[S:.*]] = weft.kernel "reduction" (%{{.*}} = %[[Z]] :
// CHECK-NEXT:   weft.sum
// CHECK-NEXT:   weft.yield
// CHECK-NEXT: }
// CHECK-NEXT: return %[[S]]
func.func @main(%x: tensor<8x16xf32>, %w: tensor<16x5xf32>) -> tensor<8xf32> {
  %0 = weft.matmul %x, %w : (tensor<8x16xf32>, tensor<16x5xf32>) -> tensor<8x5xf32>
  %1 = weft.relu %0 : (tensor<8x5xf32>) -> tensor<8x5xf32>
  %2 = weft.sum %1 {dims = array<i64: 1>} : (tensor<8x5xf32>) -> tensor<8xf32>
  return %2 : tensor<8xf32>
}
