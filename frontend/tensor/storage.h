/// The memory behind a tensor, as programs that look at it see it. Looking pins it.
#pragma once
#include "frontend/tensor/tensor.h"

namespace c10 {
/// An address. Who owns it is the library's matter: there is no context to see.
class DataPtr {
 public:
  explicit DataPtr(void* address = nullptr, Device device = kCPU)
      : address_(address), device_(device) {}
  void* get() const { return address_; }
  void* mutable_get() const { return address_; }
  void* get_context() const { return nullptr; }
  Device device() const { return device_; }
  explicit operator bool() const { return address_ != nullptr; }

 private:
  void* address_;
  Device device_;
};

class Storage {
 public:
  Storage() = default;
  explicit Storage(const torch::TensorBase& tensor) : tensor_(tensor) {}
  explicit operator bool() const { return tensor_.defined(); }
  size_t nbytes() const;
  void* data(torch::Location where = torch::Location::current()) const;
  void* mutable_data(torch::Location where = torch::Location::current()) const {
    return data(where);
  }
  DataPtr data_ptr(torch::Location where = torch::Location::current()) const {
    return DataPtr(data(where), device());
  }
  Device device() const { return tensor_.device(); }
  bool is_alias_of(const Storage& other) const;

 private:
  torch::TensorBase tensor_;
};
}  // namespace c10

namespace torch {
using c10::Storage;
inline Storage TensorBase::storage() const { return Storage(*this); }
}  // namespace torch
