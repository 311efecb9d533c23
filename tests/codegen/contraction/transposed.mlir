// RUN: env WEFT_CPU=x86-64-v4 weft-opt --fuse --loops %s | FileCheck %s

// The transpose of an operand is a way of reading it: rows in memory become lanes of a panel by shuffles.

// CHECK-LABEL: func.func @weft_matmul
// CHECK-NOT: vector.gather
// CHECK: vector.load {{.*}} : memref<?xf32>, vector<4xf32>
// CHECK: vector.shuffle {{.*}} : vector<16xf32>, vector<16xf32>
// CHECK: math.fma
func.func @main(%x: tensor<64x500xf32>, %w: tensor<100x500xf32>) -> tensor<64x100xf32> {
  %0 = weft.permute %w {permutation = array<i64: 1, 0>} : (tensor<100x500xf32>) -> tensor<500x100xf32>
  %1 = weft.matmul %x, %0 : (tensor<64x500xf32>, tensor<500x100xf32>) -> tensor<64x100xf32>
  return %1 : tensor<64x100xf32>
}
