// A reduction of dims that are no neighbours, and one of more than 16384 elements, are cut as ir/op/order.h says.
// RUN: weft-opt --fuse --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func @apart
// CHECK: %[[P:.*]] = weft.kernel "reduction"
// CHECK: weft.sum %{{.*}} {dims = array<i64: 1>} : (tensor<12x5x1xf32>) -> tensor<12x1xf32>
// CHECK: weft.kernel "reduction" (%{{.*}} = %[[P]]
// CHECK: weft.sum %{{.*}} {dims = array<i64: 1>} : (tensor<1x3x4xf32>) -> tensor<1x4xf32>
func.func @apart(%x: tensor<3x4x5xf32>) -> tensor<4xf32> {
  %0 = weft.sum %x {dims = array<i64: 0, 2>} : (tensor<3x4x5xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// Two chunks of 16384, the rest, and the three partial sums.
// CHECK-LABEL: func.func @long
// CHECK-DAG: weft.sum %{{.*}} {dims = array<i64: 1>} : (tensor<4x7232x1xf32>) -> tensor<4x1xf32>
// CHECK-DAG: weft.sum %{{.*}} {dims = array<i64: 2>} : (tensor<4x2x16384x1xf32>) -> tensor<4x2x1xf32>
// CHECK: weft.concat
// CHECK-NEXT: weft.sum %{{.*}} {dims = array<i64: 1>} : (tensor<4x3x1xf32>) -> tensor<4x1xf32>
func.func @long(%x: tensor<4x40000xf32>) -> tensor<4xf32> {
  %0 = weft.sum %x {dims = array<i64: 1>} : (tensor<4x40000xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @short
// CHECK: weft.kernel "reduction"
// CHECK-NOT: weft.kernel
func.func @short(%x: tensor<4x16384xf32>) -> tensor<4xf32> {
  %0 = weft.sum %x {dims = array<i64: 1>} : (tensor<4x16384xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
