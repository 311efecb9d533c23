/// Pieces of CUDA C++ text, and the list of a kernel's arguments as it grows.
#pragma once
#include <string>
#include <vector>

#include "codegen/cuda/contraction/plan.h"

namespace torch {
namespace codegen {
namespace cuda {

/// The prelude's name of the type in memory; f16 and bf16 are their bits.
const char* word(DType dtype);
/// What values of it are computed in: float for f16 and bf16.
const char* value_word(DType dtype);

/// Arguments of a kernel's entry, in the order of the ABI: buffers, then numbers.
class Arguments {
 public:
  void buffer(const std::string& type, const std::string& name, BufferUse use);
  /// Adds a number and gives back its name.
  std::string number(const std::string& name, int64_t value);
  std::string declaration() const;
  const std::vector<BufferUse>& uses() const { return uses_; }
  const Numbers& values() const { return values_; }

 private:
  std::vector<std::string> buffers_, numbers_;
  std::vector<BufferUse> uses_;
  Numbers values_;
};

/// A struct of what a kernel knows of an operand: its members, and how the entry makes them.
class Members {
 public:
  void add(const std::string& type, const std::string& name, const std::string& value);
  /// An index that is the number `value`.
  void index(Arguments& arguments, const std::string& prefix, const std::string& name,
             int64_t value);
  /// A Divisor by it.
  void divisor(Arguments& arguments, const std::string& prefix, const std::string& name,
               int64_t value);
  /// Buffers and numbers that a function is called with; its call up to its first index.
  std::string call(Arguments& arguments, const std::string& prefix, const std::string& function,
                   const Function& what, BufferUse::From from);
  const std::string& declarations() const { return declarations_; }
  /// {value, value, ...}
  std::string values() const { return "{" + values_ + "}"; }

 private:
  std::string declarations_, values_;
};

/// The function's text, to be called by `name`; nothing where there is none.
std::string function_text(const Function& function, const std::string& name, bool is_wide);
/// `parts` and the entry, whose body they serve, as kernel `name`.
struct Entry {
  Arguments arguments;
  int threads, resident;
  std::string body;
};
std::string kernel_text(const std::string& name, const Entry& entry, const std::string& parts);
/// typedefs of I, the type of indices, and U, the same without a sign.
std::string index_type(bool is_wide);

/// (n * factor) >> shift is n / by for 0 <= n < 2^31: factor, and shift in the upper half.
int64_t packed_divisor(int64_t by);
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
