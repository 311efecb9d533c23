// A long scan by an associative op is a block's: threads' sums first, then each goes through its neighbours.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: // scan: 1 blocks of 256 threads
// CHECK: weft_shuffle_up(
// CHECK: weft_sync();
// CHECK: b{{[0-9]}}[
func.func @main(%x: tensor<5000xf32>, %zero: tensor<f32>) -> tensor<5000xf32> {
  %r:2 = weft.scan carried(%s = %zero : tensor<f32>) stacked(%e = %x : tensor<5000xf32>) captured() -> (tensor<f32>, tensor<5000xf32>) {
    %n = weft.add %s, %e : (tensor<f32>, tensor<f32>) -> tensor<f32>
    weft.yield %n, %n : tensor<f32>, tensor<f32>
  }
  return %r#1 : tensor<5000xf32>
}
