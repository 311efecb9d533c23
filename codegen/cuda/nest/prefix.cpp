// Scans whose one state takes in an element by an associative op (cumsum, cumprod): a block takes a
// row, tile by tile. Each thread adds up its neighbours, the block the threads' sums; then each goes
// through its neighbours once more, from what stands before them.
#include "codegen/cuda/nest/emit.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::weft::cuda {
namespace scalar = ::torch::scalar;
using ::torch::op::Op;
namespace {
constexpr int kWarp = 32;

bool dependsOnState(const Nest& nest, int node, int state) {
  if (node == state) return true;
  const NestNode& n = nest.nodes[node];
  if (n.mask >= 0 && dependsOnState(nest, n.mask, state)) return true;
  for (const Index::Term& t : n.index.terms)
    if (nest.space[t.atom].kind == Atom::symbol &&
        dependsOnState(nest, nest.symbols.lookup(t.atom), state))
      return true;
  return llvm::any_of(n.operands, [&](int o) { return dependsOnState(nest, o, state); });
}

std::optional<double> identityOf(Op op, DType dtype) {
  const bool isFloat = ::torch::op::is_float(dtype);
  switch (op) {
    case Op::add: return 0;
    case Op::mul: return 1;
    case Op::maximum: return isFloat ? std::optional<double>(-INFINITY) : std::nullopt;
    case Op::minimum: return isFloat ? std::optional<double>(INFINITY) : std::nullopt;
    case Op::bitwise_or: return 0;
    default: return std::nullopt;
  }
}

class Prefix {
 public:
  explicit Prefix(Kernel& k)
      : k(k), e(k.e), w(e), state(e.nest.states[0]), next(e.nest.nodes[state.next]), row(k.level) {}

  void emit() {
    const Nest& nest = e.nest;
    thread = w.thread();
    Value block = w.block();
    spread(e, row, keptDims(nest), block);
    memory = w.shared(memoryType(e.b.getContext(), next.dtype), k.plan.threads / kWarp);
    size = e.number(nest.space[nest.dims[nest.reducedDim]].extent);
    Lane initial = e.get(state.initial, row);
    e.at(row);
    llvm::SmallVector<Value> last =
        loop(e, row, w.constant(0), size, w.constant(k.plan.threads * k.plan.items), initial.v,
             false, [&](Level& level, Value base, ValueRange carried) {
               return tile(level, base, lane(carried[0]));
             });
    row.values[state.current] = lane(last[0]);
    e.at(row);
    Value first =
        e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, thread, w.constant(0));
    when(e, row, first, [&](Level& inside) { storeOutputs(inside, false); });
  }

 private:
  Lane lane(Value v) const { return {&e.emission, v, next.dtype}; }
  Lane combine(const Lane& a, const Lane& b) {
    return scalar::applyOp(next.op, next.dtype, {a, b});
  }
  Lane identity() {
    return scalar::literalLane(
        e.emission, next.dtype,
        ::torch::op::Literal::of(next.dtype, *identityOf(next.op, next.dtype)).bits);
  }

  llvm::SmallVector<Value> tile(Level& level, Value base, Lane carry) {
    e.at(level);
    Value from = w.add(base, w.mul(thread, k.plan.items));
    Lane own = lane(elements(level, from, identity(), false)[0]);
    e.at(level);
    Lane before = overBlock(level, own);
    elements(level, from, combine(carry, before), true);
    e.at(level);
    Lane whole = combine(carry, total);
    w.sync();  // before the next tile leaves its sums there
    return {whole.v};
  }

  // Neighbours of this thread, in order: taken in, and with `stores`, what comes of each is stored.
  llvm::SmallVector<Value> elements(Level& level, Value from, Lane start, bool stores) {
    return loop(e, level, w.constant(0), w.constant(k.plan.items), w.constant(1), start.v, true,
                [&](Level& turn, Value i, ValueRange running) {
                  e.at(turn);
                  Value r = w.add(from, i), inside = w.less(r, size);
                  return guarded(e, turn, inside, running,
                                 [&](Level& one, ValueRange values) -> llvm::SmallVector<Value> {
                                   one.knows[e.nest.reducedDim] = true;
                                   one.indices[e.nest.reducedDim] = r;
                                   one.values[state.current] = lane(values[0]);
                                   if (stores) storeOutputs(one, true);
                                   return {e.get(state.next, one).v};
                                 });
                });
  }

  // What all threads before this one come to; `total`: what all do.
  Lane overBlock(Level& level, Lane own) {
    Value laneNumber = w.rem(thread, kWarp), warp = w.div(thread, kWarp);
    auto atLeast = [&](Value a, int64_t n) {
      return e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::sge, a, w.constant(n))
          .getResult();
    };
    Lane sum = own;  // of the lanes up to this one
    for (int distance = 1; distance < kWarp; distance *= 2) {
      Lane below = w.below(sum, distance);
      sum = scalar::select({&e.emission, atLeast(laneNumber, distance), DType::Bool},
                           combine(below, sum), sum);
    }
    Value isLast = e.b.create<arith::CmpIOp>(e.loc(), arith::CmpIPredicate::eq, laneNumber,
                                             w.constant(kWarp - 1));
    when(e, level, isLast, [&](Level& inside) {
      e.at(inside);
      e.b.create<memref::StoreOp>(e.loc(), e.toMemory(sum), memory, warp);
    });
    e.at(level);
    w.sync();
    Lane exclusive = scalar::select({&e.emission, atLeast(laneNumber, 1), DType::Bool},
                                    w.below(sum, 1), identity());
    auto warps = [&](Value to) {
      return lane(loop(e, level, w.constant(0), to, w.constant(1), identity().v, false,
                       [&](Level& turn, Value i, ValueRange running) -> llvm::SmallVector<Value> {
                         e.at(turn);
                         Value v = e.b.create<memref::LoadOp>(e.loc(), memory, i);
                         return {combine(lane(running[0]), e.fromMemory(v, next.dtype)).v};
                       })[0]);
    };
    Lane earlier = warps(warp);
    e.at(level);
    total = warps(w.constant(k.plan.threads / kWarp));
    e.at(level);
    return combine(earlier, exclusive);
  }

  void storeOutputs(Level& level, bool ofSteps) {
    const Nest& nest = e.nest;
    for (int i = 0; i < static_cast<int>(nest.outputs.size()); ++i)
      if (nest.dependsOn(nest.outputs[i].index, nest.reducedDim) == ofSteps) e.store(i, level);
  }

  Kernel& k;
  Emitter& e;
  Words w;
  const ScanState& state;
  const NestNode& next;
  Level& row;
  Value thread, size, memory;
  Lane total;
};
}  // namespace

bool isPrefix(const Nest& nest) {
  if (nest.states.size() != 1) return false;
  const ScanState& s = nest.states[0];
  const NestNode& next = nest.nodes[s.next];
  if (next.kind != NestNode::compute || next.operands.size() != 2 ||
      ::torch::op::is_half(next.dtype) || !identityOf(next.op, next.dtype))
    return false;
  const bool left = next.operands[0] == s.current, right = next.operands[1] == s.current;
  return left != right && !dependsOnState(nest, next.operands[left ? 1 : 0], s.current);
}

void emitPrefix(Kernel& k) { Prefix(k).emit(); }
}  // namespace mlir::weft::cuda
