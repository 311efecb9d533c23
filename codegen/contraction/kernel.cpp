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
Type memrefOf(Type element) { return MemRefType::get({ShapedType::kDynamic}, element); }
}  // namespace

ArgumentLayout::ArgumentLayout(const Design& design, const Epilogue& epilogue, unsigned own) {
  aParam = design.params.values.size();
  bParam = aParam + design.a.source->params.size();
  resultParam = bParam + design.b.source->params.size();
  params = resultParam + epilogue.params.size();
  buffers = design.a.source->buffers;
  bBuffer = buffers.size();
  llvm::append_range(buffers, design.b.source->buffers);
  ownBuffer = buffers.size();
  buffers.append(own, memrefOf(design.element));
  resultBuffer = buffers.size();
  llvm::append_range(buffers, epilogue.buffers);
}

Panels::Panels(KernelBody& body, const Design& design, const ArgumentLayout& layout, bool ofA,
               Value sharedBuffer, Value shared)
    : reader(body.e, (ofA ? design.a : design.b).access, *(ofA ? design.a : design.b).source,
             {body.buffers.drop_front(ofA ? 0 : layout.bBuffer),
              body.params.drop_front(ofA ? layout.aParam : layout.bParam)},
             body.params),
      e(body.e),
      operand(ofA ? design.a : design.b),
      lanes(design.tile.lanes),
      allOfK(body.params[design.k]),
      panels(body.params[ofA ? design.aPanels : design.bPanels]),
      extent(body.params[ofA ? design.m : design.n]),
      shared(shared) {
  packScratch = e.view(body.scratch, body.params[design.packScratch], e.b.getI8Type());
  memref = e.view(body.scratch, ofA ? e.constant(0) : body.params[design.bScratch], design.element);
  if (shared) memref = e.select(shared, sharedBuffer, memref);
}
void Panels::begin(Value batch) {
  this->batch = batch;
  start = reader.start(batch);
}
void Panels::pack(Value panel, Value slot, Value k0, Value k1) {
  Panel to{operand.width, lanes, memref, place(panel, slot, k0, k1).at};
  packPanel(e, reader, operand.access, start, e.mul(panel, operand.width), extent, k0, k1, to,
            packScratch);
}
Place Panels::place(Value panel, Value slot, Value k0, Value k1) {
  Value at = e.mul(slot, e.mul(e.sub(k1, k0), operand.width));
  if (shared)
    at = e.select(shared, sharedPanel(e, batch, allOfK, k0, k1, panel, panels, operand.width), at);
  return {memref, at};
}

Value sharedPanel(Emit& e, Value batch, Value allOfK, Value k0, Value k1, Value panel, Value panels,
                  unsigned width) {
  Value before = e.mul(e.add(e.mul(batch, allOfK), k0), panels);
  return e.mul(e.add(before, e.mul(panel, e.sub(k1, k0))), width);
}
}  // namespace mlir::weft::contraction
