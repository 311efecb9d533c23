#include "codegen/contraction/kernel.h"
#include "codegen/contraction/pack.h"

namespace mlir::weft::contraction {
namespace {
constexpr unsigned kRowsAtOnce = 8;  // of B: as many streams as hardware follows with ease

class FewRows {
 public:
  FewRows(KernelBody& body, const Design& design, const Epilogue& epilogue, const ArgumentLayout& layout)
      : body(body), e(body.e), d(design), epilogue(epilogue), params(body.params), a(body, design, layout, true),
        b(body, design, layout, false), type(e.vectorOf(design.element, design.tile.lanes)),
        result{body.buffers.drop_front(layout.resultBuffer), params.drop_front(layout.resultParam)} {
    sums = e.view(body.scratch, at(d.tileScratch), d.element);
    block = e.view(body.scratch, at(d.bScratch), d.element);
  }

  void emit() {
    e.loop(body.begin, body.end, 1, [&](Value task) {
      SmallVector<Value> n = numbers(e, {at(d.batch), at(d.batch), at(d.columnBlocks)}, task);
      chunk = n[0];
      batch = n[1];
      n0 = e.mul(n[2], at(d.columns));
      n1 = e.min(e.add(n0, at(d.columns)), at(d.n));
      from = e.mul(chunk, at(d.chunk));
      to = e.min(e.add(from, at(d.chunk)), at(d.k));
      a.begin(batch);
      b.begin(batch);
      a.pack(e.constant(0), e.constant(0), from, to);
      rows = a.place(e.constant(0), e.constant(0), from, to);
      if (d.b.access.direction == Access::alongK) transposing();
      else streaming();
      finish();
    });
  }

 private:
  Value at(Param p) { return params[p]; }
  int64_t lanes() const { return d.tile.lanes; }
  Value sumAt(Value m, Value n) { return e.add(e.mul(m, at(d.columns)), e.sub(n, n0)); }
  /// acc[m] += A[m, k] * column for all m.
  void addColumn(SmallVector<Value>& acc, Value k, Value column) {
    Value row = e.add(rows.at, e.mul(e.sub(k, from), d.tile.rows));
    for (unsigned m = 0; m < d.tile.rows; ++m)
      acc[m] = multiplyAdd(e, e.splat(e.load(rows.memref, e.add(row, m)), lanes()), column, acc[m]);
  }

  /// B's rows side by side: some rows at a time over all columns, whose sums rest in scratch.
  void streaming() {
    Value zero = e.zero(type);
    e.loop(e.constant(0), e.mul(at(d.columns), d.tile.rows), lanes(), [&](Value i) { e.storeVector(zero, sums, i); });
    Value whole = e.sub(to, e.rem(e.sub(to, from), e.constant(kRowsAtOnce)));
    e.loop(from, whole, kRowsAtOnce, [&](Value k) { addRows(k, kRowsAtOnce); });
    e.loop(whole, to, 1, [&](Value k) { addRows(k, 1); });
  }
  void addRows(Value k, unsigned count) {
    Value end = e.sub(n1, e.rem(e.sub(n1, n0), e.constant(lanes())));
    e.loop(n0, end, lanes(), [&](Value n) { addPiece(k, count, n, {}); });
    e.when(e.less(end, n1), [&] { addPiece(k, count, end, e.firstLanes(e.sub(n1, end), lanes())); });
  }
  void addPiece(Value k, unsigned count, Value n, Value mask) {
    SmallVector<Value> acc;
    for (unsigned m = 0; m < d.tile.rows; ++m) acc.push_back(e.loadVector(sums, sumAt(e.constant(m), n), lanes()));
    Reader::Index index = b.reader.along(b.start, d.b.access.p, n);
    for (unsigned u = 0; u < count; ++u) {
      Value row = e.add(k, u);
      addColumn(acc, row, b.reader.load(b.reader.along(index, d.b.access.k, row), d.b.access.p, lanes(), mask));
    }
    for (unsigned m = 0; m < d.tile.rows; ++m) e.storeVector(acc[m], sums, sumAt(e.constant(m), n));
  }

  /// B's columns side by side: a vector of columns at a time along all of k, transposed in registers.
  void transposing() {
    e.loop(n0, n1, lanes(), [&](Value n) {
      SmallVector<Value> acc(d.tile.rows, e.zero(type));
      Value whole = e.sub(to, e.rem(e.sub(to, from), e.constant(lanes())));
      acc = carried(from, whole, lanes(), acc, [&](Value k, SmallVector<Value>& acc) {
        for (auto [j, column] : llvm::enumerate(columnsAt(n, k))) addColumn(acc, e.add(k, j), column);
      });
      // What is left is less than a block: its columns come back from scratch one by one.
      e.when(e.less(whole, to), [&] {
        copyRows(n, whole, e.firstLanes(e.sub(to, whole), lanes()));
        SmallVector<Value> left = transposed(e, block, blockRows(), lanes());
        for (auto [j, column] : llvm::enumerate(left)) e.storeVector(column, block, e.constant(j * lanes()));
      });
      acc = carried(whole, to, 1, acc, [&](Value k, SmallVector<Value>& acc) {
        addColumn(acc, k, e.loadVector(block, e.mul(e.sub(k, whole), lanes()), lanes()));
      });
      for (unsigned m = 0; m < d.tile.rows; ++m) e.storeVector(acc[m], sums, sumAt(e.constant(m), n));
    });
  }
  SmallVector<Value> carried(Value from, Value to, int64_t step, ArrayRef<Value> start,
                             llvm::function_ref<void(Value, SmallVector<Value>&)> body) {
    auto loop = e.b.create<scf::ForOp>(e.loc, from, to, e.constant(step), start);
    OpBuilder::InsertionGuard guard(e.b);
    e.b.setInsertionPointToStart(loop.getBody());
    SmallVector<Value> acc(loop.getRegionIterArgs());
    body(loop.getInductionVar(), acc);
    e.b.create<scf::YieldOp>(e.loc, acc);
    return SmallVector<Value>(loop.getResults());
  }
  /// Of column n + lane; beyond the last column, that one again.
  Reader::Index indexOf(Value n, Value lane, Value k) {
    Value column = e.min(e.add(n, lane), e.add(at(d.n), -1));
    return b.reader.along(b.reader.along(b.start, d.b.access.p, column), d.b.access.k, k);
  }
  SmallVector<Value> blockRows() {
    SmallVector<Value> places;
    for (int64_t row = 0; row < lanes(); ++row) places.push_back(e.constant(row * lanes()));
    return places;
  }
  void copyRows(Value n, Value k, Value mask) {
    e.loop(e.constant(0), e.constant(lanes()), 1, [&](Value lane) {
      e.storeVector(b.reader.load(indexOf(n, lane, k), d.b.access.k, lanes(), mask), block, e.mul(lane, lanes()));
    });
  }
  SmallVector<Value> columnsAt(Value n, Value k) {
    if (!b.reader.direct()) {
      copyRows(n, k, {});
      return transposed(e, block, blockRows(), lanes());
    }
    SmallVector<Value> places;
    for (int64_t lane = 0; lane < lanes(); ++lane) {
      places.push_back(indexOf(n, e.constant(lane), k)[0]);
      Value ahead = e.add(places.back(), 16 * lanes());
      e.b.create<memref::PrefetchOp>(e.loc, b.reader.memory(), ahead, false, 3, true);
    }
    return transposed(e, b.reader.memory(), places, lanes());
  }

  void finish() {
    finishSums(e, d, params, epilogue, result, chunk, batch, {sums, e.constant(0)}, at(d.columns), e.constant(0),
               e.constant(d.tile.rows), n0, n1);
  }

  KernelBody& body;
  Emit& e;
  const Design& d;
  const Epilogue& epilogue;
  ValueRange params;
  Panels a, b;
  VectorType type;
  Arguments result;
  Value sums, block;
  // Of the task.
  Value chunk, batch, n0, n1, from, to;
  Place rows;
};
}  // namespace

func::FuncOp emitFewRows(ModuleOp module, StringRef name, const Design& design, const Epilogue& epilogue) {
  const ArgumentLayout layout(design, epilogue);
  KernelBody body(module, name, layout.buffers, layout.params);
  FewRows(body, design, epilogue, layout).emit();
  return body.function;
}
}  // namespace mlir::weft::contraction
