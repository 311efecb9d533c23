/// How an element of A[b, p, k] or B[b, k, p] is found (p: the panel's dimension, m or n): each of
/// b, p and k is a list of extents, and each extent moves some dimensions of the source by steps. A
/// guarded dimension can be outside of the source: there the element is zero.
#pragma once
#include "codegen/contraction/contraction.h"
#include "codegen/contraction/emit.h"

namespace mlir::weft::contraction {

/// A kernel's index parameters: planned as numbers, read in the kernel by the same position.
using Param = unsigned;
struct Params {
  std::vector<int64_t> values;
  Param add(int64_t value) {
    values.push_back(value);
    return values.size() - 1;
  }
};

struct Move {
  unsigned dim;
  Param step;
};
struct Extent {
  Param count;
  SmallVector<Move, 2> moves;
};
struct SourceDim {
  Param offset;
  Param limit;
  bool guarded;
};
struct Access {
  SmallVector<SourceDim> dims;
  SmallVector<Extent> batch, p, k;  // the last of each list runs fastest
  int unitDim = -1;                 // neighbours along it are neighbours in memory
  // a dimension that only counts the rows of the panel, where they do not follow k
  int rowDim = -1;
  enum Direction { alongP, alongK } direction = alongP;  // of vectors when packing
  bool unit = false;                // whether vectors lie in memory
  bool everySecond = false;         // else, whether their lanes are every second element there
  std::string key() const;
};

/// Names what differs in code between two lists of extents.
std::string keyOf(ArrayRef<Extent> extents);

/// The parameters as values, and elements through an access.
class Reader {
 public:
  Reader(Emit& e, const Access& access, const Source& source, Arguments arguments,
         ValueRange params)
      : e(e), access(access), source(source), arguments(arguments), params(params) {}

  using Index = SmallVector<Value, 5>;
  /// The source index of number 0 of everything.
  Index origin();
  /// Source index of batch number `batch`, before p and k.
  Index start(Value batch);
  /// `index` moved by each extent's number.
  Index moved(Index index, ArrayRef<Extent> extents, ArrayRef<Value> numbers);
  /// `index` moved by `number` steps of the last extent.
  Index along(Index index, ArrayRef<Extent> extents, Value number);
  /// A vector of the elements at `index` and of the numbers after it of `extents.back()`; zero
  /// where guards say so and outside of `mask` (null: all).
  Value load(const Index& index, ArrayRef<Extent> extents, unsigned lanes, Value mask);

  /// Whether vectors are plain loads at index[0] of `memory()`.
  bool direct() const { return !source.strides.empty() && access.unit && !guarded(); }
  Value memory() { return arguments.buffers.front(); }

  /// body(numbers, position, length): the pieces of [from, to) in which only the last extent's
  /// number changes. `numbers` are those at the piece's start.
  void runs(ArrayRef<Extent> extents, Value from, Value to,
            llvm::function_ref<void(ArrayRef<Value>, Value, Value)> body);
  /// The numbers of a linear position.
  SmallVector<Value> numbers(ArrayRef<Extent> extents, Value position);
  Value count(const Extent& extent) { return params[extent.count]; }
  /// The row of a panel for the element at `index` of number `k` (from the panel's first), and from
  /// a number of the last extent of k to the next.
  Value row(const Index& index, Value k) { return access.rowDim < 0 ? k : index[access.rowDim]; }
  Value rowStep();

 private:
  bool guarded() const {
    for (const SourceDim& dim : access.dims)
      if (dim.guarded) return true;
    return false;
  }
  Value loadStrided(Value at, const Lanes& lanes);
  Value loadEverySecond(Value at, unsigned lanes, Value mask);
  Value guard(const Index& index, const Extent& extent, unsigned lanes, Value mask);
  Index readable(Index index, const Extent& extent);
  Emit& e;
  const Access& access;
  const Source& source;
  Arguments arguments;
  ValueRange params;
};

/// The same for any extents that are parameters.
void runs(Emit& e, ArrayRef<Value> extents, Value from, Value to,
          llvm::function_ref<void(ArrayRef<Value>, Value, Value)> body);
SmallVector<Value> numbers(Emit& e, ArrayRef<Value> extents, Value position);

}  // namespace mlir::weft::contraction
