// The machine: for a host compiler, with fibers as threads (runtime/cuda/emulate).
WEFT_INLINE weft_thread_state* weft_self() {
  return weft_thread_on_stack((u64)__builtin_frame_address(0));
}
WEFT_INLINE int weft_thread() { return weft_self()->index; }
WEFT_INLINE int weft_threads() { return weft_self()->block->threads; }
WEFT_INLINE i64 weft_block() { return weft_self()->block->index; }
WEFT_INLINE i64 weft_blocks() { return weft_self()->block->blocks; }

#define WEFT_SHARED unsigned char* const shared = weft_self()->block->shared;

inline void weft_sync(int line = __builtin_LINE()) {
  weft_thread_state* t = weft_self();
  weft_block_state* b = t->block;
  const u64 round = ++t->barriers;
  if (b->arrived == 0) b->line = line;
  if (b->line != line) b->fail(t, "threads of a block wait at different barriers", line);
  if (++b->arrived < b->threads) return b->wait(t, &b->barriers, round);
  b->arrived = 0;
  b->barriers = round;
}

typedef unsigned char weft_slots[32][32];
// What every lane of the warp brought here.
template <class T> inline const weft_slots& weft_exchange(const T& v, int line) {
  static_assert(sizeof(T) <= sizeof(weft_slots) / 32, "too much for a slot");
  weft_thread_state* t = weft_self();
  weft_warp_state* w = t->warp;
  const u64 round = ++t->exchanges;
  weft_slots& slots = w->slots[round & 1];
  if (w->arrived == 0) w->line = line;
  if (w->line != line) t->block->fail(t, "lanes of a warp meet at different places", line);
  memcpy(slots[t->lane], &v, sizeof(T));
  if (++w->arrived < 32) {
    t->block->wait(t, &w->completed, round);
  } else {
    w->arrived = 0;
    w->completed = round;
  }
  return slots;
}
template <class T> WEFT_INLINE T weft_from_lane(const weft_slots& slots, int lane) {
  T v;
  memcpy(&v, slots[lane & 31], sizeof(T));
  return v;
}
template <class T> inline T weft_shuffle_xor(T v, int mask, int line = __builtin_LINE()) {
  return weft_from_lane<T>(weft_exchange(v, line), weft_self()->lane ^ mask);
}
template <class T> inline T weft_shuffle(T v, int lane, int line = __builtin_LINE()) {
  return weft_from_lane<T>(weft_exchange(v, line), lane);
}
template <class T> inline T weft_shuffle_up(T v, int distance, int line = __builtin_LINE()) {
  const int lane = weft_self()->lane;
  return weft_from_lane<T>(weft_exchange(v, line), lane < distance ? lane : lane - distance);
}
inline u32 weft_ballot(bool v, int line = __builtin_LINE()) {
  const weft_slots& slots = weft_exchange(v, line);
  u32 all = 0;
  for (int i = 0; i < 32; ++i) all |= static_cast<u32>(weft_from_lane<bool>(slots, i)) << i;
  return all;
}
inline void weft_sync_warp(int line = __builtin_LINE()) { weft_exchange(0, line); }

WEFT_INLINE void weft_expect_aligned(const void* p, int bytes) {
  if ((u64)p % bytes != 0) weft_self()->block->fail(weft_self(), "misaligned address", 0);
}
WEFT_INLINE void weft_fence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
template <class T> WEFT_INLINE T weft_atomic_add(T* p, T v) {
  return __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST);
}
WEFT_INLINE i32 weft_atomic_exchange(i32* p, i32 v) {
  return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);
}

WEFT_INLINE i32 weft_bits(float v) { return __builtin_bit_cast(i32, v); }
WEFT_INLINE i64 weft_bits(double v) { return __builtin_bit_cast(i64, v); }
WEFT_INLINE float weft_float(i32 v) { return __builtin_bit_cast(float, v); }
WEFT_INLINE double weft_double(i64 v) { return __builtin_bit_cast(double, v); }

WEFT_INLINE float weft_fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
WEFT_INLINE double weft_fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
WEFT_INLINE float weft_sqrt(float v) { return __builtin_sqrtf(v); }
WEFT_INLINE double weft_sqrt(double v) { return __builtin_sqrt(v); }
WEFT_INLINE float weft_floor(float v) { return __builtin_floorf(v); }
WEFT_INLINE double weft_floor(double v) { return __builtin_floor(v); }
WEFT_INLINE float weft_round_even(float v) { return __builtin_rintf(v); }
WEFT_INLINE double weft_round_even(double v) { return __builtin_rint(v); }
WEFT_INLINE float weft_abs(float v) { return __builtin_fabsf(v); }
WEFT_INLINE double weft_abs(double v) { return __builtin_fabs(v); }
WEFT_INLINE float weft_copysign(float v, float sign) { return __builtin_copysignf(v, sign); }
WEFT_INLINE double weft_copysign(double v, double sign) { return __builtin_copysign(v, sign); }
WEFT_INLINE u32 weft_mulhi(u32 a, u32 b) { return static_cast<u64>(a) * b >> 32; }
WEFT_INLINE u64 weft_mulhi(u64 a, u64 b) {
  return static_cast<u64>(static_cast<unsigned __int128>(a) * b >> 64);
}

inline float weft_half_to_float(u16 bits) {
  const u32 sign = (bits & 0x8000u) << 16, exponent = bits >> 10 & 31, fraction = bits & 0x3ff;
  if (exponent == 0)  // fraction * 2^-24
    return weft_copysign(static_cast<float>(fraction) * 0x1p-24f, weft_float(sign | 0x3f800000));
  const u32 widened = exponent == 31 ? 255 : exponent + 112;
  return weft_float(sign | widened << 23 | fraction << 13);
}
inline u16 weft_float_to_half(float v) {
  const u32 bits = weft_bits(v), sign = bits >> 16 & 0x8000, magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00 | (magnitude >> 13 & 0x3ff);
  if (magnitude >= 0x47800000) return sign | 0x7c00;  // 65536 and more
  if (magnitude < 0x38800000)                         // counts of 2^-24: the sum rounds them
    return sign | (weft_bits(weft_float(magnitude) + 0.5f) - 0x3f000000);
  return sign | (magnitude - 0x38000000 + 0xfff + (magnitude >> 13 & 1)) >> 13;
}

// ---- Tensor cores and what feeds them; cuda.cuh says what each does.
WEFT_INLINE void* weft_at_shared(u32 address, u32 bytes) {
  weft_block_state* b = weft_self()->block;
  if (address % bytes != 0) b->fail(weft_self(), "misaligned address in shared memory", 0);
  if (address + static_cast<u64>(bytes) > b->shared_bytes)
    b->fail(weft_self(), "access beyond the end of shared memory", 0);
  return b->shared + address;
}
WEFT_INLINE u32 weft_shared_address(const void* p) {
  return static_cast<u32>(static_cast<const u8*>(p) - weft_self()->block->shared);
}
inline void weft_land(const weft_thread_state::Copy& c) {
  void* to = weft_at_shared(c.to, c.bytes);
  c.from ? memcpy(to, c.from, c.bytes) : memset(to, 0, c.bytes);
}
inline void weft_add_copy(const weft_thread_state::Copy& c) {
  weft_thread_state* t = weft_self();
  if (t->last_copy - t->first_copy == weft_thread_state::kCopies)
    t->block->fail(t, "more copies under way than the emulation holds", 0);
  t->copies[t->last_copy++ % weft_thread_state::kCopies] = c;
}
template <int Bytes> inline void weft_copy_async(u32 to, const void* from, bool valid) {
  const weft_thread_state::Copy copy{to, Bytes, valid ? from : nullptr, false};
  if (valid) weft_expect_aligned(from, Bytes);
  weft_self()->block->copies_at_once ? weft_land(copy) : weft_add_copy(copy);
}
inline void weft_copy_commit() {
  ++weft_self()->groups;
  weft_add_copy({0, 0, nullptr, true});
}
template <int Pending> inline void weft_copy_wait() {
  weft_thread_state* t = weft_self();
  while (t->groups > Pending) {
    const weft_thread_state::Copy& c = t->copies[t->first_copy++ % weft_thread_state::kCopies];
    if (c.ends_group) --t->groups;
    else weft_land(c);
  }
}

inline void weft_load_matrices(u32 (&r)[4], u32 address, int line = __builtin_LINE()) {
  weft_at_shared(address, 16);
  const weft_slots& slots = weft_exchange(address, line);
  const int lane = weft_self()->lane;
  for (int i = 0; i < 4; ++i) {
    const u32 row = weft_from_lane<u32>(slots, 8 * i + lane / 4);
    memcpy(&r[i], weft_self()->block->shared + row + lane % 4 * 4, 4);
  }
}
inline void weft_load_matrices_transposed(u32 (&r)[4], u32 address, int line = __builtin_LINE()) {
  weft_at_shared(address, 16);
  const weft_slots& slots = weft_exchange(address, line);
  const int lane = weft_self()->lane;
  for (int i = 0; i < 4; ++i) {
    u16 pair[2];
    for (int j = 0; j < 2; ++j) {
      const u32 row = weft_from_lane<u32>(slots, 8 * i + lane % 4 * 2 + j);
      memcpy(&pair[j], weft_self()->block->shared + row + lane / 4 * 2, 2);
    }
    memcpy(&r[i], pair, 4);
  }
}

struct weft_fragments {
  u32 a[4], b[2];
};
// Of the four lanes that hold a row of a, and those that hold a column of b: `pairs` of elements a
// word (2: 16 bits each, 1: 32).
template <int Elements, class ToFloat>
inline void weft_multiply(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1, int line,
                          ToFloat to_float) {
  const weft_slots& slots = weft_exchange(weft_fragments{{a[0], a[1], a[2], a[3]}, {b0, b1}}, line);
  const int lane = weft_self()->lane;
  for (int e = 0; e < 4; ++e) {
    const int row = lane / 4, column = lane % 4 * 2 + e % 2, lower = e / 2;
    for (int k = 0; k < 2; ++k)
      for (int t = 0; t < 4; ++t) {
        const u32 x = weft_from_lane<weft_fragments>(slots, row * 4 + t).a[2 * k + lower];
        const u32 y = weft_from_lane<weft_fragments>(slots, column * 4 + t).b[k];
        for (int i = 0; i < Elements; ++i) c[e] = weft_fma(to_float(x, i), to_float(y, i), c[e]);
      }
  }
}
inline void weft_mma_bfloat(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1,
                            int line = __builtin_LINE()) {
  weft_multiply<2>(c, a, b0, b1, line,
                   [](u32 w, int i) { return weft_float(i ? w & 0xffff0000u : w << 16); });
}
inline void weft_mma_half(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1,
                          int line = __builtin_LINE()) {
  weft_multiply<2>(c, a, b0, b1, line,
                   [](u32 w, int i) { return weft_half_to_float(static_cast<u16>(w >> 16 * i)); });
}
inline void weft_mma_tf32(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1,
                          int line = __builtin_LINE()) {
  weft_multiply<1>(c, a, b0, b1, line, [](u32 w, int) { return weft_float(w & 0xffffe000u); });
}
WEFT_INLINE u32 weft_to_tf32(float v) {
  const u32 bits = weft_bits(v);
  return v - v == 0 ? (bits + 0x1000) & 0xffffe000u : bits;
}

// ---- An entry for the scheduler, which has the arguments as the driver gets them.
template <int... I> struct weft_numbers {};
template <int N, int... I> struct weft_count : weft_count<N - 1, N - 1, I...> {};
template <int... I> struct weft_count<0, I...> {
  typedef weft_numbers<I...> type;
};
template <class... P, int... I>
WEFT_INLINE void weft_call(void (*kernel)(P...), void** arguments, weft_numbers<I...>) {
  kernel(*static_cast<P*>(arguments[I])...);
}
template <class... P> WEFT_INLINE void weft_call(void (*kernel)(P...), void** arguments) {
  weft_call(kernel, arguments, typename weft_count<sizeof...(P)>::type{});
}
// How many parameters it has, and the bytes of each.
template <class... P> inline int weft_sizes(void (*)(P...), int* sizes) {
  const int all[] = {static_cast<int>(sizeof(P))..., 0};
  for (int i = 0; sizes && i < static_cast<int>(sizeof...(P)); ++i) sizes[i] = all[i];
  return sizeof...(P);
}
