// RUN: weft-opt %s --export-dot -o /dev/null | FileCheck %s

#user = loc("train \22x\22.cpp":41:0)
#module = loc("net.fc1 (Linear)"(#user))

// CHECK: digraph weft {
// CHECK: label="func @main"
// CHECK: [[X:n[0-9]+]] [shape=oval, label="0: f32[4, 3]"];
func.func @main(%x: tensor<4x3xf32>, %h: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: [[MUL:n[0-9]+]] [label="mul\nweft.no_grad\nnet.fc1 (Linear)\ntrain \"x\".cpp:41"];
  %0 = weft.mul %x, %x {weft.no_grad} : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4x3xf32> loc(#module)
  // CHECK: subgraph cluster_1 {
  // CHECK-NEXT: label="kernel map"; style=filled
  // CHECK-NEXT: [[EXP:n[0-9]+]] [label="exp
  // CHECK: }
  %1 = weft.kernel "map" (%a = %0 : tensor<4x3xf32>) -> (tensor<4x3xf32>) {
    %2 = weft.exp %a : (tensor<4x3xf32>) -> tensor<4x3xf32>
    weft.yield %2 : tensor<4x3xf32>
  }
  // CHECK: [[SUM:n[0-9]+]] [label="sum\ndims = [1]
  %3 = weft.sum %1 {dims = array<i64: 1>} : (tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK: label="weft.scan"; style=dashed
  // CHECK: label="yield
  %4 = weft.scan carried(%s = %h : tensor<4xf32>) stacked(%e = %x : tensor<4x3xf32>) captured() -> (tensor<4xf32>) {
    weft.yield %s : tensor<4xf32>
  }
  return %3 : tensor<4xf32>
}
// CHECK: [[X]] -> [[MUL]] [label="f32[4, 3]"];
// CHECK: [[MUL]] -> [[EXP]] [label="f32[4, 3]"];
// CHECK: [[EXP]] -> [[SUM]] [label="f32[4, 3]"];
