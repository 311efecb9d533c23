/// What every tensor has before any op: identity, shape, type, memory and its part in autograd. A
/// Tensor is a counted reference; copies are the same tensor. Ops are recorded, not run; shapes,
/// dtypes and errors are known at once, values when somebody looks.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "frontend/tensor/options.h"
#include "frontend/tensor/warning.h"

namespace c10 {
class TensorImpl;  // frontend/autograd/view_meta.h
}

namespace c10 {
class Storage;
}
namespace torch {
class Tensor;
template <class T, size_t N> class TensorAccessor;
using TensorList = c10::ArrayRef<Tensor>;

namespace autograd {
struct Node;
}
namespace record {
struct TensorImpl;
/// The count that the public handle needs to see; the rest of a tensor is the recorder's.
struct Counted {
  std::atomic<uint32_t> references{0};
};
void destroy(TensorImpl*);
/// Pointers of a TensorImpl to its count and back; TensorImpl begins with it.
inline Counted* counted(TensorImpl* t) { return reinterpret_cast<Counted*>(t); }
}  // namespace record

class TensorBase {
 public:
  TensorBase() = default;
  explicit TensorBase(record::TensorImpl* impl) : impl_(impl) { retain(); }
  TensorBase(const TensorBase& o) : impl_(o.impl_) { retain(); }
  TensorBase(TensorBase&& o) noexcept : impl_(o.impl_) { o.impl_ = nullptr; }
  TensorBase& operator=(const TensorBase& o) {
    TensorBase(o).swap(*this);
    return *this;
  }
  TensorBase& operator=(TensorBase&& o) noexcept {
    TensorBase(std::move(o)).swap(*this);
    return *this;
  }
  ~TensorBase() { release(); }

  // Identity
  bool defined() const { return impl_ != nullptr; }
  bool is_same(const TensorBase& other) const { return impl_ == other.impl_; }
  void reset() { TensorBase().swap(*this); }
  size_t use_count() const { return impl_ ? record::counted(impl_)->references.load() : 0; }
  /// What all handles of one tensor share; opaque but for c10::TensorImpl's few functions.
  c10::TensorImpl* unsafeGetTensorImpl() const {
    return reinterpret_cast<c10::TensorImpl*>(impl_);
  }
  const std::string& name() const;

  // Shape
  IntArrayRef sizes() const;
  IntArrayRef strides() const;
  /// Size along `dim`, which may count from the end.
  int64_t size(int64_t dim, Location where = Location::current()) const;
  int64_t stride(int64_t dim, Location where = Location::current()) const;
  int64_t dim() const;
  int64_t ndimension() const { return dim(); }
  int64_t numel() const;
  /// In elements from the start of the storage.
  int64_t storage_offset() const;
  bool is_contiguous(MemoryFormat format = MemoryFormat::Contiguous) const;
  bool is_non_overlapping_and_dense() const;

  // Type
  caffe2::TypeMeta dtype() const { return scalar_type(); }
  ScalarType scalar_type() const;
  Device device() const;
  /// The device's index; -1 on the CPU.
  c10::DeviceIndex get_device() const { return device().is_cpu() ? -1 : device().index(); }
  Layout layout() const { return kStrided; }
  TensorOptions options() const;
  size_t element_size() const { return c10::elementSize(scalar_type()); }
  size_t itemsize() const { return element_size(); }
  size_t nbytes() const { return static_cast<size_t>(numel()) * element_size(); }
  bool is_floating_point() const { return c10::isFloatingType(scalar_type()); }
  bool is_complex() const { return c10::isComplexType(scalar_type()); }
  bool is_signed() const { return c10::isSignedType(scalar_type()); }
  bool is_cpu() const { return device().is_cpu(); }
  bool is_cuda() const { return device().is_cuda(); }
  bool is_mps() const { return device().is_mps(); }
  bool is_xpu() const { return false; }
  bool is_sparse() const { return false; }
  bool is_quantized() const { return false; }
  bool is_mkldnn() const { return false; }
  bool is_meta() const { return false; }
  bool is_conj() const { return false; }
  bool is_neg() const { return false; }
  bool is_inference() const { return false; }
  /// Whether its memory, the host's, is pinned: a GPU can copy it while the program goes on.
  bool is_pinned(optional<Device> device = nullopt) const;
  c10::Storage storage() const;  // frontend/tensor/storage.h
  bool has_storage() const { return defined(); }
  /// "CPUFloatType".
  std::string toString() const;

  // Memory. Every address that is given out pins the tensor's memory (frontend/record/exposed.h).
  void* data_ptr(Location where = Location::current()) const { return mutable_data_ptr(where); }
  void* mutable_data_ptr(Location where = Location::current()) const;
  const void* const_data_ptr(Location where = Location::current()) const;
  template <class T> T* data_ptr(Location where = Location::current()) const {
    if constexpr (std::is_const<T>::value) return const_data_ptr<std::remove_const_t<T>>(where);
    else return static_cast<T*>(typed_data(CppTypeToScalarType<T>::value, true, where));
  }
  template <class T> T* mutable_data_ptr(Location where = Location::current()) const {
    return data_ptr<T>(where);
  }
  template <class T> const T* const_data_ptr(Location where = Location::current()) const {
    return static_cast<const T*>(typed_data(CppTypeToScalarType<T>::value, false, where));
  }
  template <class T, size_t N>
  TensorAccessor<T, N> accessor(Location where = Location::current()) const;
  /// The one element as a number. Evaluates.
  Scalar item(Location where = Location::current()) const;
  template <class T> T item(Location where = Location::current()) const {
    return item(where).to<T>(where);
  }

  // Autograd
  bool requires_grad() const;
  bool is_leaf() const;
  bool is_view() const;
  bool retains_grad() const;
  int64_t output_nr() const;
  uint32_t _version() const;
  /// The op that made this tensor, as autograd sees it; null for leaves.
  std::shared_ptr<autograd::Node> grad_fn() const;

 protected:
  void swap(TensorBase& o) noexcept { std::swap(impl_, o.impl_); }
  record::TensorImpl* impl_ = nullptr;

 private:
  void* typed_data(ScalarType wanted, bool writable, Location where) const;
  void retain() const {
    if (impl_) record::counted(impl_)->references.fetch_add(1, std::memory_order_relaxed);
  }
  void release() {
    if (impl_ && record::counted(impl_)->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
      record::destroy(impl_);
    impl_ = nullptr;
  }
};
}  // namespace torch
