#include "codegen/contraction/planner.h"

#include <algorithm>

#include "llvm/Support/raw_ostream.h"

namespace mlir::weft::contraction {

Planner::Planner(const Problem& problem, const Target& target)
    : work(std::make_shared<Work>()),
      target(target),
      elementBytes(ceilDiv(problem.element.getIntOrFloatBitWidth(), 8)) {
  work->problem = problem;
}

int64_t Planner::place(int64_t elements, int64_t bytes) {
  const int64_t at = scratchBytes, slack = 64 * elementBytes;
  scratchBytes = roundUp(at + (elements ? elements * elementBytes + slack : 0) + bytes, 64);
  return at;
}

unsigned Planner::temporary(int64_t elements) {
  result.temporaryBytes.push_back((elements + work->design.tile.lanes) * elementBytes);
  return result.temporaryBytes.size() - 1;
}

Launch& Planner::launch(const Design& design, std::string name, std::string key) {
  const Tile& t = design.tile;
  Launch& l = result.launches.emplace_back();
  // Parameters are found by number, so kernels of one key have equally many.
  llvm::raw_string_ostream(l.key) << "contraction " << design.element << " " << t.rows << "x"
                                  << t.vectors << "x" << t.lanes << " "
                                  << design.params.values.size() << " " << key;
  l.name = std::move(name);
  l.params = design.params.values;
  return l;
}

std::string Planner::keyOf(const Operand& operand) const {
  return " " + std::to_string(operand.width) + operand.access.key() + operand.source->key;
}

void Planner::use(Launch& l, const Operand& operand) {
  auto from = operand.source == &work->problem.a ? BufferUse::sourceA : BufferUse::sourceB;
  for (unsigned i = 0; i < operand.source->buffers.size(); ++i) l.buffers.push_back({from, i});
  l.params.insert(l.params.end(), operand.source->params.begin(), operand.source->params.end());
}

void Planner::useEpilogue(Launch& l) {
  const Epilogue& epilogue = work->problem.epilogue;
  for (unsigned i = 0; i < epilogue.buffers.size(); ++i)
    l.buffers.push_back({BufferUse::epilogue, i});
  l.params.insert(l.params.end(), epilogue.params.begin(), epilogue.params.end());
}
}  // namespace mlir::weft::contraction
