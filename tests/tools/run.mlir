// What weft-run prints: results, what was compiled, times, kernels.
// RUN: weft-run %s --input 2 0.5 --tier compile | FileCheck %s
// RUN: weft-run %s --input 2 0.5 --tier reference | FileCheck %s --check-prefix=REFERENCE
// RUN: weft-run %s --input=2 --input=0.5 --tier both --repeat 3 --threads 1 | FileCheck %s --check-prefix=BOTH
// RUN: weft-run %s --function two --input ones | FileCheck %s --check-prefix=TWO
// RUN: weft-run - --input 2 0.5 < %s | FileCheck %s

func.func @main(%x: tensor<2x3xf32>, %rate: tensor<f32>) -> tensor<2x3xf32> {
  %0 = weft.mul %x, %rate : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %1 = weft.sub %x, %0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}
// CHECK:      result 1: float(2, 3)
// CHECK-NEXT: {{^}}{{\[\[}}1 1 1]{{$}}
// CHECK-NEXT: {{^}} [1 1 1{{\]\]}}{{$}}
// CHECK-NEXT: compile: 1 kernel (1 compiled), passes {{[0-9.]+}} ms, code {{[0-9.]+}} ms, 0 bytes for temporaries
// CHECK-NEXT: compile: ran in {{[0-9.]+}} {{ns|us|ms|s}}
// CHECK-NEXT: kernel kind launches time lines
// CHECK-NEXT: mul_sub map 1 {{[0-9.]+ [nu]s}} {{.*(run.mlir|<stdin>)}}:9

// REFERENCE:      {{^}} [1 1 1{{\]\]}}{{$}}
// REFERENCE-NEXT: reference: op by op; passes {{[0-9.]+}} ms
// REFERENCE-NEXT: reference: ran in
// REFERENCE-NOT:  compile

// BOTH:      {{^}} [1 1 1{{\]\]}}{{$}}
// BOTH-NEXT: reference: op by op
// BOTH-NEXT: reference: best {{[0-9.]+}} {{ns|us|ms|s}}, median {{[0-9.]+}} {{ns|us|ms|s}} of 3 runs
// BOTH:      compile: 1 kernel (1 compiled)
// BOTH-NEXT: compile: best {{[0-9.]+}} {{ns|us|ms|s}}, median
// BOTH:      {{^}}both tiers give the same bits

// Two results, one of integers; a gradient.
func.func @two(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xi64>) {
  %0 = weft.square %x : (tensor<3xf32>) -> tensor<3xf32>
  %1 = weft.grad %0, %x, %x {num_outputs = 1 : i64} : (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %2 = weft.cast %1 {dtype = i64} : (tensor<3xf32>) -> tensor<3xi64>
  return %1, %2 : tensor<3xf32>, tensor<3xi64>
}
// TWO:      result 1: float(3)
// TWO-NEXT: [2 2 2]
// TWO-NEXT: result 2: long(3)
// TWO-NEXT: [2 2 2]
