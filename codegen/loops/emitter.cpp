#include "codegen/loops/emitter.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;

func::FuncOp createKernelFunction(ModuleOp module, StringRef name, const Nest& nest, bool parts,
                                  int parameters) {
  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  llvm::SmallVector<Type> types;
  auto buffer = [&](DType dtype) {
    Type element =
        dtype == DType::Bool ? b.getI8Type() : scalar::elementType(b.getContext(), dtype);
    types.push_back(MemRefType::get({ShapedType::kDynamic}, element));
  };
  for (DType d : nest.arguments) buffer(d);
  for (const NestOutput &o : nest.outputs) buffer(o.dtype);
  if (!nest.checks.empty()) buffer(DType::Byte);
  if (parts) buffer(DType::Byte);
  types.append(parameters + 2, b.getIndexType());
  types.push_back(MemRefType::get({ShapedType::kDynamic}, b.getI8Type()));
  auto function = b.create<func::FuncOp>(module.getLoc(), name, b.getFunctionType(types, {}));
  function.addEntryBlock();
  b.setInsertionPointToEnd(&function.getBody().front());
  b.create<func::ReturnOp>(module.getLoc());
  return function;
}

Emitter::Emitter(OpBuilder& builder, Location loc, const Nest& nest, const Numbers& numbers,
                 ValueRange buffers, ValueRange params, int laneDim, int lanes, bool fma)
    : b(builder),
      emission{&b, loc, fma},
      nest(nest),
      laneDim(laneDim),
      lanes(lanes),
      numbers_(numbers),
      buffers_(buffers),
      params_(params) {
  entry.knows.assign(nest.dims.size(), false);
}

void Emitter::at(Level &level) {
  if (level.before) b.setInsertionPoint(level.before);
  else b.setInsertionPointToEnd(level.block);
}

Value Emitter::constantIndex(int64_t value) {
  return b.create<arith::ConstantIndexOp>(loc(), value);
}
Value Emitter::number(const int64_t &field) {
  int slot = numbers_.slot(field);
  return slot < 0 ? constantIndex(field) : params_[slot];
}
Value Emitter::extra(int i) {
  return params_[numbers_.params.size() + i];
}

Value Emitter::dimIndex(int dim, Level &level) {
  for (Level *l = &level; l; l = l->parent) {
    auto found = l->indices.find(dim);
    if (found != l->indices.end()) return found->second;
  }
  throw RuleError("loops: a dim has no value here");
}

// The outermost level from here where the node's dims and stages are known.
Level &Emitter::home(int node, Level &level) {
  Level *best = &level;
  for (Level *inner = &level, *l = level.parent; l; inner = l, l = l->parent) {
    if (l == &entry && nest.stage(node) > 0) return *best;
    for (int d = 0; d < static_cast<int>(nest.dims.size()); ++d)
      if (!l->knows[d] && nest.dependsOn(node, d)) return *best;
    if (nest.foldsOf(node) & ~l->folds) return *best;
    if (!inner->conditional) best = l;
  }
  return *best;
}

Lane Emitter::get(int node, Level &level) {
  for (Level *l = &level; l; l = l->parent) {
    auto found = l->values.find(node);
    if (found != l->values.end()) return found->second;
  }
  Level &where = home(node, level);
  OpBuilder::InsertionGuard guard(b);
  at(where);
  Lane value = emit(node, where);
  where.values[node] = value;
  return value;
}

Lane Emitter::emit(int id, Level &level) {
  const NestNode &n = nest.nodes[id];
  switch (n.kind) {
    case NestNode::literal: return literal(n);
    case NestNode::load: return load(n, level);
    case NestNode::random: return random(n, level);
    case NestNode::fold: return fold(id, level);
    case NestNode::compute: {
      llvm::SmallVector<Lane, 3> operands;
      for (int o : n.operands) operands.push_back(get(o, level));
      at(level);
      return scalar::applyOp(n.op, n.dtype, operands);
    }
    case NestNode::position: {
      if (!alongLanes(n.index)) {
        Value i = indexAt(n.index, level);
        return {&emission, b.create<arith::IndexCastOp>(loc(), b.getI64Type(), i), DType::Long};
      }
      Value i = indexLanes(n.index, level);
      auto wide = VectorType::get({lanes}, b.getI64Type());
      if (i.getType() != wide) i = b.create<arith::ExtSIOp>(loc(), wide, i);
      return {&emission, i, DType::Long};
    }
    case NestNode::inside: {
      // 0 <= i < size, as one unsigned comparison.
      if (!alongLanes(n.index)) {
        Value i = indexAt(n.index, level), size = number(n.size);
        return {&emission, b.create<arith::CmpIOp>(loc(), arith::CmpIPredicate::ult, i, size),
                DType::Bool};
      }
      Value i = indexLanes(n.index, level), size = splatIndex(number(n.size));
      return {&emission, b.create<arith::CmpIOp>(loc(), arith::CmpIPredicate::ult, i, size),
              DType::Bool};
    }
    case NestNode::given:
    case NestNode::reduction: break;
  }
  throw RuleError("loops: a reduction is asked for before its row is done");
}

Lane Emitter::literal(const NestNode &n) {
  int slot = numbers_.slot(n.bits);
  if (slot < 0) return scalar::literalLane(emission, n.dtype, n.bits);
  Value bits = b.create<arith::IndexCastOp>(loc(), b.getI64Type(), params_[slot]);
  Lane x{&emission, b.create<arith::BitcastOp>(loc(), b.getF64Type(), bits), DType::Double};
  return scalar::castLane(x, n.dtype);
}

Lane Emitter::fromMemory(Value v, DType dtype) {
  if (dtype != DType::Bool) return {&emission, v, dtype};
  Lane byte{&emission, v, DType::Byte};
  return byte != scalar::constant(byte, 0);
}
Value Emitter::toMemory(const Lane &x) {
  return x.dtype == DType::Bool ? scalar::castLane(x, DType::Byte).v : x.v;
}

Lane Emitter::load(const NestNode &n, Level &level) {
  Lane mask = n.mask >= 0 ? get(n.mask, level) : Lane{};
  at(level);
  return loadAt(buffers_[n.argument], n.dtype, n.index, mask, level);
}

Lane Emitter::current(int output, Level &level) {
  const NestOutput &o = nest.outputs[output];
  at(level);
  return loadAt(this->output(output), o.dtype, o.index, {}, level);
}

Lane Emitter::loadAt(Value buffer, DType dtype, const Index& index, const Lane& mask,
                     Level& level) {
  Type element = cast<MemRefType>(buffer.getType()).getElementType();
  bool masked = mask.v && mask.vectorType();
  if (!masked && !alongLanes(index)) {
    Value i = indexAt(index, level);
    if (!mask.v) return fromMemory(b.create<memref::LoadOp>(loc(), buffer, i), dtype);
    i = b.create<arith::SelectOp>(loc(), mask.v, i, constantIndex(0));
    Lane x = fromMemory(b.create<memref::LoadOp>(loc(), buffer, i), dtype);
    return scalar::select(mask, x, scalar::literalLane(emission, dtype, 0));
  }
  auto type = VectorType::get({lanes}, element);
  Value all = level.mask;
  if (mask.v) {
    Value m = scalar::splatLike(
                  mask, {&emission, b.create<arith::ConstantOp>(loc(), b.getZeroAttr(type)), dtype})
                  .v;
    all = all ? b.create<arith::AndIOp>(loc(), all, m) : m;
  }
  const int64_t *factor = nullptr;
  if (!isAffine(index, factor)) factor = nullptr;
  if (factor && *factor == 1) {
    Value i = indexAt(index, level);
    if (!all) return fromMemory(b.create<vector::LoadOp>(loc(), type, buffer, i), dtype);
    Value zero = b.create<arith::ConstantOp>(loc(), b.getZeroAttr(type));
    return fromMemory(b.create<vector::MaskedLoadOp>(loc(), type, buffer, i, all, zero), dtype);
  }
  if (factor && isShortStep(*factor) && numbers_.slot(*factor) < 0)
    return fromMemory(loadEvery(*factor, type, buffer, indexAt(index, level), all), dtype);
  Value at = indexLanes(index, level),
        zero = b.create<arith::ConstantOp>(loc(), b.getZeroAttr(type));
  if (!all)
    all = b.create<arith::ConstantOp>(
        loc(), DenseElementsAttr::get(VectorType::get({lanes}, b.getI1Type()), true));
  Value got = b.create<vector::GatherOp>(loc(), type, buffer, constantIndex(0), at, all, zero);
  return fromMemory(got, dtype);
}

// Whole vectors of neighbours, of which every step-th element is picked: quicker than a gather.
// Nothing is read past the last element that is wanted.
Value Emitter::loadEvery(int64_t step, VectorType type, Value buffer, Value first, Value mask) {
  auto maskType = VectorType::get({lanes}, b.getI1Type());
  Value zero = b.create<arith::ConstantOp>(loc(), b.getZeroAttr(type)), picked;
  for (int64_t part = 0; part < step; ++part) {
    llvm::SmallVector<bool> wanted(lanes);
    llvm::SmallVector<int64_t> laneOf(lanes), pick(lanes, 0);
    for (int64_t i = 0; i < lanes; ++i) {
      int64_t place = part * lanes + i;
      wanted[i] = mask ? place % step == 0 : place <= (lanes - 1) * step;
      laneOf[i] = place / step;
      int64_t from = i * step / lanes;
      if (from == part) pick[i] = lanes + i * step % lanes;
      else if (from < part) pick[i] = part > 1 ? i : i * step;
    }
    Value at = b.create<arith::AddIOp>(loc(), first, constantIndex(part * lanes)), some, piece;
    if (!llvm::all_of(wanted, [](bool w) { return w; }))
      some = b.create<arith::ConstantOp>(
          loc(), DenseElementsAttr::get(maskType, llvm::ArrayRef<bool>(wanted)));
    if (mask)
      some = b.create<arith::AndIOp>(loc(), some,
                                     b.create<vector::ShuffleOp>(loc(), mask, mask, laneOf));
    if (some) piece = b.create<vector::MaskedLoadOp>(loc(), type, buffer, at, some, zero);
    else piece = b.create<vector::LoadOp>(loc(), type, buffer, at);
    picked = part ? b.create<vector::ShuffleOp>(loc(), picked, piece, pick).getResult() : piece;
  }
  return picked;
}

void Emitter::storeAll(Level &level) {
  for (const NestOutput &o : nest.outputs) get(o.node, level);
  for (size_t i = 0; i < nest.outputs.size(); ++i) store(static_cast<int>(i), level);
  for (size_t i = 0; i < nest.checks.size(); ++i) check(static_cast<int>(i), level);
}

void Emitter::store(int output, Level &level) {
  const NestOutput &o = nest.outputs[output];
  Value buffer = this->output(output);
  Lane x = get(o.node, level);
  OpBuilder::InsertionGuard guard(b);
  at(level);
  if (!alongLanes(o.index)) {
    // One element, however many lanes computed it.
    Value v = toMemory(x);
    if (x.vectorType()) v = b.create<vector::ExtractOp>(loc(), v, llvm::ArrayRef<int64_t>{0});
    b.create<memref::StoreOp>(loc(), v, buffer, indexAt(o.index, level));
    return;
  }
  auto type = VectorType::get({lanes}, b.getI1Type());
  Value all = level.mask;
  Lane like{&emission, b.create<arith::ConstantOp>(loc(), b.getZeroAttr(type)), DType::Bool};
  Value v = toMemory(scalar::splatLike(x, like));
  const int64_t *factor = nullptr;
  if (isAffine(o.index, factor) && *factor == 1) {
    Value i = indexAt(o.index, level);
    if (all) b.create<vector::MaskedStoreOp>(loc(), buffer, i, all, v);
    else b.create<vector::StoreOp>(loc(), v, buffer, i, llvm::is_contained(streamed, output));
    return;
  }
  if (!all) all = b.create<arith::ConstantOp>(loc(), DenseElementsAttr::get(type, true));
  b.create<vector::ScatterOp>(loc(), buffer, constantIndex(0), indexLanes(o.index, level), all, v);
}
}  // namespace mlir::weft
