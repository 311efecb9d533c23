/// A compiled graph. Inputs and outputs are dense row-major arrays; run() may be called from
/// several threads at once.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/op/requirement.h"
#include "ir/op/type.h"

namespace torch {
namespace runtime {

/// An error that only values show (index out of range, an integer divided by 0, what else an op
/// requires). `node` is the
/// position of the op in the op::Graph.
struct ValueError : std::runtime_error {
  enum Kind : uint8_t { index, division, other };
  ValueError(size_t node, const std::string& what, Kind kind = index, int64_t value = 0)
      : std::runtime_error(what), node(node), kind(kind), value(value) {}
  size_t node;
  Kind kind;
  int64_t value;  // the index that is out of range
};

inline ValueError::Kind kind_of(op::Requirement what) {
  return op::info(what).is_index ? ValueError::index : ValueError::other;
}

/// Is told of an error in values that a device found after its results were handed out; by whoever
/// waits for the device next, on that thread. It may throw.
using LateError = std::function<void(const ValueError&)>;

class Executable {
 public:
  virtual ~Executable() = default;
  /// `inputs[i]`, `outputs[i]`: pointers to type-sized memory of the executable's device. `outputs[i]`
  /// may be null: not wanted. An output may be the memory of an input where may_alias(output, input).
  /// When it returns, the results are there.
  virtual void run(const void* const* inputs, void* const* outputs) const = 0;
  /// The same, but results may only be on their way, in the order of the device's stream.
  virtual void launch(const void* const* inputs, void* const* outputs, LateError late) const {
    static_cast<void>(late);
    run(inputs, outputs);
  }
  /// Whether output may be written over that input: every other read of the input comes before.
  virtual bool may_alias(size_t output, size_t input) const = 0;

  std::vector<op::Type> input_types, output_types;
  struct Summary {
    int kernels = 0, kernels_compiled = 0;   // that run; of them that LLVM made for it
    int launches = 0;                        // of one or of several kernels
    double passes_ms = 0, codegen_ms = 0;
    size_t arena_bytes = 0;
    bool reference = false;
  } summary;
};
}  // namespace runtime
}  // namespace torch
