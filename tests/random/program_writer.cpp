#include "tests/random/program_writer.h"

#include <cmath>

namespace torch {
namespace test {

namespace {
constexpr int64_t kLong = 16384;  // longer sums are cut in chunks
}  // namespace

op::Dims ProgramWriter::sizes(size_t rank) {
  for (;;) {
    op::Dims dims;
    int64_t n = 1;
    for (size_t i = 0; i < rank; ++i) {
      dims.push_back(one_of<int64_t>({1, 1, 2, 3, 4, 5, 7, 8, 16, 17, 33, 64}));
      // a row of several vectors
      if (options_.max_elements > 300 && i + 1 == rank && chance(4))
        dims.back() = one_of<int64_t>({255, 256, 300});
      if (options_.max_elements > kLong && chance(15))
        dims.back() = one_of<int64_t>({255, 257, 1000, kLong, kLong + 1, 33000});
      if (options_.empty && chance(1)) dims.back() = 0;
      n *= dims.back();
    }
    if (n <= options_.max_elements) return dims;
  }
}

op::DType ProgramWriter::dtype() {
  using op::DType;
  if (!options_.dtypes.empty()) return one_of(options_.dtypes);
  return one_of({DType::Float, DType::Double, DType::Half, DType::BFloat16, DType::Long, DType::Int,
                 DType::Short, DType::Char, DType::Byte, DType::Bool});
}

ProgramWriter::Id ProgramWriter::input(op::Type type, Domain domain) {
  values_.push_back({type, -1, static_cast<int>(inputs_.size())});
  inputs_.push_back({std::move(type), std::move(domain)});
  return static_cast<Id>(values_.size() - 1);
}

ProgramWriter::Id ProgramWriter::constant(op::DType dtype, double value, op::Dims sizes) {
  const auto attrs = op::attrs::constant::pack(op::Literal::of(dtype, value), sizes);
  if (auto id = add(op::Op::constant, {}, attrs)) return *id;
  return input({dtype, sizes}, Domain::list({value}));
}

std::optional<ProgramWriter::Id> ProgramWriter::add(op::Op op, std::vector<Id> operands,
                                                    op::Attrs attrs,
                                                    std::shared_ptr<const op::Graph> body,
                                                    std::vector<op::Type> results) {
  if (options_.allowed && !options_.allowed(op)) return std::nullopt;
  if (!body) {
    std::vector<const op::Type*> types;
    for (Id id : operands) types.push_back(&values_[id].type);
    if (!op::infer(op, {types.data(), types.size()}, attrs, results).empty()) return std::nullopt;
  }
  for (const op::Type& t : results)
    if (t.numel() > options_.max_elements) return std::nullopt;
  for (Id id : operands) values_[id].used = true;
  const Id first = static_cast<Id>(values_.size());
  for (size_t i = 0; i < results.size(); ++i)
    values_.push_back({results[i], static_cast<int>(nodes_.size()), static_cast<int>(i)});
  op::GraphNode node;
  node.op = op;
  node.operands = std::move(operands);
  node.attrs = std::move(attrs);
  node.results = std::move(results);
  node.body = std::move(body);
  nodes_.push_back(std::move(node));
  return first;
}

std::optional<ProgramWriter::Id> ProgramWriter::pick(
    const std::function<bool(const op::Type&)>& fits) {
  std::vector<Id> found;
  for (Id id = 0; id < values_.size(); ++id)
    if (fits(values_[id].type)) found.push_back(id);
  if (found.empty()) return std::nullopt;
  if (chance(50))
    return found[found.size() - 1 -
                 static_cast<size_t>(
                     below(std::min<int64_t>(3, static_cast<int64_t>(found.size()))))];
  return one_of(found);
}

ProgramWriter::Id ProgramWriter::of(const op::Type& type) {
  if (chance(70))
    if (auto id = pick([&](const op::Type& t) { return t == type; })) return *id;
  if (chance(20))
    return constant(type.dtype, one_of({0.0, 1.0, 2.0, 0.5, -1.0, -0.0, 3.0}), type.dims);
  return input(type, op::is_float(type.dtype) && options_.specials
                         ? Domain{Domain::special, -3, 3, {}}
                         : Domain::in(-3, 4));
}

ProgramWriter::Id ProgramWriter::broadcastable(op::DType dtype, const op::Dims& sizes) {
  if (chance(40)) {
    const auto fits = [&](const op::Type& t) {
      op::Dims both;
      return t.dtype == dtype && op::broadcast(t.dims, sizes, both) && both == sizes;
    };
    if (auto id = pick(fits)) return *id;
  }
  op::Dims dims = sizes;
  if (chance(40)) {
    for (int64_t& d : dims)
      if (chance(30)) d = 1;
    while (!dims.empty() && chance(25)) dims.erase(0);
  }
  return of({dtype, dims});
}

ProgramWriter::Id ProgramWriter::indices(const op::Dims& sizes, int64_t n) {
  const op::DType dtype = chance(70) ? op::DType::Long : op::DType::Int;
  if (chance(50))
    if (auto id = pick([&](const op::Type& t) { return t.dtype == dtype && t.dims == sizes; }))
      if (auto wrapped = add(op::Op::remainder, {*id, constant(dtype, static_cast<double>(n))}))
        return *wrapped;
  return input({dtype, sizes}, Domain::below(n));
}

ProgramWriter::Id ProgramWriter::start(int64_t last) {
  if (chance(60)) return constant(op::DType::Long, static_cast<double>(below(last + 1)));
  return input(i64(), Domain::below(last + 1));
}

RandomProgram ProgramWriter::finish() {
  RandomProgram program;
  op::Graph& g = program.graph;
  std::vector<uint32_t> first_result;
  uint32_t next = static_cast<uint32_t>(inputs_.size());
  for (const op::GraphNode& node : nodes_) {
    first_result.push_back(next);
    next += static_cast<uint32_t>(node.results.size());
  }
  const auto number = [&](Id id) {
    const Value& v = values_[id];
    return static_cast<uint32_t>(v.result) +
           (v.node < 0 ? 0 : first_result[static_cast<size_t>(v.node)]);
  };
  for (const Input& i : inputs_) g.inputs.push_back(i.type);
  for (op::GraphNode& node : nodes_) {
    for (uint32_t& operand : node.operands) operand = number(operand);
    g.nodes.push_back(std::move(node));
  }
  // What nobody reads, and now and then a value that somebody does.
  for (Id id = 0; id < values_.size(); ++id)
    if (values_[id].node >= 0 && (!values_[id].used || chance(8))) g.outputs.push_back(number(id));
  for (size_t i = 0; i < g.nodes.size(); ++i) {
    g.locations.push_back({"random.cpp", static_cast<int>(i + 1), ""});
    g.nodes[i].location = static_cast<uint32_t>(i);
  }
  program.inputs = inputs_;
  return program;
}

RandomProgram random_program(uint64_t seed, const RandomOptions& options) {
  ProgramWriter w(seed, options);
  for (int i = 0; i < 3; ++i)
    w.of({w.chance(70) ? w.floating() : w.dtype(), w.sizes(static_cast<size_t>(w.below(5)))});
  // Elementwise ops and views are what programs are full of.
  using Family = void (*)(ProgramWriter&);
  const std::vector<Family> families = {
      add_elementwise, add_elementwise, add_elementwise, add_elementwise, add_reduction,
      add_reduction,   add_product,     add_window,      add_view,        add_view,
      add_slice,       add_slice,       add_indexing,    add_creation};
  for (int tries = 0; static_cast<int>(w.nodes()) < options.nodes && tries < 20 * options.nodes;
       ++tries) {
    if (options.scans && w.chance(3)) add_scan(w);
    else w.one_of(families)(w);
  }
  if (options.gradients) add_gradient(w);
  return w.finish();
}
}  // namespace test
}  // namespace torch
