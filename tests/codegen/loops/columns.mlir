// A sum over the rows: lanes are columns, each with one accumulator.
// RUN: weft-opt --fuse --loops %s | FileCheck %s

// CHECK-LABEL: func.func @weft_exp_sum(
// CHECK: scf.for
// CHECK: %[[MASK:.*]] = vector.create_mask
// CHECK: scf.for %{{.*}} iter_args(%{{.*}} = %{{.*}}) -> (vector
// CHECK: vector.maskedload %{{.*}}, %[[MASK]]
// CHECK: arith.addf
// CHECK: scf.yield
// CHECK: vector.maskedstore %{{.*}}, %[[MASK]]
func.func @main(%z: tensor<64x100xf32>) -> tensor<100xf32> {
  %e = weft.exp %z : (tensor<64x100xf32>) -> tensor<64x100xf32>
  %columns = weft.sum %e {dims = array<i64: 0>} : (tensor<64x100xf32>) -> tensor<100xf32>
  return %columns : tensor<100xf32>
}
