// Which loops the nest gets. A dim is split where an access divides it (a reshape that takes it
// apart), so that every access is a sum again; then neighbours are merged where every access walks
// from one to the next in one stride.
#include "codegen/loops/nest.h"

namespace mlir::weft {
namespace {

template <class F> void forEachIndex(Nest &nest, F &&visit) {
  for (NestNode &n : nest.nodes) visit(n.index);
  for (NestOutput &o : nest.outputs) visit(o.index);
  for (NestCheck &c : nest.checks) visit(c.position);
}

// Replaces a dim everywhere; symbols that read at an index of it become new symbols with the same
// node.
void substitute(Nest &nest, int atom, const Index &by) {
  llvm::DenseMap<int, int> symbols = nest.symbols;
  forEachIndex(nest, [&](Index &i) {
    Index fresh = nest.space.substitute(i, atom, by);
    if (fresh == i) return;
    for (auto [symbol, node] : symbols) {
      Index s;
      s.terms.push_back({symbol, 1});
      Index now = nest.space.substitute(s, atom, by);
      if (now.terms.size() == 1 && now.terms[0].atom != symbol)
        nest.symbols[now.terms[0].atom] = node;
    }
    i = std::move(fresh);
  });
}

// A divisor that takes dim `d` apart evenly; 0 when there is none.
int64_t divisorOf(const Nest &nest, const Index &index, int d) {
  for (const Index::Term &t : index.terms) {
    const Atom &atom = nest.space[t.atom];
    if (atom.kind != Atom::quotient && atom.kind != Atom::remainder) continue;
    if (int64_t inner = divisorOf(nest, atom.inner, d)) return inner;
    int64_t factor = atom.inner.factorOf(nest.dims[d]);
    if (!factor || atom.structural || atom.divisor % factor) continue;
    int64_t part = atom.divisor / factor;
    if (part > 1 && nest.extent(d) % part == 0 && nest.extent(d) > part) return part;
  }
  return 0;
}

bool splitOne(Nest &nest) {
  for (int d = 0; d < static_cast<int>(nest.dims.size()); ++d) {
    if (nest.isReduced(d)) continue;
    int64_t part = 0;
    forEachIndex(nest, [&](Index &i) {
      if (!part) part = divisorOf(nest, i, d);
    });
    if (!part) continue;
    Index outer = nest.space.dim(nest.extent(d) / part), inner = nest.space.dim(part);
    int old = nest.dims[d];
    nest.dims[d] = outer.terms[0].atom;
    nest.dims.insert(nest.dims.begin() + d + 1, inner.terms[0].atom);
    for (int *dim : {&nest.reducedDim, &nest.outerReducedDim})
      if (*dim > d) ++*dim;
    substitute(nest, old, outer * part + inner);
    return true;
  }
  return false;
}

// Dims d and d+1 are one if every index speaks of them as factor * (extent(d+1) * d + (d+1)).
bool mergeable(const Nest &nest, const Index &index, int d) {
  int64_t outer = index.factorOf(nest.dims[d]), inner = index.factorOf(nest.dims[d + 1]);
  if (outer != inner * nest.extent(d + 1)) return false;
  for (const Index::Term &t : index.terms) {
    const Atom &atom = nest.space[t.atom];
    if (!mergeable(nest, atom.inner, d)) return false;
    for (const Index &i : atom.at)
      if (!mergeable(nest, i, d)) return false;
  }
  return true;
}

bool mergeOne(Nest &nest) {
  for (int d = static_cast<int>(nest.dims.size()) - 2; d >= 0; --d) {
    if (nest.isReduced(d) || nest.isReduced(d + 1)) continue;
    bool all = true;
    forEachIndex(nest, [&](Index &i) { all = all && mergeable(nest, i, d); });
    if (!all) continue;
    int64_t size = nest.extent(d + 1);
    Index both = nest.space.dim(nest.extent(d) * size);
    int inner = nest.dims[d + 1];
    Index outer;
    outer.terms.push_back({nest.dims[d], 1});
    nest.dims[d] = both.terms[0].atom;
    nest.dims.erase(nest.dims.begin() + d + 1);
    for (int *dim : {&nest.reducedDim, &nest.outerReducedDim})
      if (*dim > d) --*dim;
    // factor * (size * outer + inner) becomes factor * both; in one step, for a division of half of
    // it would be another.
    substitute(nest, inner, both - outer * size);
    return true;
  }
  return false;
}
}  // namespace

void normalize(Nest &nest) {
  while (splitOne(nest)) {
  }
  while (mergeOne(nest)) {
  }
  nest.analyze();
}
}  // namespace mlir::weft
