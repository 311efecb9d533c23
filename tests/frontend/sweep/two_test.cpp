// Functions of two tensors; the first may be written to.
#include "tests/frontend/sweep/two_functions.h"

namespace sweep {
struct Operands {
  std::string name;
  Tensor x, y;
};
static void add_sizes(std::vector<Operands>& all) {
  const std::vector<std::vector<std::vector<int64_t>>> pairs = {{{2, 3}, {2, 3}},
                                                                {{2, 3}, {3}},
                                                                {{3}, {2, 3}},
                                                                {{2, 1}, {1, 3}},
                                                                {{2, 3}, {}},
                                                                {{}, {2, 3}},
                                                                {{}, {}},
                                                                {{0}, {0}},
                                                                {{0}, {1}},
                                                                {{2, 0}, {2, 0}},
                                                                {{2, 3}, {2, 4}},
                                                                {{3}, {4}},
                                                                {{3, 4}, {2, 3}},
                                                                {{2, 3}, {3, 4}},
                                                                {{3}, {3}},
                                                                {{3}, {3, 4}},
                                                                {{2, 3}, {0}},
                                                                {{2, 0}, {0, 3}},
                                                                {{2, 2, 3}, {2, 3, 2}},
                                                                {{1, 2, 3}, {3, 3}}};
  for (const auto& p : pairs)
    all.push_back({c10::str(c10::IntArrayRef(p[0]), " and ", c10::IntArrayRef(p[1])), wave(p[0], 1),
                   wave(p[1], 2)});
  all.push_back({"transposed", wave({3, 2}, 1).t(), wave({2, 3}, 2)});
  all.push_back({"permuted", wave({2, 3, 4}, 1).permute({2, 0, 1}), wave({4, 2, 3}, 2)});
}
static void add_types(std::vector<Operands>& all) {
  const Tensor x = wave({2, 3}, 1), y = wave({2, 3}, 2);
  for (torch::Dtype d : {torch::kHalf, torch::kByte, torch::kLong, torch::kBool}) {
    const std::string name = c10::toString(d);
    all.push_back({"two of " + name, typed(x, d), typed(y, d)});
    all.push_back({name + " and Float", typed(x, d), y});
    all.push_back({"Float and " + name, x, typed(y, d)});
    all.push_back({name + " and a Float number", typed(x, d), wave({}, 2)});
    all.push_back({name + " and a Long number", typed(x, d), torch::tensor(2)});
    all.push_back({"products of " + name, typed(x, d), typed(wave({3, 3}, 2), d)});
  }
}
static void add_places(std::vector<Operands>& all) {
  const Tensor x = wave({3, 4}, 1), i = torch::tensor({0, 2});
  all.push_back({"Long at places", typed(x, torch::kLong), i});
  all.push_back({"places", x, i});
  all.push_back({"a place too far", x, torch::tensor({0, 7})});
  all.push_back({"a negative place", x, torch::tensor({-1})});
  all.push_back({"a table of places", x, torch::tensor({{0, 1}, {2, 0}})});
  all.push_back({"Int places", x, i.to(torch::kInt)});
  all.push_back({"no places", x, torch::zeros({0}, torch::kLong)});
  all.push_back({"a place alone", x, torch::tensor(1)});
  all.push_back({"a row of places", x, torch::tensor({{0, 1, 2, 1}})});
  all.push_back({"a number at a place", wave({}, 1), torch::tensor(0)});
  all.push_back({"a mask", x, wave({3, 4}, 5) > 0});
  all.push_back({"a mask of rows", x, wave({3}, 5) > 0});
  all.push_back({"a mask that does not fit", x, wave({2, 4}, 5) > 0});
}

// Where one of the two refuses what the other takes.
static const std::vector<Difference> differences = {
    {"x.index_put_({y}, 1)", "bytes are masks in all forms here"},
    {"x.index_put({y}, x.flatten().slice(0, 0, 1))", "bytes are masks in all forms here"},
    {"torch::kron(x, y)", "of views, too"},
    {"torch::addr(x, x, y)", "of nothing"}};

static std::vector<Operands> menu() {
  std::vector<Operands> all;
  add_sizes(all);
  add_types(all);
  add_places(all);
  return all;
}
static std::vector<Line> lines() {
  return lines_of(functions, menu, [](const Function& f, const Operands& o) {
    return f.call(o.x.clone(torch::MemoryFormat::Preserve), o.y);
  });
}
}  // namespace sweep

WEFT_GOLDEN_SWEEP(SweepOfTwo, sweep::lines, sweep::differences, "tests/frontend/sweep/two.txt")
