// Reductions are cut in groups of dims as ir/op/order.h says.
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

// Neighbours are one group, however long.
// CHECK-LABEL: func.func @long
// CHECK: weft.kernel "reduction"
// CHECK-NOT: weft.kernel
func.func @long(%x: tensor<4x300x40000xf32>) -> tensor<4xf32> {
  %0 = weft.sum %x {dims = array<i64: 1, 2>} : (tensor<4x300x40000xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// The sum over everything has long rows in a group of their own: their kernel has the sums of rows, too, and adds them up.
// CHECK-LABEL: func.func @rows
// CHECK: weft.kernel "reduction"
// CHECK: weft.sum %{{.*}} {dims = array<i64: 1>} : (tensor<300x256x1xf32>) -> tensor<300x1xf32>
// CHECK: weft.sum %{{.*}} : (tensor<1x300x1xf32>) -> tensor<1x1xf32>
// CHECK-NOT: weft.kernel
func.func @rows(%x: tensor<300x256xf32>) -> (tensor<f32>, tensor<300xf32>) {
  %0 = weft.sum %x {dims = array<i64: 0, 1>} : (tensor<300x256xf32>) -> tensor<f32>
  %1 = weft.sum %x {dims = array<i64: 1>} : (tensor<300x256xf32>) -> tensor<300xf32>
  return %0, %1 : tensor<f32>, tensor<300xf32>
}

// -----

// CHECK-LABEL: func.func @short
// CHECK: weft.kernel "reduction"
// CHECK-NOT: weft.kernel
func.func @short(%x: tensor<300x255xf32>) -> tensor<f32> {
  %0 = weft.sum %x {dims = array<i64: 0, 1>} : (tensor<300x255xf32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

// What waits for a sum over everything has tasks of its own.
// CHECK-LABEL: func.func @whole
// CHECK: %[[SUM:.*]] = weft.kernel "reduction"
// CHECK: weft.kernel "map" (%{{.*}} = %[[SUM]]
func.func @whole(%x: tensor<300xf32>) -> tensor<300xf32> {
  %0 = weft.sum %x {dims = array<i64: 0>} : (tensor<300xf32>) -> tensor<f32>
  %1 = weft.div %x, %0 : (tensor<300xf32>, tensor<f32>) -> tensor<300xf32>
  return %1 : tensor<300xf32>
}
