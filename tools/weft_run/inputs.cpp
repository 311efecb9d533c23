#include "tools/weft_run/inputs.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

#include "frontend/serialize/npy.h"
#include "runtime/reference/values.h"

namespace weft_run {
namespace {
using torch::op::DType;
using torch::op::Type;
using torch::runtime::BufferRef;

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (char c : text) {
    if (c == at) parts.emplace_back();
    else parts.back() += c;
  }
  return parts;
}

std::optional<double> to_double(const std::string& text) {
  char* end;
  const double value = std::strtod(text.c_str(), &end);
  return text.empty() || *end ? std::nullopt : std::optional<double>(value);
}
std::optional<int64_t> to_integer(const std::string& text) {
  char* end;
  errno = 0;
  const int64_t value = std::strtoll(text.c_str(), &end, 10);
  return text.empty() || *end || errno ? std::nullopt : std::optional<int64_t>(value);
}

// Every element is `value`.
template <class Value> BufferRef make_everywhere(const Type& type, Value value) {
  BufferRef buffer = torch::runtime::allocate(type.bytes());
  torch::op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    std::fill_n(static_cast<T*>(buffer->data()), type.numel(), static_cast<T>(value));
  });
  return buffer;
}
template <class Number>
BufferRef make_random(const Type& type, uint64_t seed, Number low, Number high) {
  BufferRef buffer = torch::runtime::allocate(type.bytes());
  torch::reference::fill_random(type, seed, low, high, buffer->data());
  return buffer;
}

// Of an element type that is an integer, bool included: the integers that it has.
std::pair<int64_t, int64_t> limits(DType dtype) {
  std::pair<int64_t, int64_t> range;
  torch::op::visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    range = {static_cast<int64_t>(std::numeric_limits<T>::min()),
             static_cast<int64_t>(std::numeric_limits<T>::max())};
  });
  return range;
}

class Maker {
 public:
  Maker(const Type& type, const std::string& what, std::string argument)
      : type_(type),
        what_(what),
        argument_(std::move(argument)),
        floating_(torch::op::is_float(type.dtype)) {}

  BufferRef run() const {
    if (what_ == "zeros") return make_everywhere(type_, 0);
    if (what_ == "ones") return make_everywhere(type_, 1);
    if (what_.rfind("random", 0) == 0 && (what_.size() == 6 || what_[6] == ':'))
      return random(split(what_, ':'));
    if (std::optional<double> number = to_double(what_)) return everywhere(*number);
    return file();
  }

 private:
  [[noreturn]] void wrong(const std::string& expected) const {
    throw std::runtime_error("got " + what_ + ", expected " + expected + " for " + argument_);
  }

  BufferRef file() const {
    torch::serialize::Array array = torch::serialize::load_npy(what_);
    if (array.type != type_)
      throw std::runtime_error(what_ + ": got " + to_string(array.type) + ", expected " +
                               to_string(type_) + " for " + argument_);
    return std::move(array.buffer);
  }

  BufferRef everywhere(double number) const {
    if (floating_) return make_everywhere(type_, number);
    const std::optional<int64_t> integer = to_integer(what_);
    if (!integer || *integer < limits(type_.dtype).first || *integer > limits(type_.dtype).second)
      wrong(range_text());
    return make_everywhere(type_, *integer);
  }

  BufferRef random(const std::vector<std::string>& parts) const {
    const std::optional<int64_t> given = parts.size() > 1 ? to_integer(parts[1]) : std::nullopt;
    if (!given || (parts.size() != 2 && parts.size() != 4))
      wrong("random:SEED or random:SEED:LOW:HIGH");
    const uint64_t seed = static_cast<uint64_t>(*given);
    if (floating_) return random_floats(seed, parts);
    if (parts.size() == 2 && type_.dtype != DType::Bool)
      wrong("random:SEED:LOW:HIGH, since the argument is of integers,");
    const std::pair<int64_t, int64_t> all = limits(type_.dtype);
    const std::optional<int64_t> low = parts.size() == 2 ? all.first : to_integer(parts[2]);
    const std::optional<int64_t> high = parts.size() == 2 ? all.second + 1 : to_integer(parts[3]);
    if (!low || !high || *low >= *high || *low < all.first || *high - 1 > all.second)
      wrong("LOW < HIGH, LOW and HIGH - 1 being " + range_text() + ",");
    return make_random(type_, seed, *low, *high);
  }

  BufferRef random_floats(uint64_t seed, const std::vector<std::string>& parts) const {
    const std::optional<double> low = parts.size() == 2 ? -1.0 : to_double(parts[2]);
    const std::optional<double> high = parts.size() == 2 ? 1.0 : to_double(parts[3]);
    if (!low || !high || !std::isfinite(*low) || !std::isfinite(*high) || !(*low < *high))
      wrong("numbers LOW < HIGH");
    return make_random(type_, seed, *low, *high);
  }

  std::string range_text() const {
    const std::pair<int64_t, int64_t> all = limits(type_.dtype);
    return "integers from " + std::to_string(all.first) + " to " + std::to_string(all.second);
  }

  const Type& type_;
  const std::string& what_;
  std::string argument_;
  bool floating_;
};

std::string argument_text(const Program& program, size_t i) {
  const std::string& name = program.names[i];
  return "argument " + std::to_string(i + 1) + (name.empty() ? "" : " (" + name + ")");
}
}  // namespace

std::vector<BufferRef> make_inputs(const Program& program, const std::vector<std::string>& inputs) {
  const std::vector<Type>& types = program.graph.inputs;
  if (inputs.size() != types.size()) {
    std::string expected;
    for (size_t i = 0; i < types.size(); ++i)
      expected += (i ? ", " : ": ") + (program.names[i].empty() ? "" : program.names[i] + " ") +
                  to_string(types[i]);
    throw std::runtime_error("got " + std::to_string(inputs.size()) + " inputs, expected " +
                             std::to_string(types.size()) + expected);
  }
  std::vector<BufferRef> buffers;
  for (size_t i = 0; i < inputs.size(); ++i)
    buffers.push_back(Maker(types[i], inputs[i], argument_text(program, i)).run());
  return buffers;
}
}  // namespace weft_run
