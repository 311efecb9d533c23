/// What of a nest is structure and what is a run-time number. Kernels are generic in their shapes:
/// every extent, size and divisor, every stride that is not 0, 1 or -1 (equal ones of one dim are one)
/// and every offset that is not 0 is an i64 parameter, so the same code serves every batch size; so are floating constants (the
/// number of elements that a mean divides by). Sizes of one are structure, since they may be
/// broadcast.
#pragma once
#include <string>

#include "codegen/loops/nest.h"

namespace mlir::weft {

/// Between neighbours along the innermost dim: such a step is structure, since code for it is much
/// better.
constexpr bool isShortStep(int64_t step) { return step >= 2 && step <= 4; }

struct Numbers {
  /// Everything that shapes the code, as text: nests with equal keys have the same kernel.
  std::string key;
  /// The values of the parameters, for this nest.
  std::vector<int64_t> params;

  /// The parameter that holds this field of the nest; -1: it is a literal.
  int slot(const int64_t &field) const {
    auto found = slots_.find(&field);
    return found == slots_.end() ? -1 : found->second;
  }
  explicit Numbers(const Nest &nest);

 private:
  void number(const int64_t &field);
  void unlessAtMost(int64_t most, const int64_t &field);
  void literal(int64_t value);
  void factor(const Index::Term &term);
  void index(const Nest &nest, const Index &index);
  void node(const Nest &nest, const NestNode &node);
  llvm::DenseMap<const int64_t *, int> slots_;
  llvm::DenseMap<std::pair<int, int64_t>, int> factors_;  // of an atom: the parameter
  llvm::DenseMap<int, int> atoms_;  // in the order of first mention
};
}  // namespace mlir::weft
