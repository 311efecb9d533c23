/// The kernels of a contraction, each the body of one func.func.
#pragma once
#include "codegen/contraction/geometry.h"
#include "codegen/contraction/tile.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft::contraction {

/// What a kernel reads of an operand.
struct Operand {
  const Source* source;
  Access access;
  unsigned width;       // lanes of a panel
  bool shared;          // packed by a launch of its own: [batch][block of k][panel][k][lane]
};

/// All that decides the code, and where its numbers are.
struct Design {
  Type element;
  Tile tile;
  Operand a, b;
  bool partial = false; // writes chunk results to a temporary
  bool swapped = false; // the product is the transpose of the result
  Params params;
  // Extents, and how tasks cut them: rows and columns a block, steps of k a chunk and a block.
  Param batch, m, n, k, groups, images, positions;
  Param aBatches;       // batches that A differs in
  Param resultM, resultN;  // m and n, or n and m when swapped
  Param chunk, rowBlocks, columnBlocks, rows, columns, depth;
  Param blocks;         // of k, in a chunk
  // Panels of a batch in the shared buffers; elements between accumulator tiles (0: one at a time).
  Param aPanels, bPanels, tileStride;
  // Byte offsets in scratch.
  Param bScratch, tileScratch, packScratch;
};

/// Begins `func.func @name(buffers..., params..., begin, end, scratch)`.
struct KernelBody {
  KernelBody(ModuleOp module, StringRef name, ArrayRef<Type> buffers, size_t params);
  ~KernelBody();
  OpBuilder builder;
  Emit e;
  func::FuncOp function;
  ValueRange buffers, params;
  Value begin, end, scratch;
};

/// Which arguments of a compute kernel belong to whom.
struct ArgumentLayout {
  ArgumentLayout(const Design& design, const Epilogue& epilogue);
  SmallVector<Type> buffers;
  size_t params;                                     // all index parameters
  size_t aBuffer, bBuffer, resultBuffer, aParam, bParam, resultParam;
};

/// One operand within a compute kernel: gives the place of a panel, packing it where need be.
class Panels {
 public:
  Panels(KernelBody& body, const Design& design, const ArgumentLayout& layout, bool ofA);
  void begin(Value batch);
  /// Packs panel `panel` (of all of p) for k in [k0, k1) as number `slot` in scratch.
  void pack(Value panel, Value slot, Value k0, Value k1);
  Place place(Value panel, Value slot, Value k0, Value k1);
  Reader reader;
  Reader::Index start;  // of the batch

 private:
  Value scratchPlace(Value slot, Value k0, Value k1) { return e.mul(slot, e.mul(e.sub(k1, k0), operand.width)); }
  Emit& e;
  const Operand& operand;
  const unsigned lanes;
  Value allOfK, panels, extent, memref, packScratch, batch;
};

/// Where panel `panel` of `panels` lies in the shared buffer, for k in [k0, k1).
Value sharedPanel(Emit& e, Value batch, Value allOfK, Value k0, Value k1, Value panel, Value panels, unsigned width);
/// Tasks: (batch, chunk, block of k, panel). Buffers: the source's, then the panels.
func::FuncOp emitPack(ModuleOp module, StringRef name, const Design& design, bool ofA);
/// Tasks: (chunk, batch, block of rows, block of columns). Buffers: A (the source's or the panels), B, then the
/// epilogue's, or the chunk results [chunk][batch][m][n].
func::FuncOp emitCompute(ModuleOp module, StringRef name, const Design& design, const Epilogue& epilogue);
/// The same for so few rows that B is read once, in place: tasks (chunk, batch, block of columns), one block of k.
func::FuncOp emitFewRows(ModuleOp module, StringRef name, const Design& design, const Epilogue& epilogue);
/// Tasks: rows (batch, m). Buffers: the chunk results, then the epilogue's.
func::FuncOp emitCombine(ModuleOp module, StringRef name, const Design& design, Param splits, const Epilogue& epilogue);

/// Stores lanes of a chunk's result.
void storePartial(Emit& e, const Design& design, ValueRange params, Value memref, Value chunk, Value batch, Value m, Value n,
                  Value values, Value mask);
/// Hands on rows [row0, row1) x columns [column0, column1) of the product, held in `sums` [row - row0][stride]: to the epilogue, or as a chunk's result.
void finishSums(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue, Arguments result, Value chunk,
                Value batch, Place sums, Value stride, Value row0, Value row1, Value column0, Value column1);
/// Calls the epilogue for n in [n0, n1) of rows [m0, m1) of `batch`: value(m, n, mask) gives the lanes of row m from n on.
void finishRow(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue, Arguments arguments, Value batch,
               Value m0, Value m1, Value n0, Value n1, llvm::function_ref<Value(Value m, Value n, Value mask)> value);
}  // namespace mlir::weft::contraction
