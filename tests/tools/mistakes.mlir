// Every mistake: one message, exit code 1, nothing written.
// RUN: rm -rf %t && mkdir %t
// RUN: not weft-run 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not weft-run %s --tier fast 2>&1 | FileCheck %s --check-prefix=TIER
// RUN: not weft-run %s --repeat 0 2>&1 | FileCheck %s --check-prefix=REPEAT
// RUN: not weft-run %s --colour 2>&1 | FileCheck %s --check-prefix=OPTION
// RUN: not weft-run %t/none.mlir 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not weft-run %t 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: not weft-run %s --function other 2>&1 | FileCheck %s --check-prefix=FUNCTION
// RUN: not weft-run %s --input ones 2>&1 | FileCheck %s --check-prefix=FEW
// RUN: not weft-run %s --input ones ones ones 2>&1 | FileCheck %s --check-prefix=MANY
// RUN: weft-run %s --function row --output %t/row.npy
// RUN: not weft-run %s --input %t/row.npy ones 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not weft-run %s --input ones %t/none.npy 2>&1 | FileCheck %s --check-prefix=NPY
// RUN: not weft-run %s --input ones %s 2>&1 | FileCheck %s --check-prefix=NO-NPY
// RUN: head -c 70 %t/row.npy > %t/cut.npy
// RUN: not weft-run %s --input ones %t/cut.npy 2>&1 | FileCheck %s --check-prefix=CUT
// RUN: not weft-run %s --input random:one ones 2>&1 | FileCheck %s --check-prefix=SEED
// RUN: not weft-run %s --input ones ones --output %t/none/y.npy 2>&1 | FileCheck %s --check-prefix=OUTPUT
// RUN: not weft-run %s --input ones ones --output a b 2>&1 | FileCheck %s --check-prefix=OUTPUTS
// RUN: not weft-run %s --input ones ones --dump-ir %t/row.npy/ir 2>&1 | FileCheck %s --check-prefix=DUMP
// RUN: not weft-run %s --function huge --input ones 2>&1 | FileCheck %s --check-prefix=HUGE
// RUN: not weft-run %s --function pick --input ones 7 --tier reference 2>&1 | FileCheck %s --check-prefix=INDEX
// RUN: not weft-run %s --function strange 2>&1 | FileCheck %s --check-prefix=STRANGE

func.func @main(%x: tensor<4x5xf32>, %y: tensor<5xf32>) -> tensor<4x5xf32> {
  %0 = weft.add %x, %y : (tensor<4x5xf32>, tensor<5xf32>) -> tensor<4x5xf32>
  return %0 : tensor<4x5xf32>
}
func.func @row() -> tensor<3xf32> {
  %0 = weft.constant {value = 1.0 : f32, sizes = array<i64: 3>} : tensor<3xf32>
  return %0 : tensor<3xf32>
}
func.func @huge(%x: tensor<1125899906842624xf32>) -> tensor<1125899906842624xf32> {
  %0 = weft.neg %x : (tensor<1125899906842624xf32>) -> tensor<1125899906842624xf32>
  return %0 : tensor<1125899906842624xf32>
}
func.func @pick(%x: tensor<5xf32>, %i: tensor<2xi64>) -> tensor<2xf32> {
  %0 = weft.gather %x, %i {dim = 0 : i64} : (tensor<5xf32>, tensor<2xi64>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
func.func private @strange()

// NOTHING: {{^}}weft-run: file is required (weft-run --help lists the options)
// TIER:    {{^}}weft-run: --tier: {{.*}}fast
// REPEAT:  {{^}}weft-run: --repeat: {{.*}}0
// OPTION:  {{^}}weft-run: {{.*}}--colour
// FILE:    {{^}}weft-run: {{.*}}none.mlir: cannot read it: No such file or directory
// FOLDER:  {{^}}weft-run: {{.*}}: cannot read it: Is a directory
// FUNCTION: {{^}}weft-run: {{.*}}mistakes.mlir: no function @other with a body; the file has @main, @row, @huge, @pick, @strange
// FEW:     {{^}}weft-run: got 1 inputs, expected 2: %x float(4, 5), %y float(5)
// MANY:    {{^}}weft-run: got 3 inputs, expected 2: %x float(4, 5), %y float(5)
// SHAPE:   {{^}}weft-run: {{.*}}row.npy: got float(3), expected float(4, 5) for argument 1 (%x)
// NPY:     {{^}}weft-run: {{.*}}none.npy: cannot read it: No such file or directory
// NO-NPY:  {{^}}weft-run: {{.*}}mistakes.mlir: not a .npy file: it does not begin with \x93NUMPY
// CUT:     {{^}}weft-run: {{.*}}cut.npy: ends within the header: it has 118 bytes, the file 60 more
// SEED:    {{^}}weft-run: got random:one, expected random:SEED or random:SEED:LOW:HIGH for argument 1 (%x)
// OUTPUT:  {{^}}weft-run: {{.*}}none/y.npy: cannot write it: No such file or directory
// OUTPUTS: {{^}}weft-run: got 2 output files, expected 1, one for each result
// DUMP:    {{^}}weft-run: --dump-ir {{.*}}row.npy/ir: cannot make the folder: Not a directory
// HUGE:    {{^}}weft-run: {{.*}}4.0 PiB
// INDEX:   {{^}}weft-run: {{.*}}mistakes.mlir:39: gather: index 7 is out of bounds for dimension 0 with size 5
// STRANGE: {{^}}weft-run: {{.*}}mistakes.mlir: no function @strange with a body
// No stack trace, no second message.
