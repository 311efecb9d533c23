// Which unit, tile and chunks: from sizes alone, so that the bits of a result are the same on every
// GPU.
#include "codegen/cuda/contraction/plan.h"

#include <algorithm>

#include "codegen/cuda/contraction/kernel.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace {

constexpr int64_t kProcessors = 132;     // of the GPU that tiles are chosen for
constexpr int64_t kShortestChunk = 512;  // of k
constexpr int64_t kDeepest = 32;         // tile: chunks are multiples of it

/// A tile, and what a processor that has its fill of them makes of it.
struct Candidate {
  Tile tile;
  double rate;  // products a time, relative
};

constexpr Candidate kThreadTiles[] = {
    {{128, 128, 8, 2, 4, 2, 2, 8, 8}, 1.0}, {{64, 64, 16, 2, 4, 2, 2, 4, 4}, 0.7},
    {{32, 32, 16, 2, 2, 1, 8, 4, 4}, 0.45}, {{16, 128, 16, 2, 1, 4, 4, 4, 4}, 0.45},
    {{4, 256, 16, 2, 1, 8, 3, 1, 4}, 0.15},
};
// Places of elements take registers, too.
constexpr Candidate kThreadTilesBySteps[] = {
    {{128, 128, 8, 2, 4, 2, 1, 8, 8}, 0.9}, {{64, 64, 16, 2, 4, 2, 2, 4, 4}, 0.7},
    {{32, 32, 16, 2, 2, 1, 8, 4, 4}, 0.45}, {{16, 128, 16, 2, 1, 4, 4, 4, 4}, 0.45},
    {{4, 256, 16, 2, 1, 8, 3, 1, 4}, 0.15},
};
// Fed by asynchronous copies.
constexpr Candidate kHalfTiles[] = {
    {{128, 256, 32, 4, 2, 4, 1}, 1.0},
    {{128, 128, 32, 4, 2, 2, 2}, 0.9},
    {{64, 64, 32, 4, 2, 2, 4}, 0.6},
    {{16, 128, 32, 4, 1, 4, 4}, 0.3},
};
// Fed through registers, which the operands' rows take, too.
constexpr Candidate kHalfTilesBySteps[] = {
    {{128, 128, 32, 2, 2, 4, 1}, 0.9},
    {{64, 64, 32, 2, 2, 2, 3}, 0.6},
    {{16, 128, 32, 2, 1, 4, 3}, 0.3},
};
constexpr Candidate kWideTiles[] = {
    {{128, 128, 16, 3, 2, 4, 1}, 1.0},
    {{64, 64, 16, 3, 2, 2, 3}, 0.6},
    {{16, 128, 16, 3, 1, 4, 3}, 0.3},
};

struct Candidates {
  const Candidate *begin, *end;
};
template <size_t N> Candidates all(const Candidate (&list)[N]) { return {list, list + N}; }

int64_t blocks_of(const Product& p, const Tile& t) {
  return (p.rows + t.rows - 1) / t.rows * ((p.columns + t.columns - 1) / t.columns) * p.batches;
}
/// The time of the busiest processor.
double cost(const Product& p, const Candidate& c) {
  const int64_t busiest = (blocks_of(p, c.tile) + kProcessors - 1) / kProcessors;
  return static_cast<double>(std::max<int64_t>(busiest, c.tile.resident)) * c.tile.rows *
         c.tile.columns / c.rate;
}

Unit unit_of(const Problem& p) {
  switch (p.a.dtype) {
    case DType::BFloat16: return Unit::bfloat_matrices;
    case DType::Half: return Unit::half_matrices;
    case DType::Float: return p.allow_tf32 ? Unit::tf32_matrices : Unit::threads;
    default: return Unit::threads;
  }
}
/// Shared memory gets what is in memory, by copies of 4 bytes or more.
bool can_be_async(const Elements& e, Unit unit, DType dtype) {
  const int bytes = e.vector() * static_cast<int>(op::dtype_bytes(dtype));
  return e.is_strided() && unit != Unit::threads && bytes >= 4 &&
         (unit != Unit::tf32_matrices || e.is_along_k());
}

Tile choose_tile(const Product& p, const Choice& choice, DType dtype, bool is_simple) {
  Candidates list = is_simple ? all(kThreadTiles) : all(kThreadTilesBySteps);
  const bool async = choice.async_a && choice.async_b;
  if (choice.unit == Unit::tf32_matrices) list = all(kWideTiles);
  else if (choice.unit != Unit::threads) list = async ? all(kHalfTiles) : all(kHalfTilesBySteps);
  const Candidate* best = nullptr;
  for (const Candidate* c = list.begin; c != list.end; ++c) {
    if (c->tile.thread_columns == 8 && sum_bytes(dtype) > 4) continue;
    if (!best || cost(p, *c) < cost(p, *best)) best = c;
  }
  return best->tile;
}

/// Few tiles and a long sum: chunks of it, as many as keep the processors busy.
void choose_chunks(const Product& p, Choice& choice) {
  choice.chunk = p.depth;
  const int64_t blocks = blocks_of(p, choice.tile);
  if (2 * blocks > kProcessors || p.depth < 2 * kShortestChunk) return;
  const int64_t wanted = std::min(kProcessors / blocks, p.depth / kShortestChunk);
  const int64_t each = (p.depth + wanted - 1) / wanted;
  choice.chunk = (each + kDeepest - 1) / kDeepest * kDeepest;
  choice.chunks = (p.depth + choice.chunk - 1) / choice.chunk;
}
}  // namespace

Plan plan(const Problem& problem) {
  Product product = product_of(problem);
  Plan out;
  if (product.batches * product.rows * product.columns == 0) return out;
  // The narrow tiles have few rows.
  if (product.columns <= 16 && product.rows > product.columns) product = transposed(product);
  const DType dtype = problem.a.dtype;
  const Elements a(product.is_swapped ? problem.b : problem.a, product.a);
  const Elements b(product.is_swapped ? problem.a : problem.b, product.b);
  Choice choice;
  choice.unit = unit_of(problem);
  choice.async_a = can_be_async(a, choice.unit, dtype);
  choice.async_b = can_be_async(b, choice.unit, dtype);
  choice.tile = choose_tile(product, choice, dtype, a.is_simple() && b.is_simple());
  choose_chunks(product, choice);
  const int64_t longest =
      std::max({product.rows, product.columns, product.depth, product.batches * product.rows,
                blocks_of(product, choice.tile) * choice.chunks});
  choice.is_wide = problem.wide_indices || a.is_wide() || b.is_wide() || longest > kSmallIndex;
  if (choice.chunks > 1) {
    const int64_t elements = product.batches * product.rows * product.columns;
    choice.is_wide = choice.is_wide || elements > kSmallIndex;
    out.temporary_bytes.push_back(choice.chunks * elements * sum_bytes(dtype));
  }
  for (const Elements* e : {&a, &b})
    choice.table_bytes += e->table_bytes(choice.tile.depth, choice.is_wide);
  out.launches.push_back(product_launch(problem, product, a, b, choice));
  if (choice.chunks > 1) out.launches.push_back(finish_launch(problem, product, choice));
  return out;
}
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
