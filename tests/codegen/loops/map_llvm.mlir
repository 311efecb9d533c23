// The ABI of a kernel: buffers and parameters come from arrays, then the tasks and the scratch.
// RUN: weft-opt --fuse --loops --lower-to-llvm %s | FileCheck %s

// CHECK-LABEL: llvm.func @weft_neg(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64, %{{.*}}: !llvm.ptr)
// CHECK: llvm.load %{{.*}} : !llvm.ptr -> !llvm.ptr
// CHECK: llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> vector<[[N:.*]]xf32>
// CHECK: llvm.fneg %{{.*}} : vector<[[N]]xf32>
// CHECK: llvm.store %{{.*}}, %{{.*}} {alignment = 4 : i64} : vector<[[N]]xf32>
// CHECK: llvm.intr.masked.load
// CHECK: llvm.intr.masked.store
func.func @main(%x: tensor<1000xf32>) -> tensor<1000xf32> {
  %y = weft.neg %x : (tensor<1000xf32>) -> tensor<1000xf32>
  return %y : tensor<1000xf32>
}
