/// The kernels' texts: skeletons, constants, the operands' structs and the caller's functions.
#pragma once
#include "codegen/cuda/contraction/geometry.h"
#include "codegen/cuda/contraction/operand.h"

namespace torch {
namespace codegen {
namespace cuda {

/// What computes: fma chains of threads, or fragments of tensor cores.
enum class Unit { threads, bfloat_matrices, half_matrices, tf32_matrices };

/// A block's tile.
struct Tile {
  int rows, columns, depth, stages, warps_down, warps_across;
  int resident;                             // blocks at once on a processor
  int thread_rows = 0, thread_columns = 0;  // of a thread, for Unit::threads
  int threads() const { return 32 * warps_down * warps_across; }
};

/// How a product is done.
struct Choice {
  Unit unit = Unit::threads;
  Tile tile{};
  int64_t chunks = 1, chunk = 0;  // of k
  unsigned sums = 0;              // the temporary of their sums
  bool is_wide = false;           // indices of 64 bits
  bool async_a = false, async_b = false;
  int64_t table_bytes = 0;  // of shared memory behind the tiles
};

/// Bytes of an element in shared memory.
int shared_element_bytes(Unit unit, DType dtype);
/// Bytes of a partial sum.
int sum_bytes(DType dtype);
int64_t shared_bytes(const Choice& choice, DType dtype);

/// An operand, and what it reads from: the caller's buffers, or a temporary.
struct Side {
  Operand operand;
  BufferUse buffer;
  Elements elements;
  Side(Operand what, BufferUse use, const Walk& walk)
      : operand(std::move(what)), buffer(use), elements(operand, walk) {}
  Side(const Side&) = delete;
};

/// The launch of the product; with several chunks it leaves their sums in a temporary.
Launch product_launch(const Problem& problem, const Product& product, const Side& left,
                      const Side& right, const Choice& choice);
/// Adds these.
Launch finish_launch(const Problem& problem, const Product& product, const Choice& choice);
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
