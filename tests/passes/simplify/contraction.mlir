// The transposed of a product comes out of the product.
// RUN: weft-opt --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @weight(
// CHECK-SAME: %[[X:.*]]: tensor<64x100xf32>, %[[DY:.*]]: tensor<64x10xf32>)
// CHECK-NEXT: %[[DYT:.*]] = weft.permute %[[DY]]
// CHECK-NEXT: %[[DW:.*]] = weft.matmul %[[DYT]], %[[X]] : (tensor<10x64xf32>, tensor<64x100xf32>) -> tensor<10x100xf32>
// CHECK-NEXT: return %[[DW]]
func.func @weight(%x: tensor<64x100xf32>, %dy: tensor<64x10xf32>) -> tensor<10x100xf32> {
  %xt = weft.permute %x {permutation = array<i64: 1, 0>} : (tensor<64x100xf32>) -> tensor<100x64xf32>
  %0 = weft.matmul %xt, %dy : (tensor<100x64xf32>, tensor<64x10xf32>) -> tensor<100x10xf32>
  %1 = weft.permute %0 {permutation = array<i64: 1, 0>} : (tensor<100x10xf32>) -> tensor<10x100xf32>
  return %1 : tensor<10x100xf32>
}

// A long sum would be cut elsewhere (ir/op/order.h): the bits would change.
// CHECK-LABEL: func.func @cut(
// CHECK: weft.matmul
// CHECK-NEXT: weft.permute
func.func @cut(%a: tensor<64x8192xf32>, %b: tensor<8192x160xf32>) -> tensor<160x64xf32> {
  %0 = weft.matmul %a, %b : (tensor<64x8192xf32>, tensor<8192x160xf32>) -> tensor<64x160xf32>
  %1 = weft.permute %0 {permutation = array<i64: 1, 0>} : (tensor<64x160xf32>) -> tensor<160x64xf32>
  return %1 : tensor<160x64xf32>
}
