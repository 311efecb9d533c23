#include "tools/weft_run/inputs.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <optional>

#include "frontend/serialize/npy.h"

namespace weft_run {
namespace {
using torch::op::DType;
using torch::op::Type;
using torch::runtime::BufferRef;

// A number in a range, the same for the same seed and position on every machine (SplitMix64; Steele, Lea, Flood 2014).
uint64_t random_bits(uint64_t seed, uint64_t position) {
  uint64_t z = seed * 0xd1342543de82ef95u + (position + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

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

BufferRef make(const Type& type, const std::function<void(size_t, void*)>& set) {
  BufferRef buffer = torch::runtime::allocate(type.bytes());
  char* data = static_cast<char*>(buffer->data());
  const size_t bytes = torch::op::dtype_bytes(type.dtype), count = static_cast<size_t>(type.numel());
  for (size_t i = 0; i < count; ++i) set(i, data + i * bytes);
  return buffer;
}
// `value(i)` in the element type.
template <class Value> BufferRef make_values(const Type& type, Value&& value) {
  BufferRef buffer;
  torch::op::visit_dtype(type.dtype, [&](auto zero) {
    using T = decltype(zero);
    buffer = make(type, [&](size_t i, void* to) { *static_cast<T*>(to) = static_cast<T>(value(i)); });
  });
  return buffer;
}

// Of an element type that is an integer, bool included: the integers that it has.
std::pair<int64_t, int64_t> limits(DType dtype) {
  std::pair<int64_t, int64_t> range;
  torch::op::visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    range = {static_cast<int64_t>(std::numeric_limits<T>::min()), static_cast<int64_t>(std::numeric_limits<T>::max())};
  });
  return range;
}

class Maker {
 public:
  Maker(const Type& type, const std::string& what, std::string argument)
      : type_(type), what_(what), argument_(std::move(argument)), floating_(torch::op::is_float(type.dtype)) {}

  BufferRef run() const {
    if (what_ == "zeros") return make_values(type_, [](size_t) { return 0; });
    if (what_ == "ones") return make_values(type_, [](size_t) { return 1; });
    if (what_.rfind("random", 0) == 0 && (what_.size() == 6 || what_[6] == ':')) return random(split(what_, ':'));
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
      throw std::runtime_error(what_ + ": got " + to_string(array.type) + ", expected " + to_string(type_) + " for " + argument_);
    return std::move(array.buffer);
  }

  BufferRef everywhere(double number) const {
    if (floating_) return make_values(type_, [=](size_t) { return number; });
    const std::optional<int64_t> integer = to_integer(what_);
    if (!integer || *integer < limits(type_.dtype).first || *integer > limits(type_.dtype).second)
      wrong(range_text());
    return make_values(type_, [=](size_t) { return *integer; });
  }

  BufferRef random(const std::vector<std::string>& parts) const {
    const std::optional<int64_t> given = parts.size() > 1 ? to_integer(parts[1]) : std::nullopt;
    if (!given || (parts.size() != 2 && parts.size() != 4)) wrong("random:SEED or random:SEED:LOW:HIGH");
    const uint64_t seed = static_cast<uint64_t>(*given);
    if (floating_) return random_floats(seed, parts);
    if (parts.size() == 2 && type_.dtype != DType::Bool) wrong("random:SEED:LOW:HIGH, since the argument is of integers,");
    const std::pair<int64_t, int64_t> all = limits(type_.dtype);
    const std::optional<int64_t> low = parts.size() == 2 ? all.first : to_integer(parts[2]);
    const std::optional<int64_t> high = parts.size() == 2 ? all.second + 1 : to_integer(parts[3]);
    if (!low || !high || *low >= *high || *low < all.first || *high - 1 > all.second)
      wrong("LOW < HIGH, LOW and HIGH - 1 being " + range_text() + ",");
    const uint64_t span = static_cast<uint64_t>(*high) - static_cast<uint64_t>(*low);
    return make_values(type_, [=](size_t i) {
      const auto product = static_cast<unsigned __int128>(random_bits(seed, i)) * span;
      return static_cast<int64_t>(static_cast<uint64_t>(*low) + static_cast<uint64_t>(product >> 64));
    });
  }

  BufferRef random_floats(uint64_t seed, const std::vector<std::string>& parts) const {
    const std::optional<double> low = parts.size() == 2 ? -1.0 : to_double(parts[2]);
    const std::optional<double> high = parts.size() == 2 ? 1.0 : to_double(parts[3]);
    if (!low || !high || !std::isfinite(*low) || !std::isfinite(*high) || !(*low < *high)) wrong("numbers LOW < HIGH");
    return make_values(type_, [=](size_t i) {
      const double u = static_cast<double>(random_bits(seed, i) >> 11) * 0x1p-53;
      return *low + (*high - *low) * u;
    });
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
      expected += (i ? ", " : ": ") + (program.names[i].empty() ? "" : program.names[i] + " ") + to_string(types[i]);
    throw std::runtime_error("got " + std::to_string(inputs.size()) + " inputs, expected " + std::to_string(types.size()) + expected);
  }
  std::vector<BufferRef> buffers;
  for (size_t i = 0; i < inputs.size(); ++i) buffers.push_back(Maker(types[i], inputs[i], argument_text(program, i)).run());
  return buffers;
}
}  // namespace weft_run
