#include "frontend/record/record.h"

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/saves.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/meet.h"
#include "frontend/record/saved.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/record/trace.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {

using Types = op::InlineVector<OperandType, 8>;

// What torch's node would save when gradients flow to the operands `carrying`: numbers are no
// tensors, and cost it nothing.
void save_versions(Node& node, uint32_t carrying, Span<Operand> operands, const How& how) {
  const autograd::Saves saves = autograd::torch_saves(node.op(), carrying);
  node.saves_result = saves.results;
  node.saves = saves.results || node.label == kCopySlices;
  if (!saves.operands) return;
  // What an in-place op made of several reads may be a view of what it writes to.
  const TensorImpl* const inside = surroundings().written;
  const auto copied = [&](const TensorImpl* source, size_t i) {
    // x.mul_(x) saves its right operand all the same
    return (source == how.written && i == 0) ||
           (inside && source->version_counter() == inside->version_counter());
  };
  for (size_t i = 0; i < operands.size(); ++i) {
    const bool number = operands[i].node->kind == Kind::data && operands[i].node->number_of_program;
    if (!autograd::has(saves.operands, i) || number) continue;
    node.saves = true;
    if (!operands[i].source || copied(operands[i].source, i)) continue;
    if (!node.saved) node.saved = new SavedVersions;
    node.saved->add(operands[i].source->version_counter(), static_cast<int32_t>(i));
  }
}

[[noreturn]] void refuse(Op op, const How& how, const std::string& error) {
  throw c10::Error(std::string(how.what ? how.what : op::name(op)) + ": " + error,
                   located(how.where));
}

Value new_op(Op op, Span<Operand> operands, const Attrs& attrs, const How& how,
             const std::shared_ptr<const op::Graph>& body) {
  Types types;
  Homes homes = 0;
  uint32_t carrying = 0;
  bool over_grad = op == Op::grad;
  for (size_t i = 0; i < operands.size(); ++i) {
    const Node& operand = *operands[i].node;
    types.push_back({&operand.type(), operand.type_hash()});
    homes |= bit_of(operand.lives());
    if (operand.carries) carrying |= autograd::bit(i);
    over_grad |=
        operand.over_grad && operand.state.load(std::memory_order_relaxed) == State::pending;
  }
  if (differ(homes)) {
    const Met met = meet(op, operands, how);
    return new_op(op, met.operands, attrs, how, body);
  }
  // weft.cached has the history of its first operand alone.
  if (op == Op::cached) carrying &= 1;
  const bool reaches = carrying != 0;
  const bool grad = GradMode::is_enabled();
  std::string error;
  SignatureRef signature = find_signature(op, types, attrs, reaches && !grad, body, error);
  if (!signature) refuse(op, how, error);
  const Surroundings& around = surroundings();
  const Location where = how.where ? how.where : around.call;
  Trace& trace = Trace::mine();
  const Home home = placed(homes) ? only(homes) : how.home;
  cut_if_due(trace, signature.get(), home, where);

  Value value = new_node(Kind::op, std::move(signature), static_cast<uint32_t>(operands.size()));
  Node& node = *value.get();
  node.trace = &trace;
  node.body = trace.body;
  node.home.store(home, std::memory_order_relaxed);
  node.over_grad = over_grad;
  node.where = where;
  node.scope = around.scope;
  node.index_error = around.index_error;
  node.label = around.composite ? around.composite : how.label;
  for (size_t i = 0; i < operands.size(); ++i) {
    retain(operands[i].node);
    node.operands[i].bits = reinterpret_cast<uintptr_t>(operands[i].node);
  }
  if (reaches && grad && node.signature->differentiable) {
    node.carries = true;
    node.sequence = ++trace.sequence;
    save_versions(node, carrying, operands, how);
  }
  return value;
}

Value project(const Value& parent, uint16_t index) {
  Value value = new_node(Kind::projection, SignatureRef(parent->signature), 1);
  Node& node = *value.get();
  node.index = index;
  node.trace = parent->trace;
  node.body = parent->body;
  node.home.store(parent->lives(), std::memory_order_relaxed);
  node.over_grad = parent->over_grad;
  node.where = parent->where;
  node.scope = parent->scope;
  node.label = parent->label;
  node.carries = parent->carries && op::is_float(node.type().dtype);
  retain(parent.get());
  node.operands[0].bits = reinterpret_cast<uintptr_t>(parent.get());
  return value;
}
}  // namespace

const char* const kCopySlices = "torch::autograd::CopySlices";
const char* const kLayout = "Layout";

Value record(Op op, Span<Operand> operands, const Attrs& attrs, const How& how) {
  return new_op(op, operands, attrs, how, nullptr);
}

std::vector<Value> record_all(Op op, Span<Operand> operands, const Attrs& attrs, const How& how,
                              const std::shared_ptr<const op::Graph>& body) {
  Value parent = new_op(op, operands, attrs, how, body);
  std::vector<Value> results;
  const size_t count = parent->signature->results.size();
  results.reserve(count);
  for (size_t i = 0; i < count; ++i) results.push_back(project(parent, static_cast<uint16_t>(i)));
  return results;
}

uint32_t carrying_operands(const Node& node) {
  if (node.op() == Op::cached) return node.operand(0)->carries ? 1 : 0;
  uint32_t bits = 0;
  for (uint32_t i = 0; i < node.num_operands; ++i)
    if (Node* o = node.operand(i); o && o->carries) bits |= autograd::bit(i);
  return bits;
}
}  // namespace record
}  // namespace torch
