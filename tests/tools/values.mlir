// Values as text: alignment, the ends of long ones, line breaks, bools, nan, empty tensors.
// RUN: weft-run %s --input random:1:0:2 | FileCheck %s --check-prefix=BOOL
// RUN: weft-run %s --function scalar --input nan | FileCheck %s --check-prefix=SCALAR
// RUN: weft-run %s --function count | FileCheck %s --check-prefix=COUNT
// RUN: weft-run %s --function wide | FileCheck %s --check-prefix=WIDE
// RUN: weft-run %s --function empty --input zeros | FileCheck %s --check-prefix=EMPTY

func.func @main(%x: tensor<2xi1>) -> tensor<2x2xi1> {
  %0 = weft.reshape %x {sizes = array<i64: 2, 1>} : (tensor<2xi1>) -> tensor<2x1xi1>
  %1 = weft.ne %0, %x : (tensor<2x1xi1>, tensor<2xi1>) -> tensor<2x2xi1>
  return %1 : tensor<2x2xi1>
}
// BOOL: {{^}}{{\[\[}}False {{ True|False}}]{{$}}
// BOOL-NEXT: {{^}} [{{ True|False}} False{{\]\]}}{{$}}

func.func @scalar(%x: tensor<f32>) -> tensor<f32> {
  %0 = weft.neg %x : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
// SCALAR:      result 1: float()
// SCALAR-NEXT: nan

func.func @count() -> tensor<200x10xi64> {
  %0 = weft.iota {dim = 0 : i64, dtype = i64, sizes = array<i64: 200, 10>} : tensor<200x10xi64>
  return %0 : tensor<200x10xi64>
}
// COUNT:      result 1: long(200, 10)
// COUNT-NEXT: {{^}}{{\[\[}}  0   0   0 ...   0   0   0]
// COUNT-NEXT: {{^}} [  1   1   1 ...   1   1   1]
// COUNT-NEXT: {{^}} [  2   2   2 ...   2   2   2]
// COUNT-NEXT: {{^}} ...
// COUNT-NEXT: {{^}} [197 197 197 ... 197 197 197]
// COUNT-NEXT: {{^}} [198 198 198 ... 198 198 198]
// COUNT-NEXT: {{^}} [199 199 199 ... 199 199 199{{\]\]}}{{$}}

func.func @wide() -> tensor<1x2x30xi32> {
  %0 = weft.iota {dim = 2 : i64, dtype = i32, sizes = array<i64: 1, 2, 30>} : tensor<1x2x30xi32>
  return %0 : tensor<1x2x30xi32>
}
// WIDE:      {{^}}{{\[\[\[}} 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24{{$}}
// WIDE-NEXT: {{^}}   25 26 27 28 29]{{$}}
// WIDE-NEXT: {{^}}  [ 0  1
// WIDE-NEXT: {{^}}   25 26 27 28 29{{\]\]\]}}{{$}}

func.func @empty(%x: tensor<0x3xf32>) -> tensor<0x3xf32> {
  %0 = weft.neg %x : (tensor<0x3xf32>) -> tensor<0x3xf32>
  return %0 : tensor<0x3xf32>
}
// EMPTY:      result 1: float(0, 3)
// EMPTY-NEXT: {{^}}[]{{$}}
