/// Matmul and convolution on a GPU: skeletons of CUDA C++ (skeleton/), specialised by constants and
/// by how elements of the operands are found and where those of the result go.
///
/// In: a Problem. Out: launches in order over the caller's buffers and temporaries, each with the
/// text of its kernel. Everything becomes one product
///   y[batch, row, column] = sum over k of A[batch, row, k] * B[batch, k, column]:
/// convolutions by index maps (geometry.h); image and position are one number, the columns.
/// Elements of a tensor in memory come in vectors of up to 16 bytes where strides and alignment
/// allow; an operand that exists only as an expression comes by a device function, or is computed
/// into memory by a launch before, where several tiles need it. Halves of a convolution whose
/// channels fill vectors are laid out with channels last by such a launch; else their product would
/// be fed two bytes at a time. What fits 31 bits is indexed by int.
///
/// Numbers. f32, f64 and integers: an element is one ascending chain of fma (integers: wrapped
/// products) over k, in the order of ir/op/order.h; so bits depend on neither tiles nor grid.
/// f16 and bf16 (and f32 where tf32 is allowed) are multiplied on tensor cores and summed in f32.
/// Where the result has few tiles, k is cut in chunks by a rule that sees sizes only, and the
/// chunks' sums are added in ascending order by a second launch: the same bits on every GPU and in
/// every run.
///
/// Kernels are generic in extents and strides, which are parameters; tiles, vector widths, guards
/// and 64-bit indices are structure, and in the key.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ir/op/dtype.h"

namespace torch {
namespace codegen {
namespace cuda {
using op::DType;
using Numbers = std::vector<int64_t>;
/// Numbers up to this are indices of 32 bits, with room for a tile behind the end.
constexpr int64_t kSmallIndex = (int64_t(1) << 31) - (int64_t(1) << 16);

enum class Kind { matmul, conv, conv_input_grad, conv_weight_grad };

/// A device function that the kernel calls, and what it is called with.
struct Function {
  /// Its text, and that of what it calls, given its name and whether its indices are i64 (else int).
  std::function<std::string(const std::string& name, bool is_wide)> text;
  std::vector<DType> buffers;  // arguments: T* each,
  Numbers params;              // then these, long long each; then indices
  std::string key;             // equal for equal text
};

/// What is multiplied. As the ops of ir/tensor/contraction.td: matmul's are (batch..., rows, k) and
/// (batch..., k, columns), with batches of any strides, 0 for one that is not there.
struct Operand {
  DType dtype = DType::Float;  // of its elements; both operands have the same
  Numbers sizes;
  /// A tensor in memory, buffer 0: offset + sum of index[d] * strides[d] elements from its start,
  /// which is at a multiple of `alignment` bytes.
  Numbers strides;
  int64_t offset = 0;
  int alignment = 0;
  /// Or, where `strides` is empty: the element at an index of `sizes.size()` numbers; f16 and bf16
  /// as their bits. `contiguous`: a dimension along which it reads neighbours, or -1.
  Function function;
  int contiguous = -1;
  bool is_strided() const { return !strides.empty() || sizes.empty(); }
};

/// A convolution's numbers; one entry a spatial dimension.
struct Window {
  Numbers stride, padding, dilation;
  int64_t groups = 1;
};

struct Problem {
  Kind kind = Kind::matmul;
  Operand a, b;
  Window window;
  Numbers sizes;  // of the result
  /// Takes an element: after its buffers and params (outer, m, n, value), as in
  /// codegen/contraction/contraction.h: for matmul the linear batch, row, column; for convolutions
  /// the image (0 for the weight's gradient), the channel of all groups, the linear position (for
  /// the weight's gradient: channel of the group and window). `value` has the operands' type, or is
  /// a float where that is f16 or bf16.
  Function result;
  bool allow_tf32 = false;
  /// Some tensor that `result` touches, or an expression reads, is too large for 31-bit indices.
  bool wide_indices = false;
};

/// A buffer argument of a launch.
struct BufferUse {
  enum From { a, b, result, temporary } from;
  unsigned index = 0;
};
struct Launch {
  std::string name, key;
  /// The kernel, `extern "C" __global__ void NAME(buffers..., params...)`.
  std::function<std::string(const std::string& name)> text;
  std::vector<BufferUse> buffers;
  Numbers params;
  int64_t tasks = 0;
  int threads = 0;
  int64_t shared_bytes = 0;
  /// All it does is to fill this temporary from that operand.
  struct Filling {
    BufferUse::From operand;
    unsigned temporary;
  };
  std::optional<Filling> fills;
};
struct Plan {
  std::string tile;  // "128x256", of the product
  Numbers temporary_bytes;
  std::vector<Launch> launches;
};

/// Launches that compute `problem`. A problem without result elements has none.
Plan plan(const Problem& problem);
/// The same bits by the tile that comes second, where it may be as fast.
std::optional<Plan> plan_with_next_tile(const Problem& problem);
/// Whether it is done by tensor cores: sums are then in an order of the hardware's.
bool uses_matrices(const Problem& problem);
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
