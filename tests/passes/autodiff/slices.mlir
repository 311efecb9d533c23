// Gradients of slices of one tensor: side by side they are a concat; many of them are added in place.
// RUN: weft-opt --autodiff --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func @halves(
// CHECK-SAME: %[[X:.*]]: tensor<2x6xf32>, %[[D1:.*]]: tensor<2x4xf32>, %[[D2:.*]]: tensor<2x2xf32>)
// CHECK: %[[DX:.*]] = weft.concat %[[D1]], %[[D2]] {dim = 1 : i64}
// CHECK: return %[[DX]]
func.func @halves(%x: tensor<2x6xf32>, %d1: tensor<2x4xf32>, %d2: tensor<2x2xf32>) -> tensor<2x6xf32> {
  %zero = weft.constant {sizes = array<i64>, value = 0 : i64} : tensor<i64>
  %four = weft.constant {sizes = array<i64>, value = 4 : i64} : tensor<i64>
  %a = weft.slice %x, %zero, %zero {sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : (tensor<2x6xf32>, tensor<i64>, tensor<i64>) -> tensor<2x4xf32>
  %b = weft.slice %x, %zero, %four {sizes = array<i64: 2, 2>, steps = array<i64: 1, 1>} : (tensor<2x6xf32>, tensor<i64>, tensor<i64>) -> tensor<2x2xf32>
  %dx = weft.grad %b, %a, %d2, %d1, %x {num_outputs = 2 : i64} : (tensor<2x2xf32>, tensor<2x4xf32>, tensor<2x2xf32>, tensor<2x4xf32>, tensor<2x6xf32>) -> tensor<2x6xf32>
  return %dx : tensor<2x6xf32>
}

// -----

// Five of them at run-time places.
// CHECK-LABEL: func.func @many(
// CHECK: %[[FIRST:.*]] = weft.insert %{{.*}}, %[[D:.*]], %[[I:.*]] {steps = array<i64: 1>}
// CHECK: %[[OLD:.*]] = weft.slice %[[FIRST]], %[[J:.*]] {sizes = array<i64: 1>
// CHECK: %[[NEW:.*]] = weft.add %[[OLD]]
// CHECK: weft.insert %[[FIRST]], %[[NEW]], %[[J]]
// CHECK-COUNT-3: weft.slice
// CHECK: return
func.func @many(%x: tensor<9xf32>, %i: tensor<i64>, %j: tensor<i64>, %d: tensor<1xf32>) -> tensor<9xf32> {
  %a = weft.slice %x, %i {sizes = array<i64: 1>, steps = array<i64: 1>} : (tensor<9xf32>, tensor<i64>) -> tensor<1xf32>
  %b = weft.slice %x, %j {sizes = array<i64: 1>, steps = array<i64: 1>} : (tensor<9xf32>, tensor<i64>) -> tensor<1xf32>
  %c = weft.slice %x, %i {sizes = array<i64: 1>, steps = array<i64: 1>} : (tensor<9xf32>, tensor<i64>) -> tensor<1xf32>
  %e = weft.slice %x, %j {sizes = array<i64: 1>, steps = array<i64: 1>} : (tensor<9xf32>, tensor<i64>) -> tensor<1xf32>
  %f = weft.slice %x, %i {sizes = array<i64: 1>, steps = array<i64: 1>} : (tensor<9xf32>, tensor<i64>) -> tensor<1xf32>
  %dx = weft.grad %a, %b, %c, %e, %f, %d, %d, %d, %d, %d, %x {num_outputs = 5 : i64} : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<9xf32>) -> tensor<9xf32>
  return %dx : tensor<9xf32>
}
