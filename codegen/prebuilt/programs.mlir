// Programs whose kernels Weft brings along: plain products of floats and a linear layer's. Kernels
// take extents as arguments, so a program stands for all sizes of its kind: not for dimensions of 1,
// nor for the few rows that have a kernel of their own.

func.func @matmul(%a: tensor<300x400xf32>, %b: tensor<400x500xf32>) -> tensor<300x500xf32> {
  %y = weft.matmul %a, %b : (tensor<300x400xf32>, tensor<400x500xf32>) -> tensor<300x500xf32>
  return %y : tensor<300x500xf32>
}
func.func @matmul_nt(%a: tensor<300x400xf32>, %b: tensor<500x400xf32>) -> tensor<300x500xf32> {
  %bt = weft.permute %b {permutation = array<i64: 1, 0>} : (tensor<500x400xf32>) -> tensor<400x500xf32>
  %y = weft.matmul %a, %bt : (tensor<300x400xf32>, tensor<400x500xf32>) -> tensor<300x500xf32>
  return %y : tensor<300x500xf32>
}
func.func @matmul_tn(%a: tensor<400x300xf32>, %b: tensor<400x500xf32>) -> tensor<300x500xf32> {
  %at = weft.permute %a {permutation = array<i64: 1, 0>} : (tensor<400x300xf32>) -> tensor<300x400xf32>
  %y = weft.matmul %at, %b : (tensor<300x400xf32>, tensor<400x500xf32>) -> tensor<300x500xf32>
  return %y : tensor<300x500xf32>
}
func.func @batched_matmul(%a: tensor<6x300x400xf32>, %b: tensor<6x400x500xf32>) -> tensor<6x300x500xf32> {
  %y = weft.matmul %a, %b : (tensor<6x300x400xf32>, tensor<6x400x500xf32>) -> tensor<6x300x500xf32>
  return %y : tensor<6x300x500xf32>
}
func.func @batched_matmul_nt(%a: tensor<6x300x400xf32>, %b: tensor<6x500x400xf32>) -> tensor<6x300x500xf32> {
  %bt = weft.permute %b {permutation = array<i64: 0, 2, 1>} : (tensor<6x500x400xf32>) -> tensor<6x400x500xf32>
  %y = weft.matmul %a, %bt : (tensor<6x300x400xf32>, tensor<6x400x500xf32>) -> tensor<6x300x500xf32>
  return %y : tensor<6x300x500xf32>
}
func.func @batched_matmul_tn(%a: tensor<6x400x300xf32>, %b: tensor<6x400x500xf32>) -> tensor<6x300x500xf32> {
  %at = weft.permute %a {permutation = array<i64: 0, 2, 1>} : (tensor<6x400x300xf32>) -> tensor<6x300x400xf32>
  %y = weft.matmul %at, %b : (tensor<6x300x400xf32>, tensor<6x400x500xf32>) -> tensor<6x300x500xf32>
  return %y : tensor<6x300x500xf32>
}
func.func @linear(%x: tensor<300x400xf32>, %w: tensor<500x400xf32>, %b: tensor<500xf32>) -> tensor<300x500xf32> {
  %t = weft.permute %w {permutation = array<i64: 1, 0>} : (tensor<500x400xf32>) -> tensor<400x500xf32>
  %y = weft.matmul %x, %t : (tensor<300x400xf32>, tensor<400x500xf32>) -> tensor<300x500xf32>
  %z = weft.add %y, %b : (tensor<300x500xf32>, tensor<500xf32>) -> tensor<300x500xf32>
  return %z : tensor<300x500xf32>
}
