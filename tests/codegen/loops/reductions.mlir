// Rows: the accumulators of the virtual lanes go along the row and meet in a tree. Columns: lanes are columns, and each has
// one accumulator.
// RUN: weft-opt --fuse --loops %s | FileCheck %s

// CHECK-LABEL: func.func @weft_exp_sum(
// CHECK: scf.for
// CHECK: %[[MASK:.*]] = vector.create_mask
// CHECK: scf.for %{{.*}} iter_args(%{{.*}} = %{{.*}}) -> (vector
// CHECK: vector.maskedload %{{.*}}, %[[MASK]]
// CHECK: arith.addf
// CHECK: scf.yield
// CHECK: vector.maskedstore %{{.*}}, %[[MASK]]

// CHECK-LABEL: func.func @weft_square_sum(
// CHECK: scf.for
// CHECK: scf.for %{{.*}} iter_args(
// CHECK: vector.load
// CHECK: arith.mulf
// CHECK: arith.addf
// CHECK: scf.yield
// CHECK: scf.if
// CHECK: vector.maskedload
// CHECK: vector.extract_strided_slice
// CHECK: arith.addf %{{.*}} : vector<1xf32>
// CHECK: memref.store
func.func @main(%x: tensor<64x100xf32>, %z: tensor<64x100xf32>) -> (tensor<64xf32>, tensor<100xf32>) {
  %q = weft.square %x : (tensor<64x100xf32>) -> tensor<64x100xf32>
  %rows = weft.sum %q {dims = array<i64: 1>} : (tensor<64x100xf32>) -> tensor<64xf32>
  %e = weft.exp %z : (tensor<64x100xf32>) -> tensor<64x100xf32>
  %columns = weft.sum %e {dims = array<i64: 0>} : (tensor<64x100xf32>) -> tensor<100xf32>
  return %rows, %columns : tensor<64xf32>, tensor<100xf32>
}
