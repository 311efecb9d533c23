/// The passes, graph to graph, by name: --autodiff, --simplify and so on in weft-opt.
#pragma once

namespace mlir::weft {

/// Registers every pass and phase of this folder with MLIR; once a process.
void registerAllPasses();

}  // namespace mlir::weft
