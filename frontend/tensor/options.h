/// How a new tensor is to be: dtype, layout, device, requires_grad; what is not said takes the
/// default.
#pragma once
#include <optional>
#include <type_traits>

#include "frontend/tensor/array_ref.h"
#include "frontend/tensor/device.h"
#include "frontend/tensor/scalar.h"

namespace c10 {
enum class Layout : int8_t { Strided = 0, Sparse = 1 };
constexpr Layout kStrided = Layout::Strided, kSparse = Layout::Sparse;
enum class MemoryFormat : int8_t {
  Contiguous = 0,
  Preserve = 1,
  ChannelsLast = 2,
  ChannelsLast3d = 3
};
std::ostream& operator<<(std::ostream& out, Layout layout);
std::ostream& operator<<(std::ostream& out, MemoryFormat format);

class TensorOptions {
 public:
  TensorOptions() = default;
  TensorOptions(ScalarType dtype) : dtype_(dtype) {}
  TensorOptions(caffe2::TypeMeta dtype) : dtype_(dtype.toScalarType()) {}
  TensorOptions(Layout layout) : layout_(layout) {}
  TensorOptions(MemoryFormat format) : memory_format_(format) {}
  /// A template, so that braces of a kind and an index are not a Device first.
  template <class T, std::enable_if_t<std::is_same<std::decay_t<T>, Device>::value, int> = 0>
  TensorOptions(T&& device) : device_(device) {}
  TensorOptions(DeviceType type) : device_(Device(type)) {}
  TensorOptions(DeviceType type, int64_t index)
      : device_(Device(type, static_cast<DeviceIndex>(index))) {}
  TensorOptions(const std::string& device) : device_(Device(device)) {}
  /// A template, so that the number 0 is no device's name.
  template <class T, class = std::enable_if_t<std::is_convertible<T, const char*>::value>>
  TensorOptions(T&& device) : device_(Device(static_cast<const char*>(device))) {}

  TensorOptions dtype(std::optional<ScalarType> dtype) const {
    return with(&TensorOptions::dtype_, dtype);
  }
  TensorOptions dtype(ScalarType dtype) const {
    return with(&TensorOptions::dtype_, std::optional<ScalarType>(dtype));
  }
  TensorOptions dtype(caffe2::TypeMeta dtype) const { return this->dtype(dtype.toScalarType()); }
  template <class T> TensorOptions dtype() const { return dtype(CppTypeToScalarType<T>::value); }
  TensorOptions device(std::optional<Device> device) const {
    return with(&TensorOptions::device_, device);
  }
  TensorOptions device(Device device) const {
    return with(&TensorOptions::device_, std::optional<Device>(device));
  }
  TensorOptions device(DeviceType type, DeviceIndex index = -1) const {
    return device(Device(type, index));
  }
  TensorOptions device_index(DeviceIndex index) const { return device(Device(kCUDA, index)); }
  TensorOptions layout(std::optional<Layout> layout) const {
    return with(&TensorOptions::layout_, layout);
  }
  TensorOptions requires_grad(std::optional<bool> value) const {
    return with(&TensorOptions::requires_grad_, value);
  }
  TensorOptions pinned_memory(std::optional<bool> value) const {
    return with(&TensorOptions::pinned_memory_, value);
  }
  TensorOptions memory_format(std::optional<MemoryFormat> value) const {
    return with(&TensorOptions::memory_format_, value);
  }

  caffe2::TypeMeta dtype() const { return dtype_ ? *dtype_ : get_default_dtype_as_scalartype(); }
  Device device() const { return device_ ? *device_ : Device(kCPU); }
  DeviceIndex device_index() const { return device().index(); }
  Layout layout() const { return layout_.value_or(kStrided); }
  bool requires_grad() const { return requires_grad_.value_or(false); }
  bool pinned_memory() const { return pinned_memory_.value_or(false); }
  bool has_dtype() const { return dtype_.has_value(); }
  bool has_device() const { return device_.has_value(); }
  bool has_layout() const { return layout_.has_value(); }
  bool has_requires_grad() const { return requires_grad_.has_value(); }
  bool has_pinned_memory() const { return pinned_memory_.has_value(); }
  bool has_memory_format() const { return memory_format_.has_value(); }
  std::optional<caffe2::TypeMeta> dtype_opt() const {
    return dtype_ ? std::optional<caffe2::TypeMeta>(*dtype_) : std::nullopt;
  }
  std::optional<Device> device_opt() const { return device_; }
  std::optional<Layout> layout_opt() const { return layout_; }
  std::optional<bool> requires_grad_opt() const { return requires_grad_; }
  std::optional<bool> pinned_memory_opt() const { return pinned_memory_; }
  std::optional<MemoryFormat> memory_format_opt() const { return memory_format_; }
  bool is_sparse() const { return layout() == kSparse; }
  bool type_equal(const TensorOptions& o) const {
    return dtype() == o.dtype() && device() == o.device();
  }
  /// `other` where it says something, this where not.
  TensorOptions merge_in(TensorOptions other) const;

 private:
  template <class T> TensorOptions with(T TensorOptions::*field, T value) const {
    TensorOptions r = *this;
    r.*field = value;
    return r;
  }
  std::optional<ScalarType> dtype_;
  std::optional<Device> device_;
  std::optional<Layout> layout_;
  std::optional<bool> requires_grad_, pinned_memory_;
  std::optional<MemoryFormat> memory_format_;
};
std::ostream& operator<<(std::ostream& out, const TensorOptions& options);

inline TensorOptions dtype(caffe2::TypeMeta dtype) { return TensorOptions().dtype(dtype); }
inline TensorOptions dtype(ScalarType dtype) { return TensorOptions().dtype(dtype); }
template <class T> TensorOptions dtype() { return TensorOptions().dtype<T>(); }
inline TensorOptions layout(Layout layout) { return TensorOptions().layout(layout); }
inline TensorOptions device(Device device) { return TensorOptions().device(device); }
inline TensorOptions device_index(DeviceIndex index) { return TensorOptions().device_index(index); }
inline TensorOptions requires_grad(bool value = true) {
  return TensorOptions().requires_grad(value);
}
inline TensorOptions memory_format(MemoryFormat format) {
  return TensorOptions().memory_format(format);
}
}  // namespace c10
