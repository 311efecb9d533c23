// RUN: weft-opt %s --export-json -o /dev/null | FileCheck %s
// RUN: weft-opt %s --export-json=file=%t.json -o /dev/null | count 0
// RUN: python3 -c "import json; f = json.load(open('%t.json'))['functions']; assert [o['op'] for o in f[0]['ops']] == ['weft.mul', 'weft.kernel', 'weft.sum', 'weft.constant', 'weft.constant'], f"
// RUN: not weft-opt %s --export-json=file=%t.nowhere/x -o /dev/null 2>&1 | FileCheck %s --check-prefix=WRITE
// WRITE: error: cannot write '{{.*}}nowhere/x': No such file or directory

#user = loc("train.cpp":41:0)
#module = loc("net.fc1 (Linear)"(#user))

// CHECK:      "function": "main",
// CHECK:      "inputs": [
// CHECK:        "value": 0,
// CHECK-NEXT:   "dtype": "f32",
// CHECK-NEXT:   "shape": [4, 3]
func.func @main(%x: tensor<4x3xf32>) -> tensor<4xf32> {
  // CHECK:      "op": "weft.mul",
  // CHECK-NEXT: "operands": [0, 0],
  // CHECK:      "attributes": {
  // CHECK-NEXT:   "weft.no_grad": true
  // CHECK:      "location": {
  // CHECK-NEXT:   "file": "train.cpp",
  // CHECK-NEXT:   "line": 41,
  // CHECK-NEXT:   "scope": "net.fc1 (Linear)"
  %0 = weft.mul %x, %x {weft.no_grad} : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4x3xf32> loc(#module)
  // CHECK:      "op": "weft.kernel",
  // CHECK:      "kind": "map"
  // CHECK:      "body": {
  // CHECK:        "op": "weft.exp",
  // CHECK:        "outputs": [4]
  %1 = weft.kernel "map" (%a = %0 : tensor<4x3xf32>) -> (tensor<4x3xf32>) {
    %2 = weft.exp %a : (tensor<4x3xf32>) -> tensor<4x3xf32>
    weft.yield %2 : tensor<4x3xf32>
  }
  // CHECK:      "op": "weft.sum",
  // CHECK:        "dims": [1]
  %3 = weft.sum %1 {dims = array<i64: 1>} : (tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK:        "sizes": [],
  // CHECK-NEXT:   "value": 0.5
  %4 = weft.constant {sizes = array<i64>, value = 0.5 : f32} : tensor<f32>
  // CHECK:        "value": "0x7F800000 : f32"
  %5 = weft.constant {sizes = array<i64>, value = 0x7F800000 : f32} : tensor<f32>
  // CHECK:      "outputs": [5]
  return %3 : tensor<4xf32>
}
