// Many updates: where they go, sorted; where runs of one destination end; what of a run lies behind a
// boundary of pieces, added up; then a thread an element of the result.
// RUN: weft-opt --fuse --cuda %s -o /dev/null | FileCheck %s

// CHECK: __launch_bounds__(256) weft_check_index(
// The base.
// CHECK: // scatter: {{.*}} parameters 24000 6000 6000
// The destinations.
// CHECK: // scatter: {{.*}} parameters 600 150 150
// CHECK: // call: {{.*}} 16384 bytes shared
// CHECK: // call: {{.*}} parameters 600 600
// CHECK: ends[number] = begins ? end : -end;
// CHECK: weft_index_add_6(const u32* __restrict__ b0, const float* __restrict__ b1, float* __restrict__ b2,
func.func @main(%x: tensor<1000x24xf32>, %i: tensor<600xi32>, %g: tensor<600x24xf32>) -> tensor<1000x24xf32> {
  %y = weft.index_add %x, %i, %g {dim = 0 : i64} : (tensor<1000x24xf32>, tensor<600xi32>, tensor<600x24xf32>) -> tensor<1000x24xf32>
  return %y : tensor<1000x24xf32>
}
