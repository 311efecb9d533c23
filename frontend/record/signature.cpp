#include "frontend/record/signature.h"

#include <mutex>
#include <unordered_map>
#include <vector>

#include "frontend/record/cost.h"
#include "frontend/record/hash.h"
#include "frontend/record/trace.h"

namespace torch {
namespace record {
namespace {

uint64_t hash_of(const Type& type) {
  uint64_t h = mix(static_cast<uint64_t>(type.dtype), type.dims.size());
  for (int64_t d : type.dims) h = mix(h, static_cast<uint64_t>(d));
  return h;
}

// What is looked up; the operand types are borrowed.
struct Key {
  Op op;
  bool no_grad;
  const Attrs* attrs;
  Span<OperandType> operands;
  const Type* result;  // of data
  const op::Graph* body;
  uint64_t hash;

  Key(Op op, bool no_grad, const Attrs* attrs, Span<OperandType> operands, const Type* result,
      const op::Graph* body)
      : op(op), no_grad(no_grad), attrs(attrs), operands(operands), result(result), body(body) {
    hash = mix(static_cast<uint64_t>(op) * 2 + no_grad, reinterpret_cast<uintptr_t>(body));
    if (attrs)
      for (int64_t word : *attrs) hash = mix(hash, static_cast<uint64_t>(word));
    for (const OperandType& t : operands) hash = mix(hash, t.hash);
    if (result) hash = mix(hash, hash_of(*result));
  }
  bool is(const Signature& s) const {
    if (s.hash != hash || s.op != op || s.no_grad != no_grad || s.body.get() != body) return false;
    if (result) return s.results[0] == *result;
    if (s.operands.size() != operands.size() || !(s.attrs == *attrs)) return false;
    for (size_t i = 0; i < operands.size(); ++i)
      if (s.operands[i] != *operands[i].type) return false;
    return true;
  }
};

// All signatures. Those that nobody but this table holds go when it grows beyond its bound, so that
// a program whose shapes never repeat does not fill the memory.
class Table {
 public:
  SignatureRef find(const Key& key) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto [it, end] = by_hash_.equal_range(key.hash);
    for (; it != end; ++it)
      if (key.is(*it->second.get())) return it->second;
    return {};
  }
  SignatureRef add(std::unique_ptr<Signature> made, const Key& key) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto [it, end] = by_hash_.equal_range(key.hash);
    for (; it != end; ++it)
      if (key.is(*it->second.get())) return it->second;
    if (by_hash_.size() >= bound_) sweep();
    made->id = ++last_id_;
    for (const Type& t : made->results) made->result_hashes.push_back(hash_of(t));
    SignatureRef ref(made.release());
    by_hash_.emplace(key.hash, ref);
    return ref;
  }
  size_t size() {
    std::lock_guard<std::mutex> lock(mutex_);
    return by_hash_.size();
  }

 private:
  void sweep() {
    for (auto it = by_hash_.begin(); it != by_hash_.end();)
      it = it->second->references.load(std::memory_order_acquire) == 1 ? by_hash_.erase(it)
                                                                       : std::next(it);
    bound_ = std::max<size_t>(kBound, 2 * by_hash_.size());
  }
  static constexpr size_t kBound = 1 << 15;
  size_t bound_ = kBound;
  std::mutex mutex_;
  std::unordered_multimap<uint64_t, SignatureRef> by_hash_;
  uint64_t last_id_ = 0;
};

Table& table() {
  static Table& t = *new Table;  // outlives every static tensor
  return t;
}

// First among those that this thread saw last, without a lock.
SignatureRef known(const Key& key) {
  SignatureRef& slot = Trace::mine().recent(key.hash);
  if (slot && key.is(*slot.get())) return slot;
  SignatureRef found = table().find(key);
  if (found) slot = found;
  return found;
}

// Of one step of a loop.
double cost_of(const op::Graph& body) {
  op::Types values = body.inputs, operands;
  double total = 0;
  for (const op::GraphNode& node : body.nodes) {
    operands.clear();
    for (uint32_t v : node.operands) operands.push_back(values[v]);
    total += cost(node.op, operands, node.results);
    values.insert(values.end(), node.results.begin(), node.results.end());
  }
  return total;
}
}  // namespace

void release(const Signature* signature) {
  auto* s = const_cast<Signature*>(signature);
  if (s->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete s;
}

SignatureRef find_signature(Op op, Span<OperandType> operands, const Attrs& attrs, bool no_grad,
                            const std::shared_ptr<const op::Graph>& body, std::string& error) {
  const Key key(op, no_grad, &attrs, operands, nullptr, body.get());
  if (SignatureRef found = known(key)) return found;
  auto made = std::make_unique<Signature>();
  op::InlineVector<const Type*, 8> types;
  for (const OperandType& t : operands) types.push_back(t.type);
  if (body) {
    error = op::infer_scan(types, attrs, body->inputs, op::output_types(*body), made->results);
  } else {
    error = op::infer(op, types, attrs, made->results);
  }
  if (!error.empty()) return {};
  made->hash = key.hash;
  made->op = op;
  made->no_grad = no_grad;
  made->attrs = attrs;
  for (const Type* t : types) made->operands.push_back(*t);
  made->body = body;
  if (op::info(op).differentiable)
    for (const Type& t : made->results) made->differentiable |= op::is_float(t.dtype);
  made->cost = cost(op, made->operands, made->results);
  if (body) {
    const size_t stacked = static_cast<size_t>(op::attrs::scan(attrs).num_carried);
    made->cost += cost_of(*body) * static_cast<double>(made->operands[stacked].dims[0]);
  }
  return table().add(std::move(made), key);
}

SignatureRef data_signature(const Type& type) {
  const Key key(kData, false, nullptr, {}, &type, nullptr);
  if (SignatureRef found = known(key)) return found;
  auto made = std::make_unique<Signature>();
  made->hash = key.hash;
  made->results.push_back(type);
  return table().add(std::move(made), key);
}

SignatureRef constant_signature(const op::Literal& value, Span<int64_t> sizes) {
  std::string none;
  return find_signature(Op::constant, {}, op::attrs::constant::pack(value, sizes), false, nullptr,
                        none);
}

const SignatureRef& number_signature(DType dtype) {
  static const auto& by_dtype = *[] {
    auto* all = new std::vector<SignatureRef>(static_cast<size_t>(DType::BFloat16) + 1);
#define WEFT_NUMBER(E, ...) \
  (*all)[static_cast<size_t>(DType::E)] = data_signature(Type(DType::E, {}));
    WEFT_DTYPES(WEFT_NUMBER)
#undef WEFT_NUMBER
    return all;
  }();
  return by_dtype[static_cast<size_t>(dtype)];
}

size_t signature_count() { return table().size(); }
}  // namespace record
}  // namespace torch
