// Results too long for the caches are stored past them, where their addresses allow whole aligned vectors.
// RUN: weft-opt --fuse --loops %s | FileCheck %s

// CHECK-LABEL: func.func @weft_neg(
// CHECK: memref.extract_aligned_pointer_as_index
// CHECK: scf.if
// CHECK: vector.store %{{.*}} {nontemporal = true}
// CHECK: } else {
// CHECK-NOT: nontemporal
// CHECK: return
func.func @main(%x: tensor<16777216xf32>) -> tensor<16777216xf32> {
  %y = weft.neg %x : (tensor<16777216xf32>) -> tensor<16777216xf32>
  return %y : tensor<16777216xf32>
}
