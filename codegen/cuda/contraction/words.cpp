#include "codegen/cuda/contraction/words.h"

namespace torch {
namespace codegen {
namespace cuda {

// Integers wrap: without a sign, which no product or sum of them asks for. A bool is a byte, as for
// codegen/cuda/print.
const char* word(DType dtype) {
  switch (dtype) {
    case DType::Bool:
    case DType::Byte:
    case DType::Char: return "u8";
    case DType::Short:
    case DType::Half:
    case DType::BFloat16: return "u16";
    case DType::Int: return "u32";
    case DType::Long: return "u64";
    case DType::Double: return "double";
    default: return "float";
  }
}
const char* value_word(DType dtype) { return op::is_half(dtype) ? "float" : word(dtype); }

int64_t packed_divisor(int64_t by) {
  if (by <= 0 || by >= int64_t(1) << 31) return 0;
  int log = 0;
  while ((int64_t(1) << log) < by) ++log;
  const int shift = 31 + log;
  const auto factor = static_cast<int64_t>(
      ((static_cast<unsigned __int128>(1) << shift) + static_cast<unsigned __int128>(by) - 1) /
      static_cast<unsigned __int128>(by));
  return factor | static_cast<int64_t>(shift) << 32;
}

// In a namespace of its own: two functions may call others of equal names.
std::string function_text(const Function& f, const std::string& name, bool is_wide) {
  if (!f.text) return "";
  return "namespace for_" + name + " {\n" + f.text(name, is_wide) + "}\nusing for_" + name +
         "::" + name + ";\n";
}
std::string index_type(bool is_wide) {
  return is_wide ? "typedef i64 I;\ntypedef u64 U;\n" : "typedef int I;\ntypedef u32 U;\n";
}
std::string kernel_text(const std::string& name, const Entry& entry, const std::string& parts) {
  const std::string space = name + "_parts";
  return "namespace " + space + " {\n" + parts + "}  // namespace " + space +
         "\nextern \"C\" __global__ void __launch_bounds__(" + std::to_string(entry.threads) +
         ", " + std::to_string(entry.resident) + ")\n" + name + "(" +
         entry.arguments.declaration() + ") {\n  using namespace " + space + ";\n" + entry.body +
         "}\n";
}

void Arguments::buffer(const std::string& type, const std::string& name, BufferUse use) {
  buffers_.push_back(type + "* " + name);
  uses_.push_back(use);
}
std::string Arguments::number(const std::string& name, int64_t value) {
  numbers_.push_back("i64 " + name);
  values_.push_back(value);
  return name;
}
std::string Arguments::declaration() const {
  std::string all;
  for (const auto* list : {&buffers_, &numbers_})
    for (const std::string& one : *list) all += (all.empty() ? "" : ", ") + one;
  return all;
}

void Members::add(const std::string& type, const std::string& name, const std::string& value) {
  declarations_ += "  " + type + " " + name + ";\n";
  values_ += (values_.empty() ? "" : ", ") + value;
}
void Members::index(Arguments& arguments, const std::string& prefix, const std::string& name,
                    int64_t value) {
  add("I", name, "static_cast<I>(" + arguments.number(prefix + name, value) + ")");
}
void Members::divisor(Arguments& arguments, const std::string& prefix, const std::string& name,
                      int64_t value) {
  const std::string by = arguments.number(prefix + name, value);
  add("Divisor", name,
      "Divisor(" + by + ", " + arguments.number(by + "_packed", packed_divisor(value)) + ")");
}
std::string Members::call(Arguments& arguments, const std::string& prefix,
                          const std::string& function, const Function& what, BufferUse::From from) {
  std::string call = function + "(";
  for (unsigned i = 0; i < what.buffers.size(); ++i) {
    const std::string name = prefix + std::to_string(i), type = word(what.buffers[i]);
    arguments.buffer(type, name, {from, i});
    add(type + "*", name, name);
    call += name + ", ";
  }
  for (unsigned i = 0; i < what.params.size(); ++i) {
    const std::string name = prefix + "p" + std::to_string(i);
    add("i64", name, arguments.number(name, what.params[i]));
    call += name + ", ";
  }
  return call;
}
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
