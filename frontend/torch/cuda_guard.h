/// While it lives a stream is the current one of its device, and its device the current one.
#pragma once
#include <memory>
#include <vector>

#include "frontend/tensor/array_ref.h"
#include "frontend/torch/cuda_stream.h"
#include "frontend/torch/device_guard.h"

namespace c10 {
namespace cuda {
class CUDAStreamGuard {
 public:
  explicit CUDAStreamGuard(Stream stream, WEFT_DEVICE_WHERE)
      : device_(CUDAStream(stream, where).device()),
        original_(getCurrentCUDAStream(device_.original_device().index())),
        before_(getCurrentCUDAStream(stream.device_index())),
        current_(stream) {
    setCurrentCUDAStream(current_);
  }
  ~CUDAStreamGuard() { setCurrentCUDAStream(before_); }
  CUDAStreamGuard(const CUDAStreamGuard&) = delete;
  CUDAStreamGuard& operator=(const CUDAStreamGuard&) = delete;
  void reset_stream(Stream stream, WEFT_DEVICE_WHERE) {
    const CUDAStream next(stream, where);
    setCurrentCUDAStream(before_);
    device_.reset_device(next.device());
    before_ = getCurrentCUDAStream(next.device_index());
    setCurrentCUDAStream(current_ = next);
  }
  /// Of the device that was the current one.
  CUDAStream original_stream() const { return original_; }
  CUDAStream current_stream() const { return current_; }
  Device original_device() const { return device_.original_device(); }
  Device current_device() const { return device_.current_device(); }

 private:
  CUDAGuard device_;
  CUDAStream original_, before_, current_;
};

class OptionalCUDAStreamGuard {
 public:
  explicit OptionalCUDAStreamGuard() = default;
  explicit OptionalCUDAStreamGuard(Stream stream, WEFT_DEVICE_WHERE) {
    reset_stream(stream, where);
  }
  explicit OptionalCUDAStreamGuard(std::optional<Stream> stream, WEFT_DEVICE_WHERE) {
    if (stream) reset_stream(*stream, where);
  }
  void reset_stream(Stream stream, WEFT_DEVICE_WHERE) {
    if (guard_) guard_->reset_stream(stream, where);
    else guard_.emplace(stream, where);
  }
  std::optional<CUDAStream> original_stream() const {
    return guard_ ? std::optional<CUDAStream>(guard_->original_stream()) : std::nullopt;
  }
  std::optional<CUDAStream> current_stream() const {
    return guard_ ? std::optional<CUDAStream>(guard_->current_stream()) : std::nullopt;
  }
  void reset() { guard_.reset(); }

 private:
  std::optional<CUDAStreamGuard> guard_;
};

/// Streams of several devices; the current device stays.
class CUDAMultiStreamGuard {
 public:
  explicit CUDAMultiStreamGuard(ArrayRef<CUDAStream> streams) {
    for (const CUDAStream& stream : streams) {
      before_.push_back(getCurrentCUDAStream(stream.device_index()));
      setCurrentCUDAStream(stream);
    }
  }
  ~CUDAMultiStreamGuard() {
    for (auto stream = before_.rbegin(); stream != before_.rend(); ++stream)
      setCurrentCUDAStream(*stream);
  }
  CUDAMultiStreamGuard(const CUDAMultiStreamGuard&) = delete;
  CUDAMultiStreamGuard& operator=(const CUDAMultiStreamGuard&) = delete;

 private:
  std::vector<CUDAStream> before_;
};
}  // namespace cuda
}  // namespace c10
