// Indices are checked by the first kernels, once for each; those that cannot be wrong are not.
// RUN: weft-opt --fuse --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func @given
// CHECK-NEXT: weft.kernel "map" (%[[I:.*]] = %{{.*}} : tensor<3xi64>) -> () {
// CHECK-NEXT:   weft.check_index %[[I]] {dim = 0 : i64, size = 8 : i64}
// CHECK-NEXT:   weft.yield
// CHECK: weft.kernel "map"
// CHECK-NOT: weft.check_index
func.func @given(%x: tensor<8x16xf32>, %i: tensor<3xi64>) -> (tensor<3x16xf32>, tensor<3x16xf32>) {
  %0 = weft.exp %x : (tensor<8x16xf32>) -> tensor<8x16xf32>
  %1 = weft.index_select %0, %i {dim = 0 : i64} : (tensor<8x16xf32>, tensor<3xi64>) -> tensor<3x16xf32>
  %2 = weft.index_select %x, %i {dim = 0 : i64} : (tensor<8x16xf32>, tensor<3xi64>) -> tensor<3x16xf32>
  return %1, %2 : tensor<3x16xf32>, tensor<3x16xf32>
}

// -----

// CHECK-LABEL: func.func @of_argmax
// CHECK-NOT: weft.check_index
func.func @of_argmax(%x: tensor<8x16xf32>, %y: tensor<16xf32>) -> tensor<8xf32> {
  %i = weft.argmax %x {dim = 1 : i64} : (tensor<8x16xf32>) -> tensor<8xi64>
  %0 = weft.index_select %y, %i {dim = 0 : i64} : (tensor<16xf32>, tensor<8xi64>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// -----

// Divisors of integers are checked, unless they are known.
// CHECK-LABEL: func.func @division
// CHECK-NEXT: weft.kernel "map" (%[[D:.*]] = %{{.*}} : tensor<4xi32>) -> () {
// CHECK-NEXT:   weft.check_divisor %[[D]] : tensor<4xi32>
// CHECK-NEXT:   weft.yield
// CHECK:      weft.kernel "map"
// CHECK-NOT:  weft.check_divisor
func.func @division(%x: tensor<4xi32>, %d: tensor<4xi32>, %f: tensor<4xf32>) -> (tensor<4xi32>, tensor<4xf32>) {
  %three = weft.constant {sizes = array<i64>, value = 3 : i32} : tensor<i32>
  %0 = weft.div %x, %d : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  %1 = weft.remainder %0, %three : (tensor<4xi32>, tensor<i32>) -> tensor<4xi32>
  %zero = weft.constant {sizes = array<i64>, value = 0 : i32} : tensor<i32>
  %none = weft.eq %x, %zero : (tensor<4xi32>, tensor<i32>) -> tensor<4xi1>
  %some = weft.select %none, %three, %x : (tensor<4xi1>, tensor<i32>, tensor<4xi32>) -> tensor<4xi32>
  %3 = weft.fmod %1, %some : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  %2 = weft.div %f, %f : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %3, %2 : tensor<4xi32>, tensor<4xf32>
}

// -----

// What is required is checked once, and says what it knows of the indices behind it.
// CHECK-LABEL: func.func @required
// CHECK: weft.kernel "map"
// CHECK: weft.check_required %{{.*}}, %{{.*}} {what = 0 : i64} : tensor<3xi1>, tensor<3xi64>
// CHECK-NOT: weft.check_index
// CHECK-NOT: weft.require
func.func @required(%x: tensor<8x16xf32>, %i: tensor<3xi64>) -> tensor<3x16xf32> {
  %low = weft.constant {sizes = array<i64>, value = 0 : i64} : tensor<i64>
  %high = weft.constant {sizes = array<i64>, value = 8 : i64} : tensor<i64>
  %above = weft.ge %i, %low : (tensor<3xi64>, tensor<i64>) -> tensor<3xi1>
  %below = weft.lt %i, %high : (tensor<3xi64>, tensor<i64>) -> tensor<3xi1>
  %ok = weft.bitwise_and %above, %below : (tensor<3xi1>, tensor<3xi1>) -> tensor<3xi1>
  %c = weft.require %i, %ok {what = 0 : i64} : (tensor<3xi64>, tensor<3xi1>) -> tensor<3xi64>
  %0 = weft.index_select %x, %c {dim = 0 : i64} : (tensor<8x16xf32>, tensor<3xi64>) -> tensor<3x16xf32>
  return %0 : tensor<3x16xf32>
}
