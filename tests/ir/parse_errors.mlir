// Text that is no IR: one message with its place, exit code 1, nothing printed.
// RUN: not weft-opt %s --split-input-file 2>&1 | FileCheck %s
// RUN: printf 'func.func @main() {\n  weft.iota : 5\n  return\n}' > %t.mlir && not weft-opt %t.mlir 2>&1 | FileCheck %s --check-prefix=PLACE
// RUN: not weft-opt %t.mlir 2>/dev/null | count 0
// PLACE: {{.*}}.mlir:2:14: error: expected non-function type
// RUN: not weft-opt %t.nowhere 2>&1 | FileCheck %s --check-prefix=FILE
// FILE: nowhere{{.*}}No such file

func.func @unknown(%a: tensor<2xf32>) {
  // CHECK: error: custom op 'weft.frobnicate' is unknown
  %0 = weft.frobnicate %a : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @kernel(%a: tensor<2xf32>) {
  // CHECK: error: expected attribute value
  weft.kernel map (%b = %a : tensor<2xf32>) -> () {}
  return
}

// -----

func.func @scan(%a: tensor<2xf32>) {
  // CHECK: error: custom op 'weft.scan' expected 'stacked'
  weft.scan carried(%b = %a : tensor<2xf32>) captured() -> () {}
  return
}

// -----

func.func @cut(%a: tensor<2xf32>) {
  // CHECK: error: expected
  %0 = weft.add %a,
