// The example of fuse.td.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<8x16xf32>, %[[B:.*]]: tensor<16xf32>)
// CHECK-NEXT: %[[Y:.*]] = weft.kernel "map" (%[[X0:.*]] = %[[X]] : tensor<8x16xf32>, %[[B0:.*]] = %[[B]] : tensor<16xf32>) -> (tensor<8x16xf32>) {
// CHECK-NEXT:   %[[S:.*]] = weft.add %[[X0]], %[[B0]]
// CHECK-NEXT:   %[[R:.*]] = weft.relu %[[S]]
// CHECK-NEXT:   weft.yield %[[R]]
// CHECK-NEXT: }
// CHECK-NEXT: return %[[Y]]
func.func @main(%x: tensor<8x16xf32>, %b: tensor<16xf32>) -> tensor<8x16xf32> {
  %0 = weft.add %x, %b : (tensor<8x16xf32>, tensor<16xf32>) -> tensor<8x16xf32>
  %1 = weft.relu %0 : (tensor<8x16xf32>) -> tensor<8x16xf32>
  return %1 : tensor<8x16xf32>
}
