#include "frontend/tensor/dlpack.h"

#include <dlpack/dlpack.h>

#include <algorithm>

#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"

namespace {
using torch::Location;
using torch::ScalarType;
using torch::Tensor;

DLDataType to_dl(ScalarType type) {
  const torch::op::DTypeInfo& row = *torch::op::find_dtype(type);
  DLDataType result = {kDLInt, static_cast<uint8_t>(row.bytes * 8), 1};
  if (type == ScalarType::BFloat16) result.code = kDLBfloat;
  else if (row.is_float) result.code = kDLFloat;
  else if (!row.is_signed) result.code = kDLUInt;  // bool too, as a byte
  return result;
}

ScalarType from_dl(DLDataType type, Location where) {
  if (type.lanes == 1)
    for (int i = 0; i < static_cast<int>(ScalarType::Undefined); ++i) {
      const auto candidate = static_cast<ScalarType>(i);
      if (!torch::op::find_dtype(candidate) || candidate == ScalarType::Bool) continue;
      const DLDataType own = to_dl(candidate);
      if (own.code == type.code && own.bits == type.bits) return candidate;
    }
  torch::refuse(where, "fromDLPack",
                c10::str("unsupported element type: code ", int(type.code), ", ", int(type.bits),
                         " bits, ", type.lanes, " lanes"));
}

struct Held {
  Tensor tensor;
  std::vector<int64_t> sizes, strides;
  DLManagedTensor managed;
};
}  // namespace

DLManagedTensor* at::toDLPack(const Tensor& tensor, Location where) {
  torch::require(tensor, torch::How(where, nullptr, "toDLPack"));
  if (tensor.requires_grad())
    torch::refuse(where, "toDLPack",
                  "Can't export tensors that require gradient, use tensor.detach()");
  auto* held = new Held{tensor.detach(), tensor.sizes().vec(), tensor.strides().vec(), {}};
  DLTensor& t = held->managed.dl_tensor;
  t.data = held->tensor.mutable_data_ptr(where);
  t.device = {tensor.is_cuda() ? kDLCUDA : kDLCPU, std::max<int32_t>(tensor.get_device(), 0)};
  t.ndim = static_cast<int>(tensor.dim());
  t.dtype = to_dl(tensor.scalar_type());
  t.shape = held->sizes.data();
  t.strides = held->strides.data();
  t.byte_offset = 0;
  held->managed.manager_ctx = held;
  held->managed.deleter = [](DLManagedTensor* managed) {
    delete static_cast<Held*>(managed->manager_ctx);
  };
  return &held->managed;
}

Tensor at::fromDLPack(DLManagedTensor* managed, Location where) {
  const DLTensor& t = managed->dl_tensor;
  const bool on_gpu = t.device.device_type == kDLCUDA;
  if (!on_gpu && t.device.device_type != kDLCPU && t.device.device_type != kDLCUDAHost)
    torch::refuse(where, "fromDLPack",
                  c10::str("memory of DLPack's device type ", int(t.device.device_type),
                           ", expected the CPU's (1), CUDA's (2) or that of CUDA's host (3)"));
  const torch::IntArrayRef sizes(t.shape, static_cast<size_t>(t.ndim)),
      strides(t.strides, static_cast<size_t>(t.strides ? t.ndim : 0));
  for (const int64_t stride : strides)
    if (stride < 0) torch::refuse(where, "fromDLPack", "negative strides are not supported");
  auto let_go = [managed](void*) {
    if (managed->deleter) managed->deleter(managed);
  };
  torch::TensorOptions options = from_dl(t.dtype, where);
  if (on_gpu) options = options.device(torch::kCUDA, static_cast<int8_t>(t.device.device_id));
  void* data = static_cast<char*>(t.data) + t.byte_offset;
  return t.strides ? torch::from_blob(data, sizes, strides, let_go, options, where)
                   : torch::from_blob(data, sizes, let_go, options, where);
}
