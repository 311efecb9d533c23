// Arguments of integers: random ones need a range, and stay within it.
// RUN: weft-run %s --input random:1:-3:4 random:1:0:256 | FileCheck %s
// RUN: not weft-run %s --input random:1 1 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not weft-run %s --input random:1:3:3 1 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: not weft-run %s --input 1 random:1:0:257 2>&1 | FileCheck %s --check-prefix=BEYOND
// RUN: not weft-run %s --input 1 -1 2>&1 | FileCheck %s --check-prefix=NUMBER
// RUN: not weft-run %s --input 1.5 1 2>&1 | FileCheck %s --check-prefix=FRACTION

func.func @main(%i: tensor<1000xi64>, %b: tensor<1000xui8>) -> (tensor<i64>, tensor<i64>, tensor<ui8>, tensor<ui8>) {
  %0 = weft.min %i {dims = array<i64: 0>} : (tensor<1000xi64>) -> tensor<i64>
  %1 = weft.max %i {dims = array<i64: 0>} : (tensor<1000xi64>) -> tensor<i64>
  %2 = weft.min %b {dims = array<i64: 0>} : (tensor<1000xui8>) -> tensor<ui8>
  %3 = weft.max %b {dims = array<i64: 0>} : (tensor<1000xui8>) -> tensor<ui8>
  return %0, %1, %2, %3 : tensor<i64>, tensor<i64>, tensor<ui8>, tensor<ui8>
}
// CHECK:      result 1: long()
// CHECK-NEXT: -3
// CHECK-NEXT: result 2: long()
// CHECK-NEXT: 3
// CHECK-NEXT: result 3: unsigned char()
// CHECK-NEXT: 0
// CHECK-NEXT: result 4: unsigned char()
// CHECK-NEXT: 255

// RANGE:    weft-run: got random:1, expected random:SEED:LOW:HIGH, since the argument is of integers, for argument 1 (%i)
// EMPTY:    weft-run: got random:1:3:3, expected LOW < HIGH, LOW and HIGH - 1 being integers from -9223372036854775808 to 9223372036854775807, for argument 1 (%i)
// BEYOND:   weft-run: got random:1:0:257, expected LOW < HIGH, LOW and HIGH - 1 being integers from 0 to 255, for argument 2 (%b)
// NUMBER:   weft-run: got -1, expected integers from 0 to 255 for argument 2 (%b)
// FRACTION: weft-run: got 1.5, expected integers from -9223372036854775808 to 9223372036854775807 for argument 1 (%i)
