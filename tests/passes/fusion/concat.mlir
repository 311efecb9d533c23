// Views and concatenations are index arithmetic: what is joined is computed where it is stored.
// RUN: weft-opt --fuse %s | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK-NEXT: %[[K:.*]] = weft.kernel "map"
// CHECK-NEXT: weft.exp
// CHECK-NEXT: weft.permute
// CHECK-NEXT: weft.concat
// CHECK-NEXT: weft.add
// CHECK-NEXT: weft.yield
// CHECK-NEXT: }
// CHECK-NEXT: return %[[K]]
func.func @main(%a: tensor<4x5xf32>, %b: tensor<3x4xf32>, %c: tensor<4xf32>) -> tensor<8x4xf32> {
  %e = weft.exp %a : (tensor<4x5xf32>) -> tensor<4x5xf32>
  %t = weft.permute %e {permutation = array<i64: 1, 0>} : (tensor<4x5xf32>) -> tensor<5x4xf32>
  %j = weft.concat %t, %b {dim = 0 : i64} : (tensor<5x4xf32>, tensor<3x4xf32>) -> tensor<8x4xf32>
  %y = weft.add %j, %c : (tensor<8x4xf32>, tensor<4xf32>) -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}
