// What needs nothing of the machine but what stands above.
template <int Bytes> struct weft_word;
template <> struct weft_word<1> {
  typedef u8 type;
};
template <> struct weft_word<2> {
  typedef u16 type;
};
template <> struct weft_word<4> {
  typedef u32 type;
};
template <> struct alignas(8) weft_word<8> {
  typedef weft_word type;
  u32 x, y;
};
template <> struct alignas(16) weft_word<16> {
  typedef weft_word type;
  u32 x, y, z, w;
};

// V is a vec, or anything without gaps; the address is aligned to its size, at most 16.
template <class V> WEFT_INLINE V weft_load(const void* p) {
  constexpr int bytes = sizeof(V) < 16 ? sizeof(V) : 16;
  typedef typename weft_word<bytes>::type Word;
  weft_expect_aligned(p, bytes);
  V v;
WEFT_UNROLL
  for (int i = 0; i < static_cast<int>(sizeof(V)) / bytes; ++i) {
    const Word word = static_cast<const Word*>(p)[i];
    memcpy(reinterpret_cast<u8*>(&v) + i * bytes, &word, bytes);
  }
  return v;
}
template <class V> WEFT_INLINE void weft_store(void* p, const V& v) {
  constexpr int bytes = sizeof(V) < 16 ? sizeof(V) : 16;
  typedef typename weft_word<bytes>::type Word;
  weft_expect_aligned(p, bytes);
WEFT_UNROLL
  for (int i = 0; i < static_cast<int>(sizeof(V)) / bytes; ++i) {
    Word word;
    memcpy(&word, reinterpret_cast<const u8*>(&v) + i * bytes, bytes);
    static_cast<Word*>(p)[i] = word;
  }
}

// Towards minus infinity; b > 0.
template <class T> WEFT_INLINE T weft_floor_div(T a, T b) {
  const T q = a / b;
  return a % b < 0 ? q - 1 : q;
}

WEFT_INLINE float weft_bfloat_to_float(u16 bits) {
  return weft_float(static_cast<i32>(static_cast<u32>(bits) << 16));
}
// To nearest even; nan stays nan.
WEFT_INLINE u16 weft_float_to_bfloat(float v) {
  const u32 bits = static_cast<u32>(weft_bits(v)), upper = bits >> 16;
  return static_cast<u16>(v != v ? upper | 0x40 : (bits + 0x7fff + (upper & 1)) >> 16);
}

// ---- Launches of one kernel that stand beside each other, as one: NAME_many(const
// __grid_constant__ weft_table<Rows, Values> t) does what NAME does, with row t.row()'s values for
// arguments and t.block(row), t.blocks(row) in place of weft_block(), weft_blocks().
template <int Rows, int Values> struct weft_table {
  i32 rows;
  i32 first[Rows + 1];  // block of each row
  u64 values[Rows * Values];
  WEFT_INLINE int row() const {
    int low = 0, high = rows;
    while (high - low > 1) {
      const int middle = (low + high) / 2;
      if (first[middle] <= weft_block()) low = middle;
      else high = middle;
    }
    return low;
  }
  WEFT_INLINE i64 block(int row) const { return weft_block() - first[row]; }
  WEFT_INLINE i64 blocks(int row) const { return first[row + 1] - first[row]; }
};

// ---- What a kernel says of a wrong value (runtime/cuda/report.h): the report of the first check,
// and of it the one with the smallest position, whichever thread comes first.
struct weft_report {
  i32 busy, any, kind;
  i64 check, position, value, size, dim;
  i32 is_float, what;
};
enum { weft_report_index, weft_report_division, weft_report_requirement };

__device__ inline void weft_note(void* to, int kind, i64 check, i64 position, i64 value, i64 size,
                                 i64 dim, i64 is_float, i64 what) {
  volatile weft_report* r = static_cast<weft_report*>(to);
  // Most of many come after the one that is kept, which only ever comes earlier: no lock for these.
  // It is written from the position to `any`, and read the other way round.
  if (r->any) {
    weft_fence();
    const i64 kept = r->check;
    weft_fence();
    if (check > kept || (check == kept && position >= r->position)) return;
  }
  bool done = false;
  while (!done) {  // the lane that has the lock goes through before the others try again
    if (weft_atomic_exchange(&static_cast<weft_report*>(to)->busy, 1) != 0) continue;
    weft_fence();
    if (!r->any || check < r->check || (check == r->check && position < r->position)) {
      r->position = position;
      weft_fence();
      r->check = check;
      weft_fence();
      r->kind = kind;
      r->value = value;
      r->size = size;
      r->dim = dim;
      r->is_float = static_cast<i32>(is_float);
      r->what = static_cast<i32>(what);
      weft_fence();
      r->any = 1;
    }
    weft_fence();
    weft_atomic_exchange(&static_cast<weft_report*>(to)->busy, 0);
    done = true;
  }
}
__device__ inline void weft_index_error(void* report, i64 check, i64 position, i64 value, i64 size,
                                        i64 dim) {
  weft_note(report, weft_report_index, check, position, value, size, dim, 0, 0);
}
__device__ inline void weft_division_error(void* report, i64 check, i64 position) {
  weft_note(report, weft_report_division, check, position, 0, 0, 0, 0, 0);
}
__device__ inline void weft_requirement_error(void* report, i64 check, i64 position, i64 value,
                                              i64 is_float, i64 what) {
  weft_note(report, weft_report_requirement, check, position, value, 0, 0, is_float, what);
}
