#include "codegen/loops/stages.h"

#include "codegen/loops/loops.h"

namespace mlir::weft {

std::vector<Stage> stages(const Nest &nest) {
  std::vector<Stage> out;
  auto at = [&](int s) -> Stage & {
    if (static_cast<int>(out.size()) <= s) out.resize(s + 1);
    return out[s];
  };
  for (int i = 0; i < static_cast<int>(nest.nodes.size()); ++i)
    if (nest.nodes[i].kind == NestNode::reduction) at(nest.stage(i) - 1).reductions.push_back(i);
  for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i)
    if (nest.dependsOnReduced(nest.outputs[i].index))
      at(nest.stage(nest.outputs[i].node)).stores.push_back(i);
  return out;
}

llvm::SmallDenseSet<int> neededBy(const Nest &nest, const Stage &stage) {
  llvm::SmallDenseSet<int> needed;
  llvm::SmallVector<int> stack;
  for (int r : stage.reductions) stack.push_back(nest.nodes[r].operands[0]);
  for (int s : stage.stores) stack.push_back(nest.outputs[s].node);
  while (!stack.empty()) {
    int id = stack.pop_back_val();
    const NestNode &n = nest.nodes[id];
    if (n.kind == NestNode::reduction || !nest.dependsOnReduced(id) ||
        !needed.insert(id).second)
      continue;
    if (n.mask >= 0) stack.push_back(n.mask);
    stack.append(n.operands.begin(), n.operands.end());
  }
  return needed;
}

llvm::SmallVector<int> chooseKept(const Nest &nest) {
  constexpr size_t kMost = 2;
  llvm::SmallVector<int> kept;
  if (!nest.row || nest.outerReducedDim >= 0) return kept;
  llvm::SmallDenseMap<int, int> uses;
  for (const Stage &s : stages(nest))
    for (int node : neededBy(nest, s)) ++uses[node];
  for (int i = static_cast<int>(nest.nodes.size()); i-- > 0 && kept.size() < kMost;)
    if (uses.lookup(i) > 1 && isExpensive(nest.nodes[i])) kept.push_back(i);
  return kept;
}
}  // namespace mlir::weft
