// RUN: weft-run %s --input random:1:0:256 random:2:0:256 random:3:-99999999999:99999999999 random:4:-99999999999:99999999999 --tier both | FileCheck %s

// Integers of every width wrap, in products that are compiled like those of floats.

// CHECK-DAG: both tiers give the same bits
// CHECK-DAG: matmul{{ +contraction +}}2
func.func @main(%a: tensor<70x90xui8>, %b: tensor<90x33xui8>, %c: tensor<19x40xi64>, %d: tensor<40x21xi64>) -> (tensor<70x33xui8>, tensor<19x21xi64>) {
  %0 = weft.matmul %a, %b : (tensor<70x90xui8>, tensor<90x33xui8>) -> tensor<70x33xui8>
  %1 = weft.matmul %c, %d : (tensor<19x40xi64>, tensor<40x21xi64>) -> tensor<19x21xi64>
  return %0, %1 : tensor<70x33xui8>, tensor<19x21xi64>
}
