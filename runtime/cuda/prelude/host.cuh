// CUDA C++'s own words, for a host compiler.
#define __device__
#define __global__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __restrict__ __restrict
#define __grid_constant__
#define __align__(n) alignas(n)
#define memcpy __builtin_memcpy
#define memset __builtin_memset
#define WEFT_UNROLL
#define WEFT_UNROLL_BY_2
#define WEFT_ROLLED
