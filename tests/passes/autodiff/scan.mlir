// The gradient of a recurrent layer: the forward loop keeps each state, a loop the other way round carries the
// cotangent, and the gradient of the weight is one product over all steps behind it.
// RUN: weft-opt --autodiff --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[H0:.*]]: tensor<2x3xf32>, %[[X:.*]]: tensor<7x2x3xf32>, %[[W:.*]]: tensor<3x3xf32>, %[[DH:.*]]: tensor<2x3xf32>)
// CHECK: %[[FORWARD:.*]]:3 = weft.scan carried({{.*}} = %[[H0]] : {{.*}}) stacked({{.*}} = %[[X]] : {{.*}}) captured(%{{[a-z0-9]+}} = %[[W]] : tensor<3x3xf32>) -> (tensor<2x3xf32>, tensor<7x2x3xf32>, tensor<7x2x3xf32>)
// CHECK: %[[BACKWARD:.*]]:2 = weft.scan carried({{.*}} = %[[DH]] : {{.*}}) stacked({{.*}}) captured({{.*}} = %[[W]] : {{.*}}) reverse
// CHECK-NOT: weft.add
// CHECK: yield
// CHECK: weft.reshape {{.*}} {sizes = array<i64: 14, 3>}
// CHECK: weft.matmul {{.*}} : (tensor<3x14xf32>, tensor<14x3xf32>) -> tensor<3x3xf32>
func.func @main(%h0: tensor<2x3xf32>, %x: tensor<7x2x3xf32>, %w: tensor<3x3xf32>, %dh: tensor<2x3xf32>) -> tensor<3x3xf32> {
  %h = weft.scan carried(%s = %h0 : tensor<2x3xf32>) stacked(%xt = %x : tensor<7x2x3xf32>) captured(%u = %w : tensor<3x3xf32>) -> (tensor<2x3xf32>) {
    %0 = weft.matmul %s, %u : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
    %1 = weft.add %0, %xt : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %2 = weft.tanh %1 : (tensor<2x3xf32>) -> tensor<2x3xf32>
    weft.yield %2 : tensor<2x3xf32>
  }
  %dw = weft.grad %h, %dh, %w {num_outputs = 1 : i64} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
  return %dw : tensor<3x3xf32>
}
