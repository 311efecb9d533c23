#include "codegen/cuda/contraction/fill.h"

#include "codegen/cuda/contraction/skeleton.h"
#include "codegen/cuda/contraction/words.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace {
constexpr int kThreads = 256;
constexpr int kAlignment = 16;  // of temporaries

// The dims in the order in which they lie in memory.
std::vector<size_t> order_of(const Operand& o) {
  std::vector<size_t> order;
  for (size_t d = 0; d < o.sizes.size(); ++d)
    if (static_cast<int>(d) != o.contiguous) order.push_back(d);
  if (o.contiguous >= 0) order.push_back(static_cast<size_t>(o.contiguous));
  return order;
}
int64_t count(const Operand& o) {
  int64_t n = 1;
  for (int64_t size : o.sizes) n *= size;
  return n;
}
// Elements of a thread, 8 bytes at most: reads are of neighbours, too.
int vector_of(const Operand& o, int64_t innermost) {
  int v = 8 / static_cast<int>(op::dtype_bytes(o.dtype));
  while (innermost % v != 0) v /= 2;
  return v;
}
}  // namespace

Operand dense(const Operand& operand) {
  Operand out;
  out.dtype = operand.dtype;
  out.sizes = operand.sizes;
  out.strides.assign(operand.sizes.size(), 0);
  out.alignment = kAlignment;
  const std::vector<size_t> order = order_of(operand);
  int64_t stride = 1;
  for (size_t i = order.size(); i-- > 0; stride *= operand.sizes[order[i]])
    out.strides[order[i]] = stride;
  return out;
}
int64_t dense_bytes(const Operand& operand) {
  return count(operand) * static_cast<int64_t>(op::dtype_bytes(operand.dtype));
}

Operand relaid(const Operand& operand, int contiguous) {
  Operand out = operand;
  out.strides.clear();
  out.contiguous = contiguous;
  const std::string type = word(operand.dtype);
  out.function.buffers = {operand.dtype};
  out.function.params = {operand.offset};
  out.function.params.insert(out.function.params.end(), operand.strides.begin(),
                             operand.strides.end());
  out.function.key = "strided " + type + " " + std::to_string(operand.sizes.size());
  out.function.text = [type, rank = operand.sizes.size()](const std::string& name, bool is_wide) {
    std::string parameters, indices, at = "offset";
    for (size_t d = 0; d < rank; ++d) {
      const std::string n = std::to_string(d);
      parameters += ", i64 s" + n;
      indices += std::string(", ") + (is_wide ? "i64" : "int") + " i" + n;
      at += " + i" + n + " * s" + n;
    }
    return "WEFT_INLINE " + type + " " + name + "(const " + type + "* x, i64 offset" + parameters +
           indices + ") {\n  return x[" + at + "];\n}\n";
  };
  return out;
}

Launch fill_launch(const Operand& operand, BufferUse::From from, unsigned temporary, bool is_wide) {
  const std::string name = from == BufferUse::a ? "a" : "b", type = word(operand.dtype);
  const std::vector<size_t> order = order_of(operand);
  const int64_t elements = count(operand);
  const int vector = vector_of(operand, operand.sizes[order.back()]);
  Arguments arguments;
  Members unused;
  std::string call = unused.call(arguments, name + "_", "load_" + name, operand.function, from);
  arguments.buffer(type, "to", {BufferUse::temporary, temporary});
  std::string body = "  const i64 first = (weft_block() * weft_threads() + weft_thread()) * " +
                     std::to_string(vector) +
                     ";\n  if (first >= " + arguments.number("elements", elements) +
                     ") return;\n  I n = static_cast<I>(first);\n";
  for (size_t i = order.size(); i-- > 1;) {
    const std::string d = std::to_string(order[i]);
    const std::string size = arguments.number("size" + d, operand.sizes[order[i]]);
    body += "  const I i" + d + " = Divisor(" + size + ", " +
            arguments.number(size + "_packed", packed_divisor(operand.sizes[order[i]])) +
            ").take_digit(n);\n";
  }
  body += "  const I i" + std::to_string(order[0]) + " = n;\n";
  for (size_t d = 0; d < operand.sizes.size(); ++d)
    call += (d ? ", i" : "i") + std::to_string(d) + (d == order.back() ? " + j" : "");
  body += "  vec<" + type + ", " + std::to_string(vector) +
          "> values;\n  WEFT_UNROLL\n  for (int j = 0; j < " + std::to_string(vector) +
          "; ++j) values[j] = " + call + ");\n  weft_store(to + first, values);\n";
  Launch launch;
  launch.name = "fill_" + name;
  launch.key = "fill " + std::string(is_wide ? "wide " : "") + body + operand.function.key;
  const Entry entry{arguments, kThreads, 1, body};
  launch.text = [=, function = operand.function](const std::string& kernel) {
    return kernel_text(kernel, entry,
                       index_type(is_wide) + function_text(function, "load_" + name, is_wide) +
                           skeleton::division);
  };
  launch.buffers = arguments.uses();
  launch.params = arguments.values();
  launch.tasks = (elements / vector + kThreads - 1) / kThreads;
  launch.threads = kThreads;
  launch.fills = Launch::Filling{from, temporary};
  return launch;
}
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
