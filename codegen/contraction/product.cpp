#include "codegen/contraction/kernel.h"

namespace mlir::weft::contraction {
namespace {

class Product {
 public:
  Product(KernelBody& body, const Design& design, const Epilogue& epilogue,
          const ArgumentLayout& layout)
      : body(body),
        e(body.e),
        d(design),
        epilogue(epilogue),
        params(body.params),
        a(body, design, layout, true, body.buffers[layout.ownBuffer], flag(d.sharedA)),
        b(body, design, layout, false, body.buffers[layout.ownBuffer + 1], flag(d.sharedB)),
        result{body.buffers.drop_front(layout.resultBuffer), params.drop_front(layout.resultParam)},
        chunkSums(body.buffers[layout.ownBuffer + 2]),
        partial(flag(d.partial)) {
    scratchSums = e.view(body.scratch, at(d.tileScratch), d.element);
    sums = e.select(partial, chunkSums, scratchSums);
  }

  void emit() {
    e.loop(body.begin, body.end, 1, [&](Value task) {
      begin(task);
      Value depth = at(d.depth);
      // A sum over nothing is one block too: it gives zeros.
      e.loop(from, e.max(to, e.add(from, 1)), depth, [&](Value k) {
        k0 = k;
        k1 = e.min(e.add(k0, depth), to);
        first = e.equal(k0, from);
        last = e.less(e.add(to, -1), e.add(k0, depth));
        block();
      });
    });
  }

 private:
  Value at(Param p) { return params[p]; }
  Value flag(Param p) { return e.less(e.constant(0), params[p]); }
  Value tilesIn(Value elements, unsigned size) {
    return e.div(e.add(elements, size - 1), e.constant(size));
  }

  void begin(Value task) {
    SmallVector<Value> n = numbers(
        e, {at(d.batch), at(d.batch), at(d.spans), at(d.rowBlocks), at(d.columnBlocks)}, task);
    Value chunk = n[0], batch = n[1], start = e.mul(chunk, at(d.chunk));
    Value end = e.min(e.add(start, at(d.chunk)), at(d.k));
    from = e.min(e.add(start, e.mul(n[2], at(d.span))), end);
    to = e.min(e.add(from, at(d.span)), end);
    m0 = e.mul(n[3], at(d.rows));
    m1 = e.min(e.add(m0, at(d.rows)), at(d.m));
    n0 = e.mul(n[4], at(d.columns));
    n1 = e.min(e.add(n0, at(d.columns)), at(d.n));
    rowTiles = tilesIn(e.sub(m1, m0), d.tile.rows);
    columnTiles = tilesIn(e.sub(n1, n0), d.tile.columns());
    rowPanel = e.div(m0, e.constant(d.tile.rows));
    columnPanel = e.div(n0, e.constant(d.tile.columns()));
    this->batch = batch;
    a.begin(batch);
    b.begin(batch);
    // Where the sums of the first tile go, and how far it is to the next row and the next column of
    // tiles.
    Value before = e.add(e.mul(e.add(e.mul(chunk, at(d.batch)), batch), at(d.aPanels)), rowPanel);
    ofChunk = e.mul(e.add(e.mul(before, at(d.bPanels)), columnPanel), d.tile.elements());
    rowOfChunk = e.mul(at(d.bPanels), d.tile.elements());
    sumsAt = e.select(partial, ofChunk, e.constant(0));
    sumsRow = e.select(partial, rowOfChunk, at(d.tileStride));
    sumsColumn =
        e.select(partial, e.constant(d.tile.elements()), e.mul(rowTiles, at(d.tileStride)));
  }

  /// Steps [k0, k1) of all tiles.
  void block() {
    e.when(flag(d.packsA), [&] {
      e.loop(e.constant(0), rowTiles, 1, [&](Value i) { a.pack(e.add(rowPanel, i), i, k0, k1); });
    });
    e.loop(e.constant(0), columnTiles, 1, [&](Value j) {
      Value panel = e.add(columnPanel, j);
      e.when(flag(d.packsB), [&] { b.pack(panel, e.constant(0), k0, k1); });
      Place columns = b.place(panel, e.constant(0), k0, k1);
      e.loop(e.constant(0), rowTiles, 1, [&](Value i) { tile(i, j, columns); });
    });
  }

  void tile(Value i, Value j, Place columns) {
    Value row = e.add(m0, e.mul(i, d.tile.rows)), column = e.add(n0, e.mul(j, d.tile.columns()));
    Value rowEnd = e.min(e.add(row, d.tile.rows), m1),
          columnEnd = e.min(e.add(column, d.tile.columns()), n1);
    Accumulators acc{sums,
                     e.add(sumsAt, e.add(e.mul(i, sumsRow), e.mul(j, sumsColumn))),
                     e.constant(d.tile.columns()),
                     {}};
    e.when(
        flag(d.addsChunks),
        [&] {
          addChunks(e.add(ofChunk, e.add(e.mul(i, rowOfChunk), e.mul(j, d.tile.elements()))),
                    acc.at);
        },
        [&] {
          Place rows = a.place(e.add(rowPanel, i), i, k0, k1);
          // The tiles of this panel bring the next one nearer, each its share.
          Value step = e.div(e.add(rowTiles, d.tile.columns() - 1), rowTiles),
                count = e.sub(k1, k0);
          Value next = e.add(columns.at, e.mul(count, d.tile.columns()));
          Prefetch prefetch{columns.memref, e.add(next, e.mul(e.mul(i, count), step)), step};
          multiplyEdge(e, d.tile, e.sub(rowEnd, row), e.sub(columnEnd, column), rows, columns,
                       count, first, acc, prefetch);
        });
    Value whole = e.b.create<arith::SelectOp>(e.loc, partial, e.zero(last.getType()), last);
    e.when(whole, [&] {
      finishSums(e, d, params, epilogue, result, batch, {sums, acc.at}, acc.stride, row, rowEnd,
                 column, columnEnd);
    });
  }

  /// Chunks' sums, each a tile, in ascending order.
  void addChunks(Value place, Value to) {
    Value size = e.mul(e.mul(e.mul(at(d.batch), at(d.aPanels)), at(d.bPanels)), d.tile.elements());
    e.loop(e.constant(0), e.constant(d.tile.elements()), d.tile.lanes, [&](Value c) {
      Value from = e.add(place, c), start = e.loadVector(chunkSums, from, d.tile.lanes);
      auto sum =
          e.b.create<scf::ForOp>(e.loc, e.constant(1), at(d.addsChunks), e.constant(1), start);
      {
        OpBuilder::InsertionGuard guard(e.b);
        e.b.setInsertionPointToStart(sum.getBody());
        Value next =
            e.loadVector(chunkSums, e.add(from, e.mul(sum.getInductionVar(), size)), d.tile.lanes);
        e.b.create<scf::YieldOp>(e.loc, e.plus(sum.getRegionIterArg(0), next));
      }
      e.storeVector(sum.getResult(0), scratchSums, e.add(to, c));
    });
  }

  KernelBody& body;
  Emit& e;
  const Design& d;
  const Epilogue& epilogue;
  ValueRange params;
  Panels a, b;
  Arguments result;
  Value chunkSums, partial, scratchSums, sums;
  // Of the task.
  Value batch, from, to, m0, m1, n0, n1, rowTiles, columnTiles, rowPanel, columnPanel;
  Value ofChunk, rowOfChunk, sumsAt, sumsRow, sumsColumn;
  // Of the block of k.
  Value k0, k1, first, last;
};
}  // namespace

func::FuncOp emitProduct(ModuleOp module, StringRef name, const Design& design,
                         const Epilogue& epilogue) {
  const ArgumentLayout layout(design, epilogue, /*own=*/3);
  KernelBody body(module, name, layout.buffers, layout.params);
  Product(body, design, epilogue, layout).emit();
  return body.function;
}
}  // namespace mlir::weft::contraction
