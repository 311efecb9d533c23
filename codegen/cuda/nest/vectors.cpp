#include "codegen/cuda/nest/vectors.h"

#include <algorithm>
#include <map>

namespace mlir::weft::cuda {
namespace scalar = ::torch::scalar;
namespace {
int innermost(const Nest& nest) { return static_cast<int>(nest.dims.size()) - 1; }
}  // namespace

bool isVector(const Nest& nest, const Index& index, int count) {
  const int inner = innermost(nest);
  if (inner < 0 || nest.extent(inner) % count || index.constant % count) return false;
  bool unit = false;
  for (const Index::Term& t : index.terms) {
    if (t.atom == nest.dims[inner]) {
      unit = t.factor == 1;
      continue;
    }
    Index one;
    one.terms.push_back({t.atom, 1});
    if (nest.dependsOn(one, inner) || t.factor % count) return false;
  }
  return unit;
}

llvm::SmallVector<int> vectorLoads(const Nest& nest, int count) {
  llvm::SmallVector<int> loads;
  const int inner = innermost(nest);
  for (auto [i, n] : llvm::enumerate(nest.nodes))
    if (n.kind == NestNode::load && nest.foldsOf(static_cast<int>(i)) == 0 &&
        (n.mask < 0 || !nest.dependsOn(n.mask, inner)) &&
        !llvm::is_contained(nest.looseArguments, n.argument) && isVector(nest, n.index, count))
      loads.push_back(static_cast<int>(i));
  return loads;
}
bool isVectorStore(const Nest& nest, int output, int count) {
  return !llvm::is_contained(nest.looseOutputs, output) &&
         isVector(nest, nest.outputs[output].index, count);
}

int chooseVector(const Nest& nest) {
  constexpr int kBytes = 16, kMost = 8;
  const int inner = innermost(nest);
  int along = 0;  // loads whose place changes with the element
  for (int i = 0; i < static_cast<int>(nest.nodes.size()); ++i)
    along += nest.nodes[i].kind == NestNode::load && inner >= 0 && nest.dependsOn(i, inner);
  for (int count = kMost; count > 1; count /= 2) {
    std::map<int64_t, int64_t> bytes;  // of what is loaded or stored at once, by an element's
    auto see = [&](DType d) {
      const auto n = static_cast<int64_t>(::torch::op::dtype_bytes(d));
      bytes[n] += n;
    };
    const llvm::SmallVector<int> loads = vectorLoads(nest, count);
    int accesses = static_cast<int>(loads.size());
    for (int load : loads) see(nest.nodes[load].dtype);
    for (int o = 0; o < static_cast<int>(nest.outputs.size()); ++o)
      if (isVectorStore(nest, o, count)) {
        see(nest.outputs[o].dtype);
        ++accesses;
      }
    // Neighbours that one thread loads one by one are not neighbours of a warp.
    if (along - static_cast<int>(loads.size()) > accesses) continue;
    const auto most = std::max_element(bytes.begin(), bytes.end(), [](auto& a, auto& b) {
      return a.second < b.second;
    });
    if (most != bytes.end() && most->first * count <= kBytes) return count;
  }
  return 1;
}

Vectors::Vectors(Emitter& e, int count, llvm::ArrayRef<int> loads, llvm::ArrayRef<int> outputs)
    : e(e), w(e), count(count), loads(loads), outputs(outputs) {}

// Under a mask that is the same for all of them, from where something lies.
Value Vectors::load(const NestNode& n, Level& base) {
  e.at(base);
  Value at = e.indexAt(n.index, base);
  if (n.mask >= 0) {
    Lane mask = e.get(n.mask, base);
    e.at(base);
    at = w.select(mask.v, at, w.constant(0));
  }
  auto type = VectorType::get({count}, memoryType(e.b.getContext(), n.dtype));
  return e.b.create<vector::LoadOp>(e.loc(), type, e.argument(n.argument), at);
}

llvm::SmallVector<Value> Vectors::run(Level& around, Value first, ValueRange carried,
                                      Element element) {
  const Nest& nest = e.nest;
  const int inner = innermost(nest);
  Operation* const behind = around.before;
  Level base;  // the first of them, where `around` is
  base.parent = &around;
  base.block = around.block;
  base.before = behind;
  base.knows.assign(nest.dims.size(), true);
  base.folds = around.folds;
  base.indices[inner] = first;
  if (count == 1) {
    llvm::SmallVector<Value> next = element(base, w.constant(0), carried);
    for (int o : outputs) e.get(nest.outputs[o].node, base);
    for (int o : outputs) e.store(o, base);
    return next;
  }
  llvm::SmallVector<Value> loaded, all(carried);
  for (int id : loads) loaded.push_back(load(nest.nodes[id], base));
  e.at(around);
  llvm::SmallVector<int> whole;
  for (int o : outputs) {
    if (!isVectorStore(nest, o, count)) continue;
    whole.push_back(o);
    auto type = VectorType::get({count}, memoryType(e.b.getContext(), nest.outputs[o].dtype));
    all.push_back(e.b.create<arith::ConstantOp>(e.loc(), e.b.getZeroAttr(type)));
  }
  scf::ForOp loop = w.unrolled(count, all);
  around.before = base.before = loop;
  Level one;
  one.parent = &around;
  one.block = loop.getBody();
  one.before = all.empty() ? loop.getBody()->getTerminator() : nullptr;
  one.knows.assign(nest.dims.size(), true);
  one.folds = around.folds;
  e.at(one);
  const Value number = loop.getInductionVar();
  one.indices[inner] = w.add(first, number);
  for (auto [id, vector] : llvm::zip(loads, loaded)) {
    const NestNode& n = nest.nodes[id];
    Lane x = e.fromMemory(e.b.create<vector::ExtractElementOp>(e.loc(), vector, number), n.dtype);
    if (n.mask >= 0)
      x = scalar::select(e.get(n.mask, around), x, scalar::literalLane(e.emission, n.dtype, 0));
    one.values[id] = x;
  }
  ValueRange arguments = loop.getRegionIterArgs();
  llvm::SmallVector<Value> next = element(one, number, arguments.take_front(carried.size()));
  storeElements(one, number, arguments.drop_front(carried.size()), next);
  e.at(one);
  if (!all.empty()) e.b.create<scf::YieldOp>(e.loc(), next);
  around.before = behind;
  e.at(around);
  for (auto [i, o] : llvm::enumerate(whole)) {
    const NestOutput& output = nest.outputs[o];
    Level end = base;  // its values stand before the loop: known here
    end.before = behind;
    Value at = e.indexAt(output.index, end);
    e.b.create<vector::StoreOp>(e.loc(), loop.getResult(carried.size() + i), e.output(o), at);
  }
  return llvm::to_vector(ValueRange(loop.getResults()).take_front(carried.size()));
}

// All values are computed before the first is stored: an output may lie over what is read at the
// same elements.
void Vectors::storeElements(Level& level, Value number, ValueRange vectors,
                            llvm::SmallVectorImpl<Value>& next) {
  for (int o : outputs) e.get(e.nest.outputs[o].node, level);
  size_t i = 0;
  for (int o : outputs) {
    if (!isVectorStore(e.nest, o, count)) {
      e.store(o, level);
      continue;
    }
    Lane x = e.get(e.nest.outputs[o].node, level);
    e.at(level);
    next.push_back(
        e.b.create<vector::InsertElementOp>(e.loc(), e.toMemory(x), vectors[i++], number));
  }
}
}  // namespace mlir::weft::cuda
