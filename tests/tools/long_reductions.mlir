// Reductions of more than 16384 elements, of every kind and shape: both tiers have the same bits, with any number of threads.
// RUN: env WEFT_THREADS=1 weft-run %s --input random:1 random:2 random:3 random:4 random:5 --tier both | FileCheck %s
// RUN: env WEFT_THREADS=5 WEFT_GUARD=1 weft-run %s --input random:1 random:2 random:3 random:4 random:5 --tier both | FileCheck %s
// RUN: env WEFT_THREADS=2 WEFT_FUSE=0 weft-run %s --input random:1 random:2 random:3 random:4 random:5 --tier both | FileCheck %s
// CHECK: result 16:
func.func @main(%x: tensor<100003xf32>, %y: tensor<40000x7xf32>, %z: tensor<3x40001xf32>, %u: tensor<16384x9xf64>, %v: tensor<33000x5x3xf32>) -> (tensor<f32>, tensor<f32>, tensor<7xf32>, tensor<f32>, tensor<3xf32>, tensor<40001xf32>, tensor<9xf64>, tensor<f64>, tensor<i64>, tensor<3xf32>, tensor<33000x5xf32>, tensor<3x40001xf32>, tensor<100003xf32>, tensor<40000x7xf32>, tensor<i1>, tensor<5xf32>) {
  %0 = weft.sum %x {dims = array<i64: 0>} : (tensor<100003xf32>) -> tensor<f32>
  %1 = weft.mean %y {dims = array<i64: 0, 1>} : (tensor<40000x7xf32>) -> tensor<f32>
  %2 = weft.sum %y {dims = array<i64: 0>} : (tensor<40000x7xf32>) -> tensor<7xf32>
  %3 = weft.sum %z {dims = array<i64: 0, 1>} : (tensor<3x40001xf32>) -> tensor<f32>
  %4 = weft.sum %z {dims = array<i64: 1>} : (tensor<3x40001xf32>) -> tensor<3xf32>
  %5 = weft.max %z {dims = array<i64: 0>} : (tensor<3x40001xf32>) -> tensor<40001xf32>
  %6 = weft.prod %u {dims = array<i64: 0>} : (tensor<16384x9xf64>) -> tensor<9xf64>
  %7 = weft.min %u {dims = array<i64: 0, 1>} : (tensor<16384x9xf64>) -> tensor<f64>
  %8 = weft.argmax %x {dim = 0 : i64} : (tensor<100003xf32>) -> tensor<i64>
  %9 = weft.sum %v {dims = array<i64: 0, 1>} : (tensor<33000x5x3xf32>) -> tensor<3xf32>
  %10 = weft.sum %v {dims = array<i64: 2>} : (tensor<33000x5x3xf32>) -> tensor<33000x5xf32>
  %m = weft.max %z {dims = array<i64: 1>} : (tensor<3x40001xf32>) -> tensor<3xf32>
  %mr = weft.reshape %m {sizes = array<i64: 3, 1>} : (tensor<3xf32>) -> tensor<3x1xf32>
  %d = weft.sub %z, %mr : (tensor<3x40001xf32>, tensor<3x1xf32>) -> tensor<3x40001xf32>
  %e = weft.exp %d : (tensor<3x40001xf32>) -> tensor<3x40001xf32>
  %s = weft.sum %e {dims = array<i64: 1>} : (tensor<3x40001xf32>) -> tensor<3xf32>
  %sr = weft.reshape %s {sizes = array<i64: 3, 1>} : (tensor<3xf32>) -> tensor<3x1xf32>
  %11 = weft.div %e, %sr : (tensor<3x40001xf32>, tensor<3x1xf32>) -> tensor<3x40001xf32>
  %12 = weft.div %x, %0 : (tensor<100003xf32>, tensor<f32>) -> tensor<100003xf32>
  %c = weft.sub %y, %2 : (tensor<40000x7xf32>, tensor<7xf32>) -> tensor<40000x7xf32>
  %cs = weft.sum %c {dims = array<i64: 0>} : (tensor<40000x7xf32>) -> tensor<7xf32>
  %13 = weft.mul %c, %cs : (tensor<40000x7xf32>, tensor<7xf32>) -> tensor<40000x7xf32>
  %b = weft.gt %x, %0 : (tensor<100003xf32>, tensor<f32>) -> tensor<100003xi1>
  %14 = weft.any %b {dims = array<i64: 0>} : (tensor<100003xi1>) -> tensor<i1>
  %15 = weft.sum %v {dims = array<i64: 0, 2>} : (tensor<33000x5x3xf32>) -> tensor<5xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15 : tensor<f32>, tensor<f32>, tensor<7xf32>, tensor<f32>, tensor<3xf32>, tensor<40001xf32>, tensor<9xf64>, tensor<f64>, tensor<i64>, tensor<3xf32>, tensor<33000x5xf32>, tensor<3x40001xf32>, tensor<100003xf32>, tensor<40000x7xf32>, tensor<i1>, tensor<5xf32>
}
