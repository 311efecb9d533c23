// Random ops: the words of ir/scalar/philox.h for the counter at the node's index.
#include "codegen/loops/emitter.h"
#include "ir/scalar/philox.h"

namespace mlir::weft {
namespace scalar = ::torch::scalar;

Lane Emitter::random(const NestNode &n, Level &level) {
  bool narrow = n.dtype == DType::Float || n.dtype == DType::Int;
  DType word = narrow ? DType::Int : DType::Long;
  Lane seed = get(n.operands[0], level), offset = get(n.operands[1], level);
  at(level);
  Lane i;
  if (alongLanes(n.index)) {
    Value lanes = indexLanes(n.index, level);
    i = {&emission, lanes, nest.small ? DType::Int : DType::Long};
    // positions of a small nest are not negative
    if (nest.small && !narrow) i = scalar::castLane(i, DType::Long);
  } else {
    i = {&emission, b.create<arith::IndexCastOp>(loc(), b.getI64Type(), indexAt(n.index, level)),
         DType::Long};
  }
  auto low = [&](const Lane &x) {
    if (narrow) return scalar::castLane(x, DType::Int);
    return x & scalar::integer(x, 0xffffffffll);
  };
  auto high = [&](const Lane &x) {
    if (x.dtype == DType::Int) return scalar::integer(x, 0);
    return scalar::castLane(scalar::shift_right_logical(x, 32), word);
  };
  scalar::PhiloxBlock<Lane> counter{low(i), high(i), low(offset), high(offset)};
  scalar::PhiloxBlock<Lane> words = scalar::philox(counter, low(seed), high(seed));
  if (n.op == ::torch::op::Op::random_bits) return scalar::random_bits(words);
  Lane like = scalar::literalLane(emission, n.dtype, 0);
  return n.op == ::torch::op::Op::random_normal ? scalar::random_normal(like, words)
                                                : scalar::random_uniform(like, words);
}
}  // namespace mlir::weft
