#include "codegen/loops/trace.h"

#include "ir/interface/emit.h"
#include "passes/fusion/checks.h"
#include "passes/fusion/group.h"

namespace mlir::weft {
using ::torch::op::Op;

namespace {
llvm::ArrayRef<int64_t> sizesOf(Value v) { return cast<RankedTensorType>(v.getType()).getShape(); }
DType dtypeOf(Value v) { return toType(v.getType()).dtype; }
Op opOf(Operation *op) {
  Op found{};
  ::torch::op::find_op(op->getName().stripDialect().str().c_str(), found);
  return found;
}
}  // namespace

int Trace::add(NestNode node) {
  resolveSymbols(node.index);
  for (auto [i, other] : llvm::enumerate(nest_.nodes))
    if (other.kind == node.kind && other.dtype == node.dtype && other.op == node.op &&
        other.operands == node.operands && other.argument == node.argument &&
        other.mask == node.mask && other.index == node.index && other.size == node.size &&
        other.bits == node.bits)
      return static_cast<int>(i);
  nest_.nodes.push_back(std::move(node));
  return static_cast<int>(nest_.nodes.size()) - 1;
}

int Trace::literal(DType dtype, double value) {
  NestNode n{NestNode::literal, dtype};
  n.bits = ::torch::op::Literal::of(dtype, value).bits;
  return add(std::move(n));
}
int Trace::compute(Op op, DType dtype, llvm::ArrayRef<int> operands) {
  if (llvm::is_contained(operands, -1)) return -1;
  NestNode n{NestNode::compute, dtype, op};
  n.operands.assign(operands.begin(), operands.end());
  return add(std::move(n));
}

// The conjunction of a mask and guards.
int Trace::guarded(llvm::ArrayRef<Guard> guards, int mask) {
  for (const Guard &g : guards) {
    if (nest_.space.lower(g.index) >= 0 && nest_.space.upper(g.index) < g.size) continue;
    mask = inside(g, mask);
  }
  return mask;
}
int Trace::inside(const Guard &guard, int mask) {
  NestNode n{NestNode::inside, DType::Bool};
  n.index = guard.index;
  n.size = guard.size;
  int test = add(std::move(n));
  return mask < 0 ? test : compute(Op::bitwise_and, DType::Bool, {mask, test});
}

// Of an index that this very kernel checks, or leaves for the check to read, it is not known yet
// whether it is in range.
int Trace::checked(Operation *op, llvm::ArrayRef<Index> index, int mask) {
  if (!isa<GatherOp, IndexSelectOp>(op)) return mask;
  Block &body = kernel_.getBody().front();
  bool isKnown = llvm::none_of(body.getOps<CheckIndexOp>(),
                               [&](CheckIndexOp check) { return reliesOn(op, check); });
  Value v = op->getOperand(1);
  while (Operation *def = isKnown ? v.getDefiningOp() : nullptr) {
    isKnown = !llvm::is_contained(body.getTerminator()->getOperands(), v);
    if (!isMovement(def)) break;
    v = def->getOperand(0);
  }
  if (isKnown) return mask;
  const int64_t dim = cast<IntegerAttr>(op->getAttr("dim")).getInt();
  return inside({index[dim], sizesOf(op->getOperand(0))[dim]}, mask);
}

// A symbol's one node serves uses under different masks: it is loaded wherever its own place lies
// in its tensor.
void Trace::resolveSymbols(const Index &index) {
  for (const Index::Term &t : index.terms) {
    Atom atom = nest_.space[t.atom];
    if (atom.kind == Atom::quotient || atom.kind == Atom::remainder) resolveSymbols(atom.inner);
    if (atom.kind != Atom::symbol || nest_.symbols.count(t.atom)) continue;
    llvm::SmallVector<Guard, 4> inside;
    for (auto [at, size] : llvm::zip(atom.at, sizesOf(atom.value))) inside.push_back({at, size});
    int node = pull(atom.value, atom.at, guarded(inside, -1));
    nest_.symbols[t.atom] = node;
  }
}

void Trace::know(Value value, const IndexVector &index, int mask, int node) {
  known_[value].push_back({index, mask, node});
}

int Trace::pull(Value value, const IndexVector &index, int mask) {
  for (const Known &k : known_[value])
    if (k.index == index && (k.mask == mask || k.mask == -1)) return k.node;
  if (auto bound = bound_.find(value); bound != bound_.end()) {
    IndexVector at = bound->second.second;
    llvm::append_range(at, index);
    return pull(bound->second.first, at, mask);
  }
  int node = -1;
  if (given_.count(value)) node = pullGiven(value, index);
  else if (auto argument = dyn_cast<BlockArgument>(value))
    node = pullArgument(argument, index, mask);
  else node = pullOp(value.getDefiningOp(), cast<OpResult>(value).getResultNumber(), index, mask);
  know(value, index, mask, node);
  return node;
}

int Trace::pullArgument(BlockArgument argument, const IndexVector &index, int mask) {
  // Of an empty tensor nothing is read, and no load, however guarded, has a place to stand at.
  if (cast<RankedTensorType>(argument.getType()).getNumElements() == 0)
    return literal(dtypeOf(argument), 0);
  NestNode n{NestNode::load, dtypeOf(argument)};
  n.argument = argument.getArgNumber();
  n.mask = mask;
  n.index = nest_.space.linearize(index, sizesOf(argument));
  return add(std::move(n));
}

int Trace::pullOp(Operation *op, unsigned result, const IndexVector &index, int mask) {
  if (isMovement(op)) return pullMovement(op, index, mask);
  if (op->hasTrait<Pointwise>()) return pullPointwise(op, index, mask);
  if (isa<MaxPoolOp>(op)) return pullMaxPool(op, result, index, mask);
  if (isa<MaxPoolGradOp>(op)) return pullMaxPoolGrad(op, index, mask);
  if (isa<WindowSumOp, WindowSumGradOp>(op)) return pullWindowSum(op, index, mask);
  if (auto constant = dyn_cast<ConstantOp>(op)) {
    NestNode n{NestNode::literal, dtypeOf(op->getResult(0))};
    ::torch::op::Attrs attrs = packAttrs(op);
    n.bits = ::torch::op::attrs::constant(attrs).value.bits;
    return add(std::move(n));
  }
  if (auto iota = dyn_cast<IotaOp>(op)) {
    NestNode n{NestNode::position, DType::Long};
    n.index = index[iota.getDim()];
    int position = add(std::move(n));
    DType dtype = dtypeOf(op->getResult(0));
    return dtype == DType::Long ? position : compute(Op::cast, dtype, {position});
  }
  if (isa<RandomUniformOp, RandomNormalOp, RandomBitsOp>(op)) {
    NestNode n{NestNode::random, dtypeOf(op->getResult(0)), opOf(op)};
    n.operands = {pull(op->getOperand(0), {}, -1), pull(op->getOperand(1), {}, -1)};
    n.index = nest_.space.linearize(index, sizesOf(op->getResult(0)));
    return add(std::move(n));
  }
  return pullGiven(op->getResult(result), index);
}

// Sources are tried in order: the value is select(guards of the first, first, select(...)).
int Trace::pullMovement(Operation *op, const IndexVector &index, int mask) {
  auto from = sources(op, index, nest_.space);
  DType dtype = dtypeOf(op->getResult(0));
  llvm::SmallVector<std::pair<int, int>> choices;  // condition, value
  for (Source &s : from) {
    int condition = guarded(s.guards, -1);
    if (condition < 0) {
      // Lanes that an earlier source serves may lie outside of this one.
      Value x = op->getOperand(s.operand);
      llvm::SmallVector<Guard, 4> within;
      for (auto [at, size] : llvm::zip(s.index, sizesOf(x))) within.push_back({at, size});
      if (choices.empty()) return pull(x, s.index, checked(op, s.index, mask));
      int last = pull(x, s.index, guarded(within, mask));
      for (auto [c, value] : llvm::reverse(choices))
        last = compute(Op::select, dtype, {c, value, last});
      return last;
    }
    int both = mask < 0 ? condition : compute(Op::bitwise_and, DType::Bool, {mask, condition});
    choices.push_back({condition, pull(op->getOperand(s.operand), s.index, both)});
  }
  op->emitError("loops: no source without guards");
  return -1;
}

int Trace::pullPointwise(Operation *op, const IndexVector &index, int mask) {
  llvm::SmallVector<int> operands;
  for (Value v : op->getOperands())
    operands.push_back(pull(v, broadcastIndex(index, sizesOf(v)), mask));
  return compute(opOf(op), dtypeOf(op->getResult(0)), operands);
}

// Fusion admits only readers that ask for it where it is at hand.
int Trace::pullGiven(Value value, const IndexVector &index) {
  auto given = given_.find(value);
  if (given != given_.end() && nest_.space.linearize(index, sizesOf(value)) == given->second.first)
    return given->second.second;
  mlir::emitError(value.getLoc(), "loops: no kernel can compute this value at an index");
  return -1;
}
}  // namespace mlir::weft
