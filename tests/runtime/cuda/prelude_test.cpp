// The prelude's words compute what they say.
#include <cmath>

#include "ir/op/dtype.h"
#include "ir/op/half.h"
#include "tests/runtime/cuda/emulated.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

const Program& program() {
  static const Program all(R"(
extern "C" __global__ void widen(float* y, int bfloat) {
  const int i = weft_block() * weft_threads() + weft_thread();
  y[i] = bfloat ? weft_bfloat_to_float(i) : weft_half_to_float(i);
}
extern "C" __global__ void narrow(const float* x, u16* half, u16* bfloat, i64 n) {
  const i64 i = weft_block() * weft_threads() + weft_thread();
  if (i >= n) return;
  half[i] = weft_float_to_half(x[i]);
  bfloat[i] = weft_float_to_bfloat(x[i]);
}
extern "C" __global__ void math(double* y) {
  int i = 0;
  y[i++] = weft_fma(1.0f + 0x1p-12f, 1.0f + 0x1p-12f, -1.0f);
  y[i++] = weft_fma(1.0 + 0x1p-30, 1.0 + 0x1p-30, -1.0);
  y[i++] = weft_sqrt(2.0f);
  y[i++] = weft_sqrt(2.0);
  y[i++] = weft_floor(-1.5f);
  y[i++] = weft_floor(1.5);
  y[i++] = weft_round_even(2.5f);
  y[i++] = weft_round_even(-3.5);
  y[i++] = weft_copysign(2.0f, -0.0f);
  y[i++] = weft_copysign(-2.0, 1.0);
  y[i++] = weft_abs(-0.5f);
  y[i++] = weft_mulhi(0xffffffffu, 0xffffffffu);
  y[i++] = weft_mulhi(1ull << 63, 6ull);
  y[i++] = weft_bits(-0.0f);
  y[i++] = weft_float(0x40400000);
  y[i++] = weft_double(0x4008000000000000);
}
extern "C" __global__ void shuffles(i64* y) {
  const int t = weft_thread();
  const i64 mine = (static_cast<i64>(t) << 33) + t;
  i64 sum = mine;
  for (int mask = 16; mask > 0; mask /= 2) sum += weft_shuffle_xor(sum, mask);
  i64* to = y + 5 * t;
  to[0] = sum;
  to[1] = weft_shuffle(mine, 3);
  to[2] = weft_shuffle_up(static_cast<float>(t), 2);
  to[3] = weft_ballot(t % 3 == 0);
  to[4] = weft_shuffle_xor(t, 1);
}
extern "C" __global__ void vectors(const u16* x, u16* y) {
  typedef vec<u16, 16> V;
  V v = weft_load<V>(x + 16 * weft_thread());
  for (int i = 0; i < 16; ++i) v[i] += i;
  weft_store(y + 16 * weft_thread(), v);
  static_assert(sizeof(vec<u8, 4>) == 4 && alignof(vec<u8, 4>) == 4 && alignof(V) == 16, "");
}
extern "C" __global__ void misaligned(float* x) { weft_load<vec<float, 4>>(x + 1); }
extern "C" __global__ void reports(void* report, i64 first) {
  const i64 i = weft_block() * weft_threads() + weft_thread();
  if (i >= first) weft_index_error(report, 2, i, 100 + i, 7, 1);
  if (i == 1) weft_division_error(report, 3, 0);
}
extern "C" __global__ void requirement(void* report, i64 value) {
  weft_requirement_error(report, 0, weft_thread(), value, 1, 5);
}
// Copies in two groups of which the second may be under way when the first is read.
extern "C" __global__ void copies(const float* x, float* y) {
  WEFT_SHARED;
  float* s = reinterpret_cast<float*>(shared);
  const int t = weft_thread();
  weft_copy_async<16>(weft_shared_address(s + 4 * t), x + 4 * t, t != 1);
  weft_copy_commit();
  weft_copy_async<4>(weft_shared_address(s + 256 + t), x + t, true);
  weft_copy_commit();
  weft_copy_wait<1>();
  weft_sync();
  y[t] = s[(4 * t + 5) % 128];
  weft_copy_wait<0>();
  weft_sync();
  y[t] += s[256 + (t + 1) % 32];
}
)");
  return all;
}

TEST(Prelude, HalvesWidenAllBitPatterns) {
  std::vector<float> y(1 << 16);
  for (int bfloat : {0, 1}) {
    ASSERT_EQ(program().launch("widen", {256, 256}, Order::ascending, y.data(),
                               static_cast<int64_t>(bfloat)),
              "");
    for (int i = 0; i < 1 << 16; ++i) {
      const auto bits = static_cast<uint16_t>(i);
      const float expected =
          bfloat ? static_cast<float>(c10::BFloat16(bits, c10::BFloat16::from_bits()))
                 : static_cast<float>(c10::Half(bits, c10::Half::from_bits()));
      if (std::isnan(expected)) EXPECT_TRUE(std::isnan(y[i])) << i;
      else EXPECT_EQ(std::memcmp(&y[i], &expected, 4), 0) << i;
    }
  }
}

TEST(Prelude, HalvesRoundToNearestEven) {
  // Every half, its neighbours among the floats, and the ties between halves with theirs.
  std::vector<float> x;
  for (int i = 0; i < 1 << 16; ++i) {
    const float a = c10::Half(static_cast<uint16_t>(i), c10::Half::from_bits());
    const float b = c10::Half(static_cast<uint16_t>(i + 1), c10::Half::from_bits());
    for (float v :
         {a, (a + b) / 2,
          static_cast<float>(c10::BFloat16(static_cast<uint16_t>(i), c10::BFloat16::from_bits())) *
              1.00390625f})
      for (float w : {v, std::nextafter(v, INFINITY), std::nextafter(v, -INFINITY)}) x.push_back(w);
  }
  std::vector<uint16_t> half(x.size()), bfloat(x.size());
  ASSERT_EQ(program().launch("narrow", {static_cast<int64_t>(x.size() + 255) / 256, 256},
                             Order::ascending, x.data(), half.data(), bfloat.data(),
                             static_cast<int64_t>(x.size())),
            "");
  int wrong = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i])) {
      wrong += (half[i] & 0x7fff) <= 0x7c00 || (bfloat[i] & 0x7fff) <= 0x7f80;
    } else {
      wrong += half[i] != c10::Half(x[i]).x || bfloat[i] != c10::BFloat16(x[i]).x;
    }
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Prelude, Math) {
  const float f = 1.0f + 0x1p-12f;
  const double d = 1.0 + 0x1p-30;
  const std::vector<double> expected{std::fma(f, f, -1.0f),
                                     std::fma(d, d, -1.0),
                                     std::sqrt(2.0f),
                                     std::sqrt(2.0),
                                     -2,
                                     1,
                                     2,
                                     -4,
                                     -2,
                                     2,
                                     0.5,
                                     4294967294.0,
                                     3,
                                     -2147483648.0,
                                     3,
                                     3};
  for (const auto& y : program().in_all_orders<double>("math", {1, 1}, expected.size()))
    EXPECT_EQ(y, expected);
}

TEST(Prelude, LanesMeet) {
  const auto all = program().in_all_orders<int64_t>("shuffles", {1, 64}, 5 * 64);
  EXPECT_TRUE(agree(all));
  for (int64_t t = 0; t < 64; ++t) {
    const int64_t* got = &all[0][5 * t];
    const int64_t warp = t / 32 * 32, sum = 32 * warp + 31 * 16;
    uint32_t threes = 0;
    for (int l = 0; l < 32; ++l) threes |= static_cast<uint32_t>((warp + l) % 3 == 0) << l;
    EXPECT_EQ(got[0], (sum << 33) + sum);
    EXPECT_EQ(got[1], ((warp + 3) << 33) + warp + 3);
    EXPECT_EQ(got[2], t % 32 < 2 ? t : t - 2);
    EXPECT_EQ(got[3], threes);
    EXPECT_EQ(got[4], t ^ 1);
  }
}

TEST(Prelude, Vectors) {
  alignas(16) uint16_t x[512], y[512];
  for (int i = 0; i < 512; ++i) x[i] = static_cast<uint16_t>(3 * i);
  ASSERT_EQ(program().launch("vectors", {1, 32}, Order::ascending, &x[0], &y[0]), "");
  for (int i = 0; i < 512; ++i) EXPECT_EQ(y[i], 3 * i + i % 16);
  const std::string message = program().launch("misaligned", {1, 1}, Order::ascending, &x[0]);
  EXPECT_NE(message.find("misaligned address (block 0, thread 0"), std::string::npos) << message;
}

struct Report {
  int32_t busy, any, kind;
  int64_t check, position, value, size, dim;
  int32_t is_float, what;
};
TEST(Prelude, ReportsKeepTheFirst) {
  for (Order order : kOrders) {
    Report r{};
    ASSERT_EQ(program().launch("reports", {64, 256}, order, &r, int64_t{777}), "");
    EXPECT_EQ(r.busy, 0);
    EXPECT_EQ(r.any, 1);
    EXPECT_EQ(r.kind, 0);
    EXPECT_EQ(r.check, 2);
    EXPECT_EQ(r.position, 777);
    EXPECT_EQ(r.value, 877);
    EXPECT_EQ(r.size, 7);
    EXPECT_EQ(r.dim, 1);
  }
  Report r{};
  ASSERT_EQ(program().launch("reports", {1, 32}, Order::ascending, &r, int64_t{777}), "");
  EXPECT_EQ(r.kind, 1);
  EXPECT_EQ(r.check, 3);
  r = {};
  ASSERT_EQ(program().launch("requirement", {1, 32}, Order::descending, &r, int64_t{9}), "");
  EXPECT_EQ(r.kind, 2);
  EXPECT_EQ(r.position, 0);
  EXPECT_EQ(r.value, 9);
  EXPECT_EQ(r.is_float, 1);
  EXPECT_EQ(r.what, 5);
}

TEST(Prelude, CopiesLandWhenWaitedFor) {
  alignas(16) float x[128];
  for (int i = 0; i < 128; ++i) x[i] = static_cast<float>(i);
  for (Order order : kOrders) {
    float y[32];
    ASSERT_EQ(program().launch("copies", {1, 32, 2048}, order, &x[0], &y[0]), "");
    for (int t = 0; t < 32; ++t) {
      const int i = (4 * t + 5) % 128;
      EXPECT_EQ(y[t], static_cast<float>((i / 4 == 1 ? 0 : i) + (t + 1) % 32));
    }
  }
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
