#ifndef WEFT_FUSE_TD
#define WEFT_FUSE_TD
include "mlir/Pass/PassBase.td"

def Fuse : Pass<"fuse", "::mlir::func::FuncOp"> {
  let summary = "Groups ops into weft.kernel regions, one launch each";
  let description = [{
    Pointwise ops and views are pulled into the kernels that read them; a reduction becomes a stage of the kernel that
    reads its result row by row; a contraction takes the pointwise ops that read it as epilogue. What several kernels
    need and is not cheap gets a buffer. After the pass every op of the function stands in a kernel.

    ```mlir
    // weft-opt --fuse
    func.func @main(%x: tensor<8x16xf32>, %b: tensor<16xf32>) -> tensor<8x16xf32> {
      %0 = weft.add %x, %b : (tensor<8x16xf32>, tensor<16xf32>) -> tensor<8x16xf32>
      %1 = weft.relu %0 : (tensor<8x16xf32>) -> tensor<8x16xf32>
      return %1 : tensor<8x16xf32>
    }
    // one kernel:
    %0 = weft.kernel "map" (%x0 = %x : tensor<8x16xf32>, %b0 = %b : tensor<16xf32>) -> (tensor<8x16xf32>) { ... }
    ```
  }];
  let options = [
    Option<"separate", "separate", "bool", "false", "Fuse nothing: each op in a kernel of its own">
  ];
  let dependentDialects = ["::mlir::weft::WeftDialect"];
}
#endif
