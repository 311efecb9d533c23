#include <algorithm>

#include "codegen/contraction/blocks.h"
#include "codegen/contraction/pack.h"
#include "codegen/contraction/planner.h"

namespace mlir::weft::contraction {
namespace {

class ProductPlanner : Planner {
 public:
  using Planner::Planner;

  Plan run() {
    Geometry g = geometryOf(work->problem);
    if (!g.batch || !g.m || !g.n) return {};
    if (betterSwapped(g, work->problem.element.getIntOrFloatBitWidth(), target)) g.swap();
    const Blocks blocks = chooseBlocks(g, work->problem.element.getIntOrFloatBitWidth(), target);
    describe(g, blocks);
    const Design& d = work->design;
    if (d.a.shared) addPack(d, true);
    if (d.b.shared) addPack(d, false);
    addCompute(g, blocks);
    if (d.partial) addCombine(d, ceilDiv(g.k, blocks.chunk));
    return std::move(result);
  }

 private:
  void describe(Geometry& g, const Blocks& blocks) {
    Design& d = work->design;
    d.element = work->problem.element;
    d.tile = blocks.tile;
    d.partial = g.splits > 1;
    d.swapped = g.swapped;
    const bool first = (work->problem.kind == Kind::conv) == g.swapped;  // A is the op's first operand
    d.a = {first ? &work->problem.a : &work->problem.b, g.a, d.tile.rows, blocks.shareA};
    d.b = {first ? &work->problem.b : &work->problem.a, g.b, d.tile.columns(), blocks.shareB};
    Params& p = d.params = g.params;
    d.batch = d.aBatches = p.add(g.batch);
    d.m = p.add(g.m);
    d.n = p.add(g.n);
    d.k = p.add(g.k);
    d.resultM = g.swapped ? d.n : d.m;
    d.resultN = g.swapped ? d.m : d.n;
    d.groups = p.add(g.groups);
    d.images = p.add((g.swapped ? g.m : g.n) / g.positions);
    d.positions = p.add(g.positions);
    d.chunk = p.add(blocks.chunk);
    d.rowBlocks = p.add(ceilDiv(g.m, blocks.rows));
    d.columnBlocks = p.add(ceilDiv(g.n, blocks.columns));
    d.rows = p.add(blocks.rows);
    d.columns = p.add(blocks.columns);
    d.depth = p.add(blocks.depth);
    d.aPanels = p.add(ceilDiv(g.m, d.tile.rows));
    d.bPanels = p.add(ceilDiv(g.n, d.tile.columns()));
    d.blocks = p.add(ceilDiv(blocks.chunk, blocks.depth));
    const int64_t lanes = d.tile.lanes;
    const int64_t rowTiles = std::min(blocks.rows, roundUp(g.m, d.tile.rows)) / d.tile.rows;
    const int64_t columnTiles = std::min(blocks.columns, roundUp(g.n, d.tile.columns())) / d.tile.columns();
    const bool single = blocks.depth >= blocks.chunk;
    d.tileStride = p.add(single ? 0 : d.tile.elements());
    place(d.a.shared ? 0 : rowTiles * d.tile.rows * blocks.depth);
    d.bScratch = p.add(place(blocks.fewRows ? lanes * lanes : d.b.shared ? 0 : d.tile.columns() * blocks.depth));
    const int64_t tiles = blocks.fewRows || !single ? rowTiles * columnTiles : 1;
    d.tileScratch = p.add(place(tiles * d.tile.elements()));
    for (const Operand* o : {&d.a, &d.b})
      packBytes = std::max(packBytes, packScratchBytes(o->access, o->width, lanes, elementBytes));
    d.packScratch = p.add(place(0, packBytes));
  }

  void addCompute(const Geometry& g, const Blocks& blocks) {
    const Design& d = work->design;
    Launch& l = launch(d, std::string(blocks.fewRows ? "contract_few_rows" : "contract") + (d.partial ? "_chunks" : ""),
                       keyOf(d.a) + keyOf(d.b) + (d.swapped ? " swapped " : " ") + (d.partial ? "" : work->problem.epilogue.key));
    use(l, d.a, true);
    use(l, d.b, false);
    useResult(l, d, g.splits * g.batch * g.m * g.n);
    const int64_t chunks = std::max<int64_t>(1, ceilDiv(g.k, blocks.chunk));
    l.tasks = chunks * g.batch * d.params.values[d.rowBlocks] * d.params.values[d.columnBlocks];
    const int64_t depth = std::max<int64_t>(1, std::min(blocks.chunk, g.k));
    const int64_t steps = std::min(blocks.rows, g.m) * std::min(blocks.columns, g.n) * depth;
    l.grain = std::max<int64_t>(1, (1 << 17) / steps);
    l.scratchBytes = scratchBytes;
    l.emit = [work = work, emitCompute = blocks.fewRows ? emitFewRows : emitCompute](ModuleOp module, StringRef name) {
      return emitCompute(module, name, work->design, work->problem.epilogue);
    };
  }
};
}  // namespace

Plan plan(const Problem& problem, const Target& target) {
  if (problem.kind == Kind::convInputGrad) return planInputGrad(problem, target);
  return ProductPlanner(problem, target).run();
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
