// A start that is also a result of the function is a number all the same where something begins there.
// RUN: weft-opt --fuse %s | FileCheck %s
// RUN: weft-opt --fuse --loops %s -o /dev/null

// CHECK: weft.kernel "reduction"
// CHECK: weft.constant {{.*}}value = 2 : i64
// CHECK: weft.slice
func.func @main(%x: tensor<5x1000xf32>) -> (tensor<i64>, tensor<5x1000xf32>) {
  %c = weft.constant {sizes = array<i64>, value = 2 : i64} : tensor<i64>
  %z = weft.constant {sizes = array<i64>, value = 0.0 : f32} : tensor<f32>
  %r = weft.sum %x {dims = array<i64: 1>} : (tensor<5x1000xf32>) -> tensor<5xf32>
  %s = weft.slice %r, %c {sizes = array<i64: 3>, steps = array<i64: 1>} : (tensor<5xf32>, tensor<i64>) -> tensor<3xf32>
  %p = weft.pad %s, %z {low = array<i64: 2>, high = array<i64: 0>, interior = array<i64: 0>} : (tensor<3xf32>, tensor<f32>) -> tensor<5xf32>
  %q = weft.reshape %p {sizes = array<i64: 5, 1>} : (tensor<5xf32>) -> tensor<5x1xf32>
  %e = weft.expand %q {sizes = array<i64: 5, 1000>} : (tensor<5x1xf32>) -> tensor<5x1000xf32>
  %y = weft.mul %x, %e : (tensor<5x1000xf32>, tensor<5x1000xf32>) -> tensor<5x1000xf32>
  return %c, %y : tensor<i64>, tensor<5x1000xf32>
}
