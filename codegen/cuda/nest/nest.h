/// Nests (codegen/loops/nest.h) -> kernels of blocks of threads, in loop form that codegen/cuda/print
/// prints. In: a traced, normalised nest. Out: functions whose arguments are the nest's buffers and
/// parameters, and the launches of them.
///
/// The one invariant: bits follow from the nest and its sizes, not from the GPU: how a reduction is
/// cut in parts, and the tree that adds them up, is part of the plan.
///
/// How threads are dealt out, by kind:
///  * map: elements, 16 bytes of neighbours at once where they lie so, in a grid-stride loop;
///  * map that transposes: tiles of 32 by 32 elements through shared memory (tile.cpp);
///  * reduction of rows: a part of a warp, a warp or a block takes a row; what several stages read
///    stays in registers (rows.cpp);
///  * reduction of columns: warps take 32 neighbouring columns and share their rows (columns.cpp);
///  * either, where there are few rows and they are long: cut in parts, whose results a second
///    launch adds up (parts.cpp);
///  * scan: a thread takes a row of the CPU's tasks; but a block that of a long scan by an associative
///    op (prefix.cpp);
///  * scatter: likewise where there are few updates; many are sorted by destination, and a thread takes
///    those of one element (scatter.cpp).
#pragma once
#include <optional>

#include "codegen/loops/loops.h"

namespace mlir::weft::cuda {

/// How a launch deals out a nest; what of it shapes the code is in `key`.
struct NestPlan {
  enum Kind { tasks, map, rows, columns, finish, prefix, pieces, sorted, tile } kind = tasks;
  std::string key;
  std::vector<int64_t> params;  // of the nest, then of the plan
  int64_t blocks = 1;
  int threads = 256;
  bool wide = false;            // indices need 64 bits
  int vector = 1;               // neighbours along the innermost dim that one thread takes
  int group = 1;                // rows: threads of a row; columns: warps of a column
  int items = 0;                // rows: elements of a thread that it keeps; prefix: it takes
  llvm::SmallVector<int> kept;  // the nodes whose values it keeps
  int64_t parts = 1;            // into which a row is cut, or what was sorted
  int tiledDim = -1;            // tile
  bool apart = true;            // no result lies over what is read
  LoopPlan loops;               // tasks
  /// It takes behind the nest's: the parts, if there are several; (sorted, pieces) the order of updates
  /// along the reduced dim, and where runs of them with one destination end (segmentsText).
  int buffers() const { return (parts > 1) + (kind == sorted || kind == pieces ? 2 : 0); }
};

struct NestLaunches {
  std::vector<NestPlan> plans;  // one, or two of which the second uses the first's parts
  int64_t partsBytes = 0;       // of the buffer between them
};
NestLaunches plan(const Nest& nest, const Numbers& numbers);
/// Whether the last plan is `sorted`.
bool sortsUpdates(const Nest& nest);
/// Where each update of such a nest goes: a map, whose result has the reduced dim last. How many rows
/// that are is the extents of its other dims.
Nest destinations(const Nest& updates);
/// Adds the kernel.
void emit(ModuleOp module, StringRef name, const Nest& nest, const Numbers& numbers,
          const NestPlan& plan);

}  // namespace mlir::weft::cuda
