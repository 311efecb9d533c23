// The sum of a row: chains of whole vectors (virtual lanes, ir/op/order.h), the rest under a mask, then halves added to
// halves down to one.
// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops %s | FileCheck %s
// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops --lower-to-llvm %s | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=LLVM

// CHECK-LABEL: func.func @weft_sum(
// CHECK-SAME: kind = "reduction"
// CHECK: scf.for {{.*}} iter_args(
// CHECK: vector.load %{{.*}} : memref<?xf32>, vector<{{16|32}}xf32>
// CHECK: arith.addf %{{.*}} : vector<{{16|32}}xf32>
// CHECK: vector.create_mask
// CHECK: vector.maskedload
// CHECK: arith.addf %{{.*}} : vector<8xf32>
// CHECK: arith.addf %{{.*}} : vector<4xf32>
// CHECK: arith.addf %{{.*}} : vector<2xf32>
// CHECK: arith.addf %{{.*}} : vector<1xf32>

// Added in this order and no other.
// LLVM-NOT: fast
// LLVM-NOT: reassoc
// LLVM-NOT: vector.reduce
// LLVM: fadd <{{16|32}} x float>
func.func @main(%x: tensor<8x1000xf32>) -> tensor<8xf32> {
  %0 = weft.sum %x {dims = array<i64: 1>} : (tensor<8x1000xf32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}
