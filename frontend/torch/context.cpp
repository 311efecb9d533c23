#include "frontend/torch/context.h"

#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "runtime/device/precision.h"

namespace at {
using torch::How;
using torch::Location;
namespace runtime = torch::runtime;

const torch::Generator& Context::defaultGenerator(c10::Device device, Location where) const {
  torch::home_for(device, How(where, nullptr, "defaultGenerator"));
  return device.is_cuda() ? torch::detail::getDefaultCUDAGenerator(device.index())
                          : torch::detail::getDefaultCPUGenerator();
}

bool Context::allowTF32CuBLAS() const { return runtime::allow_tf32(); }
void Context::setAllowTF32CuBLAS(bool allow) {
  setFloat32MatmulPrecision(allow ? Float32MatmulPrecision::HIGH : Float32MatmulPrecision::HIGHEST);
}
Float32MatmulPrecision Context::float32MatmulPrecision() const { return precision_; }
void Context::setFloat32MatmulPrecision(Float32MatmulPrecision precision) {
  precision_ = precision;
  runtime::tf32_allowed = precision != Float32MatmulPrecision::HIGHEST;
}
void Context::setFloat32MatmulPrecision(const std::string& precision, Location where) {
  if (precision == "highest") return setFloat32MatmulPrecision(Float32MatmulPrecision::HIGHEST);
  if (precision == "high") return setFloat32MatmulPrecision(Float32MatmulPrecision::HIGH);
  if (precision == "medium") return setFloat32MatmulPrecision(Float32MatmulPrecision::MEDIUM);
  torch::refuse(where, "setFloat32MatmulPrecision", "\"", precision,
                "\" is none of highest, high, medium");
}

Context& globalContext() {
  static Context context;
  return context;
}
void manual_seed(uint64_t seed) { torch::manual_seed(seed); }

NoTF32Guard::NoTF32Guard() : before_(runtime::allow_tf32()) { runtime::tf32_allowed = false; }
NoTF32Guard::~NoTF32Guard() { runtime::tf32_allowed = before_; }
}  // namespace at
