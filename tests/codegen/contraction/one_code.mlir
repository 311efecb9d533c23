// RUN: env WEFT_THREADS=2 weft-run %s --input random:1 random:2 random:3 random:4 random:5 random:6 --tier both | FileCheck %s

// Sizes, and how they are cut (panels packed by a launch before or not, sums by chunks), are numbers of a launch: one piece
// of code computes them all. (Of floats it would be one that Weft brings along.)

// CHECK-DAG: both tiers give the same bits
// CHECK-DAG: (1 compiled)
// CHECK-DAG: matmul_contract
// CHECK-DAG: matmul_pack_columns
// CHECK-DAG: matmul_combine
func.func @main(%a: tensor<7x30xf64>, %b: tensor<30x11xf64>, %c: tensor<700x400xf64>, %d: tensor<400x500xf64>,
                %e: tensor<5x3000xf64>, %f: tensor<3000x9xf64>) -> (tensor<7x11xf64>, tensor<700x500xf64>, tensor<5x9xf64>) {
  %0 = weft.matmul %a, %b : (tensor<7x30xf64>, tensor<30x11xf64>) -> tensor<7x11xf64>
  %1 = weft.matmul %c, %d : (tensor<700x400xf64>, tensor<400x500xf64>) -> tensor<700x500xf64>
  %2 = weft.matmul %e, %f : (tensor<5x3000xf64>, tensor<3000x9xf64>) -> tensor<5x9xf64>
  return %0, %1, %2 : tensor<7x11xf64>, tensor<700x500xf64>, tensor<5x9xf64>
}
