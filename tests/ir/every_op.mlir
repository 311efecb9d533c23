// The rows of the op table: they parse, verify, print, and what is printed parses to the same. A row without an example
// here fails tests/ir:every_row, unless it is elementwise: that test makes examples of those itself.
// RUN: weft-opt %s --verify-roundtrip | FileCheck %s
// RUN: weft-opt %s -o %t.first && weft-opt %t.first -o %t.second && diff %t.first %t.second
// RUN: weft-opt %s --mlir-print-op-generic | weft-opt | FileCheck %s

// CHECK-LABEL: func.func @unary
func.func @unary(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: weft.neg %{{.*}} : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %0 = weft.neg %x : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %1 = weft.abs %0 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %2 = weft.sign %1 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %3 = weft.floor %2 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %4 = weft.ceil %3 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %5 = weft.round %4 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %6 = weft.trunc %5 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %7 = weft.square %6 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %8 = weft.sqrt %7 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %9 = weft.rsqrt %8 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %10 = weft.reciprocal %9 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %11 = weft.exp %10 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %12 = weft.exp2 %11 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %13 = weft.expm1 %12 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %14 = weft.log %13 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %15 = weft.log2 %14 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %16 = weft.log10 %15 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %17 = weft.log1p %16 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %18 = weft.sin %17 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %19 = weft.cos %18 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %20 = weft.tan %19 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %21 = weft.atan %20 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %22 = weft.asin %21 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %23 = weft.acos %22 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %24 = weft.sinh %23 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %25 = weft.cosh %24 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %26 = weft.tanh %25 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %27 = weft.relu %26 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %28 = weft.sigmoid %27 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  // CHECK: weft.erf
  %29 = weft.erf %28 : (tensor<4x3xf32>) -> tensor<4x3xf32>
  return %29 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @binary
func.func @binary(%a: tensor<4x1xf64>, %b: tensor<3xf64>, %c: tensor<f64>) -> tensor<4x3xf64> {
  // CHECK: weft.add %{{.*}}, %{{.*}} : (tensor<4x1xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %0 = weft.add %a, %b : (tensor<4x1xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: weft.sub %{{.*}}, %{{.*}} {weft.no_grad} : (tensor<4x3xf64>, tensor<f64>) -> tensor<4x3xf64>
  %1 = weft.sub %0, %c {weft.no_grad} : (tensor<4x3xf64>, tensor<f64>) -> tensor<4x3xf64>
  %2 = weft.mul %1, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %3 = weft.div %2, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %4 = weft.pow %3, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %5 = weft.atan2 %4, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %6 = weft.maximum %5, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %7 = weft.minimum %6, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %8 = weft.fmod %7, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %9 = weft.remainder %8, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %10 = weft.clamp %9, %c, %b : (tensor<4x3xf64>, tensor<f64>, tensor<3xf64>) -> tensor<4x3xf64>
  return %10 : tensor<4x3xf64>
}

// CHECK-LABEL: func.func @bits_and_choice
func.func @bits_and_choice(%a: tensor<5xi64>, %b: tensor<5xi64>, %x: tensor<5xf32>) -> tensor<5xui8> {
  %0 = weft.bitwise_and %a, %b : (tensor<5xi64>, tensor<5xi64>) -> tensor<5xi64>
  %1 = weft.bitwise_or %0, %b : (tensor<5xi64>, tensor<5xi64>) -> tensor<5xi64>
  %2 = weft.bitwise_xor %1, %b : (tensor<5xi64>, tensor<5xi64>) -> tensor<5xi64>
  %3 = weft.bitwise_not %2 : (tensor<5xi64>) -> tensor<5xi64>
  // CHECK: weft.eq %{{.*}}, %{{.*}} : (tensor<5xi64>, tensor<5xi64>) -> tensor<5xi1>
  %4 = weft.eq %3, %b : (tensor<5xi64>, tensor<5xi64>) -> tensor<5xi1>
  %5 = weft.ne %3, %b : (tensor<5xi64>, tensor<5xi64>) -> tensor<5xi1>
  %6 = weft.lt %4, %5 : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %7 = weft.le %4, %6 : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %8 = weft.gt %4, %7 : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %9 = weft.ge %4, %8 : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %10 = weft.isnan %x : (tensor<5xf32>) -> tensor<5xi1>
  %11 = weft.select %10, %a, %b : (tensor<5xi1>, tensor<5xi64>, tensor<5xi64>) -> tensor<5xi64>
  // CHECK: weft.cast %{{.*}} {dtype = ui8} : (tensor<5xi64>) -> tensor<5xui8>
  %12 = weft.cast %11 {dtype = ui8} : (tensor<5xi64>) -> tensor<5xui8>
  return %12 : tensor<5xui8>
}

// CHECK-LABEL: func.func @reductions
func.func @reductions(%x: tensor<4x3x2xf32>, %b: tensor<2x3xi1>) -> tensor<2xf32> {
  // CHECK: weft.sum %{{.*}} {dims = array<i64: 0, 2>} : (tensor<4x3x2xf32>) -> tensor<3xf32>
  %0 = weft.sum %x {dims = array<i64: 0, 2>} : (tensor<4x3x2xf32>) -> tensor<3xf32>
  %1 = weft.mean %x {dims = array<i64: 0, 1>} : (tensor<4x3x2xf32>) -> tensor<2xf32>
  %2 = weft.prod %0 {dims = array<i64: 0>} : (tensor<3xf32>) -> tensor<f32>
  %3 = weft.max %x {dims = array<i64: 1>} : (tensor<4x3x2xf32>) -> tensor<4x2xf32>
  %4 = weft.min %x {dims = array<i64: 0, 1, 2>} : (tensor<4x3x2xf32>) -> tensor<f32>
  // CHECK: weft.argmax %{{.*}} {dim = 2 : i64} : (tensor<4x3x2xf32>) -> tensor<4x3xi64>
  %5 = weft.argmax %x {dim = 2 : i64} : (tensor<4x3x2xf32>) -> tensor<4x3xi64>
  %6 = weft.argmin %x {dim = 0 : i64} : (tensor<4x3x2xf32>) -> tensor<3x2xi64>
  %7 = weft.any %b {dims = array<i64: 1>} : (tensor<2x3xi1>) -> tensor<2xi1>
  %8 = weft.all %b {dims = array<i64: 0>} : (tensor<2x3xi1>) -> tensor<3xi1>
  return %1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @contractions
func.func @contractions(%a: tensor<2x4x3xf32>, %b: tensor<2x3x5xf32>, %x: tensor<8x4x9x9xf32>, %w: tensor<6x2x3x3xf32>,
                        %dy: tensor<8x6x5x9xf32>) -> tensor<2x4x5xf32> {
  %0 = weft.matmul %a, %b : (tensor<2x4x3xf32>, tensor<2x3x5xf32>) -> tensor<2x4x5xf32>
  // CHECK: weft.conv %{{.*}}, %{{.*}} {dilation = array<i64: 1, 1>, groups = 2 : i64, padding = array<i64: 1, 1>, stride = array<i64: 2, 1>}
  %1 = weft.conv %x, %w {dilation = array<i64: 1, 1>, groups = 2 : i64, padding = array<i64: 1, 1>, stride = array<i64: 2, 1>}
      : (tensor<8x4x9x9xf32>, tensor<6x2x3x3xf32>) -> tensor<8x6x5x9xf32>
  %2 = weft.conv_input_grad %dy, %w {dilation = array<i64: 1, 1>, groups = 2 : i64, padding = array<i64: 1, 1>, sizes = array<i64: 9, 9>, stride = array<i64: 2, 1>}
      : (tensor<8x6x5x9xf32>, tensor<6x2x3x3xf32>) -> tensor<8x4x9x9xf32>
  %3 = weft.conv_weight_grad %dy, %x {dilation = array<i64: 1, 1>, groups = 2 : i64, padding = array<i64: 1, 1>, sizes = array<i64: 3, 3>, stride = array<i64: 2, 1>}
      : (tensor<8x6x5x9xf32>, tensor<8x4x9x9xf32>) -> tensor<6x2x3x3xf32>
  return %0 : tensor<2x4x5xf32>
}

// CHECK-LABEL: func.func @windows
func.func @windows(%x: tensor<8x6x6xf32>) -> tensor<8x6x6xf32> {
  // CHECK: %y, %indices = weft.max_pool
  %y, %i = weft.max_pool %x {ceil_mode = false, dilation = array<i64: 1, 1>, padding = array<i64: 0, 1>, stride = array<i64: 2, 2>, window = array<i64: 2, 2>}
      : (tensor<8x6x6xf32>) -> (tensor<8x3x4xf32>, tensor<8x3x4xi64>)
  %0 = weft.max_pool_grad %y, %i {dilation = array<i64: 1, 1>, padding = array<i64: 0, 1>, sizes = array<i64: 6, 6>, stride = array<i64: 2, 2>, window = array<i64: 2, 2>}
      : (tensor<8x3x4xf32>, tensor<8x3x4xi64>) -> tensor<8x6x6xf32>
  %1 = weft.window_sum %0 {ceil_mode = true, dilation = array<i64: 1, 1>, padding = array<i64: 0, 1>, stride = array<i64: 2, 2>, window = array<i64: 2, 2>}
      : (tensor<8x6x6xf32>) -> tensor<8x3x4xf32>
  %2 = weft.window_sum_grad %1 {dilation = array<i64: 1, 1>, padding = array<i64: 0, 1>, sizes = array<i64: 6, 6>, stride = array<i64: 2, 2>, window = array<i64: 2, 2>}
      : (tensor<8x3x4xf32>) -> tensor<8x6x6xf32>
  return %2 : tensor<8x6x6xf32>
}

// CHECK-LABEL: func.func @views
func.func @views(%x: tensor<4x3xf32>, %i: tensor<i64>, %z: tensor<f32>) -> tensor<4x11xf32> {
  %0 = weft.reshape %x {sizes = array<i64: 2, 6>} : (tensor<4x3xf32>) -> tensor<2x6xf32>
  %1 = weft.permute %0 {permutation = array<i64: 1, 0>} : (tensor<2x6xf32>) -> tensor<6x2xf32>
  %2 = weft.expand %1 {sizes = array<i64: 5, 6, 2>} : (tensor<6x2xf32>) -> tensor<5x6x2xf32>
  %3 = weft.flip %2 {dims = array<i64: 0, 2>} : (tensor<5x6x2xf32>) -> tensor<5x6x2xf32>
  // CHECK: weft.slice %{{.*}}, %{{.*}}, %{{.*}} {sizes = array<i64: 2, 3>, steps = array<i64: 2, 1>} : (tensor<4x3xf32>, tensor<i64>, tensor<i64>) -> tensor<2x3xf32>
  %4 = weft.slice %x, %i, %i {sizes = array<i64: 2, 3>, steps = array<i64: 2, 1>} : (tensor<4x3xf32>, tensor<i64>, tensor<i64>) -> tensor<2x3xf32>
  %5 = weft.insert %x, %4, %i, %i {steps = array<i64: 2, 1>} : (tensor<4x3xf32>, tensor<2x3xf32>, tensor<i64>, tensor<i64>) -> tensor<4x3xf32>
  %6 = weft.pad %5, %z {high = array<i64: 0, 2>, interior = array<i64: 0, 1>, low = array<i64: 0, 1>} : (tensor<4x3xf32>, tensor<f32>) -> tensor<4x8xf32>
  %7 = weft.concat %6, %x {dim = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xf32>) -> tensor<4x11xf32>
  return %7 : tensor<4x11xf32>
}

// CHECK-LABEL: func.func @indexing
func.func @indexing(%x: tensor<4x3xf32>, %i: tensor<2x5xi64>, %v: tensor<7xi32>) -> tensor<4x3xf32> {
  %0 = weft.gather %x, %i {dim = 1 : i64} : (tensor<4x3xf32>, tensor<2x5xi64>) -> tensor<2x5xf32>
  %1 = weft.scatter_add %x, %i, %0 {dim = 1 : i64} : (tensor<4x3xf32>, tensor<2x5xi64>, tensor<2x5xf32>) -> tensor<4x3xf32>
  %2 = weft.scatter %1, %i, %0 {dim = 1 : i64} : (tensor<4x3xf32>, tensor<2x5xi64>, tensor<2x5xf32>) -> tensor<4x3xf32>
  %3 = weft.index_select %2, %v {dim = 0 : i64} : (tensor<4x3xf32>, tensor<7xi32>) -> tensor<7x3xf32>
  %4 = weft.index_add %2, %v, %3 {dim = 0 : i64} : (tensor<4x3xf32>, tensor<7xi32>, tensor<7x3xf32>) -> tensor<4x3xf32>
  %5 = weft.scatter_mul %4, %i, %0 {dim = 1 : i64} : (tensor<4x3xf32>, tensor<2x5xi64>, tensor<2x5xf32>) -> tensor<4x3xf32>
  %6 = weft.scatter_max %5, %i, %0 {dim = 1 : i64} : (tensor<4x3xf32>, tensor<2x5xi64>, tensor<2x5xf32>) -> tensor<4x3xf32>
  %7 = weft.scatter_min %6, %i, %0 {dim = 1 : i64} : (tensor<4x3xf32>, tensor<2x5xi64>, tensor<2x5xf32>) -> tensor<4x3xf32>
  // CHECK: weft.argsort %{{.*}} {count = 2 : i64, descending = true, dim = 0 : i64} : (tensor<4x3xf32>) -> tensor<2x3xi64>
  %8 = weft.argsort %7 {count = 2 : i64, descending = true, dim = 0 : i64} : (tensor<4x3xf32>) -> tensor<2x3xi64>
  return %7 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @creation
func.func @creation(%seed: tensor<i64>, %offset: tensor<i64>) -> tensor<0x3xi1> {
  // CHECK: weft.constant {sizes = array<i64>, value = 0x7F800000 : f32} : tensor<f32>
  %0 = weft.constant {sizes = array<i64>, value = 0x7F800000 : f32} : tensor<f32>
  // CHECK: weft.constant {sizes = array<i64: 0, 3>, value = true} : tensor<0x3xi1>
  %1 = weft.constant {sizes = array<i64: 0, 3>, value = true} : tensor<0x3xi1>
  // CHECK: weft.constant {sizes = array<i64: 2>, value = 255 : ui8} : tensor<2xui8>
  %2 = weft.constant {sizes = array<i64: 2>, value = 255 : ui8} : tensor<2xui8>
  %3 = weft.constant {sizes = array<i64: 2>, value = -9223372036854775808 : i64} : tensor<2xi64>
  %4 = weft.iota {dim = 1 : i64, dtype = i32, sizes = array<i64: 2, 3>} : tensor<2x3xi32>
  %5 = weft.random_uniform %seed, %offset {dtype = f32, sizes = array<i64: 8>} : (tensor<i64>, tensor<i64>) -> tensor<8xf32>
  %6 = weft.random_normal %seed, %offset {dtype = f64, sizes = array<i64: 8>} : (tensor<i64>, tensor<i64>) -> tensor<8xf64>
  %7 = weft.random_bits %seed, %offset {dtype = i64, sizes = array<i64: 8>} : (tensor<i64>, tensor<i64>) -> tensor<8xi64>
  return %1 : tensor<0x3xi1>
}

// CHECK-LABEL: func.func @control
func.func @control(%x: tensor<4xf32>, %w: tensor<4xf32>, %dy: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %y = weft.mul %x, %w : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %known = weft.cached %y, %w : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %stop = weft.detach %known : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: %{{.*}}:2 = weft.grad %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} {num_outputs = 1 : i64}
  %g:2 = weft.grad %y, %dy, %x, %w {num_outputs = 1 : i64}
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %g#0, %g#1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @scan
func.func @scan(%h0: tensor<4xf32>, %xs: tensor<7x3xf32>, %w: tensor<3x4xf32>) -> (tensor<4xf32>, tensor<7x4xf32>) {
  // CHECK: weft.scan carried(%[[H:.*]] = %{{.*}} : tensor<4xf32>) stacked(%[[X:.*]] = %{{.*}} : tensor<7x3xf32>) captured(%[[W:.*]] = %{{.*}} : tensor<3x4xf32>) reverse -> (tensor<4xf32>, tensor<7x4xf32>) attributes {weft.no_grad} {
  %r:2 = weft.scan carried(%h = %h0 : tensor<4xf32>) stacked(%x = %xs : tensor<7x3xf32>) captured(%u = %w : tensor<3x4xf32>) reverse
      -> (tensor<4xf32>, tensor<7x4xf32>) attributes {weft.no_grad} {
    // CHECK: weft.reshape %[[X]]
    %row = weft.reshape %x {sizes = array<i64: 1, 3>} : (tensor<3xf32>) -> tensor<1x3xf32>
    %product = weft.matmul %row, %u : (tensor<1x3xf32>, tensor<3x4xf32>) -> tensor<1x4xf32>
    %flat = weft.reshape %product {sizes = array<i64: 4>} : (tensor<1x4xf32>) -> tensor<4xf32>
    %next = weft.add %h, %flat : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    // CHECK: weft.yield %{{.*}}, %{{.*}} : tensor<4xf32>, tensor<4xf32>
    weft.yield %next, %flat : tensor<4xf32>, tensor<4xf32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<7x4xf32>
}

// CHECK-LABEL: func.func @check_index
func.func @check_index(%i: tensor<2x3xi64>) {
  // CHECK-NEXT: weft.check_index %{{.*}} {dim = 1 : i64, size = 50 : i64} : tensor<2x3xi64>
  weft.check_index %i {dim = 1 : i64, size = 50 : i64} : tensor<2x3xi64>
  return
}

// CHECK-LABEL: func.func @check_divisor
func.func @check_divisor(%d: tensor<2x3xi16>) {
  // CHECK-NEXT: weft.check_divisor %{{.*}} : tensor<2x3xi16>
  weft.check_divisor %d : tensor<2x3xi16>
  return
}

// CHECK-LABEL: func.func @require
func.func @require(%x: tensor<2x3xf32>, %ok: tensor<2x3xi1>) -> tensor<2x3xf32> {
  // CHECK-NEXT: weft.require %{{.*}}, %{{.*}} {what = 1 : i64} : (tensor<2x3xf32>, tensor<2x3xi1>) -> tensor<2x3xf32>
  %0 = weft.require %x, %ok {what = 1 : i64} : (tensor<2x3xf32>, tensor<2x3xi1>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @check_required
func.func @check_required(%x: tensor<2x3xf32>, %ok: tensor<2x3xi1>) {
  // CHECK-NEXT: weft.check_required %{{.*}}, %{{.*}} {what = 1 : i64} : tensor<2x3xi1>, tensor<2x3xf32>
  weft.check_required %ok, %x {what = 1 : i64} : tensor<2x3xi1>, tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @kernel
func.func @kernel(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: weft.kernel "map" (%[[A:.*]] = %{{.*}} : tensor<4xf32>, %[[B:.*]] = %{{.*}} : tensor<4xf32>) -> (tensor<4xf32>) {
  // CHECK-NEXT: %[[M:.*]] = weft.mul %[[A]], %[[B]]
  // CHECK-NEXT: weft.yield %[[M]] : tensor<4xf32>
  %0 = weft.kernel "map" (%a = %x : tensor<4xf32>, %b = %y : tensor<4xf32>) -> (tensor<4xf32>) {
    %m = weft.mul %a, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    weft.yield %m : tensor<4xf32>
  }
  // CHECK: weft.kernel "map" () -> (tensor<4xf32>) attributes {weight = 3 : i64} {
  %1 = weft.kernel "map" () -> (tensor<4xf32>) attributes {weight = 3 : i64} {
    %i = weft.iota {dim = 0 : i64, dtype = f32, sizes = array<i64: 4>} : tensor<4xf32>
    weft.yield %i : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
