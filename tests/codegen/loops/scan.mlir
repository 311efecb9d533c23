// An elementwise scan: the state stays in a register from step to step.
// RUN: weft-opt --fuse --loops %s | FileCheck %s

// CHECK-LABEL: func.func @weft_scan(
// CHECK-SAME: kind = "scan"
// CHECK: %[[H:.*]] = vector.maskedload
// CHECK: %[[LAST:.*]] = scf.for %{{.*}} iter_args(%[[S:.*]] = %[[H]])
// CHECK: %[[X:.*]] = vector.maskedload
// CHECK: %[[N:.*]] = arith.addf %[[S]], %[[X]]
// CHECK: vector.maskedstore %{{.*}}, %[[N]]
// CHECK: scf.yield %[[N]]
// CHECK: vector.maskedstore %{{.*}}, %[[LAST]]
func.func @main(%h: tensor<8xf32>, %x: tensor<5x8xf32>) -> (tensor<8xf32>, tensor<5x8xf32>) {
  %r:2 = weft.scan carried(%s = %h : tensor<8xf32>) stacked(%a = %x : tensor<5x8xf32>) captured() -> (tensor<8xf32>, tensor<5x8xf32>) {
    %n = weft.add %s, %a : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
    weft.yield %n, %n : tensor<8xf32>, tensor<8xf32>
  }
  return %r#0, %r#1 : tensor<8xf32>, tensor<5x8xf32>
}
