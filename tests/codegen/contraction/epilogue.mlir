// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops %s | FileCheck %s

// What is computed from a product is computed where its sums are handed on, a vector at a time, and the product is stored
// nowhere else.

// CHECK-LABEL: func.func @weft_matmul_add_relu
// CHECK: scf.for
// CHECK: math.fma {{.*}} : vector<8xf32>
// CHECK: vector.maskedload {{.*}} : memref<?xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
// CHECK-NEXT: arith.addf
// CHECK: vector.maskedstore
// CHECK-NOT: math.fma
// CHECK: return
func.func @main(%x: tensor<37x50xf32>, %w: tensor<50x29xf32>, %b: tensor<29xf32>) -> tensor<37x29xf32> {
  %0 = weft.matmul %x, %w : (tensor<37x50xf32>, tensor<50x29xf32>) -> tensor<37x29xf32>
  %1 = weft.add %0, %b : (tensor<37x29xf32>, tensor<29xf32>) -> tensor<37x29xf32>
  %2 = weft.relu %1 : (tensor<37x29xf32>) -> tensor<37x29xf32>
  return %2 : tensor<37x29xf32>
}
