// Functions are computed in the vector, by our own formulas: nothing of libm is called, no intrinsic becomes a call, and
// products and sums are fused only where a formula says so.
// RUN: env WEFT_CPU=x86-64-v3 weft-opt --fuse --loops --lower-to-llvm %s | mlir-translate --mlir-to-llvmir | FileCheck %s --implicit-check-not='declare {{.*}} @{{[^l]}}' --implicit-check-not='@llvm.{{exp|log|sin|cos|pow|tanh|fmuladd}}' --implicit-check-not=contract

// CHECK: define void @weft_
// CHECK: call <{{8|16|32}} x float> @llvm.fma.
func.func @main(%x: tensor<8x77xf32>, %y: tensor<8x77xf64>) -> (tensor<8x77xf32>, tensor<8x77xf32>, tensor<8x77xf64>, tensor<8x77xf32>) {
  %0 = weft.exp %x : (tensor<8x77xf32>) -> tensor<8x77xf32>
  %1 = weft.log %0 : (tensor<8x77xf32>) -> tensor<8x77xf32>
  %2 = weft.tanh %1 : (tensor<8x77xf32>) -> tensor<8x77xf32>
  %3 = weft.erf %2 : (tensor<8x77xf32>) -> tensor<8x77xf32>
  %4 = weft.pow %3, %x : (tensor<8x77xf32>, tensor<8x77xf32>) -> tensor<8x77xf32>
  %5 = weft.atan2 %4, %x : (tensor<8x77xf32>, tensor<8x77xf32>) -> tensor<8x77xf32>
  %6 = weft.mul %x, %x : (tensor<8x77xf32>, tensor<8x77xf32>) -> tensor<8x77xf32>
  %7 = weft.add %6, %x : (tensor<8x77xf32>, tensor<8x77xf32>) -> tensor<8x77xf32>
  %8 = weft.exp %y : (tensor<8x77xf64>) -> tensor<8x77xf64>
  %9 = weft.sqrt %x : (tensor<8x77xf32>) -> tensor<8x77xf32>
  return %5, %7, %8, %9 : tensor<8x77xf32>, tensor<8x77xf32>, tensor<8x77xf64>, tensor<8x77xf32>
}
