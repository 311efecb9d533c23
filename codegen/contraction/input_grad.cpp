#include "codegen/contraction/input_grad.h"

#include "codegen/contraction/pack.h"

namespace mlir::weft::contraction {
namespace {

class InputGrad {
 public:
  InputGrad(KernelBody& body, const GradDesign& g, const Epilogue& epilogue)
      : body(body),
        e(body.e),
        g(g),
        d(g.design),
        epilogue(epilogue),
        params(body.params),
        reader(e, d.b.access, *d.b.source,
               {body.buffers.slice(1, d.b.source->buffers.size()),
                params.slice(d.params.values.size(), d.b.source->params.size())},
               params) {
    const size_t own = d.params.values.size(), ofDy = d.b.source->buffers.size();
    forEpilogue = {body.buffers.drop_front(1 + ofDy),
                   params.drop_front(own + d.b.source->params.size())};
    accumulators = e.view(body.scratch, e.constant(0), d.element);
    dy = e.view(body.scratch, at(g.dyScratch), d.element);
    block = e.view(body.scratch, at(g.blockScratch), d.element);
    table = e.view(body.scratch, at(g.tableScratch), e.b.getI32Type());
    for (const GradDim& dim : ArrayRef(g.dims).drop_front().drop_back()) {
      middleOut.push_back(at(dim.outParam));
      middleIn.push_back(at(dim.inParam));
    }
    for (const GradDim& dim : g.dims) window.push_back(at(dim.windowParam));
  }

  void emit() {
    if (!g.plain) makeTable();
    e.loop(body.begin, body.end, 1, [&](Value number) {
      begin(number);
      clear();
      packOutputs();
      e.loop(e.div(from, at(g.outputs)), e.div(e.add(to, e.add(at(g.outputs), -1)), at(g.outputs)),
             1, [&](Value tap) { addTap(tap); });
      finish();
    });
  }

 private:
  Value at(Param p) { return params[p]; }
  unsigned lanes() const { return d.tile.lanes; }
  const GradDim& last() const { return g.dims.back(); }
  Value ceilDiv(Value x, int64_t y) { return e.div(e.add(x, y - 1), e.constant(y)); }

  /// Where the elements of a row of inputs lie.
  void makeTable() {
    e.loop(e.constant(0), at(last().inParam), 1, [&](Value i) {
      e.store(e.toI32(place(last(), e.add(i, at(last().paddingParam)))), table, i);
    });
  }
  /// Of a padded position of a dimension.
  Value place(const GradDim& dim, Value padded) {
    Value stride = at(dim.strideParam);
    return e.add(e.mul(e.rem(padded, stride), at(dim.phaseParam)),
                 e.mul(e.div(padded, stride), at(dim.placeParam)));
  }

  void begin(Value number) {
    SmallVector<Value> n = numbers(
        e, {at(d.chunk), at(g.imageBlocks), at(d.groups), at(g.quotientBlocks), at(d.rowBlocks)},
        number);
    chunk = n[0];
    group = n[2];
    image0 = e.mul(n[1], at(g.interleave));
    images = e.min(e.sub(at(g.imageCount), image0), at(g.interleave));
    q0 = e.mul(n[3], at(g.quotients));
    q1 = e.min(e.add(q0, at(g.quotients)), at(g.allQuotients));
    m0 = e.mul(n[4], at(d.rows));
    m1 = e.min(e.add(m0, at(d.rows)), at(d.m));
    from = e.mul(chunk, at(d.chunk));
    to = e.min(e.add(from, at(d.chunk)), at(d.k));
    firstOut = e.max(e.sub(q0, at(g.reach)), e.constant(0));
    endOut = e.min(q1, at(g.dims[0].outParam));
  }

  void clear() {
    Value zero = e.zero(e.vectorOf(d.element, lanes()));
    Value rows = e.mul(ceilDiv(e.sub(m1, m0), d.tile.rows), d.tile.rows);
    e.loop(e.constant(0), e.mul(rows, at(g.plane)), lanes(),
           [&](Value i) { e.storeVector(zero, accumulators, i); });
  }

  /// The element of the packed dy where panel 0 of an output row begins.
  Value packedRow(Value out, Value middle) {
    Value row = e.add(e.mul(e.sub(out, firstOut), at(g.middle)), middle);
    return e.mul(e.mul(e.mul(row, at(g.rowPanels)), at(g.outputs)), d.tile.columns());
  }

  void packOutputs() {
    Value panelLanes = e.mul(at(g.rowPanels), d.tile.columns()),
          width = e.constant(d.tile.columns());
    Value panelSize = e.mul(at(g.outputs), width);
    eachRow(firstOut, endOut, [&](Value out, Value middle, ArrayRef<Value> middles) {
      Value row = packedRow(out, middle);
      SmallVector<Value> position{out};
      llvm::append_range(position, middles);
      position.push_back(e.constant(0));
      e.loop(e.constant(0), at(last().outParam), lanes(), [&](Value c) {
        Value mask = e.firstLanes(e.sub(at(last().outParam), c), lanes());
        e.loop(e.constant(0), at(g.outputs), 1, [&](Value output) {
          e.loop(e.constant(0), at(g.interleave), 1, [&](Value i) {
            Value image = e.min(e.add(image0, i), e.add(at(g.imageCount), -1));
            Reader::Index index = reader.moved(reader.origin(), d.b.access.batch, {image, group});
            index = reader.moved(reader.moved(index, d.b.access.p, position), d.b.access.k, output);
            index = reader.along(index, d.b.access.p, c);
            e.storeVector(reader.load(index, d.b.access.p, lanes(), mask), block,
                          e.mul(i, lanes()));
          });
          Value lane0 = e.mul(c, at(g.interleave));
          e.loop(e.constant(0), at(g.interleave), 1, [&](Value t) {
            Value lane = e.add(lane0, e.mul(t, lanes()));
            e.when(e.less(lane, panelLanes), [&] {
              Value to = e.add(e.mul(e.div(lane, width), panelSize),
                               e.add(e.mul(output, width), e.rem(lane, width)));
              e.storeVector(interleaved(t), dy, e.add(row, to));
            });
          });
        });
      });
    });
  }

  /// Vector `t` of a block [image][lanes], read across.
  Value interleaved(Value t) {
    if (g.plain) return e.loadVector(block, e.constant(0), lanes());
    auto splat = [&](Value v) { return e.splat(e.toI32(v), lanes()); };
    Value lane = e.b.create<arith::AddIOp>(e.loc, e.iota(lanes()), splat(e.mul(t, lanes())));
    Value out = e.b.create<arith::ShRUIOp>(e.loc, lane, splat(at(g.shift)));
    Value image = e.b.create<arith::AndIOp>(e.loc, lane, splat(e.add(at(g.interleave), -1)));
    Value offset = e.b.create<arith::AddIOp>(
        e.loc, out, e.b.create<arith::MulIOp>(e.loc, image, splat(e.constant(lanes()))));
    return gather(block, e.constant(0), offset, {});
  }
  Value gather(Value memref, Value from, Value offsets, Value mask) {
    VectorType type = e.vectorOf(d.element, lanes());
    if (!mask)
      mask = e.b.create<arith::ConstantOp>(
          e.loc, DenseElementsAttr::get(e.vectorOf(e.b.getI1Type(), lanes()), true));
    return e.b.create<vector::GatherOp>(e.loc, type, memref, from, offsets, mask, e.zero(type));
  }

  /// Output rows [from, to) of the first dim, and all of the middle ones.
  void eachRow(Value from, Value to, llvm::function_ref<void(Value, Value, ArrayRef<Value>)> row) {
    e.loop(from, to, 1, [&](Value out) {
      if (middleOut.empty()) return row(out, e.constant(0), {});
      e.loop(e.constant(0), at(g.middle), 1,
             [&](Value middle) { row(out, middle, numbers(e, middleOut, middle)); });
    });
  }

  void addTap(Value tap) {
    SmallVector<Value> number = numbers(e, window, tap);
    Value base = e.constant(0), shift0;
    for (auto [dim, n] : llvm::zip(g.dims, number)) {
      Value reached = e.mul(n, at(dim.dilationParam));
      if (!shift0) shift0 = e.div(reached, at(dim.strideParam));
      base = e.add(base, place(dim, reached));
    }
    base = e.sub(base, e.mul(q0, at(g.dims[0].placeParam)));
    Value tapStart = e.mul(tap, at(g.outputs));
    Value o0 = e.max(e.sub(from, tapStart), e.constant(0)),
          o1 = e.min(e.sub(to, tapStart), at(g.outputs));
    Value begin = e.max(e.sub(q0, shift0), e.constant(0)),
          end = e.min(e.sub(q1, shift0), at(g.dims[0].outParam));
    Value rowTiles = ceilDiv(e.sub(m1, m0), d.tile.rows),
          firstPanel = e.div(m0, e.constant(d.tile.rows));
    Value weights = e.add(e.mul(group, at(d.aPanels)), firstPanel);
    e.loop(o0, o1, at(g.depth), [&](Value o) {
      Value count = e.min(e.sub(o1, o), at(g.depth));
      // The weight's panel stays in the first cache while dy, packed by this task, comes from the
      // second.
      e.loop(e.constant(0), rowTiles, 1, [&](Value i) {
        Value a = e.mul(e.add(e.mul(e.add(weights, i), at(d.k)), e.add(tapStart, o)), d.tile.rows);
        Value tile = e.add(base, e.mul(e.mul(i, d.tile.rows), at(g.plane)));
        eachRow(begin, end, [&](Value out, Value middle, ArrayRef<Value> middles) {
          Value row = e.add(tile, e.mul(out, at(g.dims[0].placeParam)));
          for (auto [j, n] : llvm::enumerate(middles))
            row = e.add(row, e.mul(n, at(g.dims[j + 1].placeParam)));
          Value packed = packedRow(out, middle);
          e.loop(e.constant(0), at(g.rowPanels), 1, [&](Value panel) {
            Value lane = e.mul(panel, d.tile.columns());
            Value columns =
                e.add(packed, e.mul(e.add(e.mul(panel, at(g.outputs)), o), d.tile.columns()));
            Accumulators held{accumulators, e.add(row, lane), at(g.plane),
                              e.sub(at(g.rowLanes), lane)};
            multiply(e, d.tile, {d.tile.rows, d.tile.columns()}, {body.buffers[0], a},
                     {dy, columns}, count, {}, held);
          });
        });
      });
    });
  }

  /// Rows of inputs whose q of the first dim are this task's.
  void finish() {
    const GradDim& first = g.dims.front();
    Value padding = at(first.paddingParam), stride = at(first.strideParam);
    Value begin = e.max(e.sub(e.mul(q0, stride), padding), e.constant(0));
    Value end = e.min(e.sub(e.mul(q1, stride), padding), at(first.inParam));
    e.loop(begin, end, 1, [&](Value in) {
      Value base = e.sub(place(first, e.add(in, padding)), e.mul(q0, at(first.placeParam)));
      if (middleIn.empty()) return finishRows(in, base);
      e.loop(e.constant(0), at(g.middleIn), 1, [&](Value middle) {
        Value row = base;
        for (auto [i, n] : llvm::enumerate(numbers(e, middleIn, middle)))
          row = e.add(row, place(g.dims[i + 1], e.add(n, at(g.dims[i + 1].paddingParam))));
        finishRows(e.add(e.mul(in, at(g.middleIn)), middle), row);
      });
    });
  }
  void finishRows(Value inputRow, Value base) {
    Value width = at(last().inParam), firstRow = e.mul(group, at(d.m));
    e.loop(e.constant(0), width, lanes(), [&](Value c) {
      Value mask = e.firstLanes(e.sub(width, c), lanes()),
            position = e.add(e.mul(inputRow, width), c);
      Value offsets = g.plain ? Value() : e.loadVector(table, c, lanes());
      e.loop(e.constant(0), images, 1, [&](Value i) {
        Value image = e.add(image0, i);
        e.loop(m0, m1, 1, [&](Value m) {
          Value from = e.add(e.add(base, e.mul(e.sub(m, m0), at(g.plane))), i);
          Value values = g.plain
                             ? e.loadVector(accumulators,
                                            e.add(from, e.add(c, at(last().paddingParam))), lanes())
                             : gather(accumulators, from, offsets, mask);
          if (g.partial) {
            Value batch = e.add(e.mul(image, at(d.groups)), group);
            Value row = e.add(e.mul(e.add(e.mul(chunk, at(d.batch)), batch), at(d.m)), m);
            e.storeVector(values, forEpilogue.buffers.front(), e.add(e.mul(row, at(d.n)), position),
                          mask);
          } else {
            epilogue.store(e.b, e.loc, forEpilogue, {image, e.add(firstRow, m), position}, values,
                           mask);
          }
        });
      });
    });
  }

  KernelBody& body;
  Emit& e;
  const GradDesign& g;
  const Design& d;
  const Epilogue& epilogue;
  ValueRange params;
  Arguments forEpilogue;
  Reader reader;
  Value accumulators, dy, block, table;
  SmallVector<Value> middleOut, middleIn, window;
  // Of the task.
  Value chunk, group, image0, images, q0, q1, m0, m1, from, to, firstOut, endOut;
};
}  // namespace

func::FuncOp emitInputGrad(ModuleOp module, StringRef name, const GradDesign& design,
                           const Epilogue& epilogue) {
  const Design& d = design.design;
  Type memref = MemRefType::get({ShapedType::kDynamic}, d.element);
  SmallVector<Type> buffers{memref};
  llvm::append_range(buffers, d.b.source->buffers);
  size_t params = d.params.values.size() + d.b.source->params.size();
  if (design.partial) {
    buffers.push_back(memref);
  } else {
    llvm::append_range(buffers, epilogue.buffers);
    params += epilogue.params.size();
  }
  KernelBody body(module, name, buffers, params);
  InputGrad(body, design, epilogue).emit();
  return body.function;
}
}  // namespace mlir::weft::contraction
