#include "frontend/tensor/ivalue.h"

#include <ostream>
#include <variant>

namespace c10 {
namespace {
[[noreturn]] void refuse(const char* wanted, const IValue& got) {
  throw Error(str("Expected ", wanted, " but got ", got.tagKind()));
}
template <class Range> void write_list(std::ostream& out, const Range& values) {
  const char* separator = "";
  out << "[";
  for (const auto& v : values) {
    out << separator << v;
    separator = ", ";
  }
  out << "]";
}
}  // namespace

struct IValue::TypedList {
  Kind of;  // None: any
  List values;
};
// In the order of Kind.
struct IValue::Content {
  std::variant<std::monostate, Tensor, double, int64_t, bool, Device, std::string, TypedList, Dict>
      value;
};

IValue::IValue(Tensor t) : content_(std::make_shared<Content>(Content{std::move(t)})) {}
IValue::IValue(double v) : content_(std::make_shared<Content>(Content{v})) {}
IValue::IValue(int64_t v) : content_(std::make_shared<Content>(Content{v})) {}
IValue::IValue(bool v) : content_(std::make_shared<Content>(Content{v})) {}
IValue::IValue(Device v) : content_(std::make_shared<Content>(Content{v})) {}
IValue::IValue(std::string v) : content_(std::make_shared<Content>(Content{std::move(v)})) {}
IValue::IValue(Dict dict) : content_(std::make_shared<Content>(Content{std::move(dict)})) {}
IValue::IValue(Kind of, List list)
    : content_(std::make_shared<Content>(Content{TypedList{of, std::move(list)}})) {}
IValue::IValue(const Scalar& v)
    : IValue(v.isFloatingPoint() ? IValue(v.toDouble())
             : v.isBoolean()     ? IValue(v.toBool())
                                 : IValue(v.toLong())) {}

IValue::Kind IValue::kind() const {
  return content_ ? static_cast<Kind>(content_->value.index()) : Kind::None;
}
const char* IValue::name(Kind kind) {
  static const char* const names[] = {"None",   "Tensor", "Double",      "Int",        "Bool",
                                      "Device", "String", "GenericList", "GenericDict"};
  return names[static_cast<size_t>(kind)];
}
std::string IValue::tagKind() const { return name(kind()); }

template <IValue::Kind k> decltype(auto) IValue::get(const char* wanted) const {
  if (kind() != k) refuse(wanted, *this);
  return (std::get<static_cast<size_t>(k)>(content_->value));
}
bool IValue::is_list_of(Kind of) const {
  return isList() && std::get<static_cast<size_t>(Kind::List)>(content_->value).of == of;
}

const Tensor& IValue::toTensor() const { return get<Kind::Tensor>("Tensor"); }
double IValue::toDouble() const { return get<Kind::Double>("Double"); }
int64_t IValue::toInt() const { return get<Kind::Int>("Int"); }
bool IValue::toBool() const { return get<Kind::Bool>("Bool"); }
Device IValue::toDevice() const { return get<Kind::Device>("Device"); }
const std::string& IValue::toStringRef() const { return get<Kind::String>("String"); }
const IValue::Dict& IValue::toGenericDict() const { return get<Kind::Dict>("GenericDict"); }
ArrayRef<IValue> IValue::toListRef() const { return get<Kind::List>("GenericList").values; }
IValue::List IValue::toListVector() const { return toListRef().vec(); }
std::string IValue::toNone() const {
  if (!isNone()) refuse("None", *this);
  return "None";
}
Scalar IValue::toScalar() const {
  if (isDouble()) return toDouble();
  if (isInt()) return toInt();
  if (isBool()) return toBool();
  throw Error(str("IValue is not a Scalar: got ", tagKind()));
}
std::vector<Tensor> IValue::toTensorVector() const {
  if (!isTensorList()) refuse("TensorList", *this);
  std::vector<Tensor> list;
  for (const IValue& v : toListRef()) list.push_back(v.toTensor());
  return list;
}
std::vector<int64_t> IValue::toIntVector() const {
  if (!isIntList()) refuse("IntList", *this);
  std::vector<int64_t> list;
  for (const IValue& v : toListRef()) list.push_back(v.toInt());
  return list;
}
std::vector<double> IValue::toDoubleVector() const {
  if (!isDoubleList()) refuse("DoubleList", *this);
  std::vector<double> list;
  for (const IValue& v : toListRef()) list.push_back(v.toDouble());
  return list;
}

bool operator==(const IValue& a, const IValue& b) {
  using Kind = IValue::Kind;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::None: return true;
    case Kind::Tensor: return a.toTensor().is_same(b.toTensor());
    case Kind::Double: return a.toDouble() == b.toDouble();
    case Kind::Int: return a.toInt() == b.toInt();
    case Kind::Bool: return a.toBool() == b.toBool();
    case Kind::Device: return a.toDevice() == b.toDevice();
    case Kind::String: return a.toStringRef() == b.toStringRef();
    case Kind::List: return a.toListRef().vec() == b.toListRef().vec();
    case Kind::Dict: return a.toGenericDict() == b.toGenericDict();
  }
  return false;
}

std::ostream& operator<<(std::ostream& out, const IValue& v) {
  using Kind = IValue::Kind;
  switch (v.kind()) {
    case Kind::None: return out << "None";
    case Kind::Tensor: return out << v.toTensor();
    case Kind::Double: {
      const std::string digits = str(v.toDouble());
      const bool whole = digits.find_first_not_of("-0123456789") == std::string::npos;
      return out << digits << (whole ? "." : "");
    }
    case Kind::Int: return out << v.toInt();
    case Kind::Bool: return out << (v.toBool() ? "True" : "False");
    case Kind::Device: return out << v.toDevice();
    case Kind::String: return out << v.toStringRef();
    case Kind::List: write_list(out, v.toListRef()); return out;
    case Kind::Dict: {
      const char* separator = "";
      out << "{";
      for (const auto& [key, value] : v.toGenericDict()) {
        out << separator << key << ": " << value;
        separator = ", ";
      }
      return out << "}";
    }
  }
  return out;
}
}  // namespace c10
