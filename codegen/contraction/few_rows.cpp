#include "codegen/contraction/kernel.h"
#include "codegen/contraction/transpose.h"

namespace mlir::weft::contraction {
namespace {
constexpr unsigned kRowsAtOnce = 8;  // of B: as many streams as hardware follows with ease

class FewRows {
 public:
  FewRows(KernelBody& body, const Design& design, const Epilogue& epilogue,
          const ArgumentLayout& layout)
      : body(body),
        e(body.e),
        d(design),
        epilogue(epilogue),
        params(body.params),
        a(body, design, layout, true),
        b(body, design, layout, false),
        result{body.buffers.drop_front(layout.resultBuffer),
               params.drop_front(layout.resultParam)} {
    sums = e.view(body.scratch, at(d.tileScratch), d.element);
    block = e.view(body.scratch, at(d.bScratch), d.element);
  }

  void emit() {
    e.loop(body.begin, body.end, 1, [&](Value task) {
      SmallVector<Value> n = numbers(e, {at(d.batch), at(d.columnBlocks)}, task);
      n0 = e.mul(n[1], at(d.columns));
      n1 = e.min(e.add(n0, at(d.columns)), at(d.n));
      a.begin(n[0]);
      b.begin(n[0]);
      e.loop(e.constant(0), at(d.k), at(d.chunk), [&](Value chunk) {
        from = chunk;
        to = e.min(e.add(from, at(d.chunk)), at(d.k));
        addChunk();
      });
      finishSums(e, d, params, epilogue, result, n[0], {sums, e.constant(0)}, at(d.columns),
                 e.constant(0), at(d.m), n0, n1);
    });
  }

 private:
  Value at(Param p) { return params[p]; }
  int64_t lanes() const { return d.tile.lanes; }
  Value sumAt(Value m, Value n) {
    return e.add(sumsAt, e.add(e.mul(m, at(d.columns)), e.sub(n, n0)));
  }

  /// The first chunk's chains rest where the sum of all chunks shall be, the others' behind it.
  void addChunk() {
    Value size = e.mul(at(d.columns), at(d.m)), isFirst = e.equal(from, e.constant(0));
    sumsAt = e.select(isFirst, e.constant(0), size);
    Value zero = e.zero(e.vectorOf(d.element, lanes()));
    e.loop(e.constant(0), size, lanes(),
           [&](Value i) { e.storeVector(zero, sums, e.add(sumsAt, i)); });
    a.pack(e.constant(0), e.constant(0), from, to);
    rows = a.place(e.constant(0), e.constant(0), from, to);
    if (d.b.access.direction == Access::alongK) transposing();
    else streaming();
    e.when(
        isFirst, [] {},
        [&] {
          e.loop(e.constant(0), size, lanes(), [&](Value i) {
            Value added =
                e.plus(e.loadVector(sums, i, lanes()), e.loadVector(sums, e.add(size, i), lanes()));
            e.storeVector(added, sums, i);
          });
        });
  }
  /// Adds the products of steps k, k + 1, ..., whose vectors of columns are given, to the sums of
  /// all rows.
  void addColumns(Value k, ArrayRef<Value> columns, Value n) {
    e.loop(e.constant(0), at(d.m), 1, [&](Value m) {
      Value acc = e.loadVector(sums, sumAt(m, n), lanes());
      Value row = e.add(rows.at, e.add(e.mul(e.sub(k, from), d.a.width), m));
      for (auto [u, column] : llvm::enumerate(columns))
        acc = multiplyAdd(e, e.splat(e.load(rows.memref, e.add(row, u * d.a.width)), lanes()),
                          column, acc);
      e.storeVector(acc, sums, sumAt(m, n));
    });
  }

  /// B's rows side by side: some rows at a time over all columns.
  void streaming() {
    Value whole = e.sub(to, e.rem(e.sub(to, from), e.constant(kRowsAtOnce)));
    e.loop(from, whole, kRowsAtOnce, [&](Value k) { addRows(k, kRowsAtOnce); });
    e.loop(whole, to, 1, [&](Value k) { addRows(k, 1); });
  }
  void addRows(Value k, unsigned count) {
    Value end = e.sub(n1, e.rem(e.sub(n1, n0), e.constant(lanes())));
    e.loop(n0, end, lanes(), [&](Value n) { addPiece(k, count, n, {}); });
    e.when(e.less(end, n1),
           [&] { addPiece(k, count, end, e.firstLanes(e.sub(n1, end), lanes())); });
  }
  void addPiece(Value k, unsigned count, Value n, Value mask) {
    Reader::Index index = b.reader.along(b.start, d.b.access.p, n);
    SmallVector<Value> columns;
    for (unsigned u = 0; u < count; ++u)
      columns.push_back(b.reader.load(b.reader.along(index, d.b.access.k, e.add(k, u)),
                                      d.b.access.p, lanes(), mask));
    addColumns(k, columns, n);
  }

  /// B's columns side by side: a vector of columns at a time along all of k, transposed in
  /// registers.
  void transposing() {
    const unsigned group = columnsAtOnce(d.element);
    const bool direct = b.reader.direct();
    e.loop(n0, n1, lanes(), [&](Value n) {
      Value whole = e.sub(to, e.rem(e.sub(to, from), e.constant(lanes())));
      e.loop(from, whole, lanes(), [&](Value k) {
        if (!direct) copyRows(n, k, {});
        e.loop(e.constant(0), e.constant(lanes()), group, [&](Value j) {
          addColumns(e.add(k, j),
                     transposed(e, direct ? b.reader.memory() : block, rowPlaces(n, k, j, direct)),
                     n);
        });
      });
      // What is left is less than a block: its columns come back from scratch one by one.
      e.when(e.less(whole, to), [&] {
        copyRows(n, whole, e.firstLanes(e.sub(to, whole), lanes()));
        e.loop(whole, to, 1, [&](Value k) { addColumns(k, {columnOfBlock(e.sub(k, whole))}, n); });
      });
    });
  }
  /// Of column n + lane; beyond the last column, that one again.
  Reader::Index indexOf(Value n, Value lane, Value k) {
    Value column = e.min(e.add(n, lane), e.add(at(d.n), -1));
    return b.reader.along(b.reader.along(b.start, d.b.access.p, column), d.b.access.k, k);
  }
  SmallVector<Value> rowPlaces(Value n, Value k, Value j, bool direct) {
    SmallVector<Value> places;
    for (int64_t lane = 0; lane < lanes(); ++lane) {
      Value place = direct ? indexOf(n, e.constant(lane), k)[0] : e.constant(lane * lanes());
      places.push_back(e.add(place, j));
      if (!direct) continue;
      e.b.create<memref::PrefetchOp>(e.loc, b.reader.memory(), e.add(places.back(), 16 * lanes()),
                                     false, 3, true);
    }
    return places;
  }
  void copyRows(Value n, Value k, Value mask) {
    e.loop(e.constant(0), e.constant(lanes()), 1, [&](Value lane) {
      e.storeVector(b.reader.load(indexOf(n, lane, k), d.b.access.k, lanes(), mask), block,
                    e.mul(lane, lanes()));
    });
  }
  Value columnOfBlock(Value j) {
    VectorType type = e.vectorOf(d.element, lanes());
    Value offsets = e.b.create<arith::MulIOp>(e.loc, e.iota(lanes()),
                                              e.splat(e.toI32(e.constant(lanes())), lanes()));
    Value all = e.firstLanes(e.constant(lanes()), lanes());
    return e.b.create<vector::GatherOp>(e.loc, type, block, j, offsets, all, e.zero(type));
  }

  KernelBody& body;
  Emit& e;
  const Design& d;
  const Epilogue& epilogue;
  ValueRange params;
  Panels a, b;
  Arguments result;
  Value sums, block;
  // Of the task.
  Value n0, n1, from, to, sumsAt;
  Place rows;
};
}  // namespace

func::FuncOp emitFewRows(ModuleOp module, StringRef name, const Design& design,
                         const Epilogue& epilogue) {
  const ArgumentLayout layout(design, epilogue, /*own=*/0);
  KernelBody body(module, name, layout.buffers, layout.params);
  FewRows(body, design, epilogue, layout).emit();
  return body.function;
}
}  // namespace mlir::weft::contraction
