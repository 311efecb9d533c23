// A product: multiply-adds in the order of k, in registers of the host; the epilogue before the store.
// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops %s | FileCheck %s
// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops --lower-to-llvm %s | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=LLVM

// CHECK: func.func @weft_matmul_add_relu{{.*}} kind = "contraction"
// CHECK: math.fma %{{.*}} : vector<8xf32>
// LLVM: define void @weft_matmul_add_relu{{.*}}(ptr %0, ptr %1, i64 %2, i64 %3, ptr %4)
// LLVM-NOT: fast
// LLVM: call <8 x float> @llvm.fma.v8f32
// LLVM-NOT: declare float @fmaf
func.func @main(%x: tensor<240x400xf32>, %w: tensor<400x300xf32>, %b: tensor<300xf32>) -> tensor<240x300xf32> {
  %0 = weft.matmul %x, %w : (tensor<240x400xf32>, tensor<400x300xf32>) -> tensor<240x300xf32>
  %1 = weft.add %0, %b : (tensor<240x300xf32>, tensor<300xf32>) -> tensor<240x300xf32>
  %2 = weft.relu %1 : (tensor<240x300xf32>) -> tensor<240x300xf32>
  return %2 : tensor<240x300xf32>
}
