// Kernels as loops, and as LLVM's dialect in the kernel ABI.
// RUN: weft-opt --fuse --loops %s | FileCheck %s
// RUN: weft-opt --fuse --loops --lower-to-llvm %s | FileCheck %s --check-prefix=LLVM
// RUN: weft-opt --fuse --loops --lower-to-llvm %s | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=IR

func.func @main(%x: tensor<8x16xf32>, %b: tensor<16xf32>) -> (tensor<8x16xf32>, tensor<16xf32>) {
  %0 = weft.add %x, %b : (tensor<8x16xf32>, tensor<16xf32>) -> tensor<8x16xf32>
  %1 = weft.neg %b : (tensor<16xf32>) -> tensor<16xf32>
  return %0, %1 : tensor<8x16xf32>, tensor<16xf32>
}
// CHECK-NOT: weft.kernel
// CHECK: func.func @weft_{{add|neg}}(%{{.*}}: memref<?xf32>,{{.*}}: index, %{{.*}}: memref<?xi8>)
// CHECK-SAME: weft.launch = {grain = {{[0-9]+}} : i64, kind = "map", params = array<i64{{.*}}>, tasks = {{[0-9]+}} : i64}
// CHECK: vector.load
// CHECK: arith.{{addf|negf}}
// CHECK: vector.store
// CHECK: func.func @weft_{{add|neg}}(
// CHECK-NOT: weft.kernel

// LLVM: llvm.func @weft_{{add|neg}}(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64, %{{.*}}: !llvm.ptr)
// IR:   define void @weft_{{add|neg}}(ptr %0, ptr %1, i64 %2, i64 %3, ptr %4)
