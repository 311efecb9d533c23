#include "codegen/contraction/kernel.h"

#include "codegen/contraction/pack.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft::contraction {

KernelBody::KernelBody(ModuleOp module, StringRef name, ArrayRef<Type> bufferTypes, size_t count)
    : builder(module.getBodyRegion()), e{builder, module.getLoc()} {
  Type index = builder.getIndexType();
  SmallVector<Type> types(bufferTypes);
  types.append(count + 2, index);
  types.push_back(MemRefType::get({ShapedType::kDynamic}, builder.getI8Type()));
  builder.setInsertionPointToEnd(module.getBody());
  function = builder.create<func::FuncOp>(e.loc, name, builder.getFunctionType(types, {}));
  Block* body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  ValueRange arguments = body->getArguments();
  buffers = arguments.take_front(bufferTypes.size());
  params = arguments.slice(bufferTypes.size(), count);
  begin = arguments[types.size() - 3];
  end = arguments[types.size() - 2];
  scratch = arguments[types.size() - 1];
}
KernelBody::~KernelBody() { builder.create<func::ReturnOp>(e.loc); }

namespace {
/// The parameters of `source`, which stand behind the design's own, at `from`.
Arguments argumentsOf(const Source& source, ValueRange buffers, ValueRange params, size_t from) {
  return {buffers.take_front(source.buffers.size()), params.slice(from, source.params.size())};
}
Type memrefOf(Type element) { return MemRefType::get({ShapedType::kDynamic}, element); }

}  // namespace

ArgumentLayout::ArgumentLayout(const Design& design, const Epilogue& epilogue) {
  params = design.params.values.size();
  auto add = [&](const Operand& operand, size_t& buffer, size_t& param) {
    buffer = buffers.size();
    param = params;
    if (operand.shared) {
      buffers.push_back(memrefOf(design.element));
    } else {
      llvm::append_range(buffers, operand.source->buffers);
      params += operand.source->params.size();
    }
  };
  add(design.a, aBuffer, aParam);
  add(design.b, bBuffer, bParam);
  resultBuffer = buffers.size();
  resultParam = params;
  if (design.partial) {
    buffers.push_back(memrefOf(design.element));
  } else {
    llvm::append_range(buffers, epilogue.buffers);
    params += epilogue.params.size();
  }
}

Panels::Panels(KernelBody& body, const Design& design, const ArgumentLayout& layout, bool ofA)
    : reader(body.e, (ofA ? design.a : design.b).access, *(ofA ? design.a : design.b).source,
             (ofA ? design.a : design.b).shared
                 ? Arguments{}
                 : argumentsOf(*(ofA ? design.a : design.b).source, body.buffers.drop_front(ofA ? layout.aBuffer : layout.bBuffer),
                               body.params, ofA ? layout.aParam : layout.bParam),
             body.params),
      e(body.e), operand(ofA ? design.a : design.b), lanes(design.tile.lanes), allOfK(body.params[design.k]),
      panels(body.params[ofA ? design.aPanels : design.bPanels]), extent(body.params[ofA ? design.m : design.n]) {
  packScratch = e.view(body.scratch, body.params[design.packScratch], e.b.getI8Type());
  if (operand.shared) memref = body.buffers[ofA ? layout.aBuffer : layout.bBuffer];
  else memref = e.view(body.scratch, ofA ? e.constant(0) : body.params[design.bScratch], design.element);
}
void Panels::begin(Value batch) {
  this->batch = batch;
  if (!operand.shared) start = reader.start(batch);
}
void Panels::pack(Value panel, Value slot, Value k0, Value k1) {
  if (operand.shared) return;
  Panel to{operand.width, lanes, memref, scratchPlace(slot, k0, k1)};
  packPanel(e, reader, operand.access, start, e.mul(panel, operand.width), extent, k0, k1, to, packScratch);
}
Place Panels::place(Value panel, Value slot, Value k0, Value k1) {
  if (!operand.shared) return {memref, scratchPlace(slot, k0, k1)};
  return {memref, sharedPanel(e, batch, allOfK, k0, k1, panel, panels, operand.width)};
}

Value sharedPanel(Emit& e, Value batch, Value allOfK, Value k0, Value k1, Value panel, Value panels, unsigned width) {
  Value before = e.mul(e.add(e.mul(batch, allOfK), k0), panels);
  return e.mul(e.add(before, e.mul(panel, e.sub(k1, k0))), width);
}

void storePartial(Emit& e, const Design& design, ValueRange params, Value memref, Value chunk, Value batch, Value m, Value n,
                  Value values, Value mask) {
  Value row = e.add(e.mul(e.add(e.mul(chunk, params[design.batch]), batch), params[design.resultM]), m);
  e.storeVector(values, memref, e.add(e.mul(row, params[design.resultN]), n), mask);
}
void finishRow(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue, Arguments arguments, Value batch,
               Value m0, Value m1, Value n0, Value n1, llvm::function_ref<Value(Value, Value, Value)> value) {
  const unsigned lanes = design.tile.lanes;
  Value groups = params[design.groups];
  Value outer = e.mul(e.div(batch, groups), params[design.images]);
  Value firstRow = e.mul(e.rem(batch, groups), params[design.resultM]);
  SmallVector<Value> extents{params[design.images], params[design.positions]};
  runs(e, extents, n0, n1, [&](ArrayRef<Value> numbers, Value n, Value length) {
    Value image = e.add(outer, numbers[0]);
    e.loop(e.constant(0), length, lanes, [&](Value c) {
      Value mask = e.firstLanes(e.sub(length, c), lanes), column = e.add(n, c), position = e.add(numbers[1], c);
      e.loop(m0, m1, 1, [&](Value m) {
        SmallVector<Value> index{image, e.add(firstRow, m), position};
        epilogue.store(e.b, e.loc, arguments, index, value(m, column, mask), mask);
      });
    });
  });
}

void finishSums(Emit& e, const Design& design, ValueRange params, const Epilogue& epilogue, Arguments result, Value chunk,
                Value batch, Place sums, Value stride, Value row0, Value row1, Value column0, Value column1) {
  const unsigned lanes = design.tile.lanes;
  auto held = [&](Value m, Value n, Value mask) -> Value {
    Value row = design.swapped ? n : m, column = design.swapped ? m : n;
    Value at = e.add(sums.at, e.add(e.mul(e.sub(row, row0), stride), e.sub(column, column0)));
    if (!design.swapped) return e.loadVector(sums.memref, at, lanes);
    VectorType type = e.vectorOf(design.element, lanes);
    Value offsets = e.b.create<arith::MulIOp>(e.loc, e.iota(lanes), e.splat(e.toI32(stride), lanes));
    return e.b.create<vector::GatherOp>(e.loc, type, sums.memref, at, offsets, mask, e.zero(type));
  };
  Value m0 = row0, m1 = row1, n0 = column0, n1 = column1;
  if (design.swapped) {
    std::swap(m0, n0);
    std::swap(m1, n1);
  }
  if (!design.partial) return finishRow(e, design, params, epilogue, result, batch, m0, m1, n0, n1, held);
  e.loop(n0, n1, lanes, [&](Value n) {
    Value mask = e.firstLanes(e.sub(n1, n), lanes);
    e.loop(m0, m1, 1, [&](Value m) {
      storePartial(e, design, params, result.buffers.front(), chunk, batch, m, n, held(m, n, mask), mask);
    });
  });
}

func::FuncOp emitPack(ModuleOp module, StringRef name, const Design& design, bool ofA) {
  const Operand& operand = ofA ? design.a : design.b;
  const Source& source = *operand.source;
  SmallVector<Type> buffers(source.buffers);
  buffers.push_back(memrefOf(design.element));
  const size_t own = design.params.values.size();
  KernelBody body(module, name, buffers, own + source.params.size());
  Emit& e = body.e;
  Reader reader(e, operand.access, source, argumentsOf(source, body.buffers, body.params, own), body.params);
  auto param = [&](Param p) { return body.params[p]; };
  Value panels = param(ofA ? design.aPanels : design.bPanels), extent = param(ofA ? design.m : design.n);
  Value chunks = e.div(e.add(param(design.k), e.add(param(design.chunk), -1)), param(design.chunk));
  e.loop(body.begin, body.end, 1, [&](Value task) {
    SmallVector<Value> n = numbers(e, {panels, chunks, param(design.blocks), panels}, task);
    Value from = e.mul(n[1], param(design.chunk)), to = e.min(e.add(from, param(design.chunk)), param(design.k));
    Value k0 = e.min(e.add(from, e.mul(n[2], param(design.depth))), to), k1 = e.min(e.add(k0, param(design.depth)), to);
    Value at = sharedPanel(e, n[0], param(design.k), k0, k1, n[3], panels, operand.width);
    packPanel(e, reader, operand.access, reader.start(n[0]), e.mul(n[3], operand.width), extent, k0, k1,
              {operand.width, design.tile.lanes, body.buffers.back(), at}, body.scratch);
  });
  return body.function;
}

func::FuncOp emitCompute(ModuleOp module, StringRef name, const Design& design, const Epilogue& epilogue) {
  const ArgumentLayout layout(design, epilogue);
  KernelBody body(module, name, layout.buffers, layout.params);
  Emit& e = body.e;
  ValueRange params = body.params;
  auto param = [&](Param p) { return params[p]; };
  const Tile& tile = design.tile;
  Panels a(body, design, layout, true), b(body, design, layout, false);
  Value tiles = e.view(body.scratch, param(design.tileScratch), design.element);
  Arguments result{body.buffers.drop_front(layout.resultBuffer), params.drop_front(layout.resultParam)};

  e.loop(body.begin, body.end, 1, [&](Value task) {
    SmallVector<Value> numbered = numbers(
        e, {param(design.batch), param(design.batch), param(design.rowBlocks), param(design.columnBlocks)}, task);
    Value chunk = numbered[0], batch = numbered[1];
    Value m0 = e.mul(numbered[2], param(design.rows)), m1 = e.min(e.add(m0, param(design.rows)), param(design.m));
    Value n0 = e.mul(numbered[3], param(design.columns)), n1 = e.min(e.add(n0, param(design.columns)), param(design.n));
    Value from = e.mul(chunk, param(design.chunk)), to = e.min(e.add(from, param(design.chunk)), param(design.k));
    Value rowTiles = e.div(e.add(e.sub(m1, m0), tile.rows - 1), e.constant(tile.rows));
    Value columnTiles = e.div(e.add(e.sub(n1, n0), tile.columns() - 1), e.constant(tile.columns()));
    Value rowPanel = e.div(m0, e.constant(tile.rows)), columnPanel = e.div(n0, e.constant(tile.columns()));
    a.begin(batch);
    b.begin(batch);
    // A sum over nothing is one block too: it stores zeros.
    e.loop(from, e.max(to, e.add(from, 1)), param(design.depth), [&](Value k0) {
      Value k1 = e.min(e.add(k0, param(design.depth)), to);
      Value first = e.equal(k0, from), last = e.less(e.add(to, -1), e.add(k0, param(design.depth)));
      if (!design.a.shared)
        e.loop(e.constant(0), rowTiles, 1, [&](Value i) { a.pack(e.add(rowPanel, i), i, k0, k1); });
      e.loop(e.constant(0), columnTiles, 1, [&](Value j) {
        b.pack(e.add(columnPanel, j), e.constant(0), k0, k1);
        Place columns = b.place(e.add(columnPanel, j), e.constant(0), k0, k1);
        e.loop(e.constant(0), rowTiles, 1, [&](Value i) {
          Place rows = a.place(e.add(rowPanel, i), i, k0, k1);
          Value slot = e.mul(e.add(e.mul(j, rowTiles), i), param(design.tileStride));
          Accumulators acc{tiles, slot, e.constant(tile.columns()), {}};
          Prefetch next;
          if (design.b.shared && !getenv("NOPF")) {
            // The tiles of this panel bring the next one nearer, each its share.
            Value step = e.div(e.add(rowTiles, tile.columns() - 1), rowTiles);
            Value at = e.add(columns.at, e.mul(e.sub(k1, k0), tile.columns()));
            next = {columns.memref, e.add(at, e.mul(e.mul(i, e.sub(k1, k0)), step)), step};
          }
          multiply(e, tile, rows, columns, e.sub(k1, k0), first, acc, next);
          e.when(last, [&] {
            Value row = e.add(m0, e.mul(i, tile.rows)), column = e.add(n0, e.mul(j, tile.columns()));
            Value rowEnd = e.min(e.add(row, tile.rows), m1), columnEnd = e.min(e.add(column, tile.columns()), n1);
            finishSums(e, design, params, epilogue, result, chunk, batch, {tiles, acc.at}, acc.stride, row, rowEnd, column,
                       columnEnd);
          });
        });
      });
    });
  });
  return body.function;
}

func::FuncOp emitCombine(ModuleOp module, StringRef name, const Design& design, Param splits, const Epilogue& epilogue) {
  SmallVector<Type> buffers{memrefOf(design.element)};
  llvm::append_range(buffers, epilogue.buffers);
  const size_t own = design.params.values.size();
  KernelBody body(module, name, buffers, own + epilogue.params.size());
  Emit& e = body.e;
  ValueRange params = body.params;
  Arguments arguments{body.buffers.drop_front(), params.drop_front(own)};
  Value partials = body.buffers[0], m = params[design.resultM], n = params[design.resultN];
  VectorType type = e.vectorOf(design.element, design.tile.lanes);
  Value stride = e.mul(e.mul(params[design.batch], m), n);
  e.loop(body.begin, body.end, 1, [&](Value task) {
    Value batch = e.div(task, m), row = e.rem(task, m), base = e.mul(task, n);
    finishRow(e, design, params, epilogue, arguments, batch, row, e.add(row, 1), e.constant(0), n,
              [&](Value, Value column, Value mask) {
                Value at = e.add(base, column), zero = e.zero(type);
                auto part = [&](Value at) -> Value {
                  return e.b.create<vector::MaskedLoadOp>(e.loc, type, partials, at, mask, zero);
                };
                auto sum = e.b.create<scf::ForOp>(e.loc, e.constant(1), params[splits], e.constant(1), part(at));
                OpBuilder::InsertionGuard guard(e.b);
                e.b.setInsertionPointToStart(sum.getBody());
                Value next = part(e.add(at, e.mul(sum.getInductionVar(), stride))), acc = sum.getRegionIterArg(0);
                Value added = isa<FloatType>(design.element) ? Value(e.b.create<arith::AddFOp>(e.loc, acc, next))
                                                             : Value(e.b.create<arith::AddIOp>(e.loc, acc, next));
                e.b.create<scf::YieldOp>(e.loc, added);
                return sum.getResult(0);
              });
  });
  return body.function;
}
}  // namespace mlir::weft::contraction
