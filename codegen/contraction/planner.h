/// What all plans are made of: launches that share one design.
#pragma once
#include <memory>

#include "codegen/contraction/input_grad.h"

namespace mlir::weft::contraction {

inline int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
inline int64_t roundUp(int64_t a, int64_t b) { return ceilDiv(a, b) * b; }

/// What the launches of one plan share and their recipes keep.
struct Work {
  Problem problem;
  Design design;
  GradDesign grad;
};

class Planner {
 public:
  Planner(const Problem& problem, const Target& target);

 protected:
  /// Room in scratch for `elements` and what vectors may touch behind them, and `bytes` more; gives
  /// its byte offset.
  int64_t place(int64_t elements, int64_t bytes = 0);
  unsigned temporary(int64_t elements);
  /// `key`: what differs in code beyond the design's tile and element.
  Launch& launch(const Design& design, std::string name, std::string key);
  std::string keyOf(const Operand& operand) const;
  /// Adds the operand's buffers and parameters.
  void use(Launch& launch, const Operand& operand);
  void useEpilogue(Launch& launch);

  std::shared_ptr<Work> work;
  const Target& target;
  Plan result;
  int64_t elementBytes, scratchBytes = 0, packBytes = 0;
};

Plan planInputGrad(const Problem& problem, const Target& target);
}  // namespace mlir::weft::contraction
