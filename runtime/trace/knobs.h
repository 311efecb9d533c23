/// What can be set from outside, in one place: environment variables, read once, and the same by
/// API.
#pragma once
#include <cstdint>
#include <string>

namespace torch {
namespace runtime {

struct Knobs {
  /// WEFT_THREADS: threads that compute, the calling one among them. 0: as many as there are
  /// physical cores that affinity and container quota leave to the process.
  int threads = 0;
  /// WEFT_TIER=auto|reference|compile: where graphs run. auto: tiny and new ones in the reference
  /// tier.
  enum class Tier : uint8_t { automatic, reference, compile } tier = Tier::automatic;
  /// WEFT_CPU=native|x86-64|x86-64-v2|x86-64-v3|x86-64-v4: what generated code may use.
  std::string cpu = "native";
  /// WEFT_VERIFY=off|end|each: end compares the results of each run with the reference tier, each
  /// the program that each pass leaves, too.
  enum class Verify : uint8_t { off, end, each } verify = Verify::off;
  /// WEFT_FUSE=0|1: 0 puts each op into a kernel of its own; the bits are the same.
  bool fuse = true;
  /// WEFT_GUARD=0|1|2: every buffer ends (1) at an inaccessible page or starts (2) right behind
  /// one, and is full of nan.
  enum class Guard : uint8_t { off, end, start } guard = Guard::off;
  /// WEFT_CUDA=auto|off|emulate: whether a GPU is looked for; emulate: its kernels run on the CPU.
  enum class Cuda : uint8_t { automatic, off, emulate } cuda = Cuda::automatic;
  /// WEFT_DEVICE: where tensors that a program makes without a word about it live ("cuda:1"); empty: on
  /// the host. For running a program's tests on another device.
  std::string device;
  /// WEFT_CUDA_GRAPHS=0|1: 0 launches the kernels of a step one by one.
  bool cuda_graphs = true;
  /// WEFT_CUDA_CACHE: folder of the kernels that were compiled for GPUs; "off": none is kept.
  std::string cuda_cache;
  /// WEFT_MATMUL=auto|own|cublaslt: who multiplies matrices on a GPU.
  enum class Matmul : uint8_t { automatic, own, cublaslt } matmul = Matmul::automatic;
  /// WEFT_TUNE=0|1: 1 lets `auto` measure on the GPU who is faster, once for each product; 0: a
  /// rule says it.
  bool tune = true;
  /// WEFT_LOG: comma separated names of what is printed to stderr: compiles barriers kernels
  /// memory cuda, or all.
  std::string log;
  /// WEFT_DUMP: folder that receives the IR of each phase.
  std::string dump;

  bool guards() const { return guard != Guard::off; }
  bool logs(const char* what) const;
};

/// The knobs in force. Throws std::invalid_argument while a variable of the environment makes no
/// sense.
const Knobs& knobs();
/// Replaces them; what was derived from the old ones (thread count, guard of later buffers)
/// follows.
void set_knobs(const Knobs& value);
/// The knobs that `lookup(name)` gives, null where a variable is not set; throws
/// std::invalid_argument.
Knobs parse_knobs(const char* (*lookup)(const char* name));
}  // namespace runtime
}  // namespace torch
