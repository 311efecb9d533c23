// What reads a product element by element is computed where the product is stored; what is to be transposed is not, and
// operands of products come from memory.
// RUN: weft-opt --fuse --split-input-file %s | FileCheck %s

// CHECK-LABEL: func.func @bias
// CHECK-NEXT: weft.kernel "contraction"
// CHECK-NEXT:   weft.matmul
// CHECK-NEXT:   weft.add
// CHECK-NEXT:   weft.relu
// CHECK-NEXT:   weft.yield
// CHECK-NOT: weft.kernel
func.func @bias(%x: tensor<24x40xf32>, %w: tensor<40x30xf32>, %b: tensor<30xf32>) -> tensor<24x30xf32> {
  %0 = weft.matmul %x, %w : (tensor<24x40xf32>, tensor<40x30xf32>) -> tensor<24x30xf32>
  %1 = weft.add %0, %b : (tensor<24x30xf32>, tensor<30xf32>) -> tensor<24x30xf32>
  %2 = weft.relu %1 : (tensor<24x30xf32>) -> tensor<24x30xf32>
  return %2 : tensor<24x30xf32>
}

// -----

// CHECK-LABEL: func.func @transposed
// CHECK-NEXT: weft.kernel "contraction"
// CHECK-NEXT:   weft.matmul
// CHECK-NEXT:   weft.yield
// CHECK: weft.kernel "map"
// CHECK:   weft.permute
// CHECK:   weft.relu
func.func @transposed(%x: tensor<24x40xf32>, %w: tensor<40x30xf32>) -> tensor<30x24xf32> {
  %0 = weft.matmul %x, %w : (tensor<24x40xf32>, tensor<40x30xf32>) -> tensor<24x30xf32>
  %1 = weft.permute %0 {permutation = array<i64: 1, 0>} : (tensor<24x30xf32>) -> tensor<30x24xf32>
  %2 = weft.relu %1 : (tensor<30x24xf32>) -> tensor<30x24xf32>
  return %2 : tensor<30x24xf32>
}

// -----

// CHECK-LABEL: func.func @operand
// CHECK-NEXT: %[[E:.*]] = weft.kernel "map"
// CHECK-NEXT:   weft.exp
// CHECK-NEXT:   weft.yield
// CHECK: weft.kernel "contraction" (%[[X:.*]] = %[[E]]
// CHECK-NEXT:   %[[T:.*]] = weft.permute %[[X]]
// CHECK-NEXT:   weft.matmul %[[T]]
func.func @operand(%x: tensor<40x24xf32>, %w: tensor<40x30xf32>) -> tensor<24x30xf32> {
  %0 = weft.exp %x : (tensor<40x24xf32>) -> tensor<40x24xf32>
  %1 = weft.permute %0 {permutation = array<i64: 1, 0>} : (tensor<40x24xf32>) -> tensor<24x40xf32>
  %2 = weft.matmul %1, %w : (tensor<24x40xf32>, tensor<40x30xf32>) -> tensor<24x30xf32>
  return %2 : tensor<24x30xf32>
}
