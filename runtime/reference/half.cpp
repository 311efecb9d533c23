// Ops on f16 and bf16: their operands are widened, the op runs on f32, its results are rounded
// once. So every op with a formula, and every sum and product, needs no code for these types.
#include "runtime/reference/half.h"

#include <vector>

#include "runtime/device/buffer.h"

namespace torch {
namespace reference {
namespace {

/// `type` in f32, and memory for it.
struct Wide {
  op::Type type;
  runtime::BufferRef buffer;
  explicit Wide(const op::Type& narrow)
      : type(op::DType::Float, narrow.dims), buffer(runtime::allocate(type.bytes())) {}
};

void convert(const op::Type& from, const void* x, const op::Type& to, void* y) {
  const op::Type* operand = &from;
  cast({op::Op::cast, op::attrs::cast::pack(to.dtype), {&operand, 1}, {&to, 1}, &x, &y});
}
}  // namespace

void in_float(const Call& c, Function function) {
  std::vector<Wide> wide;
  wide.reserve(c.operand_types.size() + c.result_types.size());
  std::vector<const op::Type*> operand_types;
  std::vector<const void*> operands;
  std::vector<op::Type> result_types;
  std::vector<void*> results;
  for (size_t i = 0; i < c.operand_types.size(); ++i) {
    operand_types.push_back(c.operand_types[i]);
    operands.push_back(c.operands[i]);
    if (!op::is_half(c.type(i).dtype)) continue;
    const Wide& w = wide.emplace_back(c.type(i));
    convert(c.type(i), c.operands[i], w.type, w.buffer->data());
    operand_types.back() = &w.type;
    operands.back() = w.buffer->data();
  }
  for (size_t i = 0; i < c.result_types.size(); ++i) {
    const bool narrow = op::is_half(c.result_type(i).dtype);
    if (narrow) wide.emplace_back(c.result_type(i));
    result_types.push_back(narrow ? wide.back().type : c.result_type(i));
    results.push_back(narrow ? wide.back().buffer->data() : c.results[i]);
  }
  function({c.op, c.attrs, operand_types, result_types, operands.data(), results.data()});
  for (size_t i = 0; i < results.size(); ++i)
    if (results[i] != c.results[i])
      convert(result_types[i], results[i], c.result_type(i), c.results[i]);
}
}  // namespace reference
}  // namespace torch
