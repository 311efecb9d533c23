#include "codegen/loops/numbers.h"

namespace mlir::weft {

void Numbers::literal(int64_t value) { key += std::to_string(value) + ","; }

void Numbers::number(const int64_t &field) {
  slots_[&field] = static_cast<int>(params.size());
  params.push_back(field);
  key += "p,";
}

// A factor that is 0, 1 or -1 shapes the code, and so do an offset and a constant of 0.
void Numbers::unlessAtMost(int64_t most, const int64_t &field) {
  field >= -most && field <= most ? literal(field) : number(field);
}

// Accesses that go along a dim in equal steps do so for all shapes, nearly always; code that knows is
// better.
void Numbers::factor(const Index::Term &t) {
  if (t.factor >= -1 && t.factor <= 1) return literal(t.factor);
  const int next = static_cast<int>(params.size());
  auto [slot, isNew] = factors_.try_emplace({t.atom, t.factor}, next);
  if (isNew) return number(t.factor);
  slots_[&t.factor] = slot->second;
  key += "=" + std::to_string(slot->second) + ",";
}

void Numbers::index(const Nest &nest, const Index &index) {
  key += "[";
  for (const Index::Term &t : index.terms) {
    auto [name, isNew] = atoms_.try_emplace(t.atom, static_cast<int>(atoms_.size()));
    key += "a" + std::to_string(name->second);
    if (isNew) {
      const Atom &atom = nest.space[t.atom];
      if (atom.kind == Atom::symbol) {
        key += "=s" + std::to_string(nest.symbols.lookup(t.atom));
        if (nest.holdsSymbols) number(atom.upper);
      } else if (atom.kind != Atom::dim) {
        key += atom.kind == Atom::quotient ? "=q" : "=r";
        // floor division of negatives is other code
        if (nest.space.lower(atom.inner) < 0) key += "-";
        this->index(nest, atom.inner);
        atom.structural ? literal(atom.divisor) : number(atom.divisor);
      }
    }
    key += "*";
    bool innermost = !nest.dims.empty() && t.atom == nest.dims.back();
    innermost && isShortStep(t.factor) ? literal(t.factor) : factor(t);
  }
  unlessAtMost(0, index.constant);
  key += "]";
}

void Numbers::node(const Nest &nest, const NestNode &n) {
  key += "\n" + std::to_string(n.kind) + ":" + std::to_string(static_cast<int>(n.dtype)) + ":";
  if (n.kind == NestNode::compute || n.kind == NestNode::random || n.kind == NestNode::reduction)
    key += ::torch::op::name(n.op);
  for (int o : n.operands) key += " " + std::to_string(o);
  key += " @";
  literal(n.argument);
  literal(n.mask);
  if (n.kind == NestNode::literal)
    ::torch::op::is_float(n.dtype) ? unlessAtMost(0, n.bits) : literal(n.bits);
  if (n.kind == NestNode::inside) number(n.size);
  if (n.kind == NestNode::given || n.kind == NestNode::fold) literal(n.size);
  index(nest, n.index);
}

Numbers::Numbers(const Nest &nest) {
  static constexpr const char *kinds[] = {"map", "row", "scatter", "scan"};
  key = nest.kind == Nest::reduction && !nest.row ? "column" : kinds[nest.kind];
  key += nest.small ? " small " : " large ";
  for (DType d : nest.arguments) literal(static_cast<int>(d));
  literal(nest.reducedDim);
  literal(nest.outerReducedDim);
  for (int dim : nest.dims) {
    atoms_.try_emplace(dim, static_cast<int>(atoms_.size()));
    slots_[&nest.space[dim].extent] = static_cast<int>(params.size());
    params.push_back(nest.space[dim].extent);
    key += "d";
  }
  for (const Fold &f : nest.folds) {
    atoms_.try_emplace(f.atom, static_cast<int>(atoms_.size()));
    key += "f";
    literal(f.count);
  }
  for (const NestNode &n : nest.nodes) node(nest, n);
  for (const NestOutput &o : nest.outputs) {
    key += "\nout " + std::to_string(static_cast<int>(o.dtype)) + " ";
    literal(o.node);
    index(nest, o.index);
  }
  for (const NestCheck &c : nest.checks) {
    key += "\ncheck ";
    literal(c.node);
    literal(c.kind);
    number(c.size);
    for (int64_t of : {c.dim, int64_t{c.value}, c.what}) literal(of);
    index(nest, c.position);
  }
  literal(nest.owner);
  for (const ScanState &s : nest.states)
    for (int node : {s.initial, s.current, s.next}) literal(node);
}
}  // namespace mlir::weft
