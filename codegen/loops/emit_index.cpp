// Index arithmetic of a nest: scalars, and vectors along the lane dim where no stride describes the
// access.
#include "codegen/loops/emitter.h"

namespace mlir::weft {

// Without what changes along the lanes, if it is asked for so; null: nothing is left.
Value Emitter::sumAt(const Index &index, Level &level, bool fixedOnly) {
  Value sum;
  auto add = [&](Value v) { sum = sum ? b.create<arith::AddIOp>(loc(), sum, v) : v; };
  for (const Index::Term &t : index.terms) {
    if (fixedOnly && alongLanes(t)) continue;
    Value v = atomAt(t.atom, level);
    if (t.factor != 1) v = b.create<arith::MulIOp>(loc(), v, number(t.factor));
    add(v);
  }
  if (index.constant) add(number(index.constant));
  return sum;
}

Value Emitter::indexAt(const Index &index, Level &level) {
  Value sum = sumAt(index, level, false);
  return sum ? sum : constantIndex(0);
}

bool Emitter::alongLanes(const Index::Term &term) const {
  Index one;
  one.terms.push_back({term.atom, 1});
  return alongLanes(one);
}

Value Emitter::divide(const Atom &atom, Value inner, Value divisor) {
  bool quotient = atom.kind == Atom::quotient;
  if (nest.space.lower(atom.inner) >= 0)
    return quotient ? b.create<arith::DivUIOp>(loc(), inner, divisor).getResult()
                    : b.create<arith::RemUIOp>(loc(), inner, divisor).getResult();
  Value q = b.create<arith::FloorDivSIOp>(loc(), inner, divisor);
  if (quotient) return q;
  return b.create<arith::SubIOp>(loc(), inner, b.create<arith::MulIOp>(loc(), q, divisor));
}

Value Emitter::divisorOf(const Atom &atom) {
  return atom.structural ? constantIndex(atom.divisor) : number(atom.divisor);
}

Value Emitter::atomAt(int id, Level &level) {
  const Atom &atom = nest.space[id];
  switch (atom.kind) {
    case Atom::dim:
      for (auto [position, dim] : llvm::enumerate(nest.dims))
        if (dim == id) return dimIndex(position, level);
      for (auto [i, fold] : llvm::enumerate(nest.folds))
        if (fold.atom == id) return dimIndex(-1 - static_cast<int>(i), level);
      throw RuleError("loops: a dim that is no loop");
    case Atom::symbol: {
      Lane x = get(nest.symbols.lookup(id), level);
      at(level);
      Value i = b.create<arith::IndexCastOp>(loc(), b.getIndexType(), x.v);
      // What is negative is the largest there is.
      return nest.holdsSymbols ? b.create<arith::MinUIOp>(loc(), i, number(atom.upper)) : i;
    }
    case Atom::quotient:
    case Atom::remainder: {
      Value inner = indexAt(atom.inner, level);
      return divide(atom, inner, divisorOf(atom));
    }
  }
  return {};
}

bool Emitter::isAffine(const Index &index, const int64_t *&factor) const {
  for (const Index::Term &t : index.terms) {
    if (t.atom == nest.dims[laneDim]) factor = &t.factor;
    else if (alongLanes(t)) return false;
  }
  return factor != nullptr && !laneStep;
}

Type Emitter::laneIndexType() {
  return VectorType::get({lanes}, nest.small ? b.getI32Type() : b.getI64Type());
}

Value Emitter::splatIndex(Value scalar) {
  auto type = cast<VectorType>(laneIndexType());
  Value narrow = b.create<arith::IndexCastOp>(loc(), type.getElementType(), scalar);
  return b.create<vector::BroadcastOp>(loc(), type, narrow);
}

// What does not change along the lanes is summed as a scalar first.
Value Emitter::indexLanes(const Index &index, Level &level) {
  Value sum;
  auto add = [&](Value v) { sum = sum ? b.create<arith::AddIOp>(loc(), sum, v) : v; };
  for (const Index::Term &t : index.terms) {
    if (!alongLanes(t)) continue;
    Value v = atomLanes(t.atom, level);
    if (t.factor != 1) v = b.create<arith::MulIOp>(loc(), v, splatIndex(number(t.factor)));
    add(v);
  }
  if (Value fixed = sumAt(index, level, true)) add(splatIndex(fixed));
  return sum ? sum : splatIndex(constantIndex(0));
}

Value Emitter::atomLanes(int id, Level &level) {
  const Atom &atom = nest.space[id];
  auto type = cast<VectorType>(laneIndexType());
  switch (atom.kind) {
    case Atom::dim: {
      llvm::SmallVector<APInt> steps;
      for (int i = 0; i < lanes; ++i) steps.emplace_back(type.getElementTypeBitWidth(), i);
      Value iota = b.create<arith::ConstantOp>(loc(), DenseElementsAttr::get(type, steps));
      if (laneStep) iota = b.create<arith::MulIOp>(loc(), iota, splatIndex(laneStep));
      return b.create<arith::AddIOp>(loc(), splatIndex(dimIndex(laneDim, level)), iota);
    }
    case Atom::symbol: {
      Lane x = get(nest.symbols.lookup(id), level);
      at(level);
      if (x.v.getType() == type) return x.v;
      int from = cast<VectorType>(x.v.getType()).getElementTypeBitWidth(),
          to = type.getElementTypeBitWidth();
      if (from > to) return b.create<arith::TruncIOp>(loc(), type, x.v);
      return b.create<arith::ExtSIOp>(loc(), type, x.v);
    }
    case Atom::quotient:
    case Atom::remainder: {
      Value inner = indexLanes(atom.inner, level);
      return divide(atom, inner, splatIndex(divisorOf(atom)));
    }
  }
  return {};
}
}  // namespace mlir::weft
