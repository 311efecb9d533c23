/// Matmul and convolution: one mechanism, a packed, register-tiled, cache-blocked, threaded
/// contraction
///   y[b, m, n] = sum over k of A[b, m, k] * B[b, k, n].
///
/// In: a Problem (shapes, where the elements of both operands come from, where those of the result
/// go). Out: a Plan, launches in order over the caller's buffers and temporaries, each with a
/// recipe that writes its kernel in loop form (codegen/cpu/lower.h). The one invariant: an element
/// of y is one ascending fma chain as ir/op/order.h says, so the bits depend on neither tiles,
/// blocks, threads nor vector width.
///
/// How it works. Operands are packed in panels, [panel][k][lane]: `rows` m's of A, `vectors`
/// vectors of n's of B; windows and strides exist only there (implicit im2col, and whatever is
/// fused into the source). The tile keeps rows x vectors accumulators in registers and reads both
/// panels in order; what is left at the edges is done by smaller tiles out of the same panels
/// (tile.h). k is cut in blocks that fit the caches: between blocks accumulators rest in scratch,
/// so the chain goes on exactly. After the last block the epilogue takes the tile from there, row
/// by row. A task is a block of (chunk of k, batch, m, n). An operand that many tasks read is
/// packed once by a launch before; else the tasks pack what they need. Where k is split, the
/// chunks' sums rest in a buffer until a launch after adds them up. All these launches are one
/// piece of code (product.cpp): what it packs, whether it multiplies, where sums go are numbers,
/// like extents, strides and padding. So kernels of one `key` serve all sizes, and there are few
/// keys: element type, how operands are read (guards, direction, what is fused), the epilogue. Two
/// things go other ways: products of few rows read B once, in place (few_rows.cpp); the gradient of
/// a convolution's input is a product a window position, added to accumulators at shifted places
/// (input_grad.cpp).
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "codegen/contraction/target.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::func {
class FuncOp;
}

namespace mlir::weft::contraction {

/// Which elements a vector holds: `count` of them along dimension `dim`, `step` apart (null: 1),
/// those of `mask` (null: all; the others may hold anything and must not be read from memory).
struct Lanes {
  unsigned count = 1, dim = 0;
  Value step, mask;
};

/// What a callback sees of the kernel it writes code in.
struct Arguments {
  ValueRange buffers, params;
};

/// Elements of one operand, a tensor that may exist only as an expression (fused producers).
struct Source {
  SmallVector<int64_t> sizes;      // of the tensor
  SmallVector<Type> buffers;       // arguments that reading takes: memref<?xT>
  SmallVector<int64_t> params;     // and index parameters
  std::string key;                 // equal for equal code
  int contiguous = -1;             // the dimension along which elements are neighbours in memory
  /// The elements at `index` and `lanes` after it: a scalar for count 1, else a vector. Indices are
  /// within the tensor.
  std::function<Value(OpBuilder&, Location, Arguments, ArrayRef<Value> index, const Lanes&)> load;
  /// The same in every run: packed by a launch of its own, which needs to run only once.
  bool unchanged = false;
  SmallVector<int64_t> strides;    // set by `strided`, where `load` is not called
  int64_t offset = 0;
};
/// A tensor in memory: `offset + sum of index[d] * strides[d]` elements from the start of its
/// buffer.
Source strided(Type element, ArrayRef<int64_t> sizes, ArrayRef<int64_t> strides,
               int64_t offset = 0);

/// Takes results. `index` is (outer, m, n): for matmul the linear batch, row, column; for
/// convolutions the image (0 for the weight's gradient), the channel (of all groups), the linear
/// position (for the weight's gradient: channel of the group and window). The lanes of `values` lie
/// along n; `mask` as for Lanes.
struct Epilogue {
  SmallVector<Type> buffers;
  SmallVector<int64_t> params;
  std::string key;
  std::function<void(OpBuilder&, Location, Arguments, ArrayRef<Value> index, Value values,
                     Value mask)>
      store;
};
/// Writes results to a dense row-major tensor whose (outer, m, n) have `sizes`; the store that
/// fuses nothing.
Epilogue denseResult(Type element, ArrayRef<int64_t> sizes);

/// A convolution's numbers; one entry a spatial dimension.
struct Window {
  SmallVector<int64_t> stride, padding, dilation;
  int64_t groups = 1;
};

enum class Kind { matmul, conv, convInputGrad, convWeightGrad };
struct Problem {
  Kind kind = Kind::matmul;
  Type element;                // f32, f64 or a signless integer
  Source a, b;                 // as the ops of ir/tensor/contraction.td
  Window window;
  SmallVector<int64_t> sizes;  // of the result
  Epilogue epilogue;
};

/// A buffer argument of a launch.
struct BufferUse {
  enum From { sourceA, sourceB, epilogue, temporary } from;
  unsigned index;
};
struct Launch {
  std::string name, key;
  /// Of a launch that only packs an operand: which one, and the temporary that it fills.
  struct Packing {
    BufferUse::From operand;
    unsigned temporary;
  };
  std::optional<Packing> packing;
  /// Adds the kernel, named `name`, to a module.
  std::function<func::FuncOp(ModuleOp module, StringRef name)> emit;
  SmallVector<BufferUse> buffers;
  std::vector<int64_t> params;
  int64_t tasks = 0, grain = 1, scratchBytes = 0;
};
struct Plan {
  SmallVector<int64_t> temporaryBytes;
  std::vector<Launch> launches;
};

/// Launches that compute `problem`. A problem without result elements has none.
Plan plan(const Problem& problem, const Target& target);

}  // namespace mlir::weft::contraction
