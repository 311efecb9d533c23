// What no op allows is said in the words of the shape rules, at the op.
// RUN: weft-opt %s --split-input-file --verify-diagnostics

func.func @broadcast(%a: tensor<2x3xf32>, %b: tensor<2x4xf32>) {
  // expected-error @+1 {{'weft.add' op The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1: got (2, 3) and (2, 4); expected sizes that are equal or 1}}
  %0 = weft.add %a, %b : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @result_type(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{'weft.exp' op got result 0 of type 'tensor<2x4xf32>'; expected 'tensor<2x3xf32>'}}
  %0 = weft.exp %a : (tensor<2x3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @element_types(%a: tensor<2xf32>, %b: tensor<2xf64>) {
  // expected-error @+1 {{'weft.mul' op expected operands of one scalar type; got Float and Double}}
  %0 = weft.mul %a, %b : (tensor<2xf32>, tensor<2xf64>) -> tensor<2xf32>
  return
}

// -----

func.func @dynamic(%a: tensor<?xf32>) {
  // expected-error @+1 {{'weft.exp' op got an operand of type tensor<?xf32>; expected a tensor of static shape and ui8, i8, i16, i32, i64, f16, f32, f64, i1, bf16, of less than 2^63 bytes}}
  %0 = weft.exp %a : (tensor<?xf32>) -> tensor<?xf32>
  return
}

// -----

func.func @unknown_element_type(%a: tensor<2xf80>) {
  // expected-error @+1 {{got an operand of type tensor<2xf80>}}
  %0 = weft.exp %a : (tensor<2xf80>) -> tensor<2xf80>
  return
}

// -----

func.func @huge(%a: tensor<4611686018427387904xf32>) {
  // expected-error @+1 {{got an operand of type tensor<4611686018427387904xf32>}}
  %0 = weft.exp %a : (tensor<4611686018427387904xf32>) -> tensor<4611686018427387904xf32>
  return
}

// -----

func.func @overflow() {
  // expected-error @+1 {{'weft.constant' op Storage size calculation overflowed with sizes=[4611686018427387904, 4]; expected at most 2^63 - 1 bytes}}
  %0 = weft.constant {sizes = array<i64: 4611686018427387904, 4>, value = 1.0 : f32} : tensor<4611686018427387904x4xf32>
  return
}

// -----

func.func @matmul(%a: tensor<2x3xf32>, %b: tensor<4x5xf32>) {
  // expected-error @+1 {{'weft.matmul' op mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5): got (2, 3) and (4, 5); expected 3 rows on the right}}
  %0 = weft.matmul %a, %b : (tensor<2x3xf32>, tensor<4x5xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @zero_stride(%a: tensor<1x1x9xf32>, %b: tensor<1x1x3xf32>) {
  // expected-error @+1 {{non-positive stride is not supported: got stride=[0]}}
  %0 = weft.conv %a, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 0>} : (tensor<1x1x9xf32>, tensor<1x1x3xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @dim(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{Dimension out of range (expected to be in range of [0, 1], but got 2)}}
  %0 = weft.sum %a {dims = array<i64: 2>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @missing_attribute(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{'weft.sum' op requires attribute 'dims'}}
  %0 = weft.sum %a : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @wrong_attribute(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{'weft.sum' op attribute 'dims' failed to satisfy constraint: i64 dense array attribute}}
  %0 = weft.sum %a {dims = 1 : i64} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @literal() {
  // expected-error @+1 {{'weft.constant' op got 1.000000e+00 : f80 for attribute 'value'; expected a number of a known element type}}
  %0 = weft.constant {sizes = array<i64>, value = 1.0 : f80} : tensor<f80>
  return
}

// -----

func.func @no_grad(%a: tensor<2xf32>) {
  // expected-error @+1 {{'weft.exp' op got true for attribute 'weft.no_grad'; expected it to stand alone}}
  %0 = weft.exp %a {weft.no_grad = true} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @operands(%a: tensor<2xf32>) {
  // expected-error @+1 {{'weft.add' op expected 2 operands, but found 1}}
  %0 = "weft.add"(%a) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @grad(%y: tensor<2xf32>, %dy: tensor<3xf32>, %x: tensor<4xf32>) {
  // expected-error @+1 {{grad_output[0] has a shape of [3] and output[0] has a shape of [2]}}
  %0 = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<2xf32>, tensor<3xf32>, tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @scan_state(%h: tensor<4xf32>, %xs: tensor<7x3xf32>) {
  // expected-error @+1 {{'weft.scan' op expected next state 0 to be float(4) as the initial one; got float(3)}}
  %0 = weft.scan carried(%s = %h : tensor<4xf32>) stacked(%x = %xs : tensor<7x3xf32>) captured() -> (tensor<4xf32>) {
    weft.yield %x : tensor<3xf32>
  }
  return
}

// -----

func.func @scan_results(%h: tensor<4xf32>, %xs: tensor<7x3xf32>) {
  // expected-error @+1 {{'weft.scan' op got results of types ('tensor<4xf32>', 'tensor<3xf32>'); expected ('tensor<4xf32>', 'tensor<7x3xf32>')}}
  %0:2 = weft.scan carried(%s = %h : tensor<4xf32>) stacked(%x = %xs : tensor<7x3xf32>) captured() -> (tensor<4xf32>, tensor<3xf32>) {
    weft.yield %s, %x : tensor<4xf32>, tensor<3xf32>
  }
  return
}

// -----

func.func @scan_scalar(%h: tensor<4xf32>, %xs: tensor<f32>) {
  // expected-error @+1 {{got a stacked operand of type 'tensor<f32>'; expected a tensor with a leading dim}}
  %0 = weft.scan carried(%s = %h : tensor<4xf32>) stacked(%x = %xs : tensor<f32>) captured() -> (tensor<4xf32>) {
    weft.yield %s : tensor<4xf32>
  }
  return
}

// -----

func.func @scan_counts(%h: tensor<4xf32>) {
  // expected-error @+1 {{expected at least num_carried + num_stacked operands; got 1 operands, num_carried=9223372036854775807, num_stacked=1}}
  %0 = "weft.scan"(%h) ({
  ^bb0(%s: tensor<4xf32>):
    "weft.yield"(%s) : (tensor<4xf32>) -> ()
  }) {num_carried = 9223372036854775807 : i64, num_stacked = 1 : i64, reverse = false} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @check_divisor_of_floats(%x: tensor<4xf16>) {
  // expected-error @+1 {{'weft.check_divisor' op got 'tensor<4xf16>'; expected a tensor of integers}}
  weft.check_divisor %x : tensor<4xf16>
  return
}

// -----

func.func @check_index_of_floats(%x: tensor<4xf32>) {
  // expected-error @+1 {{'weft.check_index' op got 'tensor<4xf32>'; expected a tensor of i64 or i32}}
  weft.check_index %x {dim = 0 : i64, size = 4 : i64} : tensor<4xf32>
  return
}

// -----

func.func @kernel_kind(%x: tensor<4xf32>) {
  // expected-error @+1 {{'weft.kernel' op got kind "loop"; expected one of map reduction contraction scatter scan call}}
  weft.kernel "loop" (%a = %x : tensor<4xf32>) -> () {
  }
  return
}

// -----

func.func @kernel_results(%x: tensor<4xf32>) {
  %0 = weft.kernel "map" (%a = %x : tensor<4xf32>) -> (tensor<5xf32>) {
    // expected-error @+1 {{'weft.yield' op got values of types ('tensor<4xf32>'); expected the results of the kernel ('tensor<5xf32>')}}
    weft.yield %a : tensor<4xf32>
  }
  return
}

// -----

func.func @kernel_arguments(%x: tensor<4xf32>) {
  // expected-error @+1 {{'weft.kernel' op got body arguments of other types than the operands; expected ('tensor<4xf32>')}}
  "weft.kernel"(%x) ({
  ^bb0(%a: tensor<5xf32>):
    "weft.yield"() : () -> ()
  }) {kind = "map"} : (tensor<4xf32>) -> ()
  return
}

// -----

func.func @kernel_body(%x: tensor<4xf32>) {
  weft.kernel "map" (%a = %x : tensor<4xf32>) -> () {
    // expected-error @+1 {{'arith.negf' op stands in the body of a weft.kernel; expected weft ops other than kernel and grad}}
    %0 = arith.negf %a : tensor<4xf32>
  }
  return
}

// -----

func.func @captures(%x: tensor<4xf32>) {
  // expected-note @+1 {{required by region isolation constraints}}
  weft.kernel "map" () -> () {
    // expected-error @+1 {{'weft.exp' op using value defined outside the region}}
    %0 = weft.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  }
  return
}

// -----

func.func @yield_alone(%x: tensor<4xf32>) {
  // expected-error @+1 {{'weft.yield' op expects parent op to be one of 'weft.scan, weft.kernel'}}
  weft.yield %x : tensor<4xf32>
}
