// The parser's and the verifier's messages have file, line and column.
// RUN: split-file %s %t
// RUN: not weft-run %t/syntax.mlir 2>&1 | FileCheck %s --check-prefix=SYNTAX
// RUN: not weft-run %t/shape.mlir --input ones ones 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not weft-run %t/dynamic.mlir --input ones 2>&1 | FileCheck %s --check-prefix=DYNAMIC
// RUN: not weft-run %t/twice.mlir --input ones 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: not weft-run %t/empty.mlir 2>&1 | FileCheck %s --check-prefix=EMPTY

//--- syntax.mlir
func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = weft.neg %x : (tensor<3xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
// SYNTAX: syntax.mlir:2:36: error: expected ')'

//--- shape.mlir
func.func @main(%x: tensor<3xf32>, %y: tensor<4xf32>) -> tensor<3xf32> {
  %0 = weft.add %x, %y : (tensor<3xf32>, tensor<4xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
// SHAPE: shape.mlir:2:8: error: 'weft.add' op

//--- dynamic.mlir
func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
  return %x : tensor<?xf32>
}
// DYNAMIC: dynamic.mlir:1:1: error:

//--- twice.mlir
func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  return %x : tensor<3xf32>
}
func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  return %x : tensor<3xf32>
}
// TWICE: twice.mlir:4:1: error: redefinition of symbol named 'main'

//--- empty.mlir
// EMPTY: weft-run: {{.*}}empty.mlir: no function @main with a body; the file has no function
