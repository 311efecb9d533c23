#include "ir/access/index.h"

#include <algorithm>

namespace mlir::weft {
namespace {
int64_t floorDiv(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
Index single(int atom) {
  Index i;
  i.terms.push_back({atom, 1});
  return i;
}
}  // namespace

Index operator+(const Index &a, const Index &b) {
  Index sum(a.constant + b.constant);
  auto i = a.terms.begin(), j = b.terms.begin();
  while (i != a.terms.end() || j != b.terms.end()) {
    if (j == b.terms.end() || (i != a.terms.end() && i->atom < j->atom)) {
      sum.terms.push_back(*i++);
    } else if (i == a.terms.end() || j->atom < i->atom) {
      sum.terms.push_back(*j++);
    } else {
      if (int64_t factor = i->factor + j->factor) sum.terms.push_back({i->atom, factor});
      ++i, ++j;
    }
  }
  return sum;
}

Index operator*(const Index &a, int64_t factor) {
  Index product(a.constant * factor);
  if (factor)
    for (const Index::Term &t : a.terms) product.terms.push_back({t.atom, t.factor * factor});
  return product;
}

Index IndexSpace::intern(Atom atom) {
  for (int i = 0; i < size(); ++i) {
    Atom &o = atoms_[i];
    if (atom.kind != Atom::dim && o.kind == atom.kind && o.value == atom.value && o.at == atom.at &&
        o.inner == atom.inner && o.divisor == atom.divisor) {
      // An index that two tensors are read at is one of both.
      o.upper = std::min(o.upper, atom.upper);
      return single(i);
    }
  }
  atoms_.push_back(std::move(atom));
  return single(size() - 1);
}

Index IndexSpace::dim(int64_t extent) {
  Atom a{Atom::dim};
  a.extent = extent;
  a.upper = std::max<int64_t>(extent - 1, 0);
  return intern(std::move(a));
}

Index IndexSpace::symbol(Value tensor, IndexVector at, int64_t lower, int64_t upper) {
  if (lower >= upper) return Index(lower);
  Atom a{Atom::symbol};
  a.value = tensor;
  a.at = std::move(at);
  a.lower = lower;
  a.upper = upper;
  return intern(std::move(a));
}

int64_t IndexSpace::lower(const Index &a) const {
  int64_t sum = a.constant;
  for (const Index::Term& t : a.terms)
    sum += t.factor * (t.factor > 0 ? atoms_[t.atom].lower : atoms_[t.atom].upper);
  return sum;
}
int64_t IndexSpace::upper(const Index &a) const {
  int64_t sum = a.constant;
  for (const Index::Term& t : a.terms)
    sum += t.factor * (t.factor > 0 ? atoms_[t.atom].upper : atoms_[t.atom].lower);
  return sum;
}

// Multiples of the divisor come out of the division; if what is left lies in [0, divisor), nothing
// else remains.
Index IndexSpace::quotient(const Index &a, int64_t divisor, bool structural) {
  if (divisor == 1) return a;
  Index whole(floorDiv(a.constant, divisor)), rest(a.constant - whole.constant * divisor);
  for (const Index::Term &t : a.terms)
    (t.factor % divisor == 0 ? whole.terms : rest.terms).push_back(t);
  for (Index::Term &t : whole.terms) t.factor /= divisor;
  int64_t low = floorDiv(lower(rest), divisor), high = floorDiv(upper(rest), divisor);
  if (low == high) return whole + low;
  Atom q{Atom::quotient};
  q.inner = rest;
  q.divisor = divisor;
  q.lower = low;
  q.upper = high;
  q.structural = structural;
  return whole + intern(std::move(q));
}

Index IndexSpace::remainder(const Index &a, int64_t divisor, bool structural) {
  if (divisor == 1) return Index(0);
  Index rest(a.constant - floorDiv(a.constant, divisor) * divisor);
  for (const Index::Term &t : a.terms)
    if (t.factor % divisor) rest.terms.push_back(t);
  int64_t low = floorDiv(lower(rest), divisor);
  if (low == floorDiv(upper(rest), divisor)) return rest + -low * divisor;
  Atom r{Atom::remainder};
  r.inner = rest;
  r.divisor = divisor;
  r.upper = divisor - 1;
  r.structural = structural;
  return intern(std::move(r));
}

// divisor * quotient(a, divisor) + remainder(a, divisor) is a: what one reshape took apart, the
// next puts together.
Index IndexSpace::recompose(Index a) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const Index::Term &t : a.terms) {
      if (atoms_[t.atom].kind != Atom::remainder) continue;
      Index inner = atoms_[t.atom].inner;
      int64_t divisor = atoms_[t.atom].divisor;
      Index whole = quotient(inner, divisor);
      if (whole.terms.size() != 1 || whole.constant ||
          a.factorOf(whole.terms[0].atom) != t.factor * divisor)
        continue;
      a = a - whole * (t.factor * divisor) - single(t.atom) * t.factor + inner * t.factor;
      changed = true;
      break;
    }
  }
  return a;
}

Index IndexSpace::linearize(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> sizes) {
  Index linear;
  for (size_t i = 0; i < sizes.size(); ++i) linear = linear * sizes[i] + index[i];
  return recompose(std::move(linear));
}

IndexVector IndexSpace::delinearize(const Index &linear, llvm::ArrayRef<int64_t> sizes) {
  IndexVector out(sizes.size());
  Index rest = linear;
  for (size_t i = sizes.size(); i-- > 0;) {
    if (i == 0) {
      out[0] = rest;
    } else if (sizes[i] > 1) {
      out[i] = remainder(rest, sizes[i]);
      rest = quotient(rest, sizes[i]);
    }
  }
  return out;
}

IndexVector IndexSpace::reshape(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> from,
                                llvm::ArrayRef<int64_t> to) {
  IndexVector out(to.size());
  size_t i = from.size(), j = to.size();
  while (i > 0 || j > 0) {
    // The smallest group of trailing dims with equal products.
    size_t i0 = i, j0 = j;
    int64_t p = 1, q = 1;
    do {
      if (j0 == 0 || (i0 > 0 && p <= q)) {
        if (i0 == 0) break;
        p *= from[--i0];
      } else {
        q *= to[--j0];
      }
    } while (p != q || (i0 == i) != (j0 == j));
    if (p != q) {  // empty shapes: any index will do
      for (size_t k = 0; k < j; ++k) out[k] = Index(0);
      return out;
    }
    Index linear = linearize(index.slice(i0, i - i0), from.slice(i0, i - i0));
    IndexVector group = delinearize(linear, to.slice(j0, j - j0));
    std::copy(group.begin(), group.end(), out.begin() + j0);
    i = i0, j = j0;
  }
  return out;
}

Index IndexSpace::substitute(const Index &a, int dim, const Index &by) {
  Index out(a.constant);
  for (const Index::Term &t : a.terms) {
    Atom atom = atoms_[t.atom];
    Index replaced = single(t.atom);
    if (t.atom == dim) {
      replaced = by;
    } else if (atom.kind == Atom::quotient || atom.kind == Atom::remainder) {
      Index inner = substitute(atom.inner, dim, by);
      if (inner != atom.inner)
        replaced = atom.kind == Atom::quotient ? quotient(inner, atom.divisor, atom.structural)
                                               : remainder(inner, atom.divisor, atom.structural);
    } else if (atom.kind == Atom::symbol) {
      IndexVector at;
      for (const Index &i : atom.at) at.push_back(substitute(i, dim, by));
      if (at != atom.at) replaced = symbol(atom.value, at, atom.lower, atom.upper);
    }
    out = out + replaced * t.factor;
  }
  return out;
}

bool IndexSpace::dependsOn(const Index &a, int dim) const {
  for (const Index::Term &t : a.terms) {
    const Atom &atom = atoms_[t.atom];
    if (t.atom == dim || dependsOn(atom.inner, dim)) return true;
    for (const Index &i : atom.at)
      if (dependsOn(i, dim)) return true;
  }
  return false;
}
}  // namespace mlir::weft
