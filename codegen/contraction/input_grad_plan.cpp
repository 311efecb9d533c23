#include <algorithm>

#include "codegen/contraction/pack.h"
#include "codegen/contraction/planner.h"
#include "ir/op/order.h"

namespace mlir::weft::contraction {
namespace {
using Walk = AccessBuilder::Walk;

class GradPlanner : Planner {
 public:
  using Planner::Planner;

  Plan run() {
    ArrayRef<int64_t> dySizes = dyOf().sizes, w = weight().sizes, dx = work->problem.sizes;
    groups = work->problem.window.groups;
    images = dx[0];
    rows = w[1];
    outputs = w[0] / groups;
    taps = inner = 1;
    for (int64_t size : w.drop_front(2)) taps *= size;
    for (int64_t size : dx.drop_front(2)) inner *= size;
    if (!images || !rows || !inner || !groups) return {};
    describeDims(dySizes, w, dx);
    describe();
    addPack();
    addCompute();
    if (work->grad.partial) addCombine();
    return std::move(result);
  }

 private:
  const Source& dyOf() const { return work->problem.a; }
  const Source& weight() const { return work->problem.b; }

  void describeDims(ArrayRef<int64_t> dy, ArrayRef<int64_t> w, ArrayRef<int64_t> dx) {
    const Window& window = work->problem.window;
    auto& dims = work->grad.dims;
    // A row of its own dimension: sequences get one of length 1 before.
    auto add = [&](int64_t in, int64_t out, int64_t taps, int64_t stride, int64_t padding,
                   int64_t dilation) {
      GradDim& d = dims.emplace_back();
      d.in = in, d.out = out, d.window = taps, d.stride = stride, d.padding = padding,
      d.dilation = dilation;
    };
    if (dx.size() == 3) add(1, 1, 1, 1, 0, 1);
    for (size_t i = 0; i + 2 < dx.size(); ++i)
      add(dx[i + 2], dy[i + 2], w[i + 2], window.stride[i], window.padding[i], window.dilation[i]);
    // Inputs that no window reaches have a q too: their gradient is zero.
    for (GradDim& dim : dims)
      dim.quotients = std::max(dim.out + dim.reach(), (dim.in - 1 + dim.padding) / dim.stride + 1);
  }

  /// How many images lie interleaved: as few as fill the vectors of a row. The code depends on the
  /// row alone; fewer images than that take as many as there are.
  int64_t chooseInterleave(Tile& tile) {
    const int64_t width = work->grad.dims.back().out;
    double least = 0;
    int64_t best = 1;
    for (int64_t i = 1; i <= 16; i *= 2) {
      const Tile t =
          chooseGradTile(rows, width * i, work->problem.element.getIntOrFloatBitWidth(), target);
      if (t.columns() % i) continue;
      const double cost = costOf(t, rows, width * i) / i * (i > 1 ? 1.05 : 1);
      if (best != 1 || i > 1 ? cost >= 0.97 * least : false) continue;
      least = cost;
      best = i;
      tile = t;
    }
    work->grad.plain = best == 1 && work->grad.dims.back().stride == 1;
    while (best >= 2 * images) best /= 2;
    return best;
  }

  void describe() {
    GradDesign& g = work->grad;
    Design& d = work->design = {};
    auto& dims = g.dims;
    d.element = work->problem.element;
    const int64_t interleave = chooseInterleave(d.tile), lanes = d.tile.lanes,
                  columns = d.tile.columns();
    const int64_t splits =
        ::torch::op::contraction_splits(images * groups, rows, inner, taps * outputs);
    g.partial = splits > 1;
    const int64_t rowLanes = dims.back().out * interleave, rowPanels = ceilDiv(rowLanes, columns);

    // Blocks of q of the first dimension keep accumulators and dy of a task within the cache;
    // blocks of channels and fewer images give every thread a task.
    int64_t planeOfQ = interleave, middle = 1, middleIn = 1, phases = 1;
    for (size_t i = 1; i < dims.size(); ++i) planeOfQ *= dims[i].quotients * dims[i].stride;
    for (size_t i = 1; i + 1 < dims.size(); ++i) middle *= dims[i].out, middleIn *= dims[i].in;
    phases = dims[0].stride;
    const int64_t rowBytes = (outputs * middle * rowPanels * columns +
                              std::min<int64_t>(rows, 4 * d.tile.rows) * planeOfQ * phases) *
                             elementBytes;
    int64_t rowTiles = ceilDiv(rows, d.tile.rows);
    int64_t quotients = std::clamp<int64_t>(
        target.l2 / 2 / std::max<int64_t>(1, rowBytes) - dims[0].reach(), 1, dims[0].quotients);
    if (quotients * 2 > dims[0].quotients && quotients < dims[0].quotients)
      quotients = ceilDiv(dims[0].quotients, 2);
    const int64_t perTask = std::max<int64_t>(
        1, target.l2 / 2 /
               std::max<int64_t>(1, quotients * planeOfQ * phases * d.tile.rows * elementBytes));
    int64_t blockTiles = std::min(rowTiles, perTask);
    const int64_t imageBlocks = ceilDiv(images, interleave), outer = imageBlocks * groups * splits;
    while (outer * ceilDiv(dims[0].quotients, quotients) * ceilDiv(rowTiles, blockTiles) <
               3 * target.threads &&
           blockTiles > 1 && target.threads > 1)
      blockTiles = ceilDiv(blockTiles, 2);
    while (outer * ceilDiv(dims[0].quotients, quotients) * ceilDiv(rowTiles, blockTiles) <
               3 * target.threads &&
           quotients > 4 && target.threads > 1)
      quotients = ceilDiv(quotients, 2);

    int64_t elements = interleave;
    for (size_t i = dims.size(); i-- > 0;) {
      dims[i].place = elements;
      elements *= i ? dims[i].quotients : quotients;
    }
    for (size_t i = dims.size(); i-- > 0;) {
      dims[i].phase = elements;
      elements *= dims[i].stride;
    }
    // Rows of a tile a power of two apart would fight for the same lines of the cache.
    int64_t plane = roundUp(elements, lanes);
    if (plane * elementBytes % 1024 == 0) plane += lanes;

    Params& p = d.params;
    AccessBuilder ofWeight(weight(), p), ofDy(dyOf(), p, /*exact=*/true);
    SmallVector<Walk> k{{outputs, {{0, 1}, {AccessBuilder::kRow, 1}}}}, out;
    if (weight().sizes.size() == 3) out.push_back({1, {}});
    int64_t row = taps * outputs;
    for (size_t i = 2; i < weight().sizes.size(); ++i) {
      row /= std::max<int64_t>(1, weight().sizes[i]);
      k.push_back({weight().sizes[i], {{unsigned(i), 1}, {AccessBuilder::kRow, row}}});
      out.push_back({dyOf().sizes[i], {{unsigned(i), 1}}});
    }
    const Access a = ofWeight.build({{groups, {{0, outputs}}}}, {{rows, {{1, 1}}}}, k);
    const Access b =
        ofDy.build({{images, {{0, 1}}}, {groups, {{1, outputs}}}}, out, {{outputs, {{1, 1}}}});
    d.a = {&work->problem.b, a, d.tile.rows};
    d.b = {&work->problem.a, b, unsigned(columns)};
    d.batch = p.add(images * groups);
    d.aBatches = p.add(groups);
    d.m = d.resultM = p.add(rows);
    d.n = d.resultN = p.add(inner);
    d.k = p.add(taps * outputs);
    d.groups = p.add(groups);
    d.images = p.add(1);
    d.positions = p.add(inner);
    d.chunk = p.add(std::max<int64_t>(1, ::torch::op::contraction_chunk(taps * outputs, splits)));
    d.rows = p.add(blockTiles * d.tile.rows);
    d.rowBlocks = p.add(ceilDiv(rowTiles, blockTiles));
    d.aPanels = p.add(rowTiles);
    // The weight is packed whole, rows by tap; chunks are cut where they lie.
    const Param whole = p.add(std::max<int64_t>(1, taps * outputs));
    const Param once = p.add(1);
    for (GradDim& dim : dims) {
      dim.inParam = p.add(dim.in);
      dim.outParam = p.add(dim.out);
      dim.windowParam = p.add(dim.window);
      dim.strideParam = p.add(dim.stride);
      dim.paddingParam = p.add(dim.padding);
      dim.dilationParam = p.add(dim.dilation);
      dim.placeParam = p.add(dim.place);
      dim.phaseParam = p.add(dim.phase);
    }
    g.imageBlocks = p.add(imageBlocks);
    g.imageCount = p.add(images);
    g.interleave = p.add(interleave);
    int64_t shift = 0;
    while (int64_t(1) << shift < interleave) ++shift;
    g.shift = p.add(shift);
    g.quotientBlocks = p.add(ceilDiv(dims[0].quotients, quotients));
    g.quotients = p.add(quotients);
    g.allQuotients = p.add(dims[0].quotients);
    g.reach = p.add(dims[0].reach());
    g.middle = p.add(middle);
    g.middleIn = p.add(middleIn);
    g.depth = p.add(std::max<int64_t>(64, 5 * target.l1 / 4 / (columns * elementBytes)));
    g.outputs = p.add(std::max<int64_t>(1, outputs));
    g.rowLanes = p.add(rowLanes);
    g.rowPanels = p.add(rowPanels);
    g.plane = p.add(plane);
    place(blockTiles * d.tile.rows * plane);
    const int64_t packedRows = std::min(quotients + dims[0].reach(), dims[0].out) * middle;
    g.dyScratch = p.add(place(packedRows * rowPanels * columns * outputs));
    g.blockScratch = p.add(place(interleave * lanes));
    g.tableScratch = p.add(place(0, 4 * (dims.back().in + 64)));
    packBytes = packScratchBytes(d.a.access, d.a.width, lanes, elementBytes);
    tasks = splits * imageBlocks * groups * p.values[g.quotientBlocks] * p.values[d.rowBlocks];
    g.design = d;
    d.chunk = d.depth = whole;
    d.spans = once;
  }

  void addPack() {
    const Design& d = work->design;
    Launch& l = launch(d, "pack_rows", "pack" + keyOf(d.a));
    use(l, d.a);
    auto number = [&](Param p) { return d.params.values[p]; };
    panels = temporary(number(d.aPanels) * groups * number(d.k) * d.a.width);
    l.buffers.push_back({BufferUse::temporary, panels});
    l.tasks = number(d.aPanels) * groups;
    l.grain = std::max<int64_t>(1, (1 << 14) / (number(d.depth) * d.a.width));
    l.scratchBytes = packBytes;
    l.emit = [work = work](ModuleOp module, StringRef name) {
      return emitGradPack(module, name, work->design);
    };
  }

  void addCompute() {
    const GradDesign& g = work->grad;
    const Design& d = g.design;
    Launch& l = launch(d, "input_grad",
                       (g.partial ? "input grad, chunks" : "input grad") + keyOf(d.b) +
                           (g.plain ? " plain " : " ") + std::to_string(g.dims.size()) + " " +
                           (g.partial ? "" : work->problem.epilogue.key));
    l.buffers.push_back({BufferUse::temporary, panels});
    use(l, d.b);
    if (g.partial) {
      sums = temporary(chunks() * images * groups * rows * inner);
      l.buffers.push_back({BufferUse::temporary, sums});
    } else {
      useEpilogue(l);
    }
    l.tasks = tasks;
    l.scratchBytes = scratchBytes;
    l.emit = [work = work](ModuleOp module, StringRef name) {
      return emitInputGrad(module, name, work->grad, work->problem.epilogue);
    };
  }

  void addCombine() {
    const Design& d = work->grad.design;
    Launch& l = launch(d, "combine", "combine " + work->problem.epilogue.key);
    // One parameter more than the others have.
    l.params.push_back(chunks());
    l.buffers.push_back({BufferUse::temporary, sums});
    useEpilogue(l);
    l.tasks = images * groups * rows;
    l.grain = std::max<int64_t>(1, (1 << 13) / (inner * chunks()));
    l.emit = [work = work](ModuleOp module, StringRef name) {
      Design design = work->grad.design;
      const Param splits = design.params.add(0);
      return emitGradCombine(module, name, design, splits, work->problem.epilogue);
    };
  }
  int64_t chunks() const {
    return ceilDiv(taps * outputs, work->grad.design.params.values[work->grad.design.chunk]);
  }

  int64_t groups, images, rows, outputs, taps, inner, tasks;
  unsigned panels = 0, sums = 0;
};
}  // namespace

Plan planInputGrad(const Problem& problem, const Target& target) {
  return GradPlanner(problem, target).run();
}
}  // namespace mlir::weft::contraction
