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
  const int64_t bits = std::countr_zero(static_cast<uint64_t>(padded));
  Argsort plan;
  plan.wide = padded >= int64_t(1) << 30;  // a run is doubled once more
  plan.key = std::string("argsort ") + op::dtype_name(x.dtype) + (descending ? " falling" : "") +
             (plan.wide ? " wide" : "");
  const bool oneTile = padded <= kTile;
  plan.valueBytes = oneTile ? 8 : 8 * rows * padded;
  plan.placeBytes = oneTile ? 4 : (plan.wide ? 8 : 4) * rows * padded;
  auto add = [&](Mode mode, int64_t run, int64_t distance, bool last) {
    const int64_t elements = mode == step ? 2 * Argsort::kThreads : kTile;
    plan.launches.push_back({{n, bits, inner, count, rows, mode, run, distance, last},
                             (rows * padded + elements - 1) / elements});
  };
  add(sort, std::min(padded, kTile), 0, oneTile);
  for (int64_t run = 2 * kTile; run <= padded; run *= 2) {
    for (int64_t distance = run / 2; distance >= kTile; distance /= 2)
      add(step, run, distance, false);
    add(merge, run, 0, run == padded);
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
          R"(* places, i64 n64, i64 bits, i64 inner, i64 count, i64 rows, i64 mode, i64 run64,
    i64 distance64, i64 last) {
  using namespace of_)" +
          kernel + R"(;
  WEFT_SHARED
  const Place n = (Place)n64, padded = (Place)1 << bits, run = (Place)run64;
  const i64 total = rows << bits;
  const int threads = )" +
          std::to_string(Argsort::kThreads) + ", tile = " + std::to_string(kTile) + R"(;
  if (mode == 1) {  // one step in global memory, a pair a thread
    const i64 pair = weft_block() * threads + weft_thread();
    if (pair < total / 2) {
      const Place distance = (Place)distance64;
      const i64 low = 2 * pair - (pair & (distance - 1));
      Placed a = {values[low], places[low]};
      Placed b = {values[low + distance], places[low + distance]};
      order(a, b, (Place)(low & (padded - 1)), run, n);
      values[low] = a.value;
      places[low] = a.at;
      values[low + distance] = b.value;
      places[low + distance] = b.at;
    }
    return;
  }
  // A tile is part of a row, or several.
  Placed* s = (Placed*)shared;
  const i64 begin = weft_block() * tile;
  for (int i = weft_thread(); i < tile; i += threads) {
    const i64 number = begin + i;
    if (mode == 0) {
      const i64 row = number >> bits;
      const Place at = (Place)(number & (padded - 1));
      s[i].at = at;
      s[i].value = at < n && number < total
                       ? (Compared))" +
          type.load + R"((x[row / inner * inner * n + row % inner + (i64)at * inner])
                       : Compared();
    } else {
      s[i].at = places[number];
      s[i].value = values[number];
    }
  }
  weft_sync();
  for (Place k = mode == 0 ? 2 : run; k <= run; k *= 2) {
    for (int distance = k / 2 < tile / 2 ? (int)(k / 2) : tile / 2; distance > 0; distance /= 2) {
      for (int i = weft_thread(); i < tile / 2; i += threads) {
        const int low = 2 * i - (i & (distance - 1));
        order(s[low], s[low + distance], (Place)((begin + low) & (padded - 1)), k, n);
      }
      weft_sync();
    }
  }
  for (int i = weft_thread(); i < tile; i += threads) {
    const i64 number = begin + i, row = number >> bits, at = number & (padded - 1);
    if (number >= total) continue;
    if (!last) {
      places[number] = s[i].at;
      values[number] = s[i].value;
    } else if (at < count) {
      y[(row / inner * count + at) * inner + row % inner] = s[i].at;
    }
  }
}
)";
  const int64_t placed =
      wide || std::string_view(type.value).ends_with("64") || dtype == op::DType::Double ? 16 : 8;
  return {code, placed * kTile};
}
}  // namespace mlir::weft::cuda
