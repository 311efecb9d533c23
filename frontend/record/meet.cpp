#include "frontend/record/meet.h"

#include <cstring>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/to_copy.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/fold.h"
#include "frontend/record/transfer.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {

// A number of the host's as a GPU reads it: with the launch, by value.
Value as_number(const Value& v, Home home, const How& how) {
  if (v->carries && GradMode::is_enabled()) return autograd::to_copy(v, home, how);
  optional<Bytes> bytes = known_or_folded(v);
  if (!bytes) bytes = host_bytes(v, {"a number of the host's was used on a GPU", how.where});
  uint64_t bits = 0;
  std::memcpy(&bits, bytes->data(), op::dtype_bytes(v.type().dtype));
  return immediate(v.type().dtype, bits);
}
}  // namespace

void refuse_homes(Home first, Home second, const char* what, Location where) {
  // As libtorch, with the GPU in front.
  if (!is_gpu(first)) std::swap(first, second);
  throw c10::Error(std::string(what) +
                       ": Expected all tensors to be on the same device, but found at least two "
                       "devices, " +
                       name_of(first) + " and " + name_of(second) + "!",
                   located(where));
}

Met meet(Op op, Span<Operand> operands, const How& how) {
  Home home = kHost;
  for (const Operand& o : operands)
    if (home == kHost && is_gpu(o.node->lives())) home = o.node->lives();
  Met met;
  for (const Operand& o : operands) {
    const Home own = o.node->lives();
    if (own == home || own == kAnywhere) {
      met.operands.push_back(o);
      continue;
    }
    if (own != kHost || o.node->type().rank() != 0)
      refuse_homes(home, own, how.what ? how.what : op::name(op), how.where);
    met.made.push_back(as_number(Value(o.node), home, how));
    met.operands.push_back(Operand(met.made.back()));
  }
  return met;
}
}  // namespace record
}  // namespace torch
