// What goes before and after the gradient of an input: the weight's panels, the sum of the chunks.
#include "codegen/contraction/input_grad.h"
#include "codegen/contraction/pack.h"

namespace mlir::weft::contraction {
namespace {
Type memrefOf(Type element) { return MemRefType::get({ShapedType::kDynamic}, element); }
}  // namespace

func::FuncOp emitGradPack(ModuleOp module, StringRef name, const Design& design) {
  const Operand& operand = design.a;
  const Source& source = *operand.source;
  SmallVector<Type> buffers(source.buffers);
  buffers.push_back(memrefOf(design.element));
  const size_t own = design.params.values.size();
  KernelBody body(module, name, buffers, own + source.params.size());
  Emit& e = body.e;
  Reader reader(e, operand.access, source, {body.buffers, body.params.drop_front(own)},
                body.params);
  auto param = [&](Param p) { return body.params[p]; };
  Value panels = param(design.aPanels), extent = param(design.m);
  Value chunks = e.div(e.add(param(design.k), e.add(param(design.chunk), -1)), param(design.chunk));
  e.loop(body.begin, body.end, 1, [&](Value task) {
    SmallVector<Value> n = numbers(e, {panels, chunks, param(design.spans), panels}, task);
    Value from = e.mul(n[1], param(design.chunk)),
          to = e.min(e.add(from, param(design.chunk)), param(design.k));
    Value k0 = e.min(e.add(from, e.mul(n[2], param(design.depth))), to),
          k1 = e.min(e.add(k0, param(design.depth)), to);
    Value at = sharedPanel(e, n[0], param(design.k), k0, k1, n[3], panels, operand.width);
    packPanel(e, reader, operand.access, reader.start(n[0]), e.mul(n[3], operand.width), extent, k0,
              k1, {operand.width, design.tile.lanes, body.buffers.back(), at}, body.scratch);
  });
  return body.function;
}

func::FuncOp emitGradCombine(ModuleOp module, StringRef name, const Design& design, Param splits,
                             const Epilogue& epilogue) {
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
                auto sum = e.b.create<scf::ForOp>(e.loc, e.constant(1), params[splits],
                                                  e.constant(1), part(at));
                OpBuilder::InsertionGuard guard(e.b);
                e.b.setInsertionPointToStart(sum.getBody());
                Value next = part(e.add(at, e.mul(sum.getInductionVar(), stride))),
                      acc = sum.getRegionIterArg(0);
                e.b.create<scf::YieldOp>(e.loc, e.plus(acc, next));
                return sum.getResult(0);
              });
  });
  return body.function;
}
}  // namespace mlir::weft::contraction
