#include <algorithm>
#include <numeric>

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
    const unsigned bits = work->problem.element.getIntOrFloatBitWidth();
    Geometry turned = g;
    turned.swap();
    // Lanes of images do not stay together.
    if (g.n < g.m && g.positions == g.n && hasFewRows(turned, bits)) g = turned;
    const bool few = hasFewRows(g, bits);
    describe(g, bits, few);
    if (few) addFewRows(g, bits);
    else addProduct(g, chooseBlocks(g, work->design.tile, bits, target));
    return std::move(result);
  }

 private:
  int64_t& at(Launch& l, Param p) { return l.params[p]; }

  void describe(const Geometry& g, unsigned bits, bool few) {
    Design& d = work->design;
    const Problem& problem = work->problem;
    d.element = problem.element;
    d.tile = productTile(bits, target);
    d.swapped = g.swapped;
    // The weight is A, and the op's second operand, where positions of images are the columns.
    const bool images = problem.kind == Kind::conv || problem.kind == Kind::convInputGrad;
    const bool first = images == g.swapped;
    d.a = {first ? &problem.a : &problem.b, g.a, few ? unsigned(kFewRows) : d.tile.rows};
    d.b = {first ? &problem.b : &problem.a, g.b, d.tile.columns()};
    Params& p = d.params = g.params;
    d.batch = p.add(g.batch);
    d.m = p.add(g.m);
    d.n = p.add(g.n);
    d.k = p.add(g.k);
    d.resultM = g.swapped ? d.n : d.m;
    d.resultN = g.swapped ? d.m : d.n;
    d.groups = p.add(g.groups);
    d.images = p.add((g.swapped ? g.m : g.n) / g.positions);
    d.positions = p.add(g.positions);
    d.chunk = p.add(std::max<int64_t>(1, ceilDiv(g.k, g.splits)));
    d.aPanels = p.add(ceilDiv(g.m, d.tile.rows));
    d.bPanels = p.add(ceilDiv(g.n, d.tile.columns()));
    for (Param* own : {&d.depth, &d.spans, &d.rowBlocks, &d.columnBlocks, &d.span, &d.rows,
                       &d.columns, &d.packsA, &d.packsB, &d.sharedA, &d.sharedB, &d.addsChunks,
                       &d.partial, &d.tileStride, &d.bScratch, &d.tileScratch, &d.packScratch})
      *own = p.add(0);
    for (const Operand* o : {&d.a, &d.b})
      packBytes =
          std::max(packBytes, packScratchBytes(o->access, o->width, d.tile.lanes, elementBytes));
  }

  void addFewRows(const Geometry& g, unsigned bits) {
    Design& d = work->design;
    const int64_t lanes = d.tile.lanes, columns = fewRowsColumns(g, lanes, bits, target);
    auto set = [&](Param p, int64_t value) { d.params.values[p] = value; };
    place(kFewRows * d.params.values[d.chunk]);
    set(d.bScratch, place(lanes * lanes));
    set(d.tileScratch, place(2 * g.m * columns));
    set(d.packScratch, place(0, packBytes));
    set(d.columns, columns);
    set(d.columnBlocks, ceilDiv(g.n, columns));
    Launch& l = launch(d, "few_rows",
                       "few rows" + keyOf(d.a) + keyOf(d.b) + (d.swapped ? " swapped " : " ") +
                           work->problem.epilogue.key);
    use(l, d.a);
    use(l, d.b);
    useEpilogue(l);
    l.tasks = g.batch * at(l, d.columnBlocks);
    l.grain = grainOf(g.m * columns * g.k);
    l.scratchBytes = scratchBytes;
    l.emit = [work = work](ModuleOp module, StringRef name) {
      return emitFewRows(module, name, work->design, work->problem.epilogue);
    };
  }
  static int64_t grainOf(int64_t steps) {
    return std::max<int64_t>(1, (1 << 17) / std::max<int64_t>(1, steps));
  }

  /// Whether panels of what is the same in every run are kept from run to run, in so much memory: a
  /// matrix is, the windows of images would need many times the images.
  static bool staysPacked(const Source& source, int64_t packed) {
    const int64_t elements = std::accumulate(source.sizes.begin(), source.sizes.end(), int64_t(1),
                                             std::multiplies<int64_t>());
    return source.unchanged && packed <= 2 * std::max<int64_t>(elements, 1 << 15);
  }

  /// Launches: panels of A, of B, products, the chunks' sum; each where it is needed.
  void addProduct(const Geometry& g, const Blocks& chosen) {
    const Design& d = work->design;
    blocks = chosen;
    auto number = [&](Param p) { return d.params.values[p]; };
    const int64_t packedA = g.batch * number(d.aPanels) * g.k * d.a.width,
                  packedB = g.batch * number(d.bPanels) * g.k * d.b.width;
    blocks.shareA |= staysPacked(*d.a.source, packedA);
    blocks.shareB |= staysPacked(*d.b.source, packedB);
    const bool split = g.splits > 1;
    // An argument that is not used must be something: operands may be constants, without a buffer.
    const BufferUse some{BufferUse::epilogue,
                         static_cast<unsigned>(work->problem.epilogue.buffers.size() - 1)};
    auto buffer = [&](bool wanted, int64_t elements) -> BufferUse {
      return wanted ? BufferUse{BufferUse::temporary, temporary(elements)} : some;
    };
    const int64_t tiles = number(d.aPanels) * number(d.bPanels) * g.batch,
                  chunks = ceilDiv(g.k, blocks.chunk);
    own[0] = buffer(blocks.shareA, packedA);
    own[1] = buffer(blocks.shareB, packedB);
    own[2] = buffer(split, chunks * tiles * d.tile.elements());
    if (blocks.shareA) addPack(g, true);
    if (blocks.shareB) addPack(g, false);

    Launch& l = start("contract");
    cutProduct(l, g);
    at(l, d.packsA) = !blocks.shareA;
    at(l, d.packsB) = !blocks.shareB;
    at(l, d.partial) = split;
    const bool single = split || blocks.depth >= blocks.chunk;
    const int64_t rowTiles = ceilDiv(std::min(blocks.rows, g.m), d.tile.rows);
    const int64_t columnTiles = ceilDiv(std::min(blocks.columns, g.n), d.tile.columns());
    at(l, d.tileStride) = single ? 0 : d.tile.elements();
    scratchBytes = 0;
    place(blocks.shareA ? 0 : rowTiles * d.tile.rows * blocks.depth);
    at(l, d.bScratch) = place(blocks.shareB ? 0 : d.tile.columns() * blocks.depth);
    at(l, d.tileScratch) = place((single ? 1 : rowTiles * columnTiles) * d.tile.elements());
    at(l, d.packScratch) = place(0, packBytes);
    l.tasks *= std::max<int64_t>(1, chunks);
    l.grain = grainOf(std::min(blocks.rows, g.m) * std::min(blocks.columns, g.n) *
                      std::min(blocks.chunk, std::max<int64_t>(g.k, 1)));
    l.scratchBytes = scratchBytes;
    if (split) addCombine(g, chunks);
  }

  Launch& start(std::string name) {
    const Design& d = work->design;
    Launch& l = launch(d, std::move(name),
                       "product" + keyOf(d.a) + keyOf(d.b) + " " + work->problem.epilogue.key);
    use(l, d.a);
    use(l, d.b);
    l.buffers.append(own, own + 3);
    useEpilogue(l);
    at(l, d.depth) = blocks.depth;
    at(l, d.sharedA) = blocks.shareA;
    at(l, d.sharedB) = blocks.shareB;
    l.emit = [work = work](ModuleOp module, StringRef name) {
      return emitProduct(module, name, work->design, work->problem.epilogue);
    };
    return l;
  }
  void cutProduct(Launch& l, const Geometry& g) {
    const Design& d = work->design;
    at(l, d.spans) = 1;
    at(l, d.span) = blocks.chunk;
    at(l, d.rows) = blocks.rows;
    at(l, d.columns) = blocks.columns;
    at(l, d.rowBlocks) = ceilDiv(g.m, blocks.rows);
    at(l, d.columnBlocks) = ceilDiv(g.n, blocks.columns);
    l.tasks = g.batch * at(l, d.rowBlocks) * at(l, d.columnBlocks);
  }

  /// A task is a panel of one block of k.
  void addPack(const Geometry& g, bool ofA) {
    const Design& d = work->design;
    Launch& l = start(ofA ? "pack_rows" : "pack_columns");
    const Operand& operand = ofA ? d.a : d.b;
    const unsigned width = operand.width;
    l.packing = {operand.source == &work->problem.a ? BufferUse::sourceA : BufferUse::sourceB,
                 own[ofA ? 0 : 1].index};
    const int64_t panels = at(l, ofA ? d.aPanels : d.bPanels);
    at(l, ofA ? d.packsA : d.packsB) = 1;
    at(l, d.spans) = ceilDiv(blocks.chunk, blocks.depth);
    at(l, d.span) = blocks.depth;
    at(l, d.rowBlocks) = ofA ? panels : 1;
    at(l, d.columnBlocks) = ofA ? 1 : panels;
    at(l, ofA ? d.rows : d.columns) = width;
    l.tasks = panels * g.batch * ceilDiv(g.k, blocks.chunk) * at(l, d.spans);
    l.grain = std::max<int64_t>(1, (1 << 14) / (blocks.depth * width));
    l.scratchBytes = packBytes;
  }

  void addCombine(const Geometry& g, int64_t chunks) {
    const Design& d = work->design;
    Launch& l = start("combine");
    cutProduct(l, g);
    at(l, d.span) = 0;
    at(l, d.addsChunks) = chunks;
    l.scratchBytes = d.tile.elements() * elementBytes;
    l.grain = std::max<int64_t>(1, (1 << 13) / (chunks * blocks.rows * blocks.columns));
  }

  Blocks blocks;
  BufferUse own[3];  // all panels of A, of B, the chunks' sums
};

/// Whether the gradient of the input is a plain product: every position of it is one of the result.
bool isPointwise(const Problem& problem) {
  auto all = [](ArrayRef<int64_t> values, int64_t wanted) {
    return llvm::all_of(values, [&](int64_t v) { return v == wanted; });
  };
  return all(ArrayRef(problem.b.sizes).drop_front(2), 1) && all(problem.window.stride, 1) &&
         all(problem.window.padding, 0);
}
}  // namespace

Plan plan(const Problem& problem, const Target& target) {
  if (problem.kind == Kind::convInputGrad && !isPointwise(problem))
    return planInputGrad(problem, target);
  return ProductPlanner(problem, target).run();
}

Epilogue denseResult(Type element, ArrayRef<int64_t> sizes) {
  Epilogue epilogue;
  epilogue.buffers.push_back(MemRefType::get({ShapedType::kDynamic}, element));
  epilogue.params = {sizes[1], sizes[2]};
  epilogue.key = "dense";
  epilogue.store = [](OpBuilder& b, Location loc, Arguments arguments, ArrayRef<Value> index,
                      Value values, Value mask) {
    Emit e{b, loc};
    Value row = e.add(e.mul(index[0], arguments.params[0]), index[1]);
    e.storeVector(values, arguments.buffers[0], e.add(e.mul(row, arguments.params[1]), index[2]),
                  mask);
  };
  return epilogue;
}
}  // namespace mlir::weft::contraction
