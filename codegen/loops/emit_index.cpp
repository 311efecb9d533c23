// Index arithmetic of a nest: scalars, and vectors along the lane dim where no stride describes the access.
#include "codegen/loops/emitter.h"

namespace mlir::weft {

Value Emitter::indexAt(const Index &index, Level &level) {
  Value sum;
  auto add = [&](Value v) { sum = sum ? b.create<arith::AddIOp>(loc(), sum, v) : v; };
  for (const Index::Term &t : index.terms) {
    Value v = atomAt(t.atom, level);
    if (t.factor != 1) v = b.create<arith::MulIOp>(loc(), v, number(t.factor));
    add(v);
  }
  if (index.constant || !sum) add(number(index.constant));
  return sum;
}

Value Emitter::atomAt(int id, Level &level) {
  const Atom &atom = nest.space[id];
  switch (atom.kind) {
    case Atom::dim:
      for (auto [position, dim] : llvm::enumerate(nest.dims))
        if (dim == id) return dimIndex(position, level);
      throw RuleError("loops: a dim that is no loop");
    case Atom::symbol: {
      Lane x = get(nest.symbols.lookup(id), level);
      at(level);
      return b.create<arith::IndexCastOp>(loc(), b.getIndexType(), x.v);
    }
    case Atom::quotient:
    case Atom::remainder: {
      Value inner = indexAt(atom.inner, level);
      Value divisor = atom.structural ? constantIndex(atom.divisor) : number(atom.divisor);
      bool quotient = atom.kind == Atom::quotient;
      if (nest.space.lower(atom.inner) >= 0)
        return quotient ? b.create<arith::DivUIOp>(loc(), inner, divisor).getResult()
                        : b.create<arith::RemUIOp>(loc(), inner, divisor).getResult();
      Value q = b.create<arith::FloorDivSIOp>(loc(), inner, divisor);
      if (quotient) return q;
      return b.create<arith::SubIOp>(loc(), inner, b.create<arith::MulIOp>(loc(), q, divisor));
    }
  }
  return {};
}

bool Emitter::isAffine(const Index &index, const int64_t *&factor) const {
  for (const Index::Term &t : index.terms) {
    if (t.atom == nest.dims[laneDim]) {
      factor = &t.factor;
      continue;
    }
    Index rest;
    rest.terms.push_back({t.atom, 1});
    if (alongLanes(rest)) return false;
  }
  return factor != nullptr && !laneStep;
}

Type Emitter::laneIndexType() { return VectorType::get({lanes}, nest.small ? b.getI32Type() : b.getI64Type()); }

Value Emitter::splatIndex(Value scalar) {
  auto type = cast<VectorType>(laneIndexType());
  Value narrow = b.create<arith::IndexCastOp>(loc(), type.getElementType(), scalar);
  return b.create<vector::BroadcastOp>(loc(), type, narrow);
}

// What does not change along the lanes is summed as a scalar first.
Value Emitter::indexLanes(const Index &index, Level &level) {
  Value sum;
  auto add = [&](Value v) { sum = sum ? b.create<arith::AddIOp>(loc(), sum, v) : v; };
  Value scalar;
  for (const Index::Term &t : index.terms) {
    Index one;
    one.terms.push_back({t.atom, 1});
    if (!alongLanes(one)) {
      Value v = atomAt(t.atom, level);
      if (t.factor != 1) v = b.create<arith::MulIOp>(loc(), v, number(t.factor));
      scalar = scalar ? b.create<arith::AddIOp>(loc(), scalar, v) : v;
      continue;
    }
    Value v = atomLanes(t.atom, level);
    if (t.factor != 1) v = b.create<arith::MulIOp>(loc(), v, splatIndex(number(t.factor)));
    add(v);
  }
  if (index.constant) {
    Value c = number(index.constant);
    scalar = scalar ? b.create<arith::AddIOp>(loc(), scalar, c) : c;
  }
  if (scalar) add(splatIndex(scalar));
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
      int from = cast<VectorType>(x.v.getType()).getElementTypeBitWidth(), to = type.getElementTypeBitWidth();
      if (from > to) return b.create<arith::TruncIOp>(loc(), type, x.v);
      return b.create<arith::ExtSIOp>(loc(), type, x.v);
    }
    case Atom::quotient:
    case Atom::remainder: {
      Value inner = indexLanes(atom.inner, level);
      Value divisor = splatIndex(atom.structural ? constantIndex(atom.divisor) : number(atom.divisor));
      bool quotient = atom.kind == Atom::quotient;
      if (nest.space.lower(atom.inner) >= 0)
        return quotient ? b.create<arith::DivUIOp>(loc(), inner, divisor).getResult()
                        : b.create<arith::RemUIOp>(loc(), inner, divisor).getResult();
      Value q = b.create<arith::FloorDivSIOp>(loc(), inner, divisor);
      if (quotient) return q;
      return b.create<arith::SubIOp>(loc(), inner, b.create<arith::MulIOp>(loc(), q, divisor));
    }
  }
  return {};
}
}  // namespace mlir::weft
