// Signed zeros: x + -0.0 and x - 0.0 are x; x + 0.0 is not (x may be -0.0), nor is 0.0 - x the negative.
// RUN: weft-opt --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @floats(
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>)
// CHECK-DAG: %[[ZERO:.*]] = weft.constant {{.*}}value = 0.000000e+00
// CHECK-DAG: %[[A:.*]] = weft.add %[[X]], %[[ZERO]]
// CHECK-DAG: %[[D:.*]] = weft.sub %[[ZERO]], %[[X]]
// CHECK-DAG: %[[E:.*]] = weft.neg %[[X]]
// CHECK-DAG: %[[F:.*]] = weft.mul %[[X]], %[[ZERO]]
// CHECK: return %[[A]], %[[X]], %[[X]], %[[D]], %[[E]], %[[F]]
func.func @floats(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %zero = weft.constant {sizes = array<i64>, value = 0.0 : f32} : tensor<f32>
  %minus = weft.constant {sizes = array<i64>, value = -0.0 : f32} : tensor<f32>
  %a = weft.add %x, %zero : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %b = weft.add %x, %minus : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %c = weft.sub %x, %zero : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %d = weft.sub %zero, %x : (tensor<f32>, tensor<3xf32>) -> tensor<3xf32>
  %e = weft.sub %minus, %x : (tensor<f32>, tensor<3xf32>) -> tensor<3xf32>
  %f = weft.mul %x, %zero : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %a, %b, %c, %d, %e, %f : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @integers(
// CHECK-SAME: %[[X:.*]]: tensor<3xi64>)
// CHECK-DAG: %[[ZERO:.*]] = weft.constant {sizes = array<i64: 3>, value = 0 : i64}
// CHECK: return %[[X]], %[[ZERO]]
func.func @integers(%x: tensor<3xi64>) -> (tensor<3xi64>, tensor<3xi64>) {
  %zero = weft.constant {sizes = array<i64>, value = 0 : i64} : tensor<i64>
  %a = weft.add %x, %zero : (tensor<3xi64>, tensor<i64>) -> tensor<3xi64>
  %b = weft.mul %x, %zero : (tensor<3xi64>, tensor<i64>) -> tensor<3xi64>
  return %a, %b : tensor<3xi64>, tensor<3xi64>
}
