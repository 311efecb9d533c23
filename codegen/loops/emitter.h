/// Emits the nodes of a nest into loops. Each node stands at the outermost loop level where all
/// that it depends on is known; along the lane dim it is a vector.
#pragma once
#include "codegen/loops/lane.h"
#include "codegen/loops/nest.h"
#include "codegen/loops/numbers.h"
#include "ir/interface/emit.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::weft {

using ::torch::scalar::Lane;

/// One loop body (or the function's entry). New nodes go before `before`, or to the end of `block`.
struct Level {
  Level *parent = nullptr;
  Block *block = nullptr;
  Operation *before = nullptr;
  llvm::SmallVector<bool> knows;          // dims (by position) with a value here
  uint64_t folds = 0;                     // within which this is
  // it may not run although its parent does: nothing of it is done there
  bool conditional = false;
  Value mask;                             // of the lanes that exist; null: all
  llvm::DenseMap<int, Lane> values;       // nodes emitted here
  // dims (by position): value, of lane 0 for the lane dim; fold i: as -1 - i
  llvm::DenseMap<int, Value> indices;
};

class Emitter {
 public:
  /// The caller sets where `entry` is. `buffers`: the nest's arguments, then outputs, then the
  /// error report where it has checks; `params`: index values, the nest's numbers first.
  Emitter(OpBuilder& builder, Location loc, const Nest& nest, const Numbers& numbers,
          ValueRange buffers, ValueRange params, int laneDim, int lanes, bool fma);

  Lane get(int node, Level &level);
  void store(int output, Level &level);
  /// What lies where an output will be stored.
  Lane current(int output, Level &level);
  /// All results of the nest: every value is computed before the first is stored, since a result
  /// may lie over any operand that is read at the same elements.
  void storeAll(Level &level);
  /// The number-th check of the nest.
  void check(int number, Level &level);
  /// A scalar index: a literal or a parameter of the kernel.
  Value number(const int64_t &field);
  /// The i-th parameter after those of the nest.
  Value extra(int i);
  Value indexAt(const Index &index, Level &level);  // scalar: of lane 0
  Value constantIndex(int64_t value);
  Value argument(int i) const { return buffers_[i]; }
  Value output(int i) const { return buffers_[nest.arguments.size() + i]; }

  OpBuilder &b;
  ::torch::scalar::Emission emission;
  const Nest &nest;
  const int laneDim, lanes;
  Value laneStep;  // between the indices of neighbouring lanes; null: 1
  llvm::SmallVector<int> streamed;  // outputs that are stored past the caches
  Level entry;
  Location loc() const { return emission.loc; }
  void at(Level &level);
  /// Bits of memory as a value, and back (a bool is a byte there).
  Lane fromMemory(Value v, DType dtype);
  Value toMemory(const Lane &x);

 private:
  Lane emit(int node, Level &level);
  Lane literal(const NestNode &n);
  Lane load(const NestNode &n, Level &level);
  Lane loadAt(Value buffer, DType dtype, const Index &index, const Lane &mask, Level &level);
  Value loadEvery(int64_t step, VectorType type, Value buffer, Value first, Value mask);
  Lane random(const NestNode &n, Level &level);
  Lane fold(int node, Level &level);
  Value sumAt(const Index &index, Level &level, bool fixedOnly);
  Value atomAt(int atom, Level &level);
  Value divide(const Atom &atom, Value inner, Value divisor);
  Value divisorOf(const Atom &atom);
  /// `index` of every lane, as a vector of i32 (small nests) or i64.
  Value indexLanes(const Index &index, Level &level);
  Value atomLanes(int atom, Level &level);
  Value splatIndex(Value scalar);
  Type laneIndexType();
  bool alongLanes(const Index& index) const {
    return laneDim >= 0 && nest.dependsOn(index, laneDim);
  }
  bool alongLanes(const Index::Term &term) const;
  bool alongLanes(int node) const { return laneDim >= 0 && nest.dependsOn(node, laneDim); }
  /// Whether lane i reads at (index of lane 0) + i * factor; factor is a field of the index.
  bool isAffine(const Index &index, const int64_t *&factor) const;
  Level &home(int node, Level &level);
  Value dimIndex(int dim, Level &level);

  const Numbers &numbers_;
  llvm::SmallVector<Value> buffers_, params_;
};

/// Builds the function of a kernel: buffers of the nest's arguments and outputs (and `parts`, one
/// of bytes), `parameters` index arguments, the task range and scratch (the ABI of
/// codegen/cpu/lower.h).
func::FuncOp createKernelFunction(ModuleOp module, StringRef name, const Nest& nest, bool parts,
                                  int parameters);
}  // namespace mlir::weft
