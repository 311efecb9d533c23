// RUN: weft-opt --simplify %s | FileCheck %s

// Division by one is none; by a power of two it stays: it may be a size that will not be one.
// CHECK-LABEL: func.func @division(
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>)
// CHECK: %[[EIGHT:.*]] = weft.constant {{.*}}value = 8.0
// CHECK: %[[A:.*]] = weft.div %[[X]], %[[EIGHT]]
// CHECK: return %[[A]], %[[X]]
func.func @division(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %eight = weft.constant {sizes = array<i64>, value = 8.0 : f32} : tensor<f32>
  %one = weft.constant {sizes = array<i64>, value = 1.0 : f32} : tensor<f32>
  %a = weft.div %x, %eight : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %b = weft.div %x, %one : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %a, %b : tensor<3xf32>, tensor<3xf32>
}

// Negations.
// CHECK-LABEL: func.func @signs(
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>, %[[Y:.*]]: tensor<3xf32>)
// CHECK: %[[SUM:.*]] = weft.sub %[[X]], %[[Y]]
// CHECK: %[[SQUARE:.*]] = weft.square %[[X]]
// CHECK: return %[[SUM]], %[[SQUARE]], %[[X]]
func.func @signs(%x: tensor<3xf32>, %y: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %nx = weft.neg %x : (tensor<3xf32>) -> tensor<3xf32>
  %ny = weft.neg %y : (tensor<3xf32>) -> tensor<3xf32>
  %a = weft.add %x, %ny : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %b = weft.square %nx : (tensor<3xf32>) -> tensor<3xf32>
  %c = weft.neg %nx : (tensor<3xf32>) -> tensor<3xf32>
  return %a, %b, %c : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// Choices that are none.
// CHECK-LABEL: func.func @choices(
// CHECK-SAME: %[[C:.*]]: tensor<3xi1>, %[[X:.*]]: tensor<3xf32>, %[[Y:.*]]: tensor<3xf32>)
// CHECK: %[[INNER:.*]] = weft.select %[[C]], %[[Y]], %[[X]]
// CHECK: return %[[X]], %[[X]], %[[INNER]]
func.func @choices(%c: tensor<3xi1>, %x: tensor<3xf32>, %y: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %true = weft.constant {sizes = array<i64: 3>, value = true} : tensor<3xi1>
  %a = weft.select %true, %x, %y : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %b = weft.select %c, %x, %x : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %not = weft.bitwise_not %c : (tensor<3xi1>) -> tensor<3xi1>
  %inner = weft.select %c, %y, %x : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %d = weft.select %not, %x, %inner : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %a, %b, %d : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// An operand's expand is what broadcasting does.
// CHECK-LABEL: func.func @broadcast(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>, %[[B:.*]]: tensor<3xf32>)
// CHECK-NEXT: %[[Y:.*]] = weft.add %[[X]], %[[B]] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
// CHECK-NEXT: return %[[Y]]
func.func @broadcast(%x: tensor<2x3xf32>, %b: tensor<3xf32>) -> tensor<2x3xf32> {
  %0 = weft.reshape %b {sizes = array<i64: 1, 3>} : (tensor<3xf32>) -> tensor<1x3xf32>
  %1 = weft.expand %0 {sizes = array<i64: 2, 3>} : (tensor<1x3xf32>) -> tensor<2x3xf32>
  %2 = weft.add %x, %1 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}

// A cast to and back from a wider type; through a narrower one it rounds.
// CHECK-LABEL: func.func @casts(
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>, %[[Y:.*]]: tensor<3xf64>)
// CHECK-NEXT: %[[NARROW:.*]] = weft.cast %[[Y]]
// CHECK-NEXT: %[[BACK:.*]] = weft.cast %[[NARROW]]
// CHECK-NEXT: return %[[X]], %[[BACK]]
func.func @casts(%x: tensor<3xf32>, %y: tensor<3xf64>) -> (tensor<3xf32>, tensor<3xf64>) {
  %0 = weft.cast %x {dtype = f64} : (tensor<3xf32>) -> tensor<3xf64>
  %1 = weft.cast %0 {dtype = f32} : (tensor<3xf64>) -> tensor<3xf32>
  %2 = weft.cast %y {dtype = f32} : (tensor<3xf64>) -> tensor<3xf32>
  %3 = weft.cast %2 {dtype = f64} : (tensor<3xf32>) -> tensor<3xf64>
  return %1, %3 : tensor<3xf32>, tensor<3xf64>
}

// x^1 and x^0; x^2 is rounded otherwise than x * x and stays.
// CHECK-LABEL: func.func @powers(
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>)
// CHECK-DAG: %[[SQUARE:.*]] = weft.pow %[[X]]
// CHECK-DAG: %[[ONES:.*]] = weft.constant {sizes = array<i64: 3>, value = 1.0
// CHECK: return %[[X]], %[[ONES]], %[[SQUARE]]
func.func @powers(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %zero = weft.constant {sizes = array<i64>, value = 0.0 : f32} : tensor<f32>
  %one = weft.constant {sizes = array<i64>, value = 1.0 : f32} : tensor<f32>
  %two = weft.constant {sizes = array<i64>, value = 2.0 : f32} : tensor<f32>
  %a = weft.pow %x, %one : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %b = weft.pow %x, %zero : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %c = weft.pow %x, %two : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %a, %b, %c : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

// Constants are computed by the formulas of the op table.
// CHECK-LABEL: func.func @constants(
// CHECK: %[[Y:.*]] = weft.constant {sizes = array<i64: 2>, value = 2.71828175 : f32}
// CHECK: return %[[Y]]
func.func @constants() -> tensor<2xf32> {
  %one = weft.constant {sizes = array<i64: 2>, value = 1 : i64} : tensor<2xi64>
  %f = weft.cast %one {dtype = f32} : (tensor<2xi64>) -> tensor<2xf32>
  %y = weft.exp %f : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// What is equal along a dim is computed once; a constant needs one element.
// CHECK-LABEL: func.func @equal_rows(
// CHECK-SAME: %[[B:.*]]: tensor<3xf32>)
// CHECK-DAG: %[[ONE:.*]] = weft.constant {sizes = array<i64>, value = 1.000000e+00 : f32}
// CHECK-DAG: %[[N:.*]] = weft.exp %[[B]] : (tensor<3xf32>) -> tensor<3xf32>
// CHECK: %[[S:.*]] = weft.add %[[N]], %[[ONE]] : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
// CHECK: weft.expand %[[S]] {sizes = array<i64: 2, 3>}
func.func @equal_rows(%b: tensor<3xf32>) -> tensor<2x3xf32> {
  %one = weft.constant {sizes = array<i64: 2, 3>, value = 1.0 : f32} : tensor<2x3xf32>
  %0 = weft.expand %b {sizes = array<i64: 2, 3>} : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = weft.exp %0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = weft.add %1, %one : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}
