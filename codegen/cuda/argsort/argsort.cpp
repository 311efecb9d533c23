#include "codegen/cuda/argsort/argsort.h"

#include <algorithm>
#include <bit>

namespace mlir::weft::cuda {
namespace op = ::torch::op;
namespace {
constexpr int64_t kTile = 2048;  // elements that a block sorts

enum Mode : int64_t { sort, step, merge };

struct Type {
  const char *memory, *value, *load;  // an element; as what it is compared; its conversion
};
Type typeOf(op::DType dtype) {
  switch (dtype) {
    case op::DType::Float: return {"float", "float", ""};
    case op::DType::Double: return {"double", "double", ""};
    case op::DType::Half: return {"u16", "float", "weft_half_to_float"};
    case op::DType::BFloat16: return {"u16", "float", "weft_bfloat_to_float"};
    case op::DType::Long: return {"i64", "i64", ""};
    case op::DType::Int: return {"i32", "i32", ""};
    case op::DType::Short: return {"i16", "i32", ""};
    case op::DType::Char: return {"i8", "i32", ""};
    default: return {"u8", "i32", ""};
  }
}
}  // namespace

Argsort planArgsort(const op::Type& x, int64_t dim, bool descending, int64_t count) {
  int64_t inner = 1, outer = 1;
  for (int64_t d = 0; d < static_cast<int64_t>(x.dims.size()); ++d)
    if (d != dim) (d < dim ? outer : inner) *= x.dims[static_cast<size_t>(d)];
  const int64_t n = x.dims[static_cast<size_t>(dim)], rows = outer * inner;
  const int64_t padded =
      static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(std::max<int64_t>(n, 2))));
  const int64_t tile = std::min(padded, kTile);
  Argsort plan;
  plan.wide = padded >= int64_t(1) << 30;  // a run is doubled once more
  plan.key = std::string("argsort ") + op::dtype_name(x.dtype) + (descending ? " falling" : "") +
             (plan.wide ? " wide" : "");
  const bool oneTile = padded == tile;
  plan.valueBytes = oneTile ? 8 : 8 * rows * padded;
  plan.placeBytes = oneTile ? 4 : (plan.wide ? 8 : 4) * rows * padded;
  auto add = [&](Mode mode, int64_t run, int64_t distance, bool last) {
    const int64_t blocks = mode == step
                               ? (rows * (padded / 2) + Argsort::kThreads - 1) / Argsort::kThreads
                               : rows * (padded / tile);
    plan.launches.push_back(
        {{n, padded, tile, inner, count, rows, mode, run, distance, last}, blocks});
  };
  add(sort, tile, tile / 2, oneTile);
  for (int64_t run = 2 * tile; run <= padded; run *= 2) {
    for (int64_t distance = run / 2; distance >= tile; distance /= 2)
      add(step, run, distance, false);
    add(merge, run, tile / 2, run == padded);
  }
  return plan;
}

Text argsortText(StringRef name, op::DType dtype, bool descending, bool wide) {
  const Type type = typeOf(dtype);
  const std::string kernel = name.str(), place = wide ? "i64" : "int";
  std::string code = "namespace of_" + kernel + " {\ntypedef " + type.memory +
                     " Element;\ntypedef " + type.value + " Compared;\ntypedef " + place +
                     " Place;\n";
  code += std::string("constexpr bool kFalling = ") + (descending ? "true" : "false") + ";\n";
  code += R"(struct Placed {
  Compared value;
  Place at;
};
// nan is larger than any number; of equal ones the first comes first, what only fills up last.
WEFT_INLINE bool before(const Placed& a, const Placed& b, Place n) {
  if (a.at >= n || b.at >= n) return a.at < b.at;
  const bool a_nan = a.value != a.value, b_nan = b.value != b.value;
  const bool less = kFalling ? b.value < a.value : a.value < b.value;
  const bool more = kFalling ? a.value < b.value : b.value < a.value;
  if (less || more) return less;
  return a_nan != b_nan ? (kFalling ? a_nan : b_nan) : a.at < b.at;
}
// Runs of `run` elements rise and fall in turn.
WEFT_INLINE void order(Placed& a, Placed& b, Place place, Place run, Place n) {
  const bool rises = (place & run) == 0;
  if (before(b, a, n) == rises) {
    const Placed c = a;
    a = b;
    b = c;
  }
}
)";
  code += "}\nextern \"C\" __global__ void __launch_bounds__(" + std::to_string(Argsort::kThreads) +
          ") " + kernel + "(const " + type.memory + "* x, i64* y, " + type.value + "* values, " +
          place +
          R"(* places, i64 n64, i64 padded64, i64 tile64, i64 inner, i64 count, i64 rows, i64 mode,
    i64 run64, i64 distance64, i64 last) {
  using namespace of_)" +
          kernel + R"(;
  WEFT_SHARED
  const Place n = (Place)n64, padded = (Place)padded64, run = (Place)run64;
  const int tile = (int)tile64, threads = )" +
          std::to_string(Argsort::kThreads) + R"(;
  if (mode == 1) {  // one step in global memory, a pair a thread
    const i64 pair = weft_block() * threads + weft_thread();
    if (pair < rows * (padded / 2)) {
      const i64 row = pair / (padded / 2) * padded;
      const Place i = (Place)(pair % (padded / 2)), distance = (Place)distance64;
      const Place low = 2 * i - (i & (distance - 1));
      Placed a = {values[row + low], places[row + low]};
      Placed b = {values[row + low + distance], places[row + low + distance]};
      order(a, b, low, run, n);
      values[row + low] = a.value;
      places[row + low] = a.at;
      values[row + low + distance] = b.value;
      places[row + low + distance] = b.at;
    }
    return;
  }
  Placed* s = (Placed*)shared;
  const Place tiles = padded / tile, first = (Place)(weft_block() % tiles) * tile;
  const i64 row = weft_block() / tiles, from = row / inner * inner * n + row % inner;
  for (int i = weft_thread(); i < tile; i += threads) {
    const Place at = first + i;
    if (mode == 0) {
      s[i].at = at;
      s[i].value = at < n ? (Compared))" +
          type.load + R"((x[from + (i64)at * inner]) : Compared();
    } else {
      s[i].at = places[row * padded + at];
      s[i].value = values[row * padded + at];
    }
  }
  weft_sync();
  for (Place k = mode == 0 ? 2 : run; k <= run; k *= 2) {
    for (int distance = k / 2 < tile / 2 ? (int)(k / 2) : tile / 2; distance > 0; distance /= 2) {
      for (int i = weft_thread(); i < tile / 2; i += threads) {
        const int low = 2 * i - (i & (distance - 1));
        order(s[low], s[low + distance], first + low, k, n);
      }
      weft_sync();
    }
  }
  for (int i = weft_thread(); i < tile; i += threads) {
    const Place at = first + i;
    if (!last) {
      places[row * padded + at] = s[i].at;
      values[row * padded + at] = s[i].value;
    } else if (at < count) {
      y[(row / inner * count + at) * inner + row % inner] = s[i].at;
    }
  }
}
)";
  return {code, 16 * kTile};
}
}  // namespace mlir::weft::cuda
