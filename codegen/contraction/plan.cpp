#include <algorithm>
#include <memory>
#include <string>

#include "codegen/contraction/blocks.h"
#include "codegen/contraction/kernel.h"
#include "codegen/contraction/pack.h"
#include "ir/op/order.h"
#include "llvm/Support/raw_ostream.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft::contraction {
namespace {

int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t roundUp(int64_t a, int64_t b) { return ceilDiv(a, b) * b; }

/// What the launches of one plan share and their recipes keep.
struct Work {
  Problem problem;
  Design design;
  Epilogue epilogue;
};

std::string keyOf(Type type) {
  std::string key;
  llvm::raw_string_ostream(key) << type;
  return key;
}
std::string keyOf(const Operand& operand) {
  return std::to_string(operand.width) + (operand.shared ? "shared" : operand.access.key() + operand.source->key);
}
std::string keyOf(const Design& design, const char* kind) {
  const Tile& t = design.tile;
  std::string key = std::string("contraction ") + kind + " " + keyOf(design.element) + " " + std::to_string(t.rows) + "x" +
                    std::to_string(t.vectors) + "x" + std::to_string(t.lanes);
  // Parameters are found by number, so kernels of one key have the same numbers of them.
  return key + " " + std::to_string(design.params.values.size());
}

class Planner {
 public:
  Planner(const Problem& problem, const Target& target) : work(std::make_shared<Work>()), target(target) {
    work->problem = problem;
    work->epilogue = problem.epilogue;
    bytes = ceilDiv(problem.element.getIntOrFloatBitWidth(), 8);
  }

  Plan run() {
    Geometry g = geometryOf(work->problem);
    if (!g.batch || !g.m || !g.n) return {};
    const Blocks blocks = chooseBlocks(g, work->problem.element.getIntOrFloatBitWidth(), target);
    describe(g, blocks);
    Design& d = work->design;
    if (d.a.shared) addPack(g, true);
    if (d.b.shared) addPack(g, false);
    addCompute(g, blocks);
    if (d.partial) addCombine(g);
    return std::move(result);
  }

 private:
  void describe(Geometry& g, const Blocks& blocks) {
    Design& d = work->design;
    d.element = work->problem.element;
    d.tile = blocks.tile;
    d.partial = g.splits > 1;
    const bool conv = work->problem.kind == Kind::conv;
    d.a = {conv ? &work->problem.b : &work->problem.a, g.a, d.tile.rows, blocks.shareA, 0};
    d.b = {conv ? &work->problem.a : &work->problem.b, g.b, d.tile.columns(), blocks.shareB, 0};
    Params& p = d.params = g.params;
    d.batch = p.add(g.batch);
    d.m = p.add(g.m);
    d.n = p.add(g.n);
    d.k = p.add(g.k);
    d.groups = p.add(g.groups);
    d.images = p.add(g.n / g.positions);
    d.positions = p.add(g.positions);
    d.chunk = p.add(blocks.chunk);
    d.rowBlocks = p.add(ceilDiv(g.m, blocks.rows));
    d.columnBlocks = p.add(ceilDiv(g.n, blocks.columns));
    d.rows = p.add(blocks.rows);
    d.columns = p.add(blocks.columns);
    d.depth = p.add(blocks.depth);
    d.aPanels = p.add(ceilDiv(g.m, d.tile.rows));
    d.bPanels = p.add(ceilDiv(g.n, d.tile.columns()));
    // A panel may be written up to a vector beyond its end: panels of a shared buffer keep off each other.
    const int64_t lanes = d.tile.lanes;
    auto strideOf = [&](const Operand& o) { return roundUp((o.shared ? g.k : blocks.depth) * o.width, lanes); };
    d.a.stride = p.add(strideOf(d.a));
    d.b.stride = p.add(strideOf(d.b));
    const int64_t rowTiles = std::min(blocks.rows, roundUp(g.m, d.tile.rows)) / d.tile.rows;
    const int64_t columnTiles = std::min(blocks.columns, roundUp(g.n, d.tile.columns())) / d.tile.columns();
    const bool single = blocks.depth >= blocks.chunk;
    d.tileStride = p.add(single ? 0 : d.tile.elements());
    auto place = [&](int64_t elements, int64_t plus) {
      const int64_t at = scratchBytes;
      scratchBytes = roundUp(at + (elements ? (elements + lanes) * bytes : 0) + plus, 64);
      return at;
    };
    place(d.a.shared ? 0 : rowTiles * p.values[d.a.stride], 0);
    d.bScratch = p.add(place(d.b.shared ? 0 : p.values[d.b.stride], 0));
    d.tileScratch = p.add(place((single ? 1 : rowTiles * columnTiles) * d.tile.elements(), 0));
    packBytes = std::max(packScratchBytes(d.a.access, d.a.width, lanes, bytes), packScratchBytes(d.b.access, d.b.width, lanes, bytes));
    d.packScratch = p.add(place(0, packBytes));
  }

  unsigned temporary(int64_t elements) {
    result.temporaryBytes.push_back((elements + work->design.tile.lanes) * bytes);
    return result.temporaryBytes.size() - 1;
  }

  Launch& launch(std::string name, std::string key) {
    Launch& l = result.launches.emplace_back();
    l.name = std::move(name);
    l.key = std::move(key);
    l.params = work->design.params.values;
    return l;
  }
  void use(Launch& l, const Operand& operand, bool ofA) {
    if (operand.shared) {
      l.buffers.push_back({BufferUse::temporary, ofA ? panelsOfA : panelsOfB});
      return;
    }
    auto from = operand.source == &work->problem.a ? BufferUse::sourceA : BufferUse::sourceB;
    for (unsigned i = 0; i < operand.source->buffers.size(); ++i) l.buffers.push_back({from, i});
    l.params.insert(l.params.end(), operand.source->params.begin(), operand.source->params.end());
  }
  void useEpilogue(Launch& l) {
    for (unsigned i = 0; i < work->epilogue.buffers.size(); ++i) l.buffers.push_back({BufferUse::epilogue, i});
    l.params.insert(l.params.end(), work->epilogue.params.begin(), work->epilogue.params.end());
  }

  void addPack(const Geometry& g, bool ofA) {
    const Design& d = work->design;
    Operand operand = ofA ? d.a : d.b;
    operand.shared = false;
    Launch& l = launch(ofA ? "pack_rows" : "pack_columns", keyOf(d, "pack ") + keyOf(operand) + std::to_string(ofA ? d.a.stride : d.b.stride));
    use(l, operand, ofA);
    const int64_t panels = g.batch * d.params.values[ofA ? d.aPanels : d.bPanels];
    (ofA ? panelsOfA : panelsOfB) = temporary(panels * d.params.values[operand.stride]);
    l.buffers.push_back({BufferUse::temporary, ofA ? panelsOfA : panelsOfB});
    l.tasks = panels;
    l.grain = std::max<int64_t>(1, (1 << 14) / std::max<int64_t>(1, g.k * operand.width));
    l.scratchBytes = packBytes;
    l.emit = [work = work, ofA](ModuleOp module, StringRef name) { return emitPack(module, name, work->design, ofA); };
  }

  void addCompute(const Geometry& g, const Blocks& blocks) {
    const Design& d = work->design;
    Launch& l = launch(d.partial ? "contract_chunks" : "contract",
                       keyOf(d, "compute ") + " a" + keyOf(d.a) + " b" + keyOf(d.b) + (d.partial ? " partial" : " " + work->epilogue.key));
    use(l, d.a, true);
    use(l, d.b, false);
    if (d.partial) l.buffers.push_back({BufferUse::temporary, chunks = temporary(g.splits * g.batch * g.m * g.n)});
    else useEpilogue(l);
    const int64_t chunksOfK = std::max<int64_t>(1, ceilDiv(g.k, blocks.chunk));
    l.tasks = chunksOfK * g.batch * d.params.values[d.rowBlocks] * d.params.values[d.columnBlocks];
    const int64_t steps = std::min(blocks.rows, g.m) * std::min(blocks.columns, g.n) * std::max<int64_t>(1, std::min(blocks.chunk, g.k));
    l.grain = std::max<int64_t>(1, (1 << 17) / steps);
    l.scratchBytes = scratchBytes;
    l.emit = [work = work](ModuleOp module, StringRef name) {
      return emitCompute(module, name, work->design, work->epilogue);
    };
    splitsInUse = chunksOfK;
  }

  void addCombine(const Geometry& g) {
    const Design& d = work->design;
    Launch& l = launch("combine", keyOf(d, "combine ") + " " + work->epilogue.key);
    // The kernel's own parameters are one more than the others': the number of chunks.
    l.params.push_back(splitsInUse);
    l.buffers.push_back({BufferUse::temporary, chunks});
    useEpilogue(l);
    l.tasks = g.batch * g.m;
    l.grain = std::max<int64_t>(1, (1 << 13) / (g.n * splitsInUse));
    l.emit = [work = work](ModuleOp module, StringRef name) {
      Design design = work->design;
      Param splits = design.params.add(0);
      return emitCombine(module, name, design, splits, work->epilogue);
    };
  }

  std::shared_ptr<Work> work;
  const Target& target;
  Plan result;
  int64_t bytes = 4, scratchBytes = 0, packBytes = 0, splitsInUse = 1;
  unsigned panelsOfA = 0, panelsOfB = 0, chunks = 0;
};
}  // namespace

Plan plan(const Problem& problem, const Target& target) {
  return Planner(problem, target).run();
}

Epilogue denseResult(Type element, ArrayRef<int64_t> sizes) {
  Epilogue epilogue;
  epilogue.buffers.push_back(MemRefType::get({ShapedType::kDynamic}, element));
  epilogue.params = {sizes[1], sizes[2]};
  epilogue.key = "dense";
  epilogue.store = [](OpBuilder& b, Location loc, Arguments arguments, ArrayRef<Value> index, Value values, Value mask) {
    Emit e{b, loc};
    Value row = e.add(e.mul(index[0], arguments.params[0]), index[1]);
    e.storeVector(values, arguments.buffers[0], e.add(e.mul(row, arguments.params[1]), index[2]), mask);
  };
  return epilogue;
}
}  // namespace mlir::weft::contraction
