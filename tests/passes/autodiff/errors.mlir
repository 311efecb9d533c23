// RUN: weft-opt --autodiff --split-input-file --verify-diagnostics %s

func.func @no_rule(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{autodiff: no gradient rule for weft.kernel}}
  %y = weft.kernel "map" (%a = %x : tensor<4xf32>) -> (tensor<4xf32>) {
    %0 = weft.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    weft.yield %0 : tensor<4xf32>
  }
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %dx : tensor<4xf32>
}

// -----

// Off the way from x to y it does not matter.
func.func @elsewhere(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
  %k = weft.kernel "map" (%a = %x : tensor<4xf32>) -> (tensor<4xf32>) {
    %0 = weft.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    weft.yield %0 : tensor<4xf32>
  }
  %y = weft.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  %dx = weft.grad %y, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %sum = weft.add %dx, %k : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %sum : tensor<4xf32>
}

// -----

func.func @shape(%x: tensor<4xf32>, %dy: tensor<3xf32>) -> tensor<4xf32> {
  // expected-error @below {{Mismatch in shape: grad_output[0] has a shape of}}
  %dx = weft.grad %x, %dy, %x {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<3xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %dx : tensor<4xf32>
}

// -----

func.func @dtype(%x: tensor<4xi64>, %dy: tensor<4xi64>) -> tensor<4xi64> {
  // expected-error @below {{expected operands of floating point type; got long(4) as operand 0}}
  %dx = weft.grad %x, %dy, %x {num_outputs = 1 : i64} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  return %dx : tensor<4xi64>
}

// -----

// In the body of a loop.
func.func @in_loop(%h: tensor<4xf32>, %x: tensor<3x4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
  %y = weft.scan carried(%s = %h : tensor<4xf32>) stacked(%xt = %x : tensor<3x4xf32>) captured() -> (tensor<4xf32>) {
    // expected-error @below {{autodiff: no gradient rule for weft.kernel}}
    %0 = weft.kernel "map" (%a = %s : tensor<4xf32>) -> (tensor<4xf32>) {
      %1 = weft.exp %a : (tensor<4xf32>) -> tensor<4xf32>
      weft.yield %1 : tensor<4xf32>
    }
    weft.yield %0 : tensor<4xf32>
  }
  %dh = weft.grad %y, %dy, %h {num_outputs = 1 : i64} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %dh : tensor<4xf32>
}
