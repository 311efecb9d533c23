#include <bit>

#include "codegen/cuda/argsort/argsort.h"
#include "codegen/cuda/nest/emit.h"
#include "codegen/cuda/nest/vectors.h"

namespace mlir::weft::cuda {
namespace {
constexpr int kWarp = 32, kThreads = 256;
constexpr int64_t kSharedBytes = 48 << 10;  // bytes that every GPU's block may have
constexpr int64_t kInt = int64_t(1) << 30;  // what 32 bits count, with room for a grid's stride

int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t powerOfTwo(int64_t atLeast) {
  return static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(std::max<int64_t>(atLeast, 1))));
}

void planTasks(const Nest& nest, NestPlan& plan) {
  LoopPlan& loops = plan.loops;
  loops.params = plan.params;
  plan.kind = NestPlan::tasks;
  switch (nest.kind) {
    case Nest::scatter: planScatter(nest, loops, /*threads=*/1); break;
    case Nest::scan: weft::planScan(nest, loops); break;
    case Nest::map:
    case Nest::reduction: weft::planMap(nest, loops); break;
  }
  plan.params = loops.params;
  plan.params.push_back(loops.tasks);
  plan.blocks = ceilDiv(loops.tasks, plan.threads);
}

void planMap(const Nest& nest, NestPlan& plan) {
  constexpr int64_t kMostBlocks =
      132 * 16;  // each GPU has as many as it has; grids go on in strides
  const int dims = static_cast<int>(nest.dims.size());
  int64_t count = 1;
  for (int d = 0; d < dims; ++d) count *= nest.extent(d);
  plan.wide |= count >= kInt;
  plan.tiledDim = tiledDim(nest);
  if (const int dim = plan.tiledDim; dim >= 0 && count > 0) {
    plan.kind = NestPlan::tile;
    const int64_t inner = nest.extent(dims - 1), other = nest.extent(dim);
    plan.params.push_back(ceilDiv(inner, kWarp));
    plan.params.push_back(ceilDiv(other, kWarp));
    plan.blocks = count / (inner * other) * plan.params.end()[-1] * plan.params.end()[-2];
    return;
  }
  plan.kind = NestPlan::map;
  plan.vector = chooseVector(nest);
  plan.params.push_back(nest.extent(dims - 1) / plan.vector);
  plan.params.push_back(count / plan.vector);
  plan.blocks = std::clamp<int64_t>(ceilDiv(count / plan.vector, plan.threads), 1, kMostBlocks);
}

// What several stages need along the row and what it costs to have: loads, and what takes long to
// compute; what all rows share, and caches have, last, and how many come before.
std::pair<llvm::SmallVector<int>, int64_t> keptOf(const Nest& nest) {
  llvm::SmallDenseMap<int, int> uses;
  const std::vector<Stage> all = stages(nest);
  for (const Stage& s : all)
    for (int node : neededBy(nest, s)) ++uses[node];
  llvm::SmallVector<int> kept, shared;
  const llvm::SmallVector<int> rows = keptDims(nest);
  for (int i = 0; i < static_cast<int>(nest.nodes.size()); ++i) {
    if (uses.lookup(i) < 2 || nest.foldsOf(i) != 0 || !nest.dependsOnReduced(i)) continue;
    if (nest.nodes[i].kind != NestNode::load && !isExpensive(nest.nodes[i])) continue;
    const bool varies =
        rows.empty() || llvm::any_of(rows, [&](int d) { return nest.dependsOn(i, d); });
    (varies ? kept : shared).push_back(i);
  }
  const auto own = static_cast<int64_t>(kept.size());
  kept.append(shared);
  return {kept, own};
}

// As few threads a row as have registers for what is kept; if none have, what they have them for.
void planGroup(const Nest& nest, NestPlan& plan) {
  constexpr int64_t kMostItems = 32;
  constexpr int kMostThreads = 1024;
  const int64_t n = reducedElements(nest), rows = keptElements(nest);
  plan.vector = std::min(chooseVector(nest), 8);
  const int64_t vectors = ceilDiv(n, plan.vector);
  if (n <= 1024) plan.group = static_cast<int>(std::min<int64_t>(kWarp, powerOfTwo(vectors)));
  else if (n <= 8192 || (rows >= 1024 && stages(nest).size() == 1)) plan.group = kThreads;
  else plan.group = kMostThreads;
  auto items = [&](int group) { return powerOfTwo(ceilDiv(vectors, group)) * plan.vector; };
  auto room = [&](int group) {
    const int64_t registers = group <= kThreads ? 64 : group < kMostThreads ? 48 : 32;
    return items(group) > kMostItems ? 0 : registers / items(group);
  };
  auto [kept, own] = keptOf(nest);
  int group = plan.group;
  for (int more = group; more <= kMostThreads; more *= 2)
    if (room(more) > room(group) && room(group) < own) group = more;
  if (const int64_t most = room(group); most > 0 && !kept.empty()) {
    plan.group = group;
    plan.items = static_cast<int>(items(group));
    plan.kept = kept;
    if (most < static_cast<int64_t>(kept.size())) plan.kept.truncate(static_cast<size_t>(most));
  }
  plan.threads = plan.group <= kWarp ? kThreads : plan.group;
}

// Which its reductions have under way.
int64_t valuesOf(const Nest& nest, const Stage& stage) {
  int64_t values = 0;
  for (int r : stage.reductions) values += isIndexReduction(nest.nodes[r].op) ? 2 : 1;
  return values;
}
int64_t partsOf(const Nest& nest, int64_t blocks, int64_t least) {
  constexpr int64_t kEnough = 256, kWanted = 512, kMost = 1024;
  if (blocks >= kEnough || stages(nest).size() > 1) return 1;
  const int64_t most = reducedElements(nest) / least;
  return std::clamp<int64_t>(std::min(ceilDiv(kWanted, std::max<int64_t>(blocks, 1)), most), 1,
                             kMost);
}

void cut(const Nest& nest, NestPlan& plan, int64_t least, NestLaunches& launches) {
  int64_t parts = partsOf(nest, plan.blocks, least);
  if (parts > 1) {
    const int64_t unit = 8, n = reducedElements(nest);
    const int64_t size = ceilDiv(ceilDiv(n, parts), unit) * unit;
    parts = ceilDiv(n, size);
    if (parts > 1) {
      plan.params.push_back(parts);
      plan.params.push_back(size);
    }
  }
  if (parts <= 1) return;
  plan.parts = parts;
  plan.blocks *= parts;
  const int64_t rows = keptElements(nest);
  plan.params.push_back(rows);
  const int64_t values = valuesOf(nest, stages(nest).front());
  launches.partsBytes = 8 * parts * rows * values;
  plan.wide |= parts * rows * values >= kInt;
}

NestPlan overPlaces(NestPlan plan, NestPlan::Kind kind, int64_t kept, int64_t places) {
  plan.kind = kind;
  plan.params.push_back(kept);
  plan.params.push_back(kept * places);
  plan.blocks = ceilDiv(kept * places, plan.threads);
  return plan;
}
void planSorted(const Nest& nest, NestPlan plan, NestLaunches& launches) {
  const int64_t kept = keptElements(nest), n = nest.extent(nest.reducedDim);
  plan.wide |= kept * n >= kInt;
  if (combines(nest)) plan.parts = ceilDiv(n, Argsort::kPiece);
  if (plan.parts > 1) {
    launches.partsBytes = 8 * plan.parts * kept;
    launches.plans.push_back(overPlaces(plan, NestPlan::pieces, kept, plan.parts));
  }
  launches.plans.push_back(overPlaces(plan, NestPlan::sorted, kept, n));
}

// Where rows alone would leave most of the GPU idle.
bool planPrefix(const Nest& nest, NestPlan& plan) {
  constexpr int64_t kRows = 8192, kLong = 128;
  if (nest.kind != Nest::scan || !isPrefix(nest) || keptElements(nest) >= kRows ||
      nest.extent(nest.reducedDim) < kLong)
    return false;
  plan.kind = NestPlan::prefix;
  plan.items = 4;
  plan.blocks = keptElements(nest);
  plan.wide |= nest.extent(nest.reducedDim) >= kInt;
  return true;
}

void planReduction(const Nest& nest, NestPlan& plan, NestLaunches& launches) {
  const int64_t rows = keptElements(nest);
  plan.wide |= rows >= kInt || reducedElements(nest) >= kInt;
  if (nest.row) {
    plan.kind = NestPlan::rows;
    planGroup(nest, plan);
    plan.params.push_back(rows);
    plan.blocks = ceilDiv(rows, plan.threads / plan.group);
    return cut(nest, plan, 4096, launches);
  }
  plan.kind = NestPlan::columns;
  plan.group =
      static_cast<int>(std::clamp<int64_t>(powerOfTwo(reducedElements(nest) / 16), 1, kWarp));
  int64_t values = 1;  // that warps hand to each other in shared memory
  for (const Stage& s : stages(nest)) values = std::max(values, valuesOf(nest, s));
  while (plan.group > 1 && kWarp * plan.group * 8 * values > kSharedBytes) plan.group /= 2;
  const int64_t columns = nest.extent(keptDims(nest).back());
  plan.threads = std::max(kWarp * plan.group, columns > kWarp ? kThreads : kWarp);
  const int64_t ofBlock = plan.threads / plan.group, blocks = ceilDiv(columns, ofBlock);
  plan.params.push_back(blocks);
  plan.blocks = blocks * (rows / std::max<int64_t>(columns, 1));
  cut(nest, plan, 512, launches);
}

NestPlan finishOf(const NestPlan& first, const Nest& nest, const Numbers& numbers) {
  NestPlan plan;
  plan.kind = NestPlan::finish;
  plan.wide = first.wide;
  plan.params = numbers.params;
  plan.parts = first.parts;
  plan.params.push_back(keptElements(nest));
  plan.params.push_back(first.parts);
  plan.blocks = ceilDiv(keptElements(nest), plan.threads / kWarp);
  return plan;
}

// What is a vector in memory depends on numbers that are parameters.
std::string vectorsOf(const Nest& nest, int count) {
  std::string key = " vectors";
  if (count == 1) return key;
  for (int load : vectorLoads(nest, count)) key += " " + std::to_string(load);
  for (int o = 0; o < static_cast<int>(nest.outputs.size()); ++o)
    if (isVectorStore(nest, o, count)) key += " >" + std::to_string(o);
  return key;
}

// Of the domain, those of folds counted: what is never stored may be larger than any buffer.
int64_t pointsOf(const Nest& nest) {
  int64_t points = 1;
  for (size_t d = 0; d < nest.dims.size(); ++d) points *= nest.extent(static_cast<int>(d));
  for (const Fold& f : nest.folds) points *= f.count;
  return points;
}

std::string keyOf(const NestPlan& plan, const Nest& nest, const Numbers& numbers) {
  static constexpr const char* kinds[] = {"tasks",  "map",    "rows",   "columns",
                                          "finish", "prefix", "pieces", "sorted", "tile"};
  std::string key = std::string("cuda ") + kinds[plan.kind] + (plan.wide ? " wide" : "");
  for (int64_t n :
       {plan.threads, plan.vector, plan.group, plan.items, static_cast<int>(plan.parts > 1)})
    key += " " + std::to_string(n);
  if (!plan.apart) key += " over";
  if (plan.kind == NestPlan::tile) {
    key += " tiled " + std::to_string(plan.tiledDim);
    for (int load : tiledLoads(nest, plan.tiledDim)) key += " " + std::to_string(load);
  }
  return key + vectorsOf(nest, plan.vector) + "\n" + numbers.key;
}
}  // namespace

NestLaunches plan(const Nest& nest, const Numbers& numbers) {
  NestLaunches launches;
  NestPlan first;
  first.params = numbers.params;
  first.apart = !mayLieOver(nest);
  first.wide = !nest.small || pointsOf(nest) >= kInt;
  if (sortsUpdates(nest)) {
    planSorted(nest, first, launches);
  } else {
    if (nest.kind == Nest::reduction) planReduction(nest, first, launches);
    else if (nest.kind == Nest::map && !nest.dims.empty()) planMap(nest, first);
    else if (!planPrefix(nest, first)) planTasks(nest, first);
    launches.plans.push_back(first);
    if (first.parts > 1) launches.plans.push_back(finishOf(first, nest, numbers));
  }
  for (NestPlan& plan : launches.plans) plan.key = keyOf(plan, nest, numbers);
  return launches;
}
}  // namespace mlir::weft::cuda
