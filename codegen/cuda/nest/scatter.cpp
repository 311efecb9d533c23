// Long runs of updates, sorted by destination: a thread takes those of one element of the result, in
// ascending order. (Short ones are the CPU's tasks: a thread looks through all.)
#include "codegen/cuda/nest/emit.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace {
// Dims (positions) besides the reduced one in which destinations differ.
llvm::SmallVector<int> dimsOfOwner(const Nest& nest) {
  llvm::SmallVector<int> dims;
  for (int d : keptDims(nest))
    if (nest.dependsOn(nest.owner, d)) dims.push_back(d);
  return dims;
}

class Sorted {
 public:
  explicit Sorted(Kernel& k) : k(k), e(k.e), w(e) {}

  void emit() {
    const Nest& nest = e.nest;
    Value kept = e.extra(0), count = e.extra(1);
    length = e.number(nest.space[nest.dims[nest.reducedDim]].extent);
    Value number = w.add(w.mul(w.block(), k.plan.threads), w.thread());
    when(e, k.level, w.less(number, count), [&](Level& level) {
      e.at(level);
      const llvm::SmallVector<int> dims = keptDims(nest);
      Value first = number;
      if (!dims.empty()) {
        first = w.div(number, kept);
        spread(e, level, dims, w.rem(number, kept));
      }
      row(level, first);
    });
  }

 private:
  // Where `place` of the row of destinations lies in what was sorted.
  Value rowBegin(Level& level) {
    Value row;
    e.at(level);
    for (int d : dimsOfOwner(e.nest)) {
      Value i = level.indices.lookup(d);
      row = row ? w.add(w.mul(row, e.number(e.nest.space[e.nest.dims[d]].extent)), i) : i;
    }
    return row ? w.mul(row, length) : w.constant(0);
  }
  Value loaded(Value memory, Value at) {
    Value v = e.b.create<memref::LoadOp>(e.loc(), memory, at);
    return e.b.create<arith::IndexCastOp>(e.loc(), e.b.getIndexType(), v);
  }
  // The update that comes `place`-th.
  Level update(Level& level, Value begin, Value place) {
    Level at = continued(level);
    e.at(at);
    at.knows[e.nest.reducedDim] = true;
    at.indices[e.nest.reducedDim] = loaded(k.memory[0], w.add(place, begin));
    return at;
  }

  void row(Level& level, Value first) {
    Value begin = rowBegin(level), end = loaded(k.memory[1], w.add(first, begin));
    when(e, level, w.less(first, end), [&](Level& mine) {
      const NestOutput& output = e.nest.outputs[0];
      int given = -1;
      for (auto [i, n] : llvm::enumerate(e.nest.nodes))
        if (n.kind == NestNode::given) given = static_cast<int>(i);
      e.at(mine);
      if (given < 0) first = w.add(end, w.constant(-1));  // the last one stays
      Level to = update(mine, begin, first);
      if (given >= 0) {
        Lane found = e.current(0, to);
        Value sum =
            loop(e, mine, first, end, w.constant(1), found.v, false,
                 [&](Level& inside, Value place, ValueRange carried) -> llvm::SmallVector<Value> {
                   Level one = update(inside, begin, place);
                   one.values[given] = {&e.emission, carried[0], found.dtype};
                   Value next = e.get(output.node, one).v;
                   return {next};
                 })[0];
        to.values[output.node] = {&e.emission, sum, output.dtype};
      }
      e.store(0, to);
    });
  }

  Kernel& k;
  Emitter& e;
  Words w;
  Value length;
};
}  // namespace

bool sortsUpdates(const Nest& nest) {
  constexpr int64_t kShort = 64;
  return nest.kind == Nest::scatter && nest.owner >= 0 && nest.extent(nest.reducedDim) > kShort;
}

Nest destinations(const Nest& updates) {
  Nest nest = updates;
  nest.kind = Nest::map;
  llvm::SmallVector<int> dims = dimsOfOwner(updates);
  dims.push_back(updates.reducedDim);
  nest.dims.clear();
  Index place;
  for (int d : dims) {
    const int atom = updates.dims[d];
    nest.dims.push_back(atom);
    Index one;
    one.terms.push_back({atom, 1});
    place = place * updates.extent(d) + one;
  }
  nest.nodes.resize(updates.owner + 1);  // operands come first
  nest.outputs = {{updates.owner, place, updates.nodes[updates.owner].dtype}};
  nest.reducedDim = -1;
  nest.owner = -1;
  nest.looseOutputs.clear();
  return nest;
}

void emitSorted(Kernel& k) { Sorted(k).emit(); }
}  // namespace mlir::weft::cuda
