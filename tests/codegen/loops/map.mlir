// A map runs over vectors of two registers; what is left of a row is loaded and stored under a mask. Sizes are arguments.
// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops %s | FileCheck %s --check-prefixes=CHECK,V3
// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops --lower-to-llvm %s | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=LLVM

// CHECK-LABEL: func.func @weft_add_relu(
// CHECK-SAME: kind = "map"
// CHECK: scf.for
// CHECK: scf.for
// CHECK: %[[LEFT:.*]] = arith.remui
// CHECK: scf.for
// V3: vector.load %{{.*}} : memref<?xf32>, vector<[[N:16|32]]xf32>
// V3: arith.addf %{{.*}} : vector<[[N]]xf32>
// CHECK: vector.store
// CHECK: scf.if
// CHECK: vector.create_mask %[[LEFT]]
// CHECK: vector.maskedload
// CHECK: vector.maskedstore
// CHECK-NOT: math.

// No size of the program is in the code.
// CHECK-NOT: constant 77 : index
// LLVM-LABEL: define void @weft_add_relu(ptr %0, ptr %1, i64 %2, i64 %3, ptr %4)
// LLVM-NOT: i64 77
// LLVM: fadd <{{16|32}} x float>
// LLVM: call void @llvm.masked.store
func.func @main(%x: tensor<8x77xf32>, %b: tensor<77xf32>) -> tensor<8x77xf32> {
  %0 = weft.add %x, %b : (tensor<8x77xf32>, tensor<77xf32>) -> tensor<8x77xf32>
  %1 = weft.relu %0 : (tensor<8x77xf32>) -> tensor<8x77xf32>
  return %1 : tensor<8x77xf32>
}
