/// What libtorch's at::globalContext() answers and sets. Switches that mean nothing here keep what was
/// set.
#pragma once
#include <string>

#include "frontend/tensor/generator.h"
#include "frontend/torch/cuda.h"

namespace at {
enum class Float32MatmulPrecision { HIGHEST, HIGH, MEDIUM };

class Context {
 public:
  /// The sequence of random numbers of the process for tensors of that device.
  const torch::Generator& defaultGenerator(c10::Device device, WEFT_DEVICE_WHERE) const;
  static bool hasCUDA() { return torch::cuda::is_available(); }
  static bool hasCUDART() { return hasCUDA(); }
  static bool hasMPS() { return false; }
  static bool hasXPU() { return false; }
  static bool hasHIP() { return false; }
  static bool hasMKL() { return false; }
  static bool hasMKLDNN() { return false; }
  static bool hasLAPACK() { return false; }
  static bool hasOpenMP() { return false; }
  static bool hasCuDNN() { return false; }

  /// Whether products of f32 on GPUs may round their factors to tf32, which is false unless set.
  bool allowTF32CuBLAS() const;
  /// A barrier where it changes: what was recorded before is computed as it was allowed then.
  void setAllowTF32CuBLAS(bool allow, WEFT_DEVICE_WHERE);
  /// Convolutions are products.
  bool allowTF32CuDNN() const { return allowTF32CuBLAS(); }
  void setAllowTF32CuDNN(bool allow, WEFT_DEVICE_WHERE) { setAllowTF32CuBLAS(allow, where); }
  /// "highest": f32; "high" and "medium" allow tf32.
  Float32MatmulPrecision float32MatmulPrecision() const;
  void setFloat32MatmulPrecision(const std::string& precision, WEFT_DEVICE_WHERE);
  void setFloat32MatmulPrecision(Float32MatmulPrecision precision, WEFT_DEVICE_WHERE);

  bool userEnabledCuDNN() const { return cudnn_; }
  void setUserEnabledCuDNN(bool on) { cudnn_ = on; }
  bool benchmarkCuDNN() const { return benchmark_; }
  void setBenchmarkCuDNN(bool on) { benchmark_ = on; }
  bool deterministicCuDNN() const { return true; }
  void setDeterministicCuDNN(bool) {}
  /// All that this library computes is.
  bool deterministicAlgorithms() const { return deterministic_; }
  bool deterministicAlgorithmsWarnOnly() const { return warn_only_; }
  void setDeterministicAlgorithms(bool on, bool warn_only) {
    deterministic_ = on;
    warn_only_ = warn_only;
  }

 private:
  bool cudnn_ = true, benchmark_ = false, deterministic_ = false, warn_only_ = false;
  Float32MatmulPrecision precision_ = Float32MatmulPrecision::HIGHEST;
};
Context& globalContext();
inline bool hasCUDA() { return Context::hasCUDA(); }
inline bool hasMPS() { return Context::hasMPS(); }
inline bool hasXPU() { return Context::hasXPU(); }
inline bool hasHIP() { return Context::hasHIP(); }
void manual_seed(uint64_t seed);

/// While it lives this process computes products of f32 in f32.
struct NoTF32Guard {
  explicit NoTF32Guard(WEFT_DEVICE_WHERE);
  ~NoTF32Guard();
  NoTF32Guard(const NoTF32Guard&) = delete;

 private:
  const torch::Location where_;
};
}  // namespace at
