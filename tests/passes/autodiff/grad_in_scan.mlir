// Gradient steps in a loop, and the gradient through them: the inner weft.grad is expanded first.
// RUN: weft-opt --autodiff --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-NOT: weft.grad
// CHECK: weft.scan
// CHECK: weft.cos
// CHECK: weft.yield
// CHECK: weft.scan {{.*}} reverse
// CHECK-NOT: weft.grad
// CHECK: return
func.func @main(%w: tensor<4xf32>, %x: tensor<3x4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
  %one = weft.constant {sizes = array<i64: 4>, value = 1.0 : f32} : tensor<4xf32>
  %last = weft.scan carried(%s = %w : tensor<4xf32>) stacked(%xt = %x : tensor<3x4xf32>) captured(%u = %one : tensor<4xf32>) -> (tensor<4xf32>) {
    %0 = weft.mul %s, %xt : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %1 = weft.sin %0 : (tensor<4xf32>) -> tensor<4xf32>
    %g = weft.grad %1, %u, %s {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %2 = weft.sub %s, %g : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    weft.yield %2 : tensor<4xf32>
  }
  %dw = weft.grad %last, %dy, %w {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %dw : tensor<4xf32>
}
