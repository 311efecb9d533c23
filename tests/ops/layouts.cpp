#include <cmath>

#include "tests/ops/variants.h"

namespace torch {
namespace test {
namespace {

constexpr int64_t start = 1, step = 2;

// The graph of a case with views between its inputs and its operands.
struct Writer {
  op::Graph graph;
  std::vector<op::Type> types;

  explicit Writer(const std::vector<Input>& inputs) {
    for (const Input& i : inputs) types.push_back(i.type);
    graph.inputs = types;
    graph.locations.push_back({"layout.cpp", 1, ""});
  }
  uint32_t operator()(op::Op op, std::vector<uint32_t> operands, op::Attrs attrs) {
    std::vector<const op::Type*> of;
    for (uint32_t v : operands) of.push_back(&types[v]);
    op::GraphNode node;
    node.op = op;
    op::infer(op, {of.data(), of.size()}, attrs, node.results);
    node.operands = std::move(operands);
    node.attrs = std::move(attrs);
    types.push_back(node.results.at(0));
    graph.nodes.push_back(std::move(node));
    return static_cast<uint32_t>(types.size() - 1);
  }
};

// Memory that shows the operand to the views below; a 0-dim operand is one of three elements.
op::Dims strided_memory(const op::Dims& dims) {
  if (dims.empty()) return {3};
  op::Dims memory;
  for (size_t d = dims.size(); d-- > 0;) memory.push_back(start + step * dims[d]);
  return memory;
}

uint32_t strided_view(Writer& w, uint32_t memory, const op::Dims& dims) {
  const size_t rank = w.types[memory].rank();
  const op::Literal first = op::Literal::of(op::DType::Long, start);
  op::Dims sizes, order;
  for (size_t d = rank; d-- > 0;) {
    sizes.push_back(dims.empty() ? 1 : dims[d]);
    order.push_back(static_cast<int64_t>(d));
  }
  std::vector<uint32_t> operands{memory};
  for (size_t d = 0; d < rank; ++d)
    operands.push_back(w(op::Op::constant, {}, op::attrs::constant::pack(first, op::Dims{})));
  const uint32_t y =
      w(op::Op::slice, operands, op::attrs::slice::pack(sizes, op::Dims(rank, step)));
  if (dims.empty()) return w(op::Op::reshape, {y}, op::attrs::reshape::pack(dims));
  return w(op::Op::permute, {y}, op::attrs::permute::pack(order));
}

// Where element `i` of the operand lies in strided_memory().
size_t place(int64_t i, const op::Dims& dims) {
  if (dims.empty()) return start;
  int64_t at = 0, stride = 1;
  const op::Dims memory = strided_memory(dims);
  for (size_t d = dims.size(); d-- > 0;) {
    int64_t m = 1;  // the stride of dim d, which lies at rank - 1 - d
    for (size_t k = dims.size() - d; k < memory.size(); ++k) m *= memory[k];
    at += (start + step * (i / stride % dims[d])) * m;
    stride *= dims[d];
  }
  return static_cast<size_t>(at);
}

bool keeps_places(const Input& i) { return i.domain.kind == Domain::listed; }

op::Dims expanded_memory(op::Dims dims, size_t operand) {
  for (size_t d = 0; d < dims.size(); ++d)
    if ((d + operand) % 2 == 0) dims[d] = 1;
  return dims;
}

std::vector<double> numbers(const Bytes& bytes, const op::Type& type) {
  std::vector<double> all;
  for (size_t i = 0; i < static_cast<size_t>(type.numel()); ++i)
    all.push_back(element(bytes, type.dtype, i));
  return all;
}

// Inputs with the numbers of the case's operands, where the layout has them.
std::vector<Input> memory_of(const OpCase& c, Layout layout, uint64_t seed) {
  std::vector<Input> memory = c.inputs;
  if (layout == Layout::expanded)
    for (size_t i = 0; i < memory.size(); ++i)
      if (!keeps_places(memory[i])) memory[i].type.dims = expanded_memory(memory[i].type.dims, i);
  const std::vector<Bytes> drawn = draw_inputs(memory, seed);
  for (size_t i = 0; i < memory.size(); ++i) {
    std::vector<double> values = numbers(drawn[i], memory[i].type);
    if (layout == Layout::strided) {
      const op::Dims dims = memory[i].type.dims;
      memory[i].type.dims = strided_memory(dims);
      const double unseen = op::is_float(memory[i].type.dtype) ? NAN : 99;
      std::vector<double> placed(static_cast<size_t>(memory[i].type.numel()), unseen);
      for (size_t k = 0; k < values.size(); ++k)
        placed[place(static_cast<int64_t>(k), dims)] = values[k];
      values = std::move(placed);
    }
    memory[i].domain = Domain::list(std::move(values));
  }
  return memory;
}
}  // namespace

LaidOut lay_out(const OpCase& c, Layout layout, uint64_t seed) {
  const bool strided = layout == Layout::strided;
  LaidOut result{c.name() + (strided ? ", strided" : ", expanded"), {}, {}};
  result.inputs = memory_of(c, layout, seed);
  Writer writer(result.inputs);
  op::GraphNode node = c.graph().nodes[0];
  for (uint32_t& operand : node.operands) {
    const op::Dims& dims = c.inputs[operand].type.dims;
    if (strided) operand = strided_view(writer, operand, dims);
    else if (!keeps_places(c.inputs[operand]) && writer.types[operand].dims != dims)
      operand = writer(op::Op::expand, {operand}, op::attrs::expand::pack(dims));
  }
  for (size_t i = 0; i < node.results.size(); ++i)
    writer.graph.outputs.push_back(static_cast<uint32_t>(writer.types.size() + i));
  writer.graph.nodes.push_back(std::move(node));
  result.graph = std::move(writer.graph);
  return result;
}
}  // namespace test
}  // namespace torch
