// A scan whose body treats every element for itself reads what is stacked as it is computed; any other gets it in memory.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @elementwise
// CHECK: weft.kernel "scan"
// CHECK-NEXT: weft.exp
// CHECK-NEXT: weft.scan
// CHECK-LABEL: func.func @recurrent
// CHECK: weft.kernel "map"
// CHECK-NEXT: weft.exp
// CHECK: weft.kernel "scan"
// CHECK-NEXT: weft.scan
func.func @elementwise(%h: tensor<8xf32>, %x: tensor<5x8xf32>) -> tensor<5x8xf32> {
  %e = weft.exp %x : (tensor<5x8xf32>) -> tensor<5x8xf32>
  %r:2 = weft.scan carried(%s = %h : tensor<8xf32>) stacked(%a = %e : tensor<5x8xf32>) captured() -> (tensor<8xf32>, tensor<5x8xf32>) {
    %n = weft.add %s, %a : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
    weft.yield %n, %n : tensor<8xf32>, tensor<8xf32>
  }
  return %r#1 : tensor<5x8xf32>
}
func.func @recurrent(%h: tensor<2x8xf32>, %x: tensor<5x2x8xf32>, %w: tensor<8x8xf32>) -> tensor<5x2x8xf32> {
  %e = weft.exp %x : (tensor<5x2x8xf32>) -> tensor<5x2x8xf32>
  %r:2 = weft.scan carried(%s = %h : tensor<2x8xf32>) stacked(%a = %e : tensor<5x2x8xf32>) captured(%u = %w : tensor<8x8xf32>) -> (tensor<2x8xf32>, tensor<5x2x8xf32>) {
    %p = weft.matmul %s, %u : (tensor<2x8xf32>, tensor<8x8xf32>) -> tensor<2x8xf32>
    %n = weft.add %p, %a : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
    weft.yield %n, %n : tensor<2x8xf32>, tensor<2x8xf32>
  }
  return %r#1 : tensor<5x2x8xf32>
}
