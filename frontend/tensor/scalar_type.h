/// Element types by their libtorch names.
#pragma once
#include <iosfwd>
#include <string>

#include "frontend/tensor/location.h"
#include "ir/op/dtype.h"

namespace c10 {
constexpr ScalarType kByte = ScalarType::Byte, kChar = ScalarType::Char, kShort = ScalarType::Short,
                     kInt = ScalarType::Int, kLong = ScalarType::Long, kHalf = ScalarType::Half,
                     kFloat = ScalarType::Float, kDouble = ScalarType::Double,
                     kBool = ScalarType::Bool, kBFloat16 = ScalarType::BFloat16,
                     kComplexHalf = ScalarType::ComplexHalf,
                     kComplexFloat = ScalarType::ComplexFloat,
                     kComplexDouble = ScalarType::ComplexDouble, kQInt8 = ScalarType::QInt8,
                     kQUInt8 = ScalarType::QUInt8, kQInt32 = ScalarType::QInt32,
                     kFloat8_e5m2 = ScalarType::Float8_e5m2,
                     kFloat8_e4m3fn = ScalarType::Float8_e4m3fn,
                     kFloat8_e5m2fnuz = ScalarType::Float8_e5m2fnuz,
                     kFloat8_e4m3fnuz = ScalarType::Float8_e4m3fnuz, kUInt16 = ScalarType::UInt16,
                     kUInt32 = ScalarType::UInt32, kUInt64 = ScalarType::UInt64;
constexpr ScalarType kUInt8 = kByte, kInt8 = kChar, kInt16 = kShort, kInt32 = kInt, kInt64 = kLong,
                     kFloat16 = kHalf, kFloat32 = kFloat, kFloat64 = kDouble;

/// "Float".
const char* toString(ScalarType type);
/// Bytes of an element.
size_t elementSize(ScalarType type);
bool isFloatingType(ScalarType type);
bool isIntegralType(ScalarType type, bool includeBool);
bool isComplexType(ScalarType type);
bool isSignedType(ScalarType type);
/// The type that holds values of both: the larger of the higher category (bool < integral <
/// floating).
ScalarType promoteTypes(ScalarType a, ScalarType b);
/// Whether a value of type `from` may be written to a tensor of type `to` by an in-place op.
bool canCast(ScalarType from, ScalarType to);
std::ostream& operator<<(std::ostream& out, ScalarType type);
std::ostream& operator<<(std::ostream& out, const Half& value);
std::ostream& operator<<(std::ostream& out, const BFloat16& value);

/// The ScalarType of a C++ type: `CppTypeToScalarType<float>::value`.
template <class T> struct CppTypeToScalarType : torch::op::DTypeOf<T> {};

ScalarType get_default_dtype_as_scalartype();
void set_default_dtype_as_scalartype(ScalarType type);
}  // namespace c10

namespace caffe2 {
/// What `Tensor::dtype()` returns: compares and converts like its ScalarType, prints as the C++
/// type's name.
class TypeMeta {
 public:
  constexpr TypeMeta() = default;
  constexpr TypeMeta(c10::ScalarType type) : type_(type) {}
  template <class T> static constexpr TypeMeta Make() { return c10::CppTypeToScalarType<T>::value; }
  template <class T> static constexpr TypeMeta Match() { return Make<T>(); }
  template <class T> static size_t ItemSize() { return sizeof(T); }
  static TypeMeta fromScalarType(c10::ScalarType type) { return type; }
  constexpr c10::ScalarType toScalarType() const { return type_; }
  template <class T> bool Match() const { return type_ == c10::CppTypeToScalarType<T>::value; }
  bool isScalarType() const { return type_ != c10::ScalarType::Undefined; }
  bool isScalarType(c10::ScalarType type) const { return type_ == type; }
  size_t itemsize() const { return c10::elementSize(type_); }
  /// "float".
  const char* name() const;
  friend constexpr bool operator==(TypeMeta a, TypeMeta b) { return a.type_ == b.type_; }
  friend constexpr bool operator!=(TypeMeta a, TypeMeta b) { return a.type_ != b.type_; }

 private:
  c10::ScalarType type_ = c10::ScalarType::Undefined;
};
std::ostream& operator<<(std::ostream& out, TypeMeta type);
}  // namespace caffe2

namespace c10 {
inline ScalarType typeMetaToScalarType(caffe2::TypeMeta type) { return type.toScalarType(); }
inline caffe2::TypeMeta scalarTypeToTypeMeta(ScalarType type) { return type; }
inline caffe2::TypeMeta get_default_dtype() { return get_default_dtype_as_scalartype(); }
inline void set_default_dtype(caffe2::TypeMeta type) {
  set_default_dtype_as_scalartype(type.toScalarType());
}
}  // namespace c10

namespace torch {
using namespace c10;
using caffe2::TypeMeta;
using Dtype = c10::ScalarType;
}  // namespace torch
