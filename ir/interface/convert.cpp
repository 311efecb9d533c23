#include "ir/interface/convert.h"

#include <cassert>

#include "llvm/Support/raw_ostream.h"

namespace mlir::weft {
namespace op = ::torch::op;

std::optional<op::Op> toOp(StringRef name) {
  op::Op found;
  if (!name.consume_front("weft.") || !op::find_op(name.str().c_str(), found)) return std::nullopt;
  return found;
}

namespace {
constexpr op::DType dtypes[] = {
#define WEFT_ENUMERATOR(E, ...) op::DType::E,
    WEFT_DTYPES(WEFT_ENUMERATOR)
#undef WEFT_ENUMERATOR
};
}  // namespace

Type toMlir(MLIRContext *context, op::DType dtype) {
  const op::DTypeInfo *row = op::find_dtype(dtype);
  assert(row && "an undefined dtype has no MLIR type");
  StringRef name = row->ir_name;
  if (name == "f64") return Float64Type::get(context);
  if (name == "f32") return Float32Type::get(context);
  if (name == "f16") return Float16Type::get(context);
  if (name == "bf16") return BFloat16Type::get(context);
  const bool isUnsigned = name.consume_front("u");
  unsigned bits = 0;
  name.drop_front().getAsInteger(10, bits);
  return IntegerType::get(context, bits,
                          isUnsigned ? IntegerType::Unsigned : IntegerType::Signless);
}

op::DType toDType(Type elementType) {
  // Types are unique in a context, so equality is one comparison of pointers.
  for (op::DType dtype : dtypes)
    if (toMlir(elementType.getContext(), dtype) == elementType) return dtype;
  return op::DType::Undefined;
}

RankedTensorType toMlir(MLIRContext *context, const op::Type &type) {
  return RankedTensorType::get(ArrayRef<int64_t>(type.dims.data(), type.dims.size()),
                               toMlir(context, type.dtype));
}

std::optional<op::Type> toTypeIfAny(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() || tensor.getEncoding()) return std::nullopt;
  op::Type result(toDType(tensor.getElementType()),
                  op::Dims(tensor.getShape().begin(), tensor.getShape().end()));
  int64_t numel;
  if (result.dtype == op::DType::Undefined ||
      !op::checked_numel(result.dims, op::dtype_bytes(result.dtype), numel))
    return std::nullopt;
  return result;
}

op::Type toType(Type type) {
  std::optional<op::Type> result = toTypeIfAny(type);
  assert(result && "not the type of a value of verified IR");
  return std::move(*result);
}

std::optional<op::Literal> toLiteral(Attribute attribute) {
  auto typed = dyn_cast_or_null<TypedAttr>(attribute);
  if (!typed) return std::nullopt;
  const op::DType dtype = toDType(typed.getType());
  op::Literal literal;
  literal.dtype = dtype;
  if (auto value = dyn_cast<FloatAttr>(attribute); value && op::is_float(dtype))
    return op::Literal::of(dtype, value.getValueAsDouble());
  auto value = dyn_cast<IntegerAttr>(attribute);
  if (!value || !op::is_integral(dtype, true)) return std::nullopt;
  literal.bits = op::find_dtype(dtype)->is_signed
                     ? value.getValue().getSExtValue()
                     : static_cast<int64_t>(value.getValue().getZExtValue());
  return literal;
}

TypedAttr toMlir(MLIRContext *context, const op::Literal &literal) {
  const Type type = toMlir(context, literal.dtype);
  if (op::is_float(literal.dtype)) return FloatAttr::get(type, literal.as_double());
  return IntegerAttr::get(
      type, APInt(type.getIntOrFloatBitWidth(), static_cast<uint64_t>(literal.bits), true));
}

namespace {
// Appends one attribute; false when it is of another kind than the row says.
bool pack(op::AttrKind kind, Attribute attribute, op::AttrWriter &writer) {
  switch (kind) {
    case op::AttrKind::i64: {
      auto value = dyn_cast<IntegerAttr>(attribute);
      if (!value || value.getValue().getSignificantBits() > 64) return false;
      writer.i64(value.getValue().getSExtValue());
      return true;
    }
    case op::AttrKind::boolean: {
      auto value = dyn_cast<BoolAttr>(attribute);
      if (value) writer.boolean(value.getValue());
      return static_cast<bool>(value);
    }
    case op::AttrKind::flag: {
      const bool set = isa_and_nonnull<UnitAttr>(attribute);
      writer.flag(set);
      return set || !attribute;
    }
    case op::AttrKind::dtype: {
      auto value = dyn_cast<TypeAttr>(attribute);
      const op::DType dtype = value ? toDType(value.getValue()) : op::DType::Undefined;
      writer.dtype(dtype);
      return dtype != op::DType::Undefined;
    }
    case op::AttrKind::i64_array: {
      auto value = dyn_cast<DenseI64ArrayAttr>(attribute);
      if (value) writer.i64_array({value.asArrayRef().data(), value.asArrayRef().size()});
      return static_cast<bool>(value);
    }
    case op::AttrKind::value: {
      std::optional<op::Literal> value = toLiteral(attribute);
      if (value) writer.value(*value);
      return value.has_value();
    }
  }
  return false;
}

const char *kindName(op::AttrKind kind) {
  switch (kind) {
    case op::AttrKind::i64: return "an integer";
    case op::AttrKind::boolean: return "a boolean";
    case op::AttrKind::flag: return "nothing but the name";
    case op::AttrKind::dtype: return "an element type";
    case op::AttrKind::i64_array: return "a list of integers (array<i64: ...>)";
    case op::AttrKind::value: return "a number of a known element type";
  }
  return "";
}
}  // namespace

std::string packAttrs(op::Op op, DictionaryAttr attributes, op::Attrs &out) {
  op::AttrWriter writer;
  for (const op::AttrInfo &info : op::info(op).attrs) {
    Attribute attribute = attributes.get(info.name);
    if ((attribute || info.kind == op::AttrKind::flag) && pack(info.kind, attribute, writer))
      continue;
    std::string got = "nothing";
    if (attribute) {
      got.clear();
      llvm::raw_string_ostream(got) << attribute;
    }
    return "got " + got + " for attribute '" + info.name + "'; expected " + kindName(info.kind);
  }
  out = std::move(writer.attrs);
  return "";
}

op::Attrs packAttrs(Operation *operation) {
  op::Attrs attrs;
  [[maybe_unused]] std::string error =
      packAttrs(*toOp(operation), operation->getAttrDictionary(), attrs);
  assert(error.empty() && "not a verified weft op");
  return attrs;
}

NamedAttrList unpackAttrs(MLIRContext *context, op::Op op, const op::Attrs &attrs) {
  NamedAttrList list;
  op::AttrReader reader(attrs);
  for (const op::AttrInfo &info : op::info(op).attrs) {
    Attribute attribute;
    switch (info.kind) {
      case op::AttrKind::i64:
        attribute = IntegerAttr::get(IntegerType::get(context, 64), reader.i64());
        break;
      case op::AttrKind::boolean: attribute = BoolAttr::get(context, reader.boolean()); break;
      case op::AttrKind::flag:
        if (reader.flag()) attribute = UnitAttr::get(context);
        break;
      case op::AttrKind::dtype: attribute = TypeAttr::get(toMlir(context, reader.dtype())); break;
      case op::AttrKind::i64_array: {
        op::Span<int64_t> values = reader.i64_array();
        attribute =
            DenseI64ArrayAttr::get(context, ArrayRef<int64_t>(values.data(), values.size()));
        break;
      }
      case op::AttrKind::value: attribute = toMlir(context, reader.value()); break;
    }
    if (attribute) list.append(info.name, attribute);
  }
  return list;
}

std::string text(Type type) {
  std::string s;
  llvm::raw_string_ostream(s) << type;
  return s;
}

std::string expectedTypes() {
  std::string s = "a tensor of static shape and ";
  for (size_t i = 0; i < std::size(dtypes); ++i)
    s += (i ? ", " : "") + std::string(op::find_dtype(dtypes[i])->ir_name);
  return s + ", of less than 2^63 bytes";
}
}  // namespace mlir::weft
