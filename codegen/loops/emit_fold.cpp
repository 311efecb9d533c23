// Loops within an element: the states of a fold are carried through the places of a window.
#include "codegen/loops/emitter.h"

namespace mlir::weft {

Lane Emitter::fold(int id, Level &level) {
  int number = nest.nodes[id].argument;
  const Fold &f = nest.folds[number];
  auto spread = [&](Lane x) {
    if (laneDim >= 0 && !x.vectorType())
      x.v = b.create<vector::BroadcastOp>(loc(), VectorType::get({lanes}, x.v.getType()), x.v);
    return x.v;
  };
  llvm::SmallVector<Value> initial, next;
  for (const ScanState &s : f.states) {
    Lane x = get(s.initial, level);
    at(level);
    initial.push_back(spread(x));
  }
  at(level);
  auto loop = b.create<scf::ForOp>(loc(), constantIndex(0), constantIndex(f.count),
                                   constantIndex(1), initial);
  Operation *outer = level.before;
  level.before = loop;
  Level place;
  place.parent = &level;
  place.block = loop.getBody();
  place.knows = level.knows;
  place.folds = level.folds | uint64_t(1) << number;
  place.mask = level.mask;
  place.indices[-1 - number] = loop.getInductionVar();
  for (auto [s, v] : llvm::zip(f.states, loop.getRegionIterArgs()))
    place.values[s.current] = {&emission, v, nest.nodes[s.current].dtype};
  for (const ScanState &s : f.states) {
    Lane x = get(s.next, place);
    at(place);
    next.push_back(spread(x));
  }
  at(place);
  b.create<scf::YieldOp>(loc(), next);
  level.before = outer;
  for (auto [i, n] : llvm::enumerate(nest.nodes))
    if (n.kind == NestNode::fold && n.argument == number)
      level.values[static_cast<int>(i)] = {&emission, loop.getResult(static_cast<unsigned>(n.size)),
                                           n.dtype};
  return level.values[id];
}
}  // namespace mlir::weft
