#include "tests/ops/variants.h"

#include <set>
#include <string_view>

namespace torch {
namespace test {
namespace {

bool is_accepted(const OpCase& c) {
  std::vector<const op::Type*> types;
  for (const Input& i : c.inputs) types.push_back(&i.type);
  op::Types results;
  return op::infer(c.op, {types.data(), types.size()}, c.attrs, results).empty();
}

// Keeps what the op takes and nobody has added yet.
struct Collected {
  std::set<std::string> names;
  std::vector<OpCase> cases;
  void add(OpCase c) {
    if (is_accepted(c) && names.insert(c.name()).second) cases.push_back(std::move(c));
  }
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
          if (n == size && std::string_view(a.name).find("sizes") != std::string_view::npos) n = 0;
        writer.i64_array(list);
      }
    }
  }
  return writer.attrs;
}

// Which dims go along with one that becomes 0.
enum class Along { alone, equal_sizes, same_position };

OpCase emptied(OpCase c, size_t operand, size_t dim, Along along, bool lists) {
  const int64_t size = c.inputs[operand].type.dims[dim];
  for (size_t i = 0; i < c.inputs.size(); ++i) {
    op::Dims& dims = c.inputs[i].type.dims;
    for (size_t d = 0; d < dims.size(); ++d) {
      const bool same = i == operand && d == dim;
      if (same || (along == Along::equal_sizes && dims[d] == size) ||
          (along == Along::same_position && d == dim))
        dims[d] = 0;
    }
  }
  if (lists) c.attrs = emptied_lists(c.op, c.attrs, size);
  return c;
}
}  // namespace

std::vector<OpCase> scalar_variants(const OpCase& c) {
  Collected found;
  if (c.body) return {};
  found.names.insert(c.name());
  OpCase all = c;
  for (size_t i = 0; i < c.inputs.size(); ++i) {
    OpCase one = c;
    one.inputs[i].type.dims = {};
    all.inputs[i].type.dims = {};
    found.add(std::move(one));
  }
  found.add(std::move(all));
  return std::move(found.cases);
}

std::vector<OpCase> empty_variants(const OpCase& c) {
  Collected found;
  if (c.body) return {};
  for (size_t i = 0; i < c.inputs.size(); ++i)
    for (size_t d = 0; d < c.inputs[i].type.rank(); ++d)
      for (Along along : {Along::alone, Along::equal_sizes, Along::same_position})
        for (bool lists : {false, true}) found.add(emptied(c, i, d, along, lists));
  return std::move(found.cases);
}
}  // namespace test
}  // namespace torch
