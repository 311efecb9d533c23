/// One running reduction of a loop: its identity, how it takes an element, how two of it are
/// combined.
#pragma once
#include "codegen/loops/emitter.h"

namespace mlir::weft {

// A running reduction: a value, or (argmax) a value and its index.
using Running = llvm::SmallVector<Lane, 2>;
inline bool isIndexReduction(::torch::op::Op op) {
  return op == ::torch::op::Op::argmax || op == ::torch::op::Op::argmin;
}

struct Reducer {
  Emitter &e;
  const NestNode &node;

  DType operandType() const { return e.nest.nodes[node.operands[0]].dtype; }
  /// How many values it is, and their types.
  int parts() const { return isIndexReduction(node.op) ? 2 : 1; }
  DType partType(int part) const { return part == 0 ? operandType() : DType::Long; }
  /// Of `lanes` lanes (0: a scalar).
  Running identity(int lanes) const;
  Running combine(const Running &a, const Running &b) const;
  /// The operand at `level`, lanes that do not exist being neutral.
  Running element(Level &level, int lanes) const;
  Lane result(const Running &r) const { return r.back(); }

 private:
  Lane literal(DType d, double v) const {
    return ::torch::scalar::literalLane(e.emission, d, ::torch::op::Literal::of(d, v).bits);
  }
  Lane spread(Lane x, int lanes) const;
  Lane extreme(DType d, bool least) const;
};
}  // namespace mlir::weft
