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
};

/// All that decides the code, and where its numbers are. Every launch of a product is the same
/// code: what it packs, whether it multiplies and what becomes of the sums are numbers of the
/// launch. So the sizes of a problem, and how it is cut, make no difference to the code.
struct Design {
  Type element;
  Tile tile;
  Operand a, b;
  bool swapped = false; // the product is the transpose of the result (few rows only)
  Params params;
  Param batch, m, n, k, groups, images, positions;
  Param resultM, resultN;  // m and n, or n and m when swapped
  Param aBatches;       // batches that A differs in
  Param chunk;          // steps of k in a chunk
  Param depth;          // and in a block: what panels hold
  Param aPanels, bPanels;  // of a batch
  // Of a launch. Tasks: (chunk, batch, span of k in the chunk, block of rows, block of columns).
  Param spans, rowBlocks, columnBlocks;  // how many
  Param span, rows, columns;             // how long
  Param packsA, packsB;    // whether the task packs its panels,
  // and whether they lie in the buffer of all panels: [batch][block of k][panel][k][lane]
  Param sharedA, sharedB;
  Param addsChunks;        // 0, or how many chunks' sums take the place of products
  // sums of a chunk go to a buffer: [chunk][batch][row tile][column tile][row][column]
  Param partial;
  Param tileStride;        // elements between accumulator tiles in scratch (0: one at a time)
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

/// Which arguments of a kernel belong to whom: the buffers of A, of B, then `own` ones, then the
/// epilogue's; parameters of the design, of A, of B, of the epilogue.
struct ArgumentLayout {
  ArgumentLayout(const Design& design, const Epilogue& epilogue, unsigned own);
  SmallVector<Type> buffers;
  size_t params;                                     // all index parameters
  size_t bBuffer, ownBuffer, resultBuffer, aParam, bParam, resultParam;
};

/// One operand within a kernel: gives the place of a panel, packs it.
class Panels {
 public:
  /// `shared`: the buffer of all panels, and whether they are there; null: they are in scratch.
  Panels(KernelBody& body, const Design& design, const ArgumentLayout& layout, bool ofA,
         Value sharedBuffer = {}, Value shared = {});
  void begin(Value batch);
  /// Packs panel `panel` (of all of p) for k in [k0, k1), as number `slot` where it goes to
  /// scratch.
  void pack(Value panel, Value slot, Value k0, Value k1);
  Place place(Value panel, Value slot, Value k0, Value k1);
  Reader reader;
  Reader::Index start;  // of the batch

 private:
  Emit& e;
  const Operand& operand;
  const unsigned lanes;
  Value allOfK, panels, extent, memref, packScratch, shared, batch;
};

/// Where panel `panel` of `panels` lies in the shared buffer, for k in [k0, k1).
Value sharedPanel(Emit& e, Value batch, Value allOfK, Value k0, Value k1, Value panel, Value panels,
                  unsigned width);
/// Buffers: A's, B's, all panels of A, of B, the chunks' sums, the epilogue's.
func::FuncOp emitProduct(ModuleOp module, StringRef name, const Design& design,
                         const Epilogue& epilogue);
/// The same for so few rows that B is read once, in place. Tasks: (batch, block of columns).
/// Buffers: A's, B's, the epilogue's.
func::FuncOp emitFewRows(ModuleOp module, StringRef name, const Design& design,
                         const Epilogue& epilogue);

/// Hands on to the epilogue rows [row0, row1) x columns [column0, column1) of the product, held in
/// `sums` [row - row0][stride].
void finishSums(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue,
                Arguments result, Value batch, Place sums, Value stride, Value row0, Value row1,
                Value column0, Value column1);
/// Calls the epilogue for n in [n0, n1) of rows [m0, m1) of `batch`: value(m, n, mask) gives the
/// lanes of row m from n on.
void finishRow(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue,
               Arguments arguments, Value batch, Value m0, Value m1, Value n0, Value n1,
               llvm::function_ref<Value(Value m, Value n, Value mask)> value);
}  // namespace mlir::weft::contraction
