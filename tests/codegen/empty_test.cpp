// Dims of size 0, in every position that an op lets be empty: both tiers give the same, be it
// values or an error.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {

// The case with some dims at 0 and its lists of sizes (reshape, expand, slice ...) changed to go
// along.
struct Emptying {
  size_t operand, dim;
  enum Which { this_dim, equal_sizes, this_position } which;  // of the other operands
  bool lists;
};

op::Attrs emptied_lists(op::Op op, const op::Attrs& attrs, int64_t size) {
  op::AttrReader reader(attrs);
  op::AttrWriter writer;
  for (const op::AttrInfo& a : op::info(op).attrs) {
    switch (a.kind) {
      case op::AttrKind::i64: writer.i64(reader.i64()); break;
      case op::AttrKind::boolean: writer.boolean(reader.boolean()); break;
      case op::AttrKind::flag: writer.flag(reader.flag()); break;
      case op::AttrKind::dtype: writer.dtype(reader.dtype()); break;
      case op::AttrKind::value: writer.value(reader.value()); break;
      case op::AttrKind::i64_array: {
        op::Dims list(reader.i64_array());
        for (int64_t& n : list)
          if (n == size && std::string(a.name).find("sizes") != std::string::npos) n = 0;
        writer.i64_array(list);
      }
    }
  }
  return writer.attrs;
}

OpCase emptied(OpCase c, const Emptying& how) {
  const int64_t size = c.inputs[how.operand].type.dims[how.dim];
  for (size_t i = 0; i < c.inputs.size(); ++i) {
    op::Dims& dims = c.inputs[i].type.dims;
    for (size_t d = 0; d < dims.size(); ++d) {
      const bool same = i == how.operand && d == how.dim;
      if (same || (how.which == Emptying::equal_sizes && dims[d] == size) ||
          (how.which == Emptying::this_position && d == how.dim))
        dims[d] = 0;
    }
  }
  if (how.lists) c.attrs = emptied_lists(c.op, c.attrs, size);
  return c;
}

// No graph: the op refuses it.
std::optional<op::Graph> graph_of(const OpCase& c) {
  std::vector<const op::Type*> types;
  for (const Input& i : c.inputs) types.push_back(&i.type);
  op::Types results;
  if (!op::infer(c.op, {types.data(), types.size()}, c.attrs, results).empty()) return std::nullopt;
  return c.graph();
}

struct Result {
  std::vector<Bytes> values;
  std::string error;
};
Result result_of(const op::Graph& graph, codegen::Tier tier, const std::vector<Bytes>& inputs) {
  try {
    return {run(graph, tier, inputs), ""};
  } catch (const runtime::ValueError& e) {
    return {{}, e.what()};
  }
}

bool expect_equal_tiers(const OpCase& c) {
  const std::optional<op::Graph> graph = graph_of(c);
  if (!graph) return false;
  SCOPED_TRACE(c.name());
  const std::vector<Bytes> inputs = draw_inputs(c.inputs, 3);
  const Result expected = result_of(*graph, codegen::Tier::reference, inputs),
               got = result_of(*graph, codegen::Tier::compile, inputs);
  EXPECT_EQ(expected.error, got.error);
  const op::Types types = op::output_types(*graph);
  for (size_t o = 0; o < std::min(expected.values.size(), got.values.size()); ++o)
    EXPECT_EQ(difference(types[o], expected.values[o], got.values[o]), "")
        << "result " << o << " of " << op::to_string(types[o]);
  return true;
}

class Empty : public testing::TestWithParam<op::Op> {};

TEST_P(Empty, BothTiersGiveTheSame) {
  std::set<std::string> tried;
  bool any = false, has_dims = false;
  for (const OpCase& c : op_cases()) {
    if (c.op != GetParam() || c.body) continue;
    for (size_t i = 0; i < c.inputs.size(); ++i)
      for (size_t d = 0; d < c.inputs[i].type.rank(); ++d)
        for (auto which : {Emptying::this_dim, Emptying::equal_sizes, Emptying::this_position})
          for (bool lists : {false, true}) {
            has_dims = true;
            const OpCase e = emptied(c, {i, d, which, lists});
            if (tried.insert(e.name()).second) any |= expect_equal_tiers(e);
          }
  }
  EXPECT_TRUE(any || !has_dims) << "no operand of " << op::name(GetParam()) << " may be empty";
}

std::vector<op::Op> ops() {
  std::set<op::Op> found;
  for (const OpCase& c : op_cases())
    if (!c.body) found.insert(c.op);
  return {found.begin(), found.end()};
}
INSTANTIATE_TEST_SUITE_P(Ops, Empty, testing::ValuesIn(ops()),
                         [](const auto& info) { return std::string(op::name(info.param)); });
}  // namespace
}  // namespace test
}  // namespace torch
