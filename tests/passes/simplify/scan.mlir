// Results and operands of a loop that nobody reads go; states stay.
// RUN: weft-opt --simplify %s | FileCheck %s

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[S:.*]]: tensor<3xf32>, %[[X:.*]]: tensor<5x3xf32>, %[[Y:.*]]: tensor<5x3xf32>, %[[W:.*]]: tensor<3xf32>)
// CHECK-NEXT: %[[R:.*]] = weft.scan carried(%{{.*}} = %[[S]] : tensor<3xf32>) stacked(%{{.*}} = %[[X]] : tensor<5x3xf32>) captured() -> (tensor<3xf32>)
// CHECK-NOT: weft.exp
// CHECK: return %[[R]]
func.func @main(%s: tensor<3xf32>, %x: tensor<5x3xf32>, %y: tensor<5x3xf32>, %w: tensor<3xf32>) -> tensor<3xf32> {
  %r:2 = weft.scan carried(%a = %s : tensor<3xf32>) stacked(%b = %x : tensor<5x3xf32>, %c = %y : tensor<5x3xf32>) captured(%d = %w : tensor<3xf32>) -> (tensor<3xf32>, tensor<5x3xf32>) {
    %0 = weft.add %a, %b : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %1 = weft.mul %c, %d : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %2 = weft.exp %1 : (tensor<3xf32>) -> tensor<3xf32>
    weft.yield %0, %2 : tensor<3xf32>, tensor<3xf32>
  }
  return %r#0 : tensor<3xf32>
}
