/// A value of one of several kinds: what a program stores beside tensors.
#pragma once
#include <map>
#include <memory>

#include "frontend/tensor/tensor.h"

namespace c10 {
using torch::Tensor;

class IValue {
 public:
  using List = std::vector<IValue>;
  using Dict = std::map<std::string, IValue>;

  IValue() = default;
  IValue(std::nullopt_t) {}
  IValue(Tensor t);
  IValue(double v);
  IValue(int64_t v);
  IValue(int32_t v) : IValue(static_cast<int64_t>(v)) {}
  IValue(bool v);
  IValue(const Scalar& v);
  IValue(Device v);
  IValue(std::string v);
  IValue(const char* v) : IValue(std::string(v)) {}
  /// A list of one kind: tensors, int, float, bool, str.
  template <class T> IValue(const std::vector<T>& list) : IValue(ArrayRef<T>(list)) {}
  template <class T> IValue(ArrayRef<T> list) : IValue(kind_of<T>(), List(list.begin(), list.end())) {}
  IValue(const std::vector<bool>& list) : IValue(Kind::Bool, List(list.begin(), list.end())) {}
  IValue(List list) : IValue(Kind::None, std::move(list)) {}
  IValue(Dict dict);
  template <class T> IValue(const std::unordered_map<std::string, T>& dict)
      : IValue(Dict(dict.begin(), dict.end())) {}
  template <class T> IValue(const optional<T>& v) {
    if (v) *this = IValue(*v);
  }

  bool isNone() const { return !content_; }
  bool isTensor() const { return kind() == Kind::Tensor; }
  bool isDouble() const { return kind() == Kind::Double; }
  bool isInt() const { return kind() == Kind::Int; }
  bool isBool() const { return kind() == Kind::Bool; }
  bool isScalar() const { return isDouble() || isInt() || isBool(); }
  bool isString() const { return kind() == Kind::String; }
  bool isDevice() const { return kind() == Kind::Device; }
  bool isGenericDict() const { return kind() == Kind::Dict; }
  bool isList() const { return kind() == Kind::List; }
  bool isTensorList() const { return is_list_of(Kind::Tensor); }
  bool isIntList() const { return is_list_of(Kind::Int); }
  bool isDoubleList() const { return is_list_of(Kind::Double); }
  bool isBoolList() const { return is_list_of(Kind::Bool); }

  /// Errors where it is of another kind.
  const Tensor& toTensor() const;
  double toDouble() const;
  int64_t toInt() const;
  bool toBool() const;
  Scalar toScalar() const;
  const std::string& toStringRef() const;
  Device toDevice() const;
  /// "None".
  std::string toNone() const;
  const Dict& toGenericDict() const;
  ArrayRef<IValue> toListRef() const;
  List toListVector() const;
  std::vector<Tensor> toTensorVector() const;
  std::vector<int64_t> toIntVector() const;
  std::vector<double> toDoubleVector() const;
  template <class T> T to() const;
  template <class T> optional<T> toOptional() const {
    return isNone() ? optional<T>() : optional<T>(to<T>());
  }
  /// "Tensor", "Int", "GenericDict" ...
  std::string tagKind() const;

  friend bool operator==(const IValue& a, const IValue& b);
  friend bool operator!=(const IValue& a, const IValue& b) { return !(a == b); }
  friend std::ostream& operator<<(std::ostream& out, const IValue& v);

 private:
  enum class Kind : uint8_t { None, Tensor, Double, Int, Bool, Device, String, List, Dict };
  struct Content;  // a value never changes: copies share it
  struct TypedList;
  template <class T> static constexpr Kind kind_of() {
    if (std::is_same<T, Tensor>::value) return Kind::Tensor;
    if (std::is_same<T, bool>::value) return Kind::Bool;
    if (std::is_integral<T>::value) return Kind::Int;
    if (std::is_floating_point<T>::value) return Kind::Double;
    if (std::is_same<T, std::string>::value) return Kind::String;
    return Kind::None;
  }
  IValue(Kind of, List list);
  Kind kind() const;
  bool is_list_of(Kind of) const;
  static const char* name(Kind kind);
  template <Kind k> decltype(auto) get(const char* wanted) const;

  std::shared_ptr<const Content> content_;  // null: None
};

template <> inline Tensor IValue::to<Tensor>() const { return toTensor(); }
template <> inline double IValue::to<double>() const { return toDouble(); }
template <> inline int64_t IValue::to<int64_t>() const { return toInt(); }
template <> inline int IValue::to<int>() const { return static_cast<int>(toInt()); }
template <> inline bool IValue::to<bool>() const { return toBool(); }
template <> inline std::string IValue::to<std::string>() const { return toStringRef(); }
template <> inline std::vector<Tensor> IValue::to<std::vector<Tensor>>() const {
  return toTensorVector();
}
template <> inline std::vector<int64_t> IValue::to<std::vector<int64_t>>() const {
  return toIntVector();
}
template <> inline std::vector<double> IValue::to<std::vector<double>>() const {
  return toDoubleVector();
}
}  // namespace c10
