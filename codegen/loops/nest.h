/// What a kernel computes, as one loop nest: the domain it runs over and, for one point of it, the
/// values to load, compute and store. Made from a weft.kernel by pulling its results at the
/// domain's index (trace.cpp): views vanish into the addresses of loads.
///
/// Invariant: a node's operands come before it; addresses are linear positions in dense row-major
/// buffers.
#pragma once
#include <vector>

#include "ir/access/access.h"
#include "ir/op/op.h"
#include "ir/tensor/ops.h"

namespace mlir::weft {

using ::torch::op::DType;

struct NestNode {
  enum Kind {
    // buffer `argument` at `index`; where `mask` (a bool node) is false, nothing is read and the
    // value is 0
    load,
    literal,    // `bits`: of a double for floating types, else the integer
    compute,    // an elementwise op on operands
    position,   // `index` as an i64
    inside,     // 0 <= index < size, a bool
    random,     // a random op: operands are seed and offset; `index` is the counter
    fold,       // the last value of state `size` of fold `argument`
    // at hand when the code runs: a contraction's accumulator, what a scatter finds, a state
    // (`argument`) of the
    given,
                // scan, or of fold `size` - 1
    reduction,  // of operands[0] over the reduced dim, known once the row is done
  } kind;
  DType dtype;
  ::torch::op::Op op{};
  llvm::SmallVector<int, 3> operands{};
  int argument = -1;
  int mask = -1;
  Index index{};
  int64_t size = 0;
  int64_t bits = 0;
};

struct NestOutput {
  int node;
  Index index;  // where it is stored
  DType dtype;
};

/// The run fails where the node's value, an index into dim `dim`, is not in [0, size); being a
/// divisor, is 0; being what is required of `value`, is false.
struct NestCheck {
  enum Kind { index, divisor, required };
  int node;
  Index position;
  Kind kind = index;
  int64_t size = 0, dim = 0;
  int value = -1;
  int64_t what = 0;
};

/// A state that is carried along the sequential dim, element by element.
struct ScanState {
  int initial, current, next;  // nodes; `current` is given
};

/// A loop within an element: over the places of a window, states being carried from one to the
/// next.
struct Fold {
  int atom;
  int64_t count;
  std::vector<ScanState> states;
};

struct Nest {
  enum Kind { map, reduction, scatter, scan } kind = map;
  IndexSpace space;
  // atoms of the loop dims, outermost first; dims of size 1 are left out
  llvm::SmallVector<int> dims;
  // of them, by position: reduced, or (scatter, scan) taken in order; -1: none
  int reducedDim = -1;
  // reduction: what is made along reducedDim is reduced along this one, further out; -1: it is not
  int outerReducedDim = -1;
  bool row = true;                     // reduction: no dim to the right of the reduced one
  std::vector<NestNode> nodes;
  std::vector<NestOutput> outputs;     // as the kernel's results
  std::vector<NestCheck> checks;       // map, reduction (of the rows): in program order
  // scatter: the node that says where, along the indexed dim, an update goes; -1: to 0
  int owner = -1;
  int64_t ownedSize = 1;               // of that dim
  std::vector<ScanState> states;       // scan
  std::vector<Fold> folds;
  llvm::DenseMap<int, int> symbols;    // symbol atom -> node with its value
  llvm::SmallVector<DType> arguments;  // of the kernel
  bool small = true;                   // every buffer has less than 2^31 elements
  // Indices that tensors hold are held within their range where they are used: what checks them may
  // run elsewhere, and does not stop this. Ranges of symbols begin at 0.
  bool holdsSymbols = false;
  // arguments, and outputs, that may begin at any element
  llvm::SmallVector<int> looseArguments, looseOutputs;

  Nest() = default;
  /// Knows the kernel's arguments.
  explicit Nest(KernelOp kernel);
  /// A loop for each size that is not 1, and for the sequential one (by position in `sizes`, -1:
  /// none) and the one further out; their index.
  IndexVector addDims(llvm::ArrayRef<int64_t> sizes, int sequential, int outer = -1);
  /// Leaves only the arguments that are loaded; their old numbers.
  llvm::SmallVector<unsigned> dropUnread();
  int64_t extent(int dim) const { return space[dims[dim]].extent; }
  /// Whether the value changes along dim `dim` (by position). Valid after analyze().
  bool dependsOn(int node, int dim) const { return (facts_[node].dims >> dim & 1) != 0; }
  bool dependsOn(const Index &index, int dim) const { return (dimsOf(index) >> dim & 1) != 0; }
  bool isReduced(int dim) const { return dim == reducedDim || dim == outerReducedDim; }
  /// Whether the value changes within a row.
  bool dependsOnReduced(int node) const { return (facts_[node].dims & reducedBits()) != 0; }
  bool dependsOnReduced(const Index &index) const { return (dimsOf(index) & reducedBits()) != 0; }
  /// The folds, as bits, within which the value changes.
  uint64_t foldsOf(int node) const { return facts_[node].folds; }
  /// How many reductions must be done, one after the other, before the node's value is known.
  int stage(int node) const { return facts_[node].stage; }
  /// Once nodes and dims are final.
  void analyze();

 private:
  uint64_t reducedBits() const;
  uint64_t dimsOf(const Index &index) const;
  uint64_t foldsOf(const Index &index) const;
  int stageOf(const Index &index) const;
  struct Facts {
    uint64_t dims;
    int stage;
    uint64_t folds = 0;
  };
  std::vector<Facts> facts_;
};

/// Whether a result of a map may be the same memory as an argument: it reads that at the very same
/// elements only.
bool mayLieOver(const Nest& nest, int output, int argument);
/// Whether any may.
bool mayLieOver(const Nest& nest);
/// The nest of a kernel of kind "map" or "reduction"; failure: an op in it cannot be pulled (the
/// diagnostic says which).
FailureOr<Nest> traceNest(KernelOp kernel);
/// Of a scatter: first the base is written to the result as a map, then the updates go there.
FailureOr<Nest> traceBase(KernelOp kernel);
FailureOr<Nest> traceUpdates(KernelOp kernel);
/// Of a scan whose body treats every element of the states for itself (isElementwiseScan).
FailureOr<Nest> traceScan(KernelOp kernel);

/// Splits dims where divisions fall away, merges neighbours that every access walks through in one
/// stride.
void normalize(Nest &nest);
}  // namespace mlir::weft
