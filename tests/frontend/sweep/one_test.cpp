// Functions of one tensor.
#include "tests/frontend/sweep/one_functions.h"

namespace sweep {
struct Operand {
  std::string name;
  Tensor x;
};
static std::vector<Operand> menu() {
  std::vector<Operand> all;
  for (const std::vector<int64_t>& sizes : std::vector<std::vector<int64_t>>{
           {}, {0}, {1}, {3}, {2, 3}, {2, 0}, {0, 3}, {2, 3, 4}, {1, 2, 3, 4}, {2, 3, 4, 2, 3}})
    all.push_back({"sizes " + c10::str(c10::IntArrayRef(sizes)), wave(sizes, 1)});
  for (torch::Dtype dtype : {torch::kDouble, torch::kHalf, torch::kBFloat16, torch::kByte,
                             torch::kShort, torch::kLong, torch::kBool})
    for (const std::vector<int64_t>& sizes : std::vector<std::vector<int64_t>>{{}, {2, 3}})
      all.push_back({c10::toString(dtype), typed(wave(sizes, 2), dtype)});
  all.push_back({"transposed", wave({3, 2}, 3).t()});
  all.push_back({"sliced", wave({4, 5}, 3).slice(1, 1, 5, 2)});
  all.push_back({"permuted", wave({2, 3, 4}, 3).permute({2, 0, 1})});
  all.push_back({"specials", torch::tensor({1.0f, NAN, -INFINITY, INFINITY, -0.0f, 2.5f, -2.5f})});
  return all;
}

// Where one of the two refuses what the other takes.
static const std::vector<Difference> differences = {
    {"1 / x", "of integers are floats here"},
    {"2.5 / x", "of integers are floats here"},
    {"x.roll({1, 2}, {0, 1})", "of nothing along a dim that is not there"},
    {"x.repeat({-1, 1})", "of nothing"}};

static std::vector<Line> lines() {
  return lines_of(functions, menu, [](const Function& f, const Operand& o) {
    return f.call(o.x);
  });
}
}  // namespace sweep

WEFT_GOLDEN_SWEEP(SweepOfOne, sweep::lines, sweep::differences, "tests/frontend/sweep/one.txt")
