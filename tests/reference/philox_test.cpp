#include "ir/scalar/philox.h"

#include <gtest/gtest.h>

namespace torch {
namespace scalar {
namespace {

struct Known {
  uint32_t counter[4], key[2], words[4];
};
// kat_vectors of Random123, philox4x32 with 10 rounds.
const Known kKnown[] = {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                         {0xffffffff, 0xffffffff},
                         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                         {0xa4093822, 0x299f31d0},
                         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};

template <class Word> void expect_known() {
  auto v = [](uint32_t w) { return Plain<Word>{static_cast<Word>(w)}; };
  for (const Known& k : kKnown) {
    auto x =
        philox<Plain<Word>>({v(k.counter[0]), v(k.counter[1]), v(k.counter[2]), v(k.counter[3])},
                            v(k.key[0]), v(k.key[1]));
    EXPECT_EQ(x.w0.value, static_cast<Word>(k.words[0]));
    EXPECT_EQ(x.w1.value, static_cast<Word>(k.words[1]));
    EXPECT_EQ(x.w2.value, static_cast<Word>(k.words[2]));
    EXPECT_EQ(x.w3.value, static_cast<Word>(k.words[3]));
  }
}
TEST(Philox, KnownAnswersInWordsOf32Bits) { expect_known<int32_t>(); }
TEST(Philox, KnownAnswersInWordsOf64Bits) { expect_known<int64_t>(); }

TEST(Philox, NumbersOfExtremeWords) {
  auto block = [](auto word, uint32_t a, uint32_t b) {
    using W = decltype(word);
    return PhiloxBlock<Plain<W>>{
        {static_cast<W>(a)}, {static_cast<W>(b)}, {static_cast<W>(a)}, {static_cast<W>(b)}};
  };
  const uint32_t ones = 0xffffffff;
  EXPECT_EQ(random_uniform(Plain<float>{0}, block(int32_t(), 0, 0)).value, 0.0f);
  EXPECT_EQ(random_uniform(Plain<float>{0}, block(int32_t(), ones, ones)).value, 1.0f - 0x1p-24f);
  EXPECT_EQ(random_uniform(Plain<double>{0}, block(int64_t(), ones, ones)).value, 1.0 - 0x1p-53);
  EXPECT_EQ(random_normal(Plain<float>{0}, block(int32_t(), 0, 0)).value, 0.0f);
  EXPECT_NEAR(random_normal(Plain<float>{0}, block(int32_t(), ones, 0)).value, 5.7681, 1e-3);
  EXPECT_NEAR(random_normal(Plain<double>{0}, block(int64_t(), ones, 0)).value, 6.11799, 1e-4);
  EXPECT_EQ(random_bits(block(int64_t(), ones, ones)).value, INT64_MAX);
  EXPECT_EQ(random_bits(block(int32_t(), ones, 0)).value, -1);
}

TEST(Philox, CosineOfTurns) {
  for (double v = 0; v < 1; v += 0.0137) {
    EXPECT_NEAR(detail::cos_of_turns(Plain<double>{v}).value, __builtin_cos(6.283185307179586 * v),
                1e-15)
        << v;
    const float f = static_cast<float>(v);
    EXPECT_NEAR(detail::cos_of_turns(Plain<float>{f}).value, __builtin_cos(6.283185307179586 * f),
                1e-7)
        << v;
  }
  EXPECT_EQ(detail::cos_of_turns(Plain<float>{0.25f}).value, 0.0f);
  EXPECT_EQ(detail::cos_of_turns(Plain<float>{0.5f}).value, -1.0f);
}
}  // namespace
}  // namespace scalar
}  // namespace torch
