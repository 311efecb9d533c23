// Devices as the program names them, and values on their way from one to another.
#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/to_copy.h"
#include "frontend/record/attach.h"
#include "frontend/record/eval.h"
#include "frontend/record/trace.h"
#include "frontend/record/transfer.h"
#include "frontend/tensor/compute_inside.h"
#include "runtime/cuda/device.h"
#include "runtime/cuda/nvrtc.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace {
const std::string& asked_device() {
  record::Trace::mine();  // has checked the knobs
  return runtime::knobs().device;
}
}  // namespace

record::Home home_for(const Device& device, const How& how) {
  if (device.is_cpu()) return record::kHost;
  const char* what = how.what ? how.what : "device";
  if (!device.is_cuda())
    refuse(how.where, what, "device '", device.str(),
           "' is not available: this library is not linked with support for ",
           DeviceTypeName(device.type(), true), " devices; expected cpu or cuda");
  const int count = runtime::cuda::device_count();
  if (count == 0)
    refuse(how.where, what, "device '", device.str(),
           "' is not available: No CUDA GPUs are available: ", runtime::cuda::absence());
  if (!runtime::cuda::nvrtc())
    refuse(how.where, what, "device '", device.str(),
           "' is not available: ", runtime::cuda::nvrtc_absence());
  const int index = device.has_index() ? device.index() : runtime::cuda::current_device();
  if (index >= count)
    refuse(how.where, what, "CUDA error: invalid device ordinal: device '", device.str(),
           "' was asked for; there ", count == 1 ? "is " : "are ", count,
           count == 1 ? " GPU" : " GPUs");
  return record::home_of({c10::DeviceType::CUDA, static_cast<int8_t>(index)});
}

record::Home home_for(const TensorOptions& options, const How& how) {
  if (options.has_device() || !how.where || asked_device().empty())
    return home_for(options.device(), how);
  return home_for(Device(asked_device()), how);
}

Tensor record::where_asked(const Tensor& t) {
  if (asked_device().empty() || !t.defined() || !t.is_cpu()) return t;
  NoGradGuard no_grad;
  return t.to(Device(asked_device()), t.scalar_type());
}

Value across(const Value& v, record::Home to, const How& how, bool may_wait) {
  if (v->lives() == to) return v;
  if (v->lives() == record::kAnywhere) {
    record::settle_in(v, to);
    return v;
  }
  if (v->carries && GradMode::is_enabled()) return autograd::to_copy(v, to, how, may_wait);
  return record::transferred(record::bare(v, how.where), to, may_wait, how.where);
}
}  // namespace torch
