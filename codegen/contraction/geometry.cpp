#include "codegen/contraction/geometry.h"

#include "ir/op/order.h"
#include "llvm/ADT/STLExtras.h"

namespace mlir::weft::contraction {
using Walk = AccessBuilder::Walk;
using Step = AccessBuilder::Step;

AccessBuilder& AccessBuilder::offset(unsigned dim, int64_t value) {
  offsets.resize(source.sizes.size());
  offsets[dim] = value;
  return *this;
}

namespace {
/// The steps in terms of the access: for a source in memory, elements, and what guards watch.
SmallVector<Step> stepsOf(const Walk& walk, const Source& source, ArrayRef<int> dimOf, int rowDim) {
  SmallVector<Step> steps;
  if (!source.strides.empty()) steps.push_back({0, 0});
  for (const Step& s : walk.steps) {
    if (s.dim == AccessBuilder::kRow) {
      steps.push_back({unsigned(rowDim), s.step});
      continue;
    }
    if (source.strides.empty()) {
      steps.push_back(s);
      continue;
    }
    steps[0].step += s.step * source.strides[s.dim];
    if (dimOf[s.dim] > 0) steps.push_back({unsigned(dimOf[s.dim]), s.step});
  }
  return steps;
}
/// Whether a step of `outer` is `inner` walked to its end.
bool continues(const Walk& outer, const Walk& inner) {
  if (outer.steps.size() != inner.steps.size()) return false;
  for (auto [o, i] : llvm::zip(outer.steps, inner.steps))
    if (o.dim != i.dim || o.step != i.step * inner.count) return false;
  return true;
}
}  // namespace

SmallVector<Extent> AccessBuilder::extents(ArrayRef<Walk> walks) {
  SmallVector<Walk> merged;
  for (const Walk& walk : walks) {
    if (walk.count == 1 && !exact && !merged.empty()) continue;
    Walk w{walk.count, stepsOf(walk, source, dimOf, rowDim)};
    if (!exact && !merged.empty() && continues(merged.back(), w)) {
      w.count *= merged.back().count;
      merged.back() = w;
    } else {
      merged.push_back(w);
    }
  }
  SmallVector<Extent> result;
  for (const Walk& walk : merged) {
    Extent& extent = result.emplace_back();
    // A run of nothing still divides by it.
    extent.count = params.add(std::max<int64_t>(walk.count, 1));
    for (const Step& s : walk.steps) extent.moves.push_back({s.dim, params.add(s.step)});
  }
  return result;
}

Access AccessBuilder::build(ArrayRef<Walk> batch, ArrayRef<Walk> p, ArrayRef<Walk> k) {
  const size_t rank = source.sizes.size();
  offsets.resize(rank);
  SmallVector<int64_t> least(offsets), most(offsets);
  for (ArrayRef<Walk> walks : {batch, p, k})
    for (const Walk& walk : walks)
      for (const Step& s : walk.steps) {
        if (s.dim == kRow) rowDim = 0;
        else (s.step < 0 ? least : most)[s.dim] += std::max<int64_t>(walk.count - 1, 0) * s.step;
      }
  Access access;
  const bool linear = !source.strides.empty();
  int64_t start = source.offset;
  if (linear) access.dims.push_back({0, 0, false});
  for (size_t d = 0; d < rank; ++d) {
    bool guarded = least[d] < 0 || most[d] >= source.sizes[d];
    if (linear) start += offsets[d] * source.strides[d];
    dimOf.push_back(linear && !guarded ? -1 : int(access.dims.size()));
    if (!linear || guarded)
      access.dims.push_back({params.add(offsets[d]), params.add(source.sizes[d]), guarded});
  }
  if (linear) access.dims[0] = {params.add(start), params.add(0), false};
  if (rowDim >= 0) {
    access.rowDim = rowDim = access.dims.size();
    access.dims.push_back({params.add(0), params.add(0), false});
  }
  access.batch = extents(batch);
  access.p = extents(p);
  access.k = extents(k);
  access.unitDim = linear ? 0 : source.contiguous;
  auto stepIs = [&](ArrayRef<Extent> list, int64_t step) {
    return !list.empty() && llvm::any_of(list.back().moves, [&](const Move& m) {
      return int(m.dim) == access.unitDim && params.values[m.step] == step;
    });
  };
  // Vectors of neighbours, or of every second element, are cheap; of the two directions the one
  // with longer runs, though along p the transposing is saved.
  auto cheap = [&](ArrayRef<Extent> list) {
    return stepIs(list, 1) || (linear && stepIs(list, 2));
  };
  auto run = [&](ArrayRef<Extent> list) {
    return list.empty() ? 1 : std::min<int64_t>(params.values[list.back().count], 16);
  };
  const bool turn =
      !exact && cheap(access.k) && (!cheap(access.p) || 2 * run(access.p) < run(access.k));
  access.direction = turn ? Access::alongK : Access::alongP;
  access.unit = stepIs(turn ? access.k : access.p, 1);
  access.everySecond = linear && stepIs(turn ? access.k : access.p, 2);
  return access;
}

namespace {
Geometry matmul(const Problem& problem) {
  Geometry g;
  ArrayRef<int64_t> a = problem.a.sizes, b = problem.b.sizes;
  const unsigned rank = a.size();
  g.m = a[rank - 2];
  g.k = a[rank - 1];
  g.n = b[rank - 1];
  g.positions = g.n;
  SmallVector<Walk> batch;
  for (unsigned d = 0; d + 2 < rank; ++d) {
    g.batch *= a[d];
    batch.push_back({a[d], {{d, 1}}});
  }
  const Walk k{g.k, {{rank - 1, 1}}};
  g.a = AccessBuilder(problem.a, g.params).build(batch, {{g.m, {{rank - 2, 1}}}}, k);
  g.b = AccessBuilder(problem.b, g.params)
            .build(batch, {{g.n, {{rank - 1, 1}}}}, {{g.k, {{rank - 2, 1}}}});
  return g;
}

int64_t product(ArrayRef<int64_t> sizes) {
  int64_t p = 1;
  for (int64_t s : sizes) p *= s;
  return p;
}

/// y(N, O, out...) from x(N, C, in...) and w(O, C/groups, window...): m = O/groups, n = (N,
/// out...), k = (C/groups, window...); all images at once, so that small ones fill panels together.
Geometry conv(const Problem& problem) {
  Geometry g;
  ArrayRef<int64_t> x = problem.a.sizes, w = problem.b.sizes, y = problem.sizes;
  const Window& window = problem.window;
  g.batch = g.groups = window.groups;
  g.m = w[0] / g.groups;
  g.positions = product(y.drop_front(2));
  g.n = x[0] * g.positions;
  g.k = product(w.drop_front());
  SmallVector<Walk> out{{x[0], {{0, 1}}}}, taps{{w[1], {{1, 1}}}}, weights{{w[1], {{1, 1}}}};
  AccessBuilder input(problem.a, g.params), weight(problem.b, g.params);
  for (unsigned d = 0; d + 2 < x.size(); ++d) {
    input.offset(d + 2, -window.padding[d]);
    out.push_back({y[d + 2], {{d + 2, window.stride[d]}}});
    taps.push_back({w[d + 2], {{d + 2, window.dilation[d]}}});
    weights.push_back({w[d + 2], {{d + 2, 1}}});
  }
  g.a = weight.build({{g.groups, {{0, g.m}}}}, {{g.m, {{0, 1}}}}, weights);
  g.b = input.build({{g.groups, {{1, w[1]}}}}, out, taps);
  return g;
}

/// dx(N, C, in...) from dy(N, O, in...) and w(O, C/groups, 1...): m = C/groups, n = (N, in...), k =
/// O/groups.
Geometry pointwiseInputGrad(const Problem& problem) {
  Geometry g;
  ArrayRef<int64_t> dy = problem.a.sizes, w = problem.b.sizes;
  g.batch = g.groups = problem.window.groups;
  g.m = w[1];
  g.positions = product(dy.drop_front(2));
  g.n = dy[0] * g.positions;
  g.k = w[0] / g.groups;
  SmallVector<Walk> out{{dy[0], {{0, 1}}}};
  for (unsigned d = 2; d < dy.size(); ++d) out.push_back({dy[d], {{d, 1}}});
  g.a = AccessBuilder(problem.b, g.params)
            .build({{g.groups, {{0, g.k}}}}, {{g.m, {{1, 1}}}}, {{g.k, {{0, 1}}}});
  g.b = AccessBuilder(problem.a, g.params).build({{g.groups, {{1, g.k}}}}, out, {{g.k, {{1, 1}}}});
  return g;
}

/// dw(O, C/groups, window...) from dy(N, O, out...) and x: m = O/groups, n = (C/groups, window...),
/// k = (N, out...).
Geometry convWeightGrad(const Problem& problem) {
  Geometry g;
  ArrayRef<int64_t> dy = problem.a.sizes, x = problem.b.sizes, w = problem.sizes;
  const Window& window = problem.window;
  g.batch = g.groups = window.groups;
  g.m = w[0] / g.groups;
  g.n = g.positions = product(w.drop_front());
  g.k = dy[0] * product(dy.drop_front(2));
  SmallVector<Walk> taps{{w[1], {{1, 1}}}}, out{{dy[0], {{0, 1}}}}, outOfDy{{dy[0], {{0, 1}}}};
  AccessBuilder gradient(problem.a, g.params), input(problem.b, g.params);
  for (unsigned d = 0; d + 2 < x.size(); ++d) {
    input.offset(d + 2, -window.padding[d]);
    taps.push_back({w[d + 2], {{d + 2, window.dilation[d]}}});
    out.push_back({dy[d + 2], {{d + 2, window.stride[d]}}});
    outOfDy.push_back({dy[d + 2], {{d + 2, 1}}});
  }
  g.a = gradient.build({{g.groups, {{1, g.m}}}}, {{g.m, {{1, 1}}}}, outOfDy);
  g.b = input.build({{g.groups, {{1, w[1]}}}}, taps, out);
  return g;
}
}  // namespace

void Geometry::swap() {
  std::swap(a, b);
  std::swap(m, n);
  swapped = !swapped;
}

Geometry geometryOf(const Problem& problem) {
  Geometry g = problem.kind == Kind::matmul           ? matmul(problem)
               : problem.kind == Kind::conv           ? conv(problem)
               : problem.kind == Kind::convWeightGrad ? convWeightGrad(problem)
                                                      : pointwiseInputGrad(problem);
  // As the op sees it: one batch an image and group.
  const bool images = problem.kind == Kind::conv || problem.kind == Kind::convInputGrad;
  const int64_t count = images ? problem.a.sizes[0] : 1;
  g.splits = ::torch::op::contraction_splits(g.batch * count, g.m, images ? g.positions : g.n, g.k);
  return g;
}

Source strided(Type element, ArrayRef<int64_t> sizes, ArrayRef<int64_t> strides, int64_t offset) {
  Source source;
  source.sizes.assign(sizes.begin(), sizes.end());
  source.strides.assign(strides.begin(), strides.end());
  source.offset = offset;
  source.buffers.push_back(MemRefType::get({ShapedType::kDynamic}, element));
  source.key = "strided";
  return source;
}
}  // namespace mlir::weft::contraction
