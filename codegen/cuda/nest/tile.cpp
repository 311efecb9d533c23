// Maps that transpose: what walks in memory along another dim than the results do is taken through a
// tile of shared memory, so that a warp reads, and writes, neighbours.
#include "codegen/cuda/nest/emit.h"
#include "codegen/cuda/print.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace {
constexpr int kWarp = 32, kTile = 32;

// How far apart neighbours along the dim lie; none: it is no sum of multiples there.
std::optional<int64_t> strideAlong(const Nest& nest, const Index& index, int dim) {
  int64_t stride = 0;
  for (const Index::Term& t : index.terms) {
    Index one;
    one.terms.push_back({t.atom, 1});
    if (t.atom == nest.dims[dim]) stride = t.factor;
    else if (nest.dependsOn(one, dim)) return std::nullopt;
  }
  return stride;
}

class Tile {
 public:
  explicit Tile(Kernel& k)
      : k(k),
        e(k.e),
        w(e),
        inner(static_cast<int>(e.nest.dims.size()) - 1),
        dim(k.plan.tiledDim),
        loads(tiledLoads(e.nest, dim)) {}

  void emit() {
    findTile();
    for (int load : loads)
      memory.push_back(
          w.shared(memoryType(e.b.getContext(), e.nest.nodes[load].dtype), kTile * (kTile + 1)));
    eachPlace(
        [&](Level& level, Value i) { return at(level, w.add(first[0], lane), w.add(first[1], i)); },
        [&](Level& level, Value i) {
          for (auto [load, m] : llvm::zip(loads, memory)) {
            Lane x = e.get(load, level);
            e.at(level);
            e.b.create<memref::StoreOp>(e.loc(), e.toMemory(x), m,
                                        w.add(w.mul(i, kTile + 1), lane));
          }
        });
    e.at(k.level);
    w.sync();
    eachPlace(
        [&](Level& level, Value i) { return at(level, w.add(first[0], i), w.add(first[1], lane)); },
        [&](Level& level, Value i) {
          for (auto [load, m] : llvm::zip(loads, memory)) {
            e.at(level);
            Value v = e.b.create<memref::LoadOp>(e.loc(), m, w.add(w.mul(lane, kTile + 1), i));
            level.values[load] = e.fromMemory(v, e.nest.nodes[load].dtype);
          }
          e.storeAll(level);
        });
  }

 private:
  // Extra parameters: tiles along the innermost dim, and along the other.
  void findTile() {
    llvm::SmallVector<int> others;
    for (int d = 0; d < inner; ++d)
      if (d != dim) others.push_back(d);
    Value thread = w.thread(), block = w.block(), across = e.extra(0), down = e.extra(1);
    lane = w.rem(thread, kWarp);
    warp = w.div(thread, kWarp);
    first[1] = w.mul(w.rem(block, across), kTile);
    block = w.div(block, across);
    first[0] = w.mul(w.rem(block, down), kTile);
    spread(e, k.level, others, w.div(block, down));
    extents[0] = e.number(e.nest.space[e.nest.dims[dim]].extent);
    extents[1] = e.number(e.nest.space[e.nest.dims[inner]].extent);
  }
  // Whether there is such an element, whose level it becomes.
  Value at(Level& level, Value row, Value column) {
    level.knows[dim] = level.knows[inner] = true;
    level.indices[dim] = row;
    level.indices[inner] = column;
    return w.both(w.less(row, extents[0]), w.less(column, extents[1]));
  }
  // Rows of the tile, or columns, by turns of the warps.
  void eachPlace(llvm::function_ref<Value(Level&, Value)> place,
                 llvm::function_ref<void(Level&, Value)> body) {
    e.at(k.level);
    const int warps = k.plan.threads / kWarp;
    loop(e, k.level, w.constant(0), w.constant(kTile / warps), w.constant(1), {}, true,
         [&](Level& level, Value turn, ValueRange) -> llvm::SmallVector<Value> {
           e.at(level);
           Value i = w.add(w.mul(turn, warps), warp);
           Value exists = place(level, i);
           when(e, level, exists, [&](Level& inside) { body(inside, i); });
           return {};
         });
  }

  Kernel& k;
  Emitter& e;
  Words w;
  const int inner, dim;
  const llvm::SmallVector<int> loads;
  llvm::SmallVector<Value> memory;
  Value lane, warp, first[2], extents[2];
};
}  // namespace

llvm::SmallVector<int> tiledLoads(const Nest& nest, int dim) {
  const int inner = static_cast<int>(nest.dims.size()) - 1;
  llvm::SmallVector<int> loads;
  for (auto [i, n] : llvm::enumerate(nest.nodes)) {
    if (n.kind != NestNode::load || nest.foldsOf(static_cast<int>(i)) != 0) continue;
    const std::optional<int64_t> along = strideAlong(nest, n.index, inner);
    if (strideAlong(nest, n.index, dim) == 1 && along && *along > 1)
      loads.push_back(static_cast<int>(i));
  }
  return loads;
}

// Where one result, at least, walks along the innermost dim.
int tiledDim(const Nest& nest) {
  constexpr int64_t kLeast = kTile / 2;
  constexpr size_t kMost = 4;  // loads: they share 48 KiB
  const int inner = static_cast<int>(nest.dims.size()) - 1;
  const bool stores = llvm::any_of(
      nest.outputs, [&](const NestOutput& o) { return strideAlong(nest, o.index, inner) == 1; });
  if (!stores || nest.extent(inner) < kLeast) return -1;
  for (int dim = inner; dim-- > 0;)
    if (nest.extent(dim) >= kLeast) {
      const size_t loads = tiledLoads(nest, dim).size();
      if (loads > 0 && loads <= kMost) return dim;
    }
  return -1;
}

void emitTile(Kernel& k) { Tile(k).emit(); }
}  // namespace mlir::weft::cuda
