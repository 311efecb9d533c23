#include "codegen/contraction/planner.h"

#include <algorithm>

#include "codegen/contraction/pack.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir::weft::contraction {

Planner::Planner(const Problem& problem, const Target& target)
    : work(std::make_shared<Work>()), target(target), elementBytes(ceilDiv(problem.element.getIntOrFloatBitWidth(), 8)) {
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
  llvm::raw_string_ostream(l.key) << "contraction " << name << " " << design.element << " " << t.rows << "x" << t.vectors << "x"
                                  << t.lanes << " " << design.params.values.size() << " " << key;
  l.name = std::move(name);
  l.params = design.params.values;
  return l;
}

std::string Planner::keyOf(const Operand& operand) const {
  return " " + std::to_string(operand.width) + (operand.shared ? "shared" : operand.access.key() + operand.source->key);
}

void Planner::use(Launch& l, const Operand& operand, bool ofA) {
  if (operand.shared) {
    l.buffers.push_back({BufferUse::temporary, ofA ? panelsOfA : panelsOfB});
    return;
  }
  auto from = operand.source == &work->problem.a ? BufferUse::sourceA : BufferUse::sourceB;
  for (unsigned i = 0; i < operand.source->buffers.size(); ++i) l.buffers.push_back({from, i});
  l.params.insert(l.params.end(), operand.source->params.begin(), operand.source->params.end());
}

void Planner::useResult(Launch& l, const Design& design, int64_t elements) {
  if (design.partial) {
    l.buffers.push_back({BufferUse::temporary, partials = temporary(elements)});
    return;
  }
  const Epilogue& epilogue = work->problem.epilogue;
  for (unsigned i = 0; i < epilogue.buffers.size(); ++i) l.buffers.push_back({BufferUse::epilogue, i});
  l.params.insert(l.params.end(), epilogue.params.begin(), epilogue.params.end());
}

void Planner::addPack(const Design& d, bool ofA) {
  Operand operand = ofA ? d.a : d.b;
  operand.shared = false;
  auto number = [&](Param p) { return d.params.values[p]; };
  Launch& l = launch(d, ofA ? "pack_rows" : "pack_columns", keyOf(operand));
  use(l, operand, ofA);
  const int64_t batches = ofA ? number(d.aBatches) : number(d.batch), panels = number(ofA ? d.aPanels : d.bPanels) * batches;
  (ofA ? panelsOfA : panelsOfB) = temporary(panels * number(d.k) * operand.width);
  l.buffers.push_back({BufferUse::temporary, ofA ? panelsOfA : panelsOfB});
  l.tasks = panels * ceilDiv(number(d.k), number(d.chunk)) * number(d.blocks);
  l.grain = std::max<int64_t>(1, (1 << 14) / (number(d.depth) * operand.width));
  l.scratchBytes = packBytes;
  const Design* kept = &d;
  l.emit = [work = work, kept, ofA](ModuleOp module, StringRef name) { return emitPack(module, name, *kept, ofA); };
}

void Planner::addCombine(const Design& d, int64_t chunks) {
  const Epilogue& epilogue = work->problem.epilogue;
  auto number = [&](Param p) { return d.params.values[p]; };
  Launch& l = launch(d, "combine", epilogue.key);
  // One parameter more than the others have.
  l.params.push_back(chunks);
  l.params.insert(l.params.end(), epilogue.params.begin(), epilogue.params.end());
  l.buffers.push_back({BufferUse::temporary, partials});
  for (unsigned i = 0; i < epilogue.buffers.size(); ++i) l.buffers.push_back({BufferUse::epilogue, i});
  l.tasks = number(d.batch) * number(d.resultM);
  l.grain = std::max<int64_t>(1, (1 << 13) / (number(d.resultN) * chunks));
  const Design* kept = &d;
  l.emit = [work = work, kept](ModuleOp module, StringRef name) {
    Design design = *kept;
    const Param splits = design.params.add(0);
    return emitCombine(module, name, design, splits, work->problem.epilogue);
  };
}
}  // namespace mlir::weft::contraction
