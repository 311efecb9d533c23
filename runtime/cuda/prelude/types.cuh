// What every kernel is written with. These texts are put before the kernels' own, for NVRTC and for
// a host compiler: one body compiles under both.
typedef signed char i8;
typedef unsigned char u8;
typedef short i16;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef long long i64;
typedef unsigned long long u64;

#define WEFT_INLINE __device__ __forceinline__

// N neighbours in memory, moved as one: N * sizeof(T) is a power of two.
template <class T, int N> struct alignas(sizeof(T) * N < 16 ? sizeof(T) * N : 16) vec {
  T at[N];
  WEFT_INLINE T& operator[](int i) { return at[i]; }
  WEFT_INLINE const T& operator[](int i) const { return at[i]; }
};
