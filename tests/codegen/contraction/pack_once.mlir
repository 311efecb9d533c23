// RUN: env WEFT_THREADS=2 weft-run %s --input random:1 random:2 random:3 --tier both --print | FileCheck %s

// What is the same in every step of a loop is packed in the first.

// CHECK-DAG: both tiers give the same bits
// CHECK-DAG: {{pack_columns +contraction +1 }}
// CHECK-DAG: {{contract +contraction +9 }}
func.func @main(%h0: tensor<32x256xf32>, %xs: tensor<9x32x256xf32>, %w: tensor<200x256xf32>)
    -> (tensor<32x256xf32>, tensor<9x32x200xf32>) {
  %r:2 = weft.scan carried(%h = %h0 : tensor<32x256xf32>) stacked(%x = %xs : tensor<9x32x256xf32>) captured(%u = %w : tensor<200x256xf32>)
      -> (tensor<32x256xf32>, tensor<9x32x200xf32>) {
    %t = weft.permute %u {permutation = array<i64: 1, 0>} : (tensor<200x256xf32>) -> tensor<256x200xf32>
    %y = weft.matmul %h, %t : (tensor<32x256xf32>, tensor<256x200xf32>) -> tensor<32x200xf32>
    %z = weft.tanh %y : (tensor<32x200xf32>) -> tensor<32x200xf32>
    %next = weft.add %h, %x : (tensor<32x256xf32>, tensor<32x256xf32>) -> tensor<32x256xf32>
    weft.yield %next, %z : tensor<32x256xf32>, tensor<32x200xf32>
  }
  return %r#0, %r#1 : tensor<32x256xf32>, tensor<9x32x200xf32>
}
