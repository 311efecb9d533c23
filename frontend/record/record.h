/// Recording: one call an op. Comes in: an op of the table, its operands, its attributes, the
/// user's line. Goes out: the Value. A mistake in shapes or types throws c10::Error at that line.
#pragma once
#include "frontend/record/node.h"
#include "frontend/record/scope.h"

namespace torch {
namespace record {
struct TensorImpl;

/// An operand, and the tensor it was read from when the program has one: an in-place op may change
/// that later.
struct Operand {
  Operand(const Value& value, const TensorImpl* source = nullptr)
      : node(value.get()), source(source) {}
  explicit Operand(Node* node) : node(node) {}
  Node* node;
  const TensorImpl* source = nullptr;
};

/// What distinguishes one way of recording an op from another.
struct How {
  Location where;
  const char* label = nullptr;  // grad_fn's name when it is not the op's own
  const char* what = nullptr;   // name in error messages when it is not the op's own
  bool overwrites = false;      // a write that does not look at what was there before
  // what an in-place op writes to: torch's node saves a copy of its old value
  const TensorImpl* written = nullptr;
  Home home = kAnywhere;        // where the result lives when no operand lives anywhere
  How(Location where, const char* label = nullptr, const char* what = nullptr)
      : where(where), label(label), what(what) {}
};

/// What a write through a view is called; torch's node of that name cannot be gone through twice.
extern const char* const kCopySlices;
/// A result laid out in memory otherwise than by its dims: no op of the program's, its history is
/// that of the value.
extern const char* const kLayout;

/// An op with one result. It lives where its operands do; numbers of the host's (0-dim tensors) go to
/// a GPU with those that live there, else different homes are an error.
Value record(Op op, Span<Operand> operands, const Attrs& attrs, const How& how);
/// An op with several.
std::vector<Value> record_all(Op op, Span<Operand> operands, const Attrs& attrs, const How& how,
                              const std::shared_ptr<const op::Graph>& body = nullptr);

/// Bits of the operands of `node` that gradients flow to.
uint32_t carrying_operands(const Node& node);
}  // namespace record
}  // namespace torch
