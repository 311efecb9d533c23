/// Index arithmetic: which element of an operand belongs to which iteration of a loop nest.
///
/// An Index is a sum of integer multiples of atoms and a constant. Atoms are loop dims, run-time
/// values (a slice's start, a gathered index) and what cannot be written as a sum: floor division
/// and remainder. All atoms have a known range, so most divisions that a reshape asks for vanish
/// when they are made. Invariant: equal Indices of one IndexSpace are structurally equal.
#pragma once
#include <cstdint>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "mlir/IR/Value.h"

namespace mlir::weft {

struct Index {
  struct Term {
    int atom;
    int64_t factor;
    bool operator==(const Term &o) const { return atom == o.atom && factor == o.factor; }
  };
  llvm::SmallVector<Term, 4> terms;  // ascending atoms, no zero factors
  int64_t constant = 0;

  Index() = default;
  explicit Index(int64_t c) : constant(c) {}
  bool isConstant() const { return terms.empty(); }
  int64_t factorOf(int atom) const {
    for (const Term &t : terms)
      if (t.atom == atom) return t.factor;
    return 0;
  }
  bool operator==(const Index &o) const { return constant == o.constant && terms == o.terms; }
  bool operator!=(const Index &o) const { return !(*this == o); }
};
Index operator+(const Index &a, const Index &b);
Index operator*(const Index &a, int64_t factor);
inline Index operator-(const Index &a, const Index &b) { return a + b * -1; }
inline Index operator+(const Index &a, int64_t c) { return a + Index(c); }

/// One Index a dim.
using IndexVector = std::vector<Index>;

struct Atom {
  enum Kind { dim, symbol, quotient, remainder } kind;
  int64_t lower = 0, upper = 0;  // inclusive
  int64_t extent = 0;            // dim
  Value value;                   // symbol: a tensor of integers ...
  IndexVector at;                // ... read at this index
  Index inner;                   // quotient, remainder: of this sum ...
  int64_t divisor = 0;           // ... by this
  // the divisor shapes the code (a pooling stride): never split a dim for it
  bool structural = false;
};

class IndexSpace {
 public:
  Index dim(int64_t extent);
  /// The integer at `at` of `tensor`, known to be in [lower, upper].
  Index symbol(Value tensor, IndexVector at, int64_t lower, int64_t upper);
  Index quotient(const Index &a, int64_t divisor, bool structural = false);
  Index remainder(const Index &a, int64_t divisor, bool structural = false);

  /// Row-major position of `index` in `sizes`, and back.
  Index linearize(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> sizes);
  IndexVector delinearize(const Index &linear, llvm::ArrayRef<int64_t> sizes);
  /// The index of the same row-major position in another shape; dims are matched in groups, so that
  /// what stays apart in both shapes needs no division.
  IndexVector reshape(llvm::ArrayRef<Index> index, llvm::ArrayRef<int64_t> from,
                      llvm::ArrayRef<int64_t> to);

  /// `a` with dim atom `dim` replaced by `by`; divisions are simplified anew.
  Index substitute(const Index &a, int dim, const Index &by);
  /// Whether the value changes with this dim atom.
  bool dependsOn(const Index &a, int dim) const;
  int64_t lower(const Index &a) const;
  int64_t upper(const Index &a) const;
  const Atom &operator[](int atom) const { return atoms_[atom]; }
  int size() const { return static_cast<int>(atoms_.size()); }

 private:
  Index recompose(Index a);
  Index intern(Atom atom);
  std::vector<Atom> atoms_;
};
}  // namespace mlir::weft
