// Mistakes planted in the kernels are found: orders of threads disagree, the emulation reports
// them, or elements differ from the definition.
#include <cmath>

#include "tests/codegen/cuda/contraction/product.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace test {
namespace {

struct Mistake {
  const char *name, *right, *wrong;
};

// Whether anything is wrong with the kernels when `from` stands there in place of `to`.
bool is_found(const Case& c, const Mistake& mistake) {
  int places = 0;
  const Kernels kernels({c}, [&](std::string& text) {
    const std::string right = mistake.right, wrong = mistake.wrong;
    for (size_t at = 0; (at = text.find(right, at)) != std::string::npos; at += wrong.size()) {
      text.replace(at, right.size(), wrong);
      ++places;
    }
  });
  EXPECT_GT(places, 0) << mistake.name;
  std::vector<double> first;
  for (Order order : runtime::cuda::kOrders) {
    std::string message;
    const std::vector<double> y = kernels.run(c, order, &message);
    if (!message.empty()) return true;
    if (first.empty()) first = y;
    for (size_t i = 0; i < y.size(); ++i)
      if (std::memcmp(&y[i], &first[i], sizeof y[i]) != 0) return true;
  }
  const Numbers sizes = result_sizes(c.problem);
  for (int64_t outer = 0, i = 0; outer < sizes[0]; ++outer)
    for (int64_t m = 0; m < sizes[1]; ++m)
      for (int64_t n = 0; n < sizes[2]; ++n, ++i)
        if (!(std::fabs(first[static_cast<size_t>(i)] - expected(c, outer, m, n, false)) < 1e-3))
          return true;
  return false;
}

const Mistake kMistakes[] = {
    {"no barrier between tiles", "    weft_sync();\n    now =", "    now ="},
    {"k's edge is one too far", "k + depth(i) < k_end", "k + depth(i) <= k_end"},
    {"a row that is not there", "begin + outer(i) < size", "begin + outer(i) < size + 1"},
    {"columns beyond the edge", "column < sizes.columns &&", "column <= sizes.columns &&"},
    {"a stage less", "next + 1 == kStages ? 0 : next + 1", "next + 2 == kStages ? 0 : next + 1"},
};

TEST(Planted, InTilesOfThreads) {
  std::mt19937 random(7);
  const Case c = matmul(DType::Float, 2, 50, 70, 75, random);
  EXPECT_FALSE(is_found(c, {"nothing", "weft_sync()", "weft_sync()"}));
  for (const Mistake& m : kMistakes)
    if (std::string(m.name) != "a row that is not there") EXPECT_TRUE(is_found(c, m)) << m.name;
  EXPECT_TRUE(
      is_found(c, {"a column of B's too many", "+ column(j, x), k)", "+ column(j, x), 0)"}));
}
TEST(Planted, InMatrices) {
  std::mt19937 random(8);
  const Case c = matmul(DType::BFloat16, 2, 48, 72, 104, random);
  EXPECT_FALSE(is_found(c, {"nothing", "weft_sync()", "weft_sync()"}));
  for (const Mistake& m : kMistakes)
    if (std::string(m.name) != "a row that is not there" &&
        std::string(m.name) != "k's edge is one too far")
      EXPECT_TRUE(is_found(c, m)) << m.name;
  for (const Mistake& m : {
           Mistake{"copies are not waited for", "weft_copy_wait<kStages - 2>()",
                   "weft_copy_wait<kStages - 1>()"},
           Mistake{"lanes of the wrong rows", "row + lane % 16", "row + lane % 8"},
           Mistake{"b's columns and k exchanged", "lane / 16 * 8, k + lane % 8 + lane / 8 % 2 * 8",
                   "lane / 8 % 2 * 8, k + lane % 8 + lane / 16 * 8"},
           Mistake{"a lane is left out", "  WEFT_INLINE void multiply(const Fragments& f) {\n",
                   "  WEFT_INLINE void multiply(const Fragments& f) {\n"
                   "    if (weft_thread() % 32 == 5) return;\n"},
       })
    EXPECT_TRUE(is_found(c, m)) << m.name;
}
}  // namespace
}  // namespace test
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
