#include "frontend/torch/context.h"

#include "frontend/record/evaluate.h"
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

namespace {
// Graphs are compiled for what is allowed when they are evaluated.
void evaluate_before_change(Location where) {
  if (hasCUDA()) torch::record::evaluate_all({"a change of allow_tf32", where});
}
void allow_tf32(bool allow, Location where) {
  if (allow == runtime::tf32_allowed) return;
  if (runtime::tf32_guards == 0) evaluate_before_change(where);
  runtime::tf32_allowed = allow;
}
}  // namespace
bool Context::allowTF32CuBLAS() const { return runtime::allow_tf32(); }
void Context::setAllowTF32CuBLAS(bool allow, Location where) {
  setFloat32MatmulPrecision(allow ? Float32MatmulPrecision::HIGH : Float32MatmulPrecision::HIGHEST,
                            where);
}
Float32MatmulPrecision Context::float32MatmulPrecision() const { return precision_; }
void Context::setFloat32MatmulPrecision(Float32MatmulPrecision precision, Location where) {
  allow_tf32(precision != Float32MatmulPrecision::HIGHEST, where);
  precision_ = precision;
}
void Context::setFloat32MatmulPrecision(const std::string& precision, Location where) {
  using P = Float32MatmulPrecision;
  if (precision == "highest") return setFloat32MatmulPrecision(P::HIGHEST, where);
  if (precision == "high") return setFloat32MatmulPrecision(P::HIGH, where);
  if (precision == "medium") return setFloat32MatmulPrecision(P::MEDIUM, where);
  torch::refuse(where, "setFloat32MatmulPrecision", "\"", precision,
                "\" is none of highest, high, medium");
}

Context& globalContext() {
  static Context context;
  return context;
}
void manual_seed(uint64_t seed) { torch::manual_seed(seed); }

NoTF32Guard::NoTF32Guard(Location where) : where_(where) {
  if (runtime::allow_tf32()) evaluate_before_change(where);
  ++runtime::tf32_guards;
}
NoTF32Guard::~NoTF32Guard() {
  try {
    if (runtime::tf32_guards == 1 && runtime::tf32_allowed) evaluate_before_change(where_);
  } catch (const std::exception&) {  // raised again where what failed is read
  }
  --runtime::tf32_guards;
}
}  // namespace at
