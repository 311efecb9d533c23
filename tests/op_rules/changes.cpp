#include <cstring>

#include "tests/op_rules/refusals.h"

namespace torch {
namespace test {
namespace {
// Writes the attributes anew, `name` by what is given for its kind. False: there is none.
struct Edit {
  std::function<void(op::Dims&)> list;
  std::function<int64_t(int64_t)> number;
  std::function<op::DType(op::DType)> dtype;
};
bool edit(OpCase& c, const char* name, const Edit& how) {
  op::AttrReader reader(c.attrs);
  op::AttrWriter writer;
  bool found = false;
  for (const op::AttrInfo& a : op::info(c.op).attrs) {
    const bool here = std::strcmp(a.name, name) == 0;
    found |= here;
    switch (a.kind) {
      case op::AttrKind::i64: {
        const int64_t value = reader.i64();
        writer.i64(here ? how.number(value) : value);
        break;
      }
      case op::AttrKind::boolean:
      case op::AttrKind::flag: writer.boolean(reader.boolean()); break;
      case op::AttrKind::dtype: {
        const op::DType value = reader.dtype();
        writer.dtype(here ? how.dtype(value) : value);
        break;
      }
      case op::AttrKind::value: writer.value(reader.value()); break;
      case op::AttrKind::i64_array: {
        op::Dims values(reader.i64_array());
        if (here) how.list(values);
        writer.i64_array(values);
      }
    }
  }
  c.attrs = writer.attrs;
  return found;
}

bool dim_of(const OpCase& c, size_t i, int dim, size_t& out) {
  if (i >= c.inputs.size()) return false;
  const int rank = static_cast<int>(c.inputs[i].type.rank());
  if (dim >= rank || dim < -rank) return false;
  out = static_cast<size_t>(dim < 0 ? dim + rank : dim);
  return true;
}
}  // namespace

Change sizes(std::vector<op::Dims> dims) {
  return [dims](OpCase& c) {
    if (c.inputs.size() < dims.size()) return false;
    for (size_t i = 0; i < c.inputs.size(); ++i)
      c.inputs[i].type.dims = i < dims.size() ? dims[i] : op::Dims{};
    return true;
  };
}
Change grown(size_t i, int dim) {
  return [=](OpCase& c) {
    size_t d;
    if (!dim_of(c, i, dim, d)) return false;
    ++c.inputs[i].type.dims[d];
    return true;
  };
}
Change deeper(size_t i) {
  return [=](OpCase& c) {
    if (i >= c.inputs.size()) return false;
    c.inputs[i].type.dims.insert(0, 1);
    return true;
  };
}
Change flatter(size_t i) {
  return [=](OpCase& c) {
    size_t d;
    if (!dim_of(c, i, 0, d)) return false;
    c.inputs[i].type.dims.erase(0);
    return true;
  };
}
Change scalar(size_t i) {
  return [=](OpCase& c) {
    if (i >= c.inputs.size()) return false;
    c.inputs[i].type.dims = {};
    return true;
  };
}
Change typed(size_t i, op::DType dtype) {
  return [=](OpCase& c) {
    if (i >= c.inputs.size() || c.inputs[i].type.dtype == dtype) return false;
    c.inputs[i].type.dtype = dtype;
    return true;
  };
}
Change other_type(size_t i) {
  return [=](OpCase& c) {
    if (i >= c.inputs.size()) return false;
    op::DType& dtype = c.inputs[i].type.dtype;
    dtype = dtype == op::DType::Float ? op::DType::Double : op::DType::Float;
    return true;
  };
}
Change only(size_t count) {
  return [=](OpCase& c) {
    if (c.inputs.size() <= count) return false;
    c.inputs.resize(count);
    return true;
  };
}

Change list(const char* name, op::Dims values) {
  return [=](OpCase& c) { return edit(c, name, {[&](op::Dims& v) { v = values; }, {}, {}}); };
}
Change longer(const char* name) {
  return [=](OpCase& c) { return edit(c, name, {[](op::Dims& v) { v.push_back(1); }, {}, {}}); };
}
Change first(const char* name, int64_t value) {
  return [=](OpCase& c) {
    bool any = false;
    const bool found = edit(c, name,
                            {[&](op::Dims& v) {
                               any = !v.empty();
                               if (any) v[0] = value;
                             },
                             {},
                             {}});
    return found && any;
  };
}
Change last(const char* name, int64_t value) {
  return [=](OpCase& c) {
    bool any = false;
    const bool found = edit(c, name,
                            {[&](op::Dims& v) {
                               any = !v.empty();
                               if (any) v.back() = value;
                             },
                             {},
                             {}});
    return found && any;
  };
}
Change number(const char* name, int64_t value) {
  return [=](OpCase& c) { return edit(c, name, {{}, [=](int64_t) { return value; }, {}}); };
}
Change dtype(const char* name, op::DType dtype) {
  return [=](OpCase& c) { return edit(c, name, {{}, {}, [=](op::DType) { return dtype; }}); };
}
Change both(Change a, Change b) {
  return [=](OpCase& c) { return a(c) && b(c); };
}
}  // namespace test
}  // namespace torch
