// The base is written first; then updates go where their index says, if this task owns the place, in ascending order.
// RUN: weft-opt --fuse --loops %s | FileCheck %s

// CHECK-LABEL: func.func @weft_neg_index_add(
// CHECK: vector.store
// CHECK-LABEL: func.func @weft_neg_index_add_2(
// CHECK-SAME: %[[I:[^:]*]]: memref<?xi64>, %[[DY:[^:]*]]: memref<?xf32>, %[[Y:[^:]*]]: memref<?xf32>
// CHECK: %[[MASK:.*]] = vector.create_mask
// CHECK: scf.for
// CHECK: %[[AT:.*]] = memref.load %[[I]]
// CHECK: %[[OWN:.*]] = arith.cmpi ult
// CHECK: scf.if %[[OWN]] {
// CHECK: vector.maskedload %[[Y]]
// CHECK: vector.maskedload %[[DY]]
// CHECK: arith.negf
// CHECK: arith.addf
// CHECK: vector.maskedstore %[[Y]]
func.func @main(%i: tensor<6xi64>, %dy: tensor<6x32xf32>) -> tensor<10x32xf32> {
  %zeros = weft.constant {sizes = array<i64: 10, 32>, value = 0.0 : f32} : tensor<10x32xf32>
  %n = weft.neg %dy : (tensor<6x32xf32>) -> tensor<6x32xf32>
  %y = weft.index_add %zeros, %i, %n {dim = 0 : i64} : (tensor<10x32xf32>, tensor<6xi64>, tensor<6x32xf32>) -> tensor<10x32xf32>
  return %y : tensor<10x32xf32>
}
