// The gradient of a gradient is the same pass again; the earlier weft.grad is expanded first.
// RUN: weft-opt --autodiff --split-input-file %s | FileCheck %s

// y = x^2, dx = 2 x dy, ddx = 2 dy u.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>, %[[U:.*]]: tensor<4xf64>)
// CHECK: %[[TWO_X:.*]] = weft.mul %{{.*}}, %[[X]]
// CHECK: %[[DX:.*]] = weft.mul %[[DY]], %[[TWO_X]]
// CHECK: %[[U_DY:.*]] = weft.mul %[[U]], %[[DY]]
// CHECK: %[[DDX:.*]] = weft.mul %[[U_DY]], %{{.*}}
// CHECK-NOT: weft.grad
// CHECK: return %[[DDX]]
func.func @main(%x: tensor<4xf64>, %dy: tensor<4xf64>, %u: tensor<4xf64>) -> tensor<4xf64> {
  %y = weft.square %x : (tensor<4xf64>) -> tensor<4xf64>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %ddx = weft.grad %dx, %u, %x {num_outputs = 1 : i64} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %ddx : tensor<4xf64>
}

// -----

// A weft.grad recorded without grad gives constants: the second one sees x through y alone.
// CHECK-LABEL: func.func @first_without_grad(
// CHECK: %[[STOP:.*]] = weft.detach
// CHECK: %[[ZERO:.*]] = weft.constant {sizes = array<i64: 4>, value = 0.000000e+00 : f64}
// CHECK: return %[[STOP]], %[[ZERO]]
func.func @first_without_grad(%x: tensor<4xf64>, %dy: tensor<4xf64>, %u: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %y = weft.square %x : (tensor<4xf64>) -> tensor<4xf64>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64, weft.no_grad} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %ddx = weft.grad %dx, %u, %x {num_outputs = 1 : i64} : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %dx, %ddx : tensor<4xf64>, tensor<4xf64>
}
