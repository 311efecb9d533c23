// Types, devices, numbers, options and errors.
#include <cctype>
#include <cmath>
#include <cstdio>
#include <limits>
#include <ostream>

#include "frontend/record/scope.h"
#include "frontend/tensor/options.h"

namespace c10 {
namespace {
struct Named {
  ScalarType type;
  const char* name;
};
// Every type that libtorch knows has a name here; which of them have a meaning is ir/op/dtype.h's
// matter.
constexpr Named names[] = {{ScalarType::Byte, "Byte"},
                           {ScalarType::Char, "Char"},
                           {ScalarType::Short, "Short"},
                           {ScalarType::Int, "Int"},
                           {ScalarType::Long, "Long"},
                           {ScalarType::Half, "Half"},
                           {ScalarType::Float, "Float"},
                           {ScalarType::Double, "Double"},
                           {ScalarType::ComplexHalf, "ComplexHalf"},
                           {ScalarType::ComplexFloat, "ComplexFloat"},
                           {ScalarType::ComplexDouble, "ComplexDouble"},
                           {ScalarType::Bool, "Bool"},
                           {ScalarType::BFloat16, "BFloat16"},
                           {ScalarType::Undefined, "Undefined"},
                           {ScalarType::QInt8, "QInt8"},
                           {ScalarType::QUInt8, "QUInt8"},
                           {ScalarType::QInt32, "QInt32"},
                           {ScalarType::Float8_e5m2, "Float8_e5m2"},
                           {ScalarType::Float8_e4m3fn, "Float8_e4m3fn"},
                           {ScalarType::Float8_e5m2fnuz, "Float8_e5m2fnuz"},
                           {ScalarType::Float8_e4m3fnuz, "Float8_e4m3fnuz"},
                           {ScalarType::UInt16, "UInt16"},
                           {ScalarType::UInt32, "UInt32"},
                           {ScalarType::UInt64, "UInt64"}};

ScalarType& default_dtype() {
  static ScalarType type = ScalarType::Float;
  return type;
}
}  // namespace

const char* toString(ScalarType type) {
  for (const Named& n : names)
    if (n.type == type) return n.name;
  return "UNKNOWN_SCALAR";
}
size_t elementSize(ScalarType type) { return torch::op::dtype_bytes(type); }
bool isFloatingType(ScalarType type) {
  return type == kFloat || type == kDouble || type == kHalf || type == kBFloat16;
}
bool isComplexType(ScalarType type) {
  return type == ScalarType::ComplexHalf || type == ScalarType::ComplexFloat ||
         type == ScalarType::ComplexDouble;
}
bool isIntegralType(ScalarType type, bool includeBool) {
  return type == kByte || type == kChar || type == kShort || type == kInt || type == kLong ||
         (includeBool && type == kBool);
}
bool isSignedType(ScalarType type) { return type != kByte && type != kBool; }

ScalarType promoteTypes(ScalarType a, ScalarType b) {
  if (a == b) return a;
  if (isFloatingType(a) || isFloatingType(b)) {
    if (!isFloatingType(b)) return a;
    if (!isFloatingType(a)) return b;
    // Half and BFloat16 hold neither each other's range nor each other's precision.
    if (a == kDouble || b == kDouble) return kDouble;
    return kFloat;
  }
  if (a == kBool) return b;
  if (b == kBool) return a;
  if (a == kByte || b == kByte) {
    const ScalarType other = a == kByte ? b : a;
    return other == kChar ? kShort : other;
  }
  return a > b ? a : b;  // the signed integers stand in the order of their sizes
}

bool canCast(ScalarType from, ScalarType to) {
  if (isComplexType(from) && !isComplexType(to)) return false;
  if (isFloatingType(from) && isIntegralType(to, true)) return false;
  return from == kBool || to != kBool;
}
std::ostream& operator<<(std::ostream& out, ScalarType type) { return out << toString(type); }
std::ostream& operator<<(std::ostream& out, const Half& value) {
  return out << static_cast<float>(value);
}
std::ostream& operator<<(std::ostream& out, const BFloat16& value) {
  return out << static_cast<float>(value);
}
ScalarType get_default_dtype_as_scalartype() { return default_dtype(); }
void set_default_dtype_as_scalartype(ScalarType type) {
  default_dtype() = type;
}

Device::Device(DeviceType type, DeviceIndex index) : type_(type), index_(index) {
  TORCH_CHECK(index >= -1, "Device index must be -1 or non-negative, got ",
              static_cast<int>(index));
  TORCH_CHECK(type != kCPU || index <= 0, "CPU device index must be -1 or zero, got ",
              static_cast<int>(index));
}
namespace {
// By the numbers of DeviceType.
constexpr const char* kinds[] = {"CPU",  "CUDA", "MKLDNN", "OPENGL", "OPENCL", "IDEEP", "HIP",
                                 "FPGA", "MAIA", "XLA",    "VULKAN", "METAL",  "XPU",   "MPS",
                                 "META", "HPU",  "VE",     "LAZY",   "IPU",    "MTIA",  "PRIVATEUSEONE"};
}  // namespace
Device::Device(const std::string& name) : Device(kCPU) {
  const size_t colon = name.find(':');
  const std::string kind = name.substr(0, colon);
  bool found = false;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !found; ++i) {
    type_ = static_cast<DeviceType>(i);
    found = DeviceTypeName(type_, true) == kind;
  }
  TORCH_CHECK(found, "Expected one of cpu, cuda, mps device type at start of device string: ", kind);
  if (colon == std::string::npos) return;
  const std::string digits = name.substr(colon + 1);
  const bool number = !digits.empty() && digits.size() <= 3 &&
                      digits.find_first_not_of("0123456789") == std::string::npos;
  TORCH_CHECK(number && std::stoi(digits) <= 127, "Invalid device string: '", name, "'");
  *this = Device(type_, static_cast<DeviceIndex>(std::stoi(digits)));
}
std::string Device::str() const {
  return DeviceTypeName(type_, true) + (has_index() ? ":" + std::to_string(index_) : std::string());
}
std::string DeviceTypeName(DeviceType type, bool lower_case) {
  std::string s = kinds[static_cast<size_t>(type)];
  if (lower_case)
    for (char& c : s) c = static_cast<char>(std::tolower(c));
  return s;
}
std::ostream& operator<<(std::ostream& out, DeviceType type) {
  return out << DeviceTypeName(type, true);
}
std::ostream& operator<<(std::ostream& out, const Device& device) { return out << device.str(); }

Scalar Scalar::operator-() const {
  TORCH_CHECK(!isBoolean(), "torch boolean negative, the `-` operator, is not supported.");
  return isFloatingPoint() ? Scalar(-floating_) : Scalar(-integer_);
}
void Scalar::refuse(const char* type, torch::Location where) const {
  throw Error(str("value cannot be converted to type ", type, " without overflow: ", *this), where);
}
std::ostream& operator<<(std::ostream& out, const Scalar& s) {
  if (s.isFloatingPoint()) return out << s.toDouble();
  if (s.isBoolean()) return out << (s.toBool() ? "true" : "false");
  return out << s.toLong();
}

std::ostream& operator<<(std::ostream& out, Layout layout) {
  return out << (layout == kStrided ? "Strided" : "Sparse");
}
std::ostream& operator<<(std::ostream& out, MemoryFormat format) {
  switch (format) {
    case MemoryFormat::Preserve: return out << "Preserve";
    case MemoryFormat::Contiguous: return out << "Contiguous";
    case MemoryFormat::ChannelsLast: return out << "ChannelsLast";
    default: return out << "ChannelsLast3d";
  }
}
TensorOptions TensorOptions::merge_in(TensorOptions other) const {
  TensorOptions r = other;
  if (!r.dtype_) r.dtype_ = dtype_;
  if (!r.device_) r.device_ = device_;
  if (!r.layout_) r.layout_ = layout_;
  if (!r.requires_grad_) r.requires_grad_ = requires_grad_;
  if (!r.pinned_memory_) r.pinned_memory_ = pinned_memory_;
  if (!r.memory_format_) r.memory_format_ = memory_format_;
  return r;
}
std::ostream& operator<<(std::ostream& out, const TensorOptions& o) {
  auto say = [&](bool given) { return given ? "" : " (default)"; };
  auto yes = [](bool b) { return b ? "true" : "false"; };
  out << "TensorOptions(dtype=" << o.dtype() << say(o.has_dtype()) << ", device=" << o.device()
      << say(o.has_device()) << ", layout=" << o.layout() << say(o.has_layout())
      << ", requires_grad=" << yes(o.requires_grad()) << say(o.has_requires_grad())
      << ", pinned_memory=" << yes(o.pinned_memory()) << say(o.has_pinned_memory())
      << ", memory_format=";
  if (o.has_memory_format()) out << *o.memory_format_opt();
  else out << "(nullopt)";
  return out << ")";
}

Error::Error(std::string message, torch::Location where) : message_(std::move(message)) {
  where = torch::record::located(where);
  file_ = where.file();
  line_ = where.line();
  if (where) what_ = std::string(file_) + ":" + std::to_string(line_) + ": ";
  // "net.conv1 (Conv2d)", or the library's function around it; once.
  const std::string* scope = torch::record::surroundings().scope;
  if (scope && message_.compare(0, scope->size(), *scope) != 0) what_ += *scope + ": ";
  what_ += message_;
}
Error::Error(SourceLocation where, std::string message)
    : Error(std::move(message), torch::Location::at(where.file, static_cast<int>(where.line))) {}

}  // namespace c10

namespace caffe2 {
const char* TypeMeta::name() const {
  if (type_ == c10::ScalarType::Undefined) return "nullptr (uninitialized)";
  // as libtorch's compiler spells it
  return type_ == c10::ScalarType::Long    ? "long int"
         : type_ == c10::ScalarType::Short ? "short int"
                                           : torch::op::dtype_name(type_);
}
std::ostream& operator<<(std::ostream& out, TypeMeta type) { return out << type.name(); }
}  // namespace caffe2
