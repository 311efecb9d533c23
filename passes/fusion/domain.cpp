// The domain of a group: which dims its loops run over, and what is read in their order.
#include "passes/fusion/group.h"

namespace mlir::weft {
namespace {
int64_t product(llvm::ArrayRef<int64_t> sizes) {
  int64_t n = 1;
  for (int64_t s : sizes) n *= s;
  return n;
}

// Cuts `sizes` in runs of these products; where each ends. Nothing where that cannot be.
std::optional<llvm::SmallVector<size_t>> cut(llvm::ArrayRef<int64_t> sizes,
                                             llvm::ArrayRef<int64_t> runs) {
  llvm::SmallVector<size_t> ends;
  size_t at = 0;
  for (int64_t run : runs) {
    int64_t n = 1;
    while (n != run) {
      if (at == sizes.size() || n > run) return std::nullopt;
      n *= sizes[at++];
    }
    ends.push_back(at);
  }
  for (size_t rest = at; rest < sizes.size(); ++rest)
    if (sizes[rest] != 1) return std::nullopt;
  return ends;
}

template <class Vector>
Vector kept(const Vector &all, llvm::ArrayRef<bool> reduced) {
  Vector out;
  for (size_t i = 0; i < all.size(); ++i)
    if (reduced.empty() || !reduced[i]) out.push_back(all[i]);
  return out;
}
}  // namespace

llvm::SmallVector<int64_t> Group::rowSizes() const { return kept(sizes, reduced); }
IndexVector Group::rowDims() const { return kept(dims, reduced); }

bool Group::isIdentity(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> of) {
  return product(of) == product(sizes) &&
         space.linearize(index, of) == space.linearize(dims, sizes);
}
bool Group::isRowIdentity(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> of) {
  return !reduced.empty() && product(of) == product(rowSizes()) &&
         space.linearize(index, of) == space.linearize(rowDims(), rowSizes());
}

bool Group::becomeReduction(const ReductionShape &to, bool overRows) {
  auto ends = cut(sizes, overRows ? llvm::ArrayRef<int64_t>(to.keptSizes()) : to.sizes);
  if (!ends) return false;
  reduced.assign(sizes.size(), false);
  for (size_t run = to.sizes.size(); run-- > 0;) {
    if (!ReductionShape::isReduced(run)) continue;
    if (!overRows) {
      for (size_t d = (*ends)[run - 1]; d < (*ends)[run]; ++d) reduced[d] = true;
      continue;
    }
    size_t at = (*ends)[run / 2];
    int64_t size = to.sizes[run];
    sizes.insert(sizes.begin() + at, size);
    dims.insert(dims.begin() + at, size == 1 ? Index(0) : space.dim(size));
    reduced.insert(reduced.begin() + at, true);
  }
  kind = reduction;
  shape = to;
  return true;
}

int64_t Group::evaluations(llvm::ArrayRef<Index> index) const {
  constexpr int64_t kMany = 16;  // times the same: a batch of two is fused as one of a hundred
  int64_t count = 1, upToHere = 1;
  llvm::SmallSet<int, 8> loops;
  auto depends = [&](int atom) {
    return llvm::any_of(index, [&](const Index &x) { return space.dependsOn(x, atom); });
  };
  auto walk = [&](const Index &dim) {
    if (dim.isConstant()) return;
    int atom = dim.terms[0].atom;
    loops.insert(atom);
    upToHere *= depends(atom) ? space[atom].extent : std::max(space[atom].extent, kMany);
    if (depends(atom)) count = upToHere;
  };
  // The loops over what is reduced are the inner ones.
  llvm::for_each(rowDims(), walk);
  for (size_t d = 0; d < reduced.size(); ++d)
    if (reduced[d]) walk(dims[d]);
  upToHere = 1;
  llvm::for_each(base, walk);  // an index speaks of these, or of those
  for (int atom = 0; atom < space.size(); ++atom)  // places of a window, within an element
    if (space[atom].kind == Atom::dim && !loops.contains(atom) && depends(atom))
      count *= space[atom].extent;
  return count;
}
}  // namespace mlir::weft
