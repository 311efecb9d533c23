// Many updates, sorted by destination: a thread takes those of one element of the result, in ascending
// order. Of a long run of them, what lies behind a multiple of kPiece is added up before, piece by
// piece. (Few updates are the CPU's tasks: a thread looks through all.)
#include "codegen/cuda/argsort/argsort.h"
#include "codegen/cuda/nest/emit.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace {
constexpr int64_t kPiece = Argsort::kPiece;

// Dims (positions) besides the reduced one in which destinations differ.
llvm::SmallVector<int> dimsOfOwner(const Nest& nest) {
  llvm::SmallVector<int> dims;
  for (int d : keptDims(nest))
    if (nest.dependsOn(nest.owner, d)) dims.push_back(d);
  return dims;
}

class Sorted {
 public:
  explicit Sorted(Kernel& k)
      : k(k),
        e(k.e),
        w(e),
        pieces(k.plan.kind == NestPlan::pieces),
        output(e.nest.outputs[0]),
        node(e.nest.nodes[output.node]),
        order(k.memory[k.memory.size() - 2]),
        ends(k.memory.back()) {}

  void emit() {
    const Nest& nest = e.nest;
    kept = e.extra(0);
    Value count = e.extra(1);
    length = e.number(nest.space[nest.dims[nest.reducedDim]].extent);
    number = w.add(w.mul(w.block(), k.plan.threads), w.thread());
    when(e, k.level, w.less(number, count), [&](Level& level) {
      e.at(level);
      const llvm::SmallVector<int> dims = keptDims(nest);
      Value first = w.div(number, kept);
      number = w.rem(number, kept);
      if (!dims.empty()) spread(e, level, dims, number);
      if (pieces) first = w.mul(first, kPiece);
      begin = rowBegin(level);
      Value end = loaded(ends, w.add(first, begin));
      if (pieces) end = w.sub(w.constant(0), end);
      when(e, level, w.less(first, end), [&](Level& mine) {
        if (pieces) return piece(mine, first, end);
        const bool isPut = !combines(nest);
        e.at(mine);
        if (isPut) first = w.add(end, w.constant(-1));  // the last one stays
        Level to = update(mine, first);
        if (!isPut) to.values[output.node] = lane(run(mine, first, end, e.current(0, to)));
        e.store(0, to);
      });
    });
  }

 private:
  Lane lane(Value v) const { return {&e.emission, v, output.dtype}; }

  // Where the row of destinations begins in what was sorted.
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
  Level update(Level& level, Value place) {
    Level at = continued(level);
    e.at(at);
    at.knows[e.nest.reducedDim] = true;
    at.indices[e.nest.reducedDim] = loaded(order, w.add(place, begin));
    return at;
  }
  Value with(Level& level, Value place, Value running) {
    Level one = update(level, place);
    one.values[node.operands[0]] = lane(running);
    return e.get(output.node, one).v;
  }
  // What `found` becomes by the updates from `first` to before `end`: one by one up to the next
  // boundary of pieces, then piece by piece.
  Value run(Level& level, Value first, Value end, Lane found) {
    e.at(level);
    Value stop = end, next;
    if (k.parts()) {
      next = w.add(w.div(first, kPiece), w.constant(1));
      stop = w.min(end, w.mul(next, kPiece));
    }
    auto one = [&](Level& inside, Value place, ValueRange running) -> llvm::SmallVector<Value> {
      return {with(inside, place, running[0])};
    };
    Value sum = loop(e, level, first, stop, w.constant(1), found.v, false, one)[0];
    if (!k.parts()) return sum;
    e.at(level);
    Value last = w.div(w.add(end, w.constant(kPiece - 1)), kPiece);
    return loop(
        e, level, next, last, w.constant(1), sum, false,
        [&](Level& inside, Value piece, ValueRange running) -> llvm::SmallVector<Value> {
          e.at(inside);
          Value word = e.b.create<memref::LoadOp>(e.loc(), k.parts(), placeOf(piece));
          const Lane other = w.fromWord(word, e.emission, output.dtype);
          return {::torch::scalar::applyOp(node.op, node.dtype, {lane(running[0]), other}).v};
        })[0];
  }
  Value placeOf(Value piece) { return w.add(w.mul(piece, kept), number); }
  // Updates that have no beginning of a run before them, by themselves.
  void piece(Level& level, Value first, Value end) {
    Level one = update(level, first);
    const Lane start = e.get(node.operands[1], one);
    e.at(level);
    Value sum =
        loop(e, level, w.add(first, w.constant(1)), end, w.constant(1), start.v, false,
             [&](Level& inside, Value place, ValueRange running) -> llvm::SmallVector<Value> {
               return {with(inside, place, running[0])};
             })[0];
    e.at(level);
    e.b.create<memref::StoreOp>(e.loc(), w.word(lane(sum)), k.parts(),
                                placeOf(w.div(first, kPiece)));
  }

  Kernel& k;
  Emitter& e;
  Words w;
  const bool pieces;
  const NestOutput& output;
  const NestNode& node;
  Value order, ends, kept, length, number, begin;
};
}  // namespace

bool combines(const Nest& scatter) {
  return llvm::any_of(scatter.nodes, [](const NestNode& n) { return n.kind == NestNode::given; });
}

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
