#include "frontend/autograd/anomaly.h"

#include "frontend/autograd/anomaly_mode.h"
#include "frontend/autograd/names.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/record/ledger_inside.h"
#include "frontend/tensor/warning.h"

namespace torch {
namespace autograd {
namespace {
std::string origin(const record::Node& op) {
  const std::string line = record::text(op.where);
  return op.scope ? line + ", in " + *op.scope : line;
}
}  // namespace

void warn_of_origin(const record::Node& op, Location where) {
  if (!AnomalyMode::is_enabled()) return;
  const auto warn = [&](const std::string& text) {
    c10::detail::warn(c10::UserWarning(), text, where);
  };
  warn("Error detected in " + node_name(op) +
       ". Traceback of forward call that caused the error:\n  " + origin(op));
  if (op.kind != record::Kind::op || op.op() != op::Op::grad) return;
  const record::Node* induced_by = source_of(op.operand(0));
  if (!induced_by) return;
  warn("\n\nPrevious calculation was induced by " + node_name(*induced_by) +
       ". Traceback of forward call that induced the previous calculation:\n  " +
       origin(*induced_by));
}
}  // namespace autograd
}  // namespace torch
