// RUN: weft-opt --simplify %s | FileCheck %s

// x[i:][1:] with i known and not: one slice, where the sum of starts is known.
// CHECK-LABEL: func.func @of_slice(
// CHECK-SAME: %[[X:.*]]: tensor<10x4xf32>, %[[I:.*]]: tensor<i64>)
// CHECK-DAG: %[[SEVEN:.*]] = weft.constant {{.*}}value = 7 : i64
// CHECK: weft.slice %[[X]], %[[SEVEN]], %[[I]] {sizes = array<i64: 1, 2>, steps = array<i64: 4, 1>}
func.func @of_slice(%x: tensor<10x4xf32>, %i: tensor<i64>) -> tensor<1x2xf32> {
  %zero = weft.constant {sizes = array<i64>, value = 0 : i64} : tensor<i64>
  %one = weft.constant {sizes = array<i64>, value = 1 : i64} : tensor<i64>
  %three = weft.constant {sizes = array<i64>, value = 3 : i64} : tensor<i64>
  %a = weft.slice %x, %three, %i {sizes = array<i64: 3, 2>, steps = array<i64: 2, 1>} : (tensor<10x4xf32>, tensor<i64>, tensor<i64>) -> tensor<3x2xf32>
  %two = weft.constant {sizes = array<i64>, value = 2 : i64} : tensor<i64>
  %b = weft.slice %a, %two, %zero {sizes = array<i64: 1, 2>, steps = array<i64: 2, 1>} : (tensor<3x2xf32>, tensor<i64>, tensor<i64>) -> tensor<1x2xf32>
  return %b : tensor<1x2xf32>
}

// A slice that lies in one part of a concat, and one that lies in two.
// CHECK-LABEL: func.func @of_concat(
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>, %[[Y:.*]]: tensor<4xf32>)
// CHECK: %[[A:.*]] = weft.slice %[[Y]], %{{.*}} {sizes = array<i64: 2>
// CHECK: %[[B:.*]] = weft.slice %{{.*}}, %{{.*}} {sizes = array<i64: 2>
// CHECK: return %[[A]], %[[B]], %[[Y]]
func.func @of_concat(%x: tensor<3xf32>, %y: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<4xf32>) {
  %two = weft.constant {sizes = array<i64>, value = 2 : i64} : tensor<i64>
  %three = weft.constant {sizes = array<i64>, value = 3 : i64} : tensor<i64>
  %four = weft.constant {sizes = array<i64>, value = 4 : i64} : tensor<i64>
  %c = weft.concat %x, %y {dim = 0 : i64} : (tensor<3xf32>, tensor<4xf32>) -> tensor<7xf32>
  %a = weft.slice %c, %four {sizes = array<i64: 2>, steps = array<i64: 1>} : (tensor<7xf32>, tensor<i64>) -> tensor<2xf32>
  %b = weft.slice %c, %two {sizes = array<i64: 2>, steps = array<i64: 1>} : (tensor<7xf32>, tensor<i64>) -> tensor<2xf32>
  %d = weft.slice %c, %three {sizes = array<i64: 4>, steps = array<i64: 1>} : (tensor<7xf32>, tensor<i64>) -> tensor<4xf32>
  return %a, %b, %d : tensor<2xf32>, tensor<2xf32>, tensor<4xf32>
}

// Into zeros, at a known place: padding. At a run-time place it stays.
// CHECK-LABEL: func.func @into_zeros(
// CHECK-SAME: %[[U:.*]]: tensor<2xf32>, %[[I:.*]]: tensor<i64>)
// CHECK: %[[A:.*]] = weft.pad %[[U]], %{{.*}} {high = array<i64: 1>, interior = array<i64: 1>, low = array<i64: 3>}
// CHECK: %[[B:.*]] = weft.insert %{{.*}}, %[[U]], %[[I]]
// CHECK: return %[[A]], %[[B]]
func.func @into_zeros(%u: tensor<2xf32>, %i: tensor<i64>) -> (tensor<7xf32>, tensor<7xf32>) {
  %zeros = weft.constant {sizes = array<i64: 7>, value = 0.0 : f32} : tensor<7xf32>
  %three = weft.constant {sizes = array<i64>, value = 3 : i64} : tensor<i64>
  %a = weft.insert %zeros, %u, %three {steps = array<i64: 2>} : (tensor<7xf32>, tensor<2xf32>, tensor<i64>) -> tensor<7xf32>
  %b = weft.insert %zeros, %u, %i {steps = array<i64: 2>} : (tensor<7xf32>, tensor<2xf32>, tensor<i64>) -> tensor<7xf32>
  return %a, %b : tensor<7xf32>, tensor<7xf32>
}

// Slices side by side again.
// CHECK-LABEL: func.func @neighbours(
// CHECK-SAME: %[[X:.*]]: tensor<6xf32>)
// CHECK-NEXT: return %[[X]]
func.func @neighbours(%x: tensor<6xf32>) -> tensor<6xf32> {
  %zero = weft.constant {sizes = array<i64>, value = 0 : i64} : tensor<i64>
  %two = weft.constant {sizes = array<i64>, value = 2 : i64} : tensor<i64>
  %a = weft.slice %x, %zero {sizes = array<i64: 2>, steps = array<i64: 1>} : (tensor<6xf32>, tensor<i64>) -> tensor<2xf32>
  %b = weft.slice %x, %two {sizes = array<i64: 4>, steps = array<i64: 1>} : (tensor<6xf32>, tensor<i64>) -> tensor<4xf32>
  %c = weft.concat %a, %b {dim = 0 : i64} : (tensor<2xf32>, tensor<4xf32>) -> tensor<6xf32>
  return %c : tensor<6xf32>
}
