// Which unit, tile and chunks: from sizes alone, so that the bits of a result are the same on every
// GPU.
#include "codegen/cuda/contraction/plan.h"

#include <algorithm>

#include "codegen/cuda/contraction/fill.h"
#include "codegen/cuda/contraction/kernel.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace {

constexpr int64_t kProcessors = 132;     // of the GPU that tiles are chosen for
constexpr int64_t kShortestChunk = 256;  // of k
constexpr int64_t kDeepest = 32;         // tile: chunks are multiples of it
constexpr double kNear = 1.25;           // costs that may turn out the other way round

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
// The same, where places of elements take registers.
constexpr Candidate kHalfTilesOfPlaces[] = {
    {{128, 128, 32, 4, 2, 4, 1}, 0.9},
    {{64, 64, 32, 4, 2, 2, 4}, 0.6},
    {{16, 128, 32, 4, 1, 4, 4}, 0.3},
};
// Fed through registers, which places take, too.
constexpr Candidate kHalfTilesBySteps[] = {
    {{128, 128, 32, 2, 2, 4, 1}, 0.9},
    {{64, 64, 32, 2, 2, 4, 1}, 0.6},
    {{16, 128, 32, 2, 1, 4, 2}, 0.3},
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
/// Few tiles and a long sum: chunks of it, as many as keep the processors busy.
struct Chunks {
  int64_t count = 1, length;
};
Chunks chunks_of(const Product& p, const Tile& tile) {
  const int64_t blocks = blocks_of(p, tile);
  if (2 * blocks > kProcessors || p.depth < 2 * kShortestChunk) return {1, p.depth};
  const int64_t wanted = std::min(kProcessors / blocks, p.depth / kShortestChunk);
  const int64_t each = (p.depth + wanted - 1) / wanted;
  const int64_t length = (each + kDeepest - 1) / kDeepest * kDeepest;
  return {(p.depth + length - 1) / length, length};
}
/// The time of the busiest processor. What comes before and after the sum costs as much as a part
/// of it, the more where no other block computes meanwhile.
double cost(const Product& p, const Candidate& c) {
  const Chunks chunks = chunks_of(p, c.tile);
  const int64_t blocks = blocks_of(p, c.tile) * chunks.count;
  const int64_t busiest = (blocks + kProcessors - 1) / kProcessors;
  const double around = c.tile.resident == 1 ? 300 : 100;
  return static_cast<double>(std::max<int64_t>(busiest, c.tile.resident)) * c.tile.rows *
         c.tile.columns * (static_cast<double>(chunks.length) / c.rate + around);
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

/// From the best on.
std::vector<const Candidate*> ranked(const Product& p, const Choice& choice, DType dtype,
                                     bool is_simple) {
  Candidates list = is_simple ? all(kThreadTiles) : all(kThreadTilesBySteps);
  const bool async = choice.async_a && choice.async_b;
  if (choice.unit == Unit::tf32_matrices) list = all(kWideTiles);
  else if (choice.unit != Unit::threads && !async) list = all(kHalfTilesBySteps);
  else if (choice.unit != Unit::threads)
    list = is_simple ? all(kHalfTiles) : all(kHalfTilesOfPlaces);
  std::vector<const Candidate*> fit;
  for (const Candidate* c = list.begin; c != list.end; ++c)
    if (c->tile.thread_columns != 8 || sum_bytes(dtype) <= 4) fit.push_back(c);
  std::stable_sort(fit.begin(), fit.end(), [&](const Candidate* a, const Candidate* b) {
    return cost(p, *a) < cost(p, *b);
  });
  return fit;
}

/// Elements of an operand are computed this often.
int64_t uses(const Problem& problem, const Product& p, const Choice& choice, bool is_a) {
  const int64_t across = (p.columns + choice.tile.columns - 1) / choice.tile.columns;
  const int64_t down = (p.rows + choice.tile.rows - 1) / choice.tile.rows;
  const bool is_weight = is_a || problem.kind == Kind::matmul;
  int64_t window = 1;
  if (problem.kind != Kind::matmul && !is_weight)
    for (size_t i = 2; i < problem.sizes.size(); ++i)
      window *= (problem.kind == Kind::conv_weight_grad ? problem.sizes : problem.b.sizes)[i];
  return (is_a ? across : down) * window;
}

/// Tensor cores sum in any order: channels may come last. Both operands are then laid out so once,
/// since a window reads an element often; worth it where channels are full vectors.
constexpr int64_t kVectorOfHalves = 8;
int64_t channels_of(const Problem& p) {  // of a group, those that the product adds up or has as columns
  switch (p.kind) {
    case Kind::conv: return p.b.sizes[1];
    case Kind::conv_input_grad: return p.b.sizes[0] / p.window.groups;
    case Kind::conv_weight_grad: return p.sizes[1];
    case Kind::matmul: break;
  }
  return 0;
}
bool has_channels_last(const Problem& p) {
  const int64_t channels = channels_of(p);
  return op::is_half(p.a.dtype) && channels > 0 && channels % kVectorOfHalves == 0;
}

/// What of it is the same for every launch.
struct Planner {
  const Problem& problem;
  Product product;
  BufferUse left, right;
  Operand a, b;
  bool next_tile = false, is_near = false, channels_last = false;
  Plan out;

  Planner(const Problem& p, bool next)
      : problem(p),
        product(product_of(p, has_channels_last(p))),
        next_tile(next),
        channels_last(has_channels_last(p)) {
    // The narrow tiles have few rows.
    if (product.columns <= 16 && product.rows > product.columns) product = transposed(product);
    left = {product.is_swapped ? BufferUse::b : BufferUse::a, 0};
    right = {product.is_swapped ? BufferUse::a : BufferUse::b, 0};
    a = product.is_swapped ? p.b : p.a;
    b = product.is_swapped ? p.a : p.b;
  }
  int64_t elements() const { return product.batches * product.rows * product.columns; }
  unsigned temporary(int64_t bytes) {
    out.temporary_bytes.push_back(bytes);
    return static_cast<unsigned>(out.temporary_bytes.size()) - 1;
  }
  /// Chunks, and so the bits, are those of the best tile whichever it is done by.
  Choice choose(const Elements& of_a, const Elements& of_b) {
    const DType dtype = problem.a.dtype;
    Choice choice;
    choice.unit = unit_of(problem);
    choice.async_a = can_be_async(of_a, choice.unit, dtype);
    choice.async_b = can_be_async(of_b, choice.unit, dtype);
    const std::vector<const Candidate*> tiles =
        ranked(product, choice, dtype, of_a.is_simple() && of_b.is_simple());
    choice.tile = tiles[0]->tile;
    const Chunks chunks = chunks_of(product, choice.tile);
    choice.chunks = chunks.count, choice.chunk = chunks.length;
    is_near = tiles.size() > 1 && cost(product, *tiles[1]) <= kNear * cost(product, *tiles[0]);
    if (next_tile && tiles.size() > 1) choice.tile = tiles[1]->tile;
    return choice;
  }
  /// The operand with neighbours along `dim`: maybe an expression, to be filled.
  static Operand laid(const Operand& operand, int dim) {
    Operand out = operand;
    if (!operand.is_strided()) out.contiguous = dim;
    else if (operand.strides[static_cast<size_t>(dim)] != 1) out = relaid(operand, dim);
    return out;
  }
  /// Convolutions' operands as their products walk through them.
  void lay() {
    const bool is_input_grad = problem.kind == Kind::conv_input_grad;
    Operand& first = left.from == BufferUse::a ? a : b;  // the op's
    Operand& second = left.from == BufferUse::a ? b : a;
    if (is_input_grad) second = laid(second, 0);
    if (!channels_last) return;
    if (!is_input_grad) second = laid(second, 1);
    const bool is_gradient = problem.kind == Kind::conv_weight_grad;
    if (!is_gradient || problem.sizes[0] / problem.window.groups % kVectorOfHalves == 0)
      first = laid(first, 1);
  }
  /// Expressions that many tiles need become tensors.
  void fill() {
    if (problem.kind != Kind::matmul) lay();
    const Choice choice = choose(Elements(a, product.a), Elements(b, product.b));
    const int64_t few = choice.unit == Unit::threads ? 4 : 1;
    for (bool is_a : {true, false}) {
      Operand& operand = is_a ? a : b;
      BufferUse& use = is_a ? left : right;
      if (operand.is_strided() ||
          (!channels_last && uses(problem, product, choice, is_a) <= few))
        continue;
      const int64_t bytes = dense_bytes(operand);
      const unsigned to = temporary(bytes);
      out.launches.push_back(
          fill_launch(operand, use.from, to, problem.wide_indices || bytes > kSmallIndex));
      operand = dense(operand);
      use = {BufferUse::temporary, to};
    }
  }
  void multiply() {
    const Side one(a, left, product.a), other(b, right, product.b);
    Choice choice = choose(one.elements, other.elements);
    out.tile = std::to_string(choice.tile.rows) + "x" + std::to_string(choice.tile.columns);
    const int64_t longest =
        std::max({product.rows, product.columns, product.depth, product.batches * product.rows,
                  blocks_of(product, choice.tile) * choice.chunks});
    choice.is_wide = problem.wide_indices || one.elements.is_wide() || other.elements.is_wide() ||
                     longest > kSmallIndex || (choice.chunks > 1 && elements() > kSmallIndex);
    if (choice.chunks > 1)
      choice.sums = temporary(choice.chunks * elements() * sum_bytes(problem.a.dtype));
    for (const Side* side : {&one, &other})
      choice.table_bytes += side->elements.table_bytes(choice.tile.depth, choice.is_wide);
    out.launches.push_back(product_launch(problem, product, one, other, choice));
    if (choice.chunks > 1) out.launches.push_back(finish_launch(problem, product, choice));
  }
};
}  // namespace

Plan plan(const Problem& problem) {
  Planner planner(problem, false);
  if (planner.elements() == 0) return {};
  planner.fill();
  planner.multiply();
  return std::move(planner.out);
}

std::optional<Plan> plan_with_next_tile(const Problem& problem) {
  Planner planner(problem, true);
  if (planner.elements() == 0 || !uses_matrices(problem)) return std::nullopt;
  planner.fill();
  planner.multiply();
  if (!planner.is_near) return std::nullopt;
  return std::move(planner.out);
}

bool uses_matrices(const Problem& problem) { return unit_of(problem) != Unit::threads; }
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
