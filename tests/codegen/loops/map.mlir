// A map: whole vectors, then one masked one. Extents are arguments, so any size runs the same code.
// RUN: weft-opt --fuse --loops %s | FileCheck %s

// CHECK-LABEL: func.func @weft_mul_add(
// CHECK-SAME: %[[X:[^:]*]]: memref<?xf32>, %[[A:[^:]*]]: memref<?xf32>, %[[Y:[^:]*]]: memref<?xf32>, %[[N:[^:]*]]: index
// CHECK-SAME: kind = "map", params = array<i64: 1000,
// CHECK: memref.load %[[A]]
// CHECK: scf.for
// CHECK: scf.for %[[I:.*]] =
// CHECK: %[[V:.*]] = vector.load %[[X]][%[[I]]]
// CHECK: arith.mulf %[[V]]
// CHECK: arith.addf
// CHECK: vector.store %{{.*}}, %[[Y]][%[[I]]]
// CHECK: scf.if
// CHECK: vector.create_mask
// CHECK: vector.maskedload %[[X]]
// CHECK: vector.maskedstore %[[Y]]
func.func @main(%x: tensor<1000xf32>, %a: tensor<f32>) -> tensor<1000xf32> {
  %p = weft.mul %x, %a : (tensor<1000xf32>, tensor<f32>) -> tensor<1000xf32>
  %y = weft.add %p, %x : (tensor<1000xf32>, tensor<1000xf32>) -> tensor<1000xf32>
  return %y : tensor<1000xf32>
}
