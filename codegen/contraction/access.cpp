#include "codegen/contraction/access.h"

#include "llvm/ADT/STLExtras.h"

namespace mlir::weft::contraction {

std::string keyOf(ArrayRef<Extent> extents) {
  std::string key = "(";
  for (const Extent& extent : extents) {
    for (const Move& move : extent.moves) key += std::to_string(move.dim) + ".";
    key += ",";
  }
  return key + ")";
}

std::string Access::key() const {
  std::string key;
  for (const SourceDim& dim : dims) key += dim.guarded ? 'g' : 'f';
  return key + keyOf(batch) + keyOf(p) + keyOf(k) + (direction == alongP ? "p" : "k") +
         (unit          ? "u"
          : everySecond ? "2"
                        : "s") +
         std::to_string(unitDim) + "r" + std::to_string(rowDim);
}

SmallVector<Value> numbers(Emit& e, ArrayRef<Value> extents, Value position) {
  SmallVector<Value> result(extents.size());
  for (size_t i = extents.size(); i-- > 1; position = e.div(position, extents[i]))
    result[i] = e.rem(position, extents[i]);
  if (!extents.empty()) result[0] = position;
  return result;
}

void runs(Emit& e, ArrayRef<Value> extents, Value from, Value to,
          llvm::function_ref<void(ArrayRef<Value>, Value, Value)> body) {
  if (extents.size() <= 1)
    return body(extents.empty() ? SmallVector<Value>() : SmallVector<Value>{from}, from,
                e.sub(to, from));
  SmallVector<Value> start{from};
  llvm::append_range(start, numbers(e, extents, from));
  SmallVector<Type> types(start.size(), e.b.getIndexType());
  auto loop = e.b.create<scf::WhileOp>(e.loc, types, start);
  SmallVector<Location> locations(start.size(), e.loc);
  OpBuilder::InsertionGuard guard(e.b);
  Block* before = e.b.createBlock(&loop.getBefore(), {}, types, locations);
  e.b.create<scf::ConditionOp>(e.loc, e.less(before->getArgument(0), to), before->getArguments());
  Block* after = e.b.createBlock(&loop.getAfter(), {}, types, locations);
  Value position = after->getArgument(0);
  SmallVector<Value> at(after->getArguments().drop_front());
  Value length = e.min(e.sub(extents.back(), at.back()), e.sub(to, position));
  body(at, position, length);
  // The next run begins at the next number of the extent before the last, and so on to the left.
  SmallVector<Value> next(start.size());
  next[0] = e.add(position, length);
  Value zero = e.constant(0), carry = e.constant(1);
  next.back() = zero;
  for (size_t i = at.size() - 1; i-- > 0;) {
    Value moved = e.add(at[i], carry);
    Value over = i ? e.equal(moved, extents[i]) : Value();
    next[i + 1] = over ? e.select(over, zero, moved) : moved;
    carry = over ? e.select(over, e.constant(1), zero) : carry;
  }
  e.b.create<scf::YieldOp>(e.loc, next);
}

SmallVector<Value> Reader::numbers(ArrayRef<Extent> extents, Value position) {
  SmallVector<Value> counts;
  for (const Extent& extent : extents) counts.push_back(params[extent.count]);
  return contraction::numbers(e, counts, position);
}
void Reader::runs(ArrayRef<Extent> extents, Value from, Value to,
                  llvm::function_ref<void(ArrayRef<Value>, Value, Value)> body) {
  SmallVector<Value> counts;
  for (const Extent& extent : extents) counts.push_back(params[extent.count]);
  contraction::runs(e, counts, from, to, body);
}

Reader::Index Reader::moved(Index index, ArrayRef<Extent> extents, ArrayRef<Value> numbers) {
  for (auto [extent, number] : llvm::zip(extents, numbers))
    for (const Move& move : extent.moves)
      index[move.dim] = e.add(index[move.dim], e.mul(number, params[move.step]));
  return index;
}
Reader::Index Reader::along(Index index, ArrayRef<Extent> extents, Value number) {
  return extents.empty() ? index : moved(index, extents.back(), number);
}
Value Reader::rowStep() {
  if (access.rowDim >= 0 && !access.k.empty())
    for (const Move& move : access.k.back().moves)
      if (int(move.dim) == access.rowDim) return params[move.step];
  return e.constant(1);
}
Reader::Index Reader::origin() {
  Index index;
  for (const SourceDim& dim : access.dims) index.push_back(params[dim.offset]);
  return index;
}
Reader::Index Reader::start(Value batch) {
  return moved(origin(), access.batch, numbers(access.batch, batch));
}

/// The lanes of `mask` (null: all) that lie within the source; null when that is all.
Value Reader::guard(const Index& index, const Extent& extent, unsigned lanes, Value mask) {
  Value inside;  // of what is the same for all lanes
  for (auto [d, dim] : llvm::enumerate(access.dims)) {
    if (!dim.guarded) continue;
    auto move = llvm::find_if(extent.moves, [&, d = d](const Move& m) { return m.dim == d; });
    if (move == extent.moves.end()) {
      inside = e.both(inside, e.within(index[d], params[dim.limit]));
      continue;
    }
    Value at = e.b.create<arith::MulIOp>(e.loc, e.iota(lanes),
                                         e.splat(e.toI32(params[move->step]), lanes));
    at = e.b.create<arith::AddIOp>(e.loc, at, e.splat(e.toI32(index[d]), lanes));
    Value limit = e.splat(e.toI32(params[dim.limit]), lanes);
    mask = e.both(mask, e.b.create<arith::CmpIOp>(e.loc, arith::CmpIPredicate::ult, at, limit));
  }
  return inside ? e.both(mask, e.splat(inside, lanes)) : mask;
}

/// The same place where guards let it be; else one that may be read, for what loads one element for
/// all lanes does not look at their mask.
Reader::Index Reader::readable(Index index, const Extent& extent) {
  for (auto [d, dim] : llvm::enumerate(access.dims)) {
    const bool lanesMove =
        llvm::any_of(extent.moves, [&, d = d](const Move& m) { return m.dim == d; });
    if (!dim.guarded || lanesMove) continue;
    index[d] = e.select(e.within(index[d], params[dim.limit]), index[d], e.constant(0));
  }
  return index;
}

Value Reader::load(const Index& index, ArrayRef<Extent> extents, unsigned count, Value mask) {
  static const Extent still{};
  const Extent& extent = extents.empty() ? still : extents.back();
  mask = guard(index, extent, count, mask);
  Lanes lanes;
  lanes.count = count;
  lanes.mask = mask;
  // Vectors lie along the first dimension that the extent moves; others are for guards and rows.
  if (!extent.moves.empty()) {
    lanes.dim = extent.moves.front().dim;
    lanes.step = params[extent.moves.front().step];
  }
  if (access.unit) lanes.step = {};
  if (!source.strides.empty()) return loadStrided(index[0], lanes);
  Value value = source.load(e.b, e.loc, arguments, readable(index, extent), lanes);
  return mask ? e.select(mask, value, e.zero(value.getType())) : value;
}

Value Reader::loadStrided(Value at, const Lanes& lanes) {
  Value memref = arguments.buffers.front(), mask = lanes.mask;
  VectorType type = e.vectorOf(cast<MemRefType>(memref.getType()).getElementType(), lanes.count);
  if (!lanes.step && !mask) return e.loadVector(memref, at, lanes.count);
  if (!mask)
    mask = e.b.create<arith::ConstantOp>(
        e.loc, DenseElementsAttr::get(e.vectorOf(e.b.getI1Type(), lanes.count), true));
  if (!lanes.step)
    return e.b.create<vector::MaskedLoadOp>(e.loc, type, memref, at, mask, e.zero(type));
  if (access.everySecond) return loadEverySecond(at, lanes.count, mask);
  Value offsets = e.b.create<arith::MulIOp>(e.loc, e.iota(lanes.count),
                                            e.splat(e.toI32(lanes.step), lanes.count));
  return e.b.create<vector::GatherOp>(e.loc, type, memref, at, offsets, mask, e.zero(type));
}

/// Two vectors side by side, of which every second element counts (and alone is touched): far
/// cheaper than a gather.
Value Reader::loadEverySecond(Value at, unsigned lanes, Value mask) {
  Value memref = arguments.buffers.front();
  VectorType type = e.vectorOf(cast<MemRefType>(memref.getType()).getElementType(), lanes);
  Value never = e.zero(mask.getType());
  SmallVector<Value> halves;
  for (unsigned half : {0u, 1u}) {
    SmallVector<int64_t> spread;
    for (unsigned i = 0; i < lanes / 2; ++i) spread.append({half * lanes / 2 + i, lanes});
    Value touched = e.b.create<vector::ShuffleOp>(e.loc, mask, never, spread);
    Value from = e.add(at, half * lanes);
    halves.push_back(
        e.b.create<vector::MaskedLoadOp>(e.loc, type, memref, from, touched, e.zero(type)));
  }
  SmallVector<int64_t> even;
  for (unsigned i = 0; i < lanes; ++i) even.push_back(2 * i);
  return e.b.create<vector::ShuffleOp>(e.loc, halves[0], halves[1], even);
}
}  // namespace mlir::weft::contraction
