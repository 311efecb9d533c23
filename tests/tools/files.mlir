// Results into files, and back as arguments; the same seed gives the same numbers.
// RUN: rm -rf %t && mkdir %t
// RUN: weft-run %s --input random:7 --output %t/a.npy | FileCheck %s --check-prefix=QUIET
// RUN: weft-run %s --input random:7 --output %t/b.npy --print | FileCheck %s --check-prefix=LOUD
// RUN: cmp %t/a.npy %t/b.npy
// RUN: weft-run %s --input random:8 --output %t/c.npy
// RUN: not cmp %t/a.npy %t/c.npy
// RUN: weft-run %s --input %t/a.npy --output %t/back.npy
// RUN: weft-run %s --input random:7:-1:1 --output - --print | FileCheck %s --check-prefix=LOUD
// RUN: weft-run %s --function same --input random:7 %t/back.npy | FileCheck %s --check-prefix=SAME
// RUN: weft-run %s --input random:7 --dump-ir %t/new/ir --output - && ls %t/new/ir | FileCheck %s --check-prefix=DUMP

func.func @main(%x: tensor<4x5xf64>) -> tensor<4x5xf64> {
  %0 = weft.neg %x : (tensor<4x5xf64>) -> tensor<4x5xf64>
  return %0 : tensor<4x5xf64>
}
// QUIET-NOT: result
// LOUD: result 1: double(4, 5)

func.func @same(%x: tensor<4x5xf64>, %y: tensor<4x5xf64>) -> tensor<i1> {
  %0 = weft.eq %x, %y : (tensor<4x5xf64>, tensor<4x5xf64>) -> tensor<4x5xi1>
  %1 = weft.all %0 {dims = array<i64: 0, 1>} : (tensor<4x5xi1>) -> tensor<i1>
  return %1 : tensor<i1>
}
// SAME: True

// DUMP:      main.1.record.mlir
// DUMP-NEXT: main.2.autodiff.mlir
// DUMP-NEXT: main.3.simplify.mlir
// DUMP-NEXT: main.4.fuse.mlir
// DUMP-NEXT: main.5.loops.mlir
// DUMP-NEXT: main.6.llvm.ll
// DUMP-NEXT: main.7.launch.s
