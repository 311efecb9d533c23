// The machine: for NVRTC.
#define WEFT_UNROLL _Pragma("unroll")
#define WEFT_UNROLL_BY_2 _Pragma("unroll 2")
#define WEFT_ROLLED _Pragma("unroll 1")

WEFT_INLINE int weft_thread() { return threadIdx.x; }
WEFT_INLINE int weft_threads() { return blockDim.x; }
WEFT_INLINE i64 weft_block() { return blockIdx.x; }
WEFT_INLINE i64 weft_blocks() { return gridDim.x; }
WEFT_INLINE void weft_sync() { __syncthreads(); }
WEFT_INLINE void weft_sync_warp() { __syncwarp(); }

extern __shared__ __align__(128) unsigned char weft_arena[];
#define WEFT_SHARED unsigned char* const shared = weft_arena;

// All lanes of the warp take part.
template <class T> WEFT_INLINE T weft_shuffle_xor(T v, int mask) {
  return __shfl_xor_sync(0xffffffffu, v, mask);
}
template <class T> WEFT_INLINE T weft_shuffle(T v, int lane) {
  return __shfl_sync(0xffffffffu, v, lane);
}
// Of the lane `distance` below; the lowest lanes keep theirs.
template <class T> WEFT_INLINE T weft_shuffle_up(T v, int distance) {
  return __shfl_up_sync(0xffffffffu, v, distance);
}
WEFT_INLINE u32 weft_ballot(bool v) { return __ballot_sync(0xffffffffu, v); }

WEFT_INLINE void weft_expect_aligned(const void*, int) {}
WEFT_INLINE void weft_fence() { __threadfence(); }
WEFT_INLINE i32 weft_atomic_add(i32* p, i32 v) { return atomicAdd(p, v); }
WEFT_INLINE u32 weft_atomic_add(u32* p, u32 v) { return atomicAdd(p, v); }
WEFT_INLINE u64 weft_atomic_add(u64* p, u64 v) { return atomicAdd(p, v); }
WEFT_INLINE i32 weft_atomic_exchange(i32* p, i32 v) { return atomicExch(p, v); }

WEFT_INLINE i32 weft_bits(float v) { return __float_as_int(v); }
WEFT_INLINE i64 weft_bits(double v) { return __double_as_longlong(v); }
WEFT_INLINE float weft_float(i32 v) { return __int_as_float(v); }
WEFT_INLINE double weft_double(i64 v) { return __longlong_as_double(v); }

// Each rounds once, to nearest even.
WEFT_INLINE float weft_fma(float a, float b, float c) { return __fmaf_rn(a, b, c); }
WEFT_INLINE double weft_fma(double a, double b, double c) { return __fma_rn(a, b, c); }
WEFT_INLINE float weft_sqrt(float v) { return __fsqrt_rn(v); }
WEFT_INLINE double weft_sqrt(double v) { return __dsqrt_rn(v); }
WEFT_INLINE float weft_floor(float v) { return floorf(v); }
WEFT_INLINE double weft_floor(double v) { return floor(v); }
WEFT_INLINE float weft_round_even(float v) { return rintf(v); }
WEFT_INLINE double weft_round_even(double v) { return rint(v); }
WEFT_INLINE float weft_abs(float v) { return fabsf(v); }
WEFT_INLINE double weft_abs(double v) { return fabs(v); }
WEFT_INLINE float weft_copysign(float v, float sign) { return copysignf(v, sign); }
WEFT_INLINE double weft_copysign(double v, double sign) { return copysign(v, sign); }
WEFT_INLINE u32 weft_mulhi(u32 a, u32 b) { return __umulhi(a, b); }
WEFT_INLINE u64 weft_mulhi(u64 a, u64 b) { return __umul64hi(a, b); }

WEFT_INLINE float weft_half_to_float(u16 bits) {
  float v;
  asm("cvt.f32.f16 %0, %1;" : "=f"(v) : "h"(bits));
  return v;
}
WEFT_INLINE u16 weft_float_to_half(float v) {
  u16 bits;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(v));
  return bits;
}

// ---- Tensor cores and what feeds them (sm_80).
// An address in shared memory as these instructions want it.
WEFT_INLINE u32 weft_shared_address(const void* p) {
  return static_cast<u32>(__cvta_generic_to_shared(p));
}
// Bytes (4, 8, 16; aligned so) from global to shared memory, zeros where not `valid`; there once
// their group was waited for.
template <int Bytes> WEFT_INLINE void weft_copy_async(u32 to, const void* from, bool valid) {
  if constexpr (Bytes == 16)
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(to), "l"(from),
                 "r"(valid ? 16 : 0)
                 : "memory");
  else
    asm volatile("cp.async.ca.shared.global [%0], [%1], %2, %3;" ::"r"(to), "l"(from), "n"(Bytes),
                 "r"(valid ? Bytes : 0)
                 : "memory");
}
// What this thread began since the last one is a group.
WEFT_INLINE void weft_copy_commit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
// All but the last `Pending` groups of this thread.
template <int Pending> WEFT_INLINE void weft_copy_wait() {
  asm volatile("cp.async.wait_group %0;" ::"n"(Pending) : "memory");
}
// Four 8x8 matrices of 16-bit elements; lane 8i + r has the address of row r of matrix i. Lane l
// gets the elements (l / 4, 2 (l % 4) + 0 and 1) of each; transposed, those of the columns.
WEFT_INLINE void weft_load_matrices(u32 (&r)[4], u32 address) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(address)
               : "memory");
}
WEFT_INLINE void weft_load_matrices_transposed(u32 (&r)[4], u32 address) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(address)
               : "memory");
}
// c (16 x 8) += a (16 x 16) b (16 x 8), as fragments of the warp.
WEFT_INLINE void weft_mma_bfloat(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1) {
  asm(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
      "{%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}
WEFT_INLINE void weft_mma_half(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1) {
  asm(
      "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
      "{%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}
// c (16 x 8) += a (16 x 8) b (8 x 8); operands hold tf32.
WEFT_INLINE void weft_mma_tf32(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1) {
  asm(
      "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
      "{%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}
WEFT_INLINE u32 weft_to_tf32(float v) {
  u32 bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(v));
  return bits;
}
