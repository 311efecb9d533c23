#include "ir/op/op.h"

#include <cmath>
#include <cstring>
#include <string_view>
#include <unordered_map>

#include "ir/op/message.h"
#include "ir/op/shape.h"

namespace torch {
namespace op {
namespace {
#include "ir/op/table.inc"
constexpr size_t num_rows = sizeof(rows) / sizeof(rows[0]);

// Attributes come from files too: their words must be as the row says before a rule reads them.
bool well_formed(Span<AttrInfo> infos, const Attrs& attrs) {
  size_t at = 0;
  const size_t size = attrs.size();
  for (const AttrInfo& info : infos) {
    if (at >= size) return false;
    const int64_t word = attrs[at];
    switch (info.kind) {
      case AttrKind::i64:
      case AttrKind::boolean:
      case AttrKind::flag: at += 1; break;
      case AttrKind::dtype:
        if (word < 0 || word > 126 || !find_dtype(static_cast<DType>(word))) return false;
        at += 1;
        break;
      case AttrKind::value:
        if (word < 0 || word > 126 || !find_dtype(static_cast<DType>(word))) return false;
        at += 2;
        break;
      case AttrKind::i64_array:
        if (word < 0 || static_cast<uint64_t>(word) > size - at - 1) return false;
        at += 1 + static_cast<size_t>(word);
        break;
    }
  }
  return at == size;
}

bool in_class(const char* types, DType dtype) {
  switch (types[0]) {
    case 'n': return dtype != DType::Bool;
    case 'f': return is_float(dtype);
    case 'i': return is_integral(dtype, true);
    case 'w': return is_integral(dtype, false);
    case 'b': return dtype == DType::Bool;
    default: return true;
  }
}

const char* class_name(const char* types) {
  switch (types[0]) {
    case 'n': return "a number type (not bool)";
    case 'f': return "a floating point type";
    case 'i': return "an integer type or bool";
    case 'w': return "an integer type (not bool)";
    case 'b': return "bool";
    default: return "any type";
  }
}

std::string check_operands(const OpInfo& row, Span<const Type*> operands) {
  if (row.num_operands >= 0 && operands.size() != static_cast<size_t>(row.num_operands))
    return message("got ", operands.size(), " operands; expected ", int64_t(row.num_operands));
  for (const Type* t : operands)
    if (!find_dtype(t->dtype))
      return "got an operand without element type; expected a defined tensor";
  if (!operands.empty() && !in_class(row.types, operands[0]->dtype))
    return message("\"", row.name, "\" not implemented for '", enum_name(operands[0]->dtype),
                   "': got ", *operands[0], "; expected ", class_name(row.types));
  return "";
}
}  // namespace

const OpInfo& info(Op op) { return rows[static_cast<size_t>(op)]; }
size_t op_count() { return num_rows; }
bool takes(Op op, DType dtype) { return in_class(info(op).types, dtype); }

bool find_op(const char* mnemonic, Op& out) {
  static const auto* by_name = [] {
    auto* map = new std::unordered_map<std::string_view, Op>;
    for (size_t i = 0; i < num_rows; ++i) map->emplace(rows[i].name, static_cast<Op>(i));
    return map;
  }();
  auto it = by_name->find(mnemonic);
  if (it == by_name->end()) return false;
  out = it->second;
  return true;
}

std::string infer(Op op, Span<const Type*> operands, const Attrs& attrs, Types& results) {
  results.clear();
  const OpInfo& row = info(op);
  if (!row.rule)
    return message("the results of ", row.name, " do not follow from its operands alone");
  std::string error = check_operands(row, operands);
  if (!error.empty()) return error;
  if (!well_formed(row.attrs, attrs)) return "malformed attributes";
  error = row.rule(operands, attrs, results);
  int64_t numel;
  if (error.empty())
    for (const Type& t : results)
      if (!checked_numel(t.dims, dtype_bytes(t.dtype), numel))
        return message("Storage size calculation overflowed with sizes=", brackets(t.dims),
                       "; expected at most 2^63 - 1 bytes");
  return error;
}

Literal Literal::of(DType dtype, double value) {
  Literal l;
  l.dtype = dtype;
  if (dtype == DType::Half) value = static_cast<c10::Half>(static_cast<float>(value));
  if (dtype == DType::BFloat16) value = static_cast<c10::BFloat16>(static_cast<float>(value));
  if (is_float(dtype)) {
    std::memcpy(&l.bits, &value, sizeof value);
  } else if (dtype == DType::Bool) {
    l.bits = value != 0;
  } else {
    // Out of the integer's range there is nothing right to say; the ends are at least defined.
    l.bits = std::isnan(value) ? 0
             : value >= 0x1p63 ? INT64_MAX
             : value < -0x1p63 ? INT64_MIN
                               : static_cast<int64_t>(value);
  }
  return l;
}
double Literal::as_double() const {
  if (!is_float(dtype)) return static_cast<double>(bits);
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
int64_t Literal::as_int() const {
  return is_float(dtype) ? Literal::of(DType::Long, as_double()).bits : bits;
}
}  // namespace op
}  // namespace torch
