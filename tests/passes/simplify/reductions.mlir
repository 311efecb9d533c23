// Dims of size 1 need no reducing; but a sum of one element starts at +0.0.
// RUN: weft-opt --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @unit(
// CHECK-SAME: %[[X:.*]]: tensor<2x1x3xf32>)
// CHECK-DAG: %[[ZERO:.*]] = weft.constant {sizes = array<i64>, value = 0.0
// CHECK-DAG: %[[FLAT:.*]] = weft.reshape %[[X]] {sizes = array<i64: 2, 3>}
// CHECK-DAG: %[[A:.*]] = weft.add %[[FLAT]], %[[ZERO]]
// CHECK-DAG: %[[C:.*]] = weft.sum %{{.*}} {dims = array<i64: 1>} : (tensor<2x3xf32>) -> tensor<2xf32>
// CHECK: return %[[A]], %{{.*}}, %[[C]]
func.func @unit(%x: tensor<2x1x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xf32>) {
  %a = weft.sum %x {dims = array<i64: 1>} : (tensor<2x1x3xf32>) -> tensor<2x3xf32>
  %b = weft.max %x {dims = array<i64: 1>} : (tensor<2x1x3xf32>) -> tensor<2x3xf32>
  %c = weft.sum %x {dims = array<i64: 1, 2>} : (tensor<2x1x3xf32>) -> tensor<2xf32>
  return %a, %b, %c : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @nothing(
// CHECK: %[[Y:.*]] = weft.constant {sizes = array<i64: 3>, value = 0.0
// CHECK: return %[[Y]]
func.func @nothing(%x: tensor<0x3xf32>) -> tensor<3xf32> {
  %e = weft.exp %x : (tensor<0x3xf32>) -> tensor<0x3xf32>
  %y = weft.sum %e {dims = array<i64: 0>} : (tensor<0x3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
