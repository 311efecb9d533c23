/// What the kinds of plan share; one file a kind.
#pragma once
#include "codegen/cuda/nest/nest.h"
#include "codegen/cuda/nest/running.h"

namespace mlir::weft::cuda {

struct Kernel {
  Emitter& e;
  const NestPlan& plan;
  Level& level;       // the kernel's body: what a thread is given
  ValueRange memory;  // of i64: NestPlan::buffers
  Value last;         // parameter
  /// Where those of a row are; null: rows are whole.
  Value parts() const { return plan.parts > 1 ? memory[0] : Value(); }
};
void emitTasks(Kernel& k);
void emitMap(Kernel& k);
void emitTile(Kernel& k);
void emitRows(Kernel& k);
void emitColumns(Kernel& k);
void emitFinish(Kernel& k);
void emitPrefix(Kernel& k);
void emitSorted(Kernel& k);
/// The dim, besides the innermost, that a tile of such a map has; -1: it needs none. And the loads that go
/// through the tile.
int tiledDim(const Nest& nest);
llvm::SmallVector<int> tiledLoads(const Nest& nest, int dim);
/// An update changes what is there; else it replaces it.
bool combines(const Nest& scatter);
/// A scan with one state that takes in elements by an associative op.
bool isPrefix(const Nest& nest);

/// Part of a run: [from, to), of part `number` of `count`.
struct Part {
  Value number, count, from, to;
};
/// Takes the part's number from `block`, whose rest is left. Extra parameters from `extra` on: how
/// many parts, elements of one.
Part takePart(Kernel& k, Value& block, Value elements, int extra);
/// Stores what is made of a whole row, and checks it, where `condition` is.
void finishRow(Kernel& k, Level& row, Value condition);
}  // namespace mlir::weft::cuda
