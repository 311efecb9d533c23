// The gradient of choosing one element a row is a map, not a scatter; what is compared is
// checked.
// RUN: weft-opt --autodiff %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<8x10xf32>, %[[I:.*]]: tensor<8x1xi64>, %[[DY:.*]]: tensor<8x1xf32>)
// CHECK: %[[AT:.*]] = weft.iota {dim = 1 : i64, dtype = i64, sizes = array<i64: 8, 10>}
// CHECK: %[[OK:.*]] = weft.bitwise_and
// CHECK: %[[IN:.*]] = weft.require %[[I]], %[[OK]]
// CHECK: %[[IS:.*]] = weft.eq %[[AT]], %[[IN]]
// CHECK: %[[DX:.*]] = weft.select %[[IS]], %[[DY]], %{{.*}} : (tensor<8x10xi1>, tensor<8x1xf32>, tensor<f32>) -> tensor<8x10xf32>
// CHECK: return %[[DX]]
func.func @main(%x: tensor<8x10xf32>, %i: tensor<8x1xi64>, %dy: tensor<8x1xf32>) -> tensor<8x10xf32> {
  %y = weft.gather %x, %i {dim = 1 : i64} : (tensor<8x10xf32>, tensor<8x1xi64>) -> tensor<8x1xf32>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<8x1xf32>, tensor<8x1xf32>, tensor<8x10xf32>) -> tensor<8x10xf32>
  return %dx : tensor<8x10xf32>
}
