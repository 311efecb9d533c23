#include "ir/access/access.h"

#include "ir/tensor/ops.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::weft {
namespace {
llvm::ArrayRef<int64_t> sizes(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
std::vector<Source> one(IndexVector index) { return {Source{0, std::move(index), {}}}; }

Index start(Value starts, int64_t last, IndexSpace& space) {
  if (auto known = starts.getDefiningOp<ConstantOp>())
    return Index(std::clamp<int64_t>(cast<IntegerAttr>(known.getValue()).getInt(), 0,
                                     std::max<int64_t>(last, 0)));
  return space.symbol(starts, {}, 0, last);
}

std::vector<Source> sliceSources(SliceOp op, llvm::ArrayRef<Index> result, IndexSpace &space) {
  IndexVector index;
  for (auto [i, from] : llvm::enumerate(op.getStarts())) {
    int64_t span = op.getSizes()[i] ? (op.getSizes()[i] - 1) * op.getSteps()[i] + 1 : 0;
    index.push_back(start(from, sizes(op.getX())[i] - span, space) + result[i] * op.getSteps()[i]);
  }
  return one(index);
}

std::vector<Source> insertSources(InsertOp op, llvm::ArrayRef<Index> result, IndexSpace &space) {
  Source update{1, {}, {}};
  llvm::ArrayRef<int64_t> updateSizes = sizes(op.getUpdate());
  for (auto [i, from] : llvm::enumerate(op.getStarts())) {
    int64_t step = op.getSteps()[i], span = updateSizes[i] ? (updateSizes[i] - 1) * step + 1 : 0;
    Index offset = result[i] - start(from, sizes(op.getX())[i] - span, space);
    update.index.push_back(space.quotient(offset, step, true));
    update.guards.push_back({update.index.back(), updateSizes[i]});
    if (step > 1) update.guards.push_back({space.remainder(offset, step, true), 1});
  }
  return {update, Source{0, result.vec(), {}}};
}

std::vector<Source> padSources(PadOp op, llvm::ArrayRef<Index> result, IndexSpace &space) {
  Source inside{0, {}, {}};
  for (size_t i = 0; i < result.size(); ++i) {
    int64_t step = op.getInterior()[i] + 1;
    Index offset = result[i] + -op.getLow()[i];
    inside.index.push_back(space.quotient(offset, step, true));
    if (op.getLow()[i] || op.getHigh()[i])
      inside.guards.push_back({inside.index.back(), sizes(op.getX())[i]});
    if (step > 1) inside.guards.push_back({space.remainder(offset, step, true), 1});
  }
  return {inside, Source{1, {}, {}}};
}

std::vector<Source> concatSources(ConcatOp op, llvm::ArrayRef<Index> result) {
  std::vector<Source> out;
  int64_t begin = 0;
  for (auto [i, x] : llvm::enumerate(op.getXs())) {
    int64_t size = sizes(x)[op.getDim()];
    if (size == 0 && (i + 1 < op.getXs().size() || !out.empty())) continue;
    Source s{static_cast<unsigned>(i), result.vec(), {}};
    s.index[op.getDim()] = result[op.getDim()] + -begin;
    s.guards.push_back({s.index[op.getDim()], size});
    begin += size;
    out.push_back(std::move(s));
  }
  out.back().guards.clear();
  return out;
}

std::vector<Source> gatherSources(Value index, IndexVector at, Value x, int64_t dim,
                                  IndexVector result, IndexSpace& space) {
  result[dim] = space.symbol(index, std::move(at), 0, sizes(x)[dim] - 1);
  return one(std::move(result));
}

// What the pooling ops have in common.
struct WindowShape {
  llvm::ArrayRef<int64_t> window, stride, padding, dilation;
  explicit WindowShape(Operation *op) {
    auto array = [&](llvm::StringRef name) {
      return cast<DenseI64ArrayAttr>(op->getAttr(name)).asArrayRef();
    };
    window = array("window"), stride = array("stride"), padding = array("padding"),
    dilation = array("dilation");
  }
  // Of a gradient: how many windows may hold a position, along a dim. Without dilation they are a
  // run of ceil(window / stride) windows that ends at floor((position + padding) / stride); with
  // it, every tap is tried.
  int64_t candidates(size_t i) const {
    return dilation[i] > 1 ? window[i] : (window[i] + stride[i] - 1) / stride[i];
  }
};
}  // namespace

bool isMovement(Operation *op) {
  return isa<ReshapeOp, PermuteOp, ExpandOp, FlipOp, SliceOp, InsertOp, PadOp, ConcatOp, GatherOp,
             IndexSelectOp, DetachOp>(op);
}

IndexVector broadcastIndex(llvm::ArrayRef<Index> result, llvm::ArrayRef<int64_t> operandSizes) {
  IndexVector index = result.take_back(operandSizes.size()).vec();
  for (auto [i, size] : llvm::enumerate(operandSizes))
    if (size == 1) index[i] = Index(0);
  return index;
}

std::vector<Source> sources(Operation *op, llvm::ArrayRef<Index> result, IndexSpace &space) {
  using Sources = std::vector<Source>;
  return llvm::TypeSwitch<Operation*, Sources>(op)
      .Case([&](DetachOp) { return one(result.vec()); })
      .Case(
          [&](ReshapeOp o) { return one(space.reshape(result, sizes(o.getY()), sizes(o.getX()))); })
      .Case([&](ExpandOp o) { return one(broadcastIndex(result, sizes(o.getX()))); })
      .Case([&](PermuteOp o) {
        IndexVector index(result.size());
        for (auto [i, from] : llvm::enumerate(o.getPermutation())) index[from] = result[i];
        return one(index);
      })
      .Case([&](FlipOp o) {
        IndexVector index = result.vec();
        for (int64_t d : o.getDims()) index[d] = result[d] * -1 + (sizes(o.getX())[d] - 1);
        return one(index);
      })
      .Case([&](SliceOp o) { return sliceSources(o, result, space); })
      .Case([&](InsertOp o) { return insertSources(o, result, space); })
      .Case([&](PadOp o) { return padSources(o, result, space); })
      .Case([&](ConcatOp o) { return concatSources(o, result); })
      .Case([&](GatherOp o) {
        return gatherSources(o.getIndex(), result.vec(), o.getX(), o.getDim(), result.vec(), space);
      })
      .Case([&](IndexSelectOp o) {
        return gatherSources(o.getIndex(), {result[o.getDim()]}, o.getX(), o.getDim(), result.vec(),
                             space);
      })
      .Default(Sources());
}

int64_t windowPlaces(Operation *op) {
  WindowShape w(op);
  bool gradient = isa<MaxPoolGradOp, WindowSumGradOp>(op);
  int64_t n = 1;
  for (size_t i = 0; i < w.window.size(); ++i) n *= gradient ? w.candidates(i) : w.window[i];
  return n;
}

// Window o covers input position i along a dim iff i + padding - o * stride is one of 0, dilation,
// ..., (window - 1) * dilation.
static void addWindow(const WindowShape& w, size_t i, const Index& position, const Index& digit,
                      int64_t size, IndexSpace& space, Source& s) {
  Index offset = position + w.padding[i], t = digit * -1 + (w.candidates(i) - 1);
  bool dilated = w.dilation[i] > 1;
  Index tap = dilated ? offset - t * w.dilation[i] : offset;
  Index o = space.quotient(tap, w.stride[i], true);
  if (!dilated) o = o - t;
  s.index.push_back(o);
  if (space.lower(o) < 0 || space.upper(o) >= size) s.guards.push_back({o, size});
  Index within = space.remainder(tap, w.stride[i], true);
  if (!dilated) within = within + t * w.stride[i];
  int64_t limit = dilated ? 1 : w.window[i];
  if (space.upper(within) >= limit) s.guards.push_back({within, limit});
}

Source windowSource(Operation* op, llvm::ArrayRef<Index> result, const Index& place,
                    IndexSpace& space) {
  WindowShape w(op);
  bool gradient = isa<MaxPoolGradOp, WindowSumGradOp>(op);
  llvm::ArrayRef<int64_t> from = sizes(op->getOperand(0));
  size_t leading = from.size() - w.window.size();
  IndexVector digits(w.window.size());
  Index rest = place;
  for (size_t i = w.window.size(); i-- > 0;) {
    int64_t n = gradient ? w.candidates(i) : w.window[i];
    digits[i] = i ? space.remainder(rest, n, true) : rest;
    rest = space.quotient(rest, n, true);
  }
  Source s{0, result.take_front(leading).vec(), {}};
  for (size_t i = 0; i < w.window.size(); ++i) {
    if (gradient) {
      addWindow(w, i, result[leading + i], digits[i], from[leading + i], space, s);
      continue;
    }
    s.index.push_back(result[leading + i] * w.stride[i] + digits[i] * w.dilation[i] +
                      -w.padding[i]);
    const Index &at = s.index.back();
    if (space.lower(at) < 0 || space.upper(at) >= from[leading + i])
      s.guards.push_back({at, from[leading + i]});
  }
  return s;
}

std::vector<Source> reads(Operation *op, llvm::ArrayRef<Index> result, IndexSpace &space) {
  if (isMovement(op)) {
    auto moved = sources(op, result, space);
    std::vector<Source> out(moved.begin(), moved.end());
    if (auto gather = dyn_cast<GatherOp>(op)) out.push_back({1, result.vec(), {}});
    if (auto select = dyn_cast<IndexSelectOp>(op))
      out.push_back({1, {result[select.getDim()]}, {}});
    if (auto slice = dyn_cast<SliceOp>(op))
      for (unsigned i = 1; i < op->getNumOperands(); ++i) out.push_back({i, {}, {}});
    if (isa<InsertOp>(op))
      for (unsigned i = 2; i < op->getNumOperands(); ++i) out.push_back({i, {}, {}});
    return out;
  }
  if (op->hasTrait<Pointwise>() || op->hasTrait<Check>() ||
      isa<RandomUniformOp, RandomNormalOp, RandomBitsOp>(op)) {
    std::vector<Source> out;
    for (unsigned i = 0; i < op->getNumOperands(); ++i)
      out.push_back({i, broadcastIndex(result, sizes(op->getOperand(i))), {}});
    return out;
  }
  if (isa<MaxPoolOp, WindowSumOp, MaxPoolGradOp, WindowSumGradOp>(op)) {
    std::vector<Source> out;
    int64_t places = windowPlaces(op);
    for (int64_t p = 0; places <= kUnrolledPlaces && p < places; ++p)
      out.push_back(windowSource(op, result, Index(p), space));
    if (places > kUnrolledPlaces) out.push_back(windowSource(op, result, space.dim(places), space));
    if (isa<MaxPoolGradOp>(op))
      for (size_t i = 0, n = out.size(); i < n; ++i) out.push_back({1, out[i].index, {}});
    return out;
  }
  return {};
}
}  // namespace mlir::weft
