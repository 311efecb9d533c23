/// A signature is an op with its attributes, the types of its operands and whether it is recorded
/// without grad; with it come the result types. Signatures are interned: equal ones are one object,
/// so a recorded node is a pointer to its signature and its operands, a shape that was inferred
/// once is not inferred again, and the key of a graph is a list of signature ids.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "ir/op/graph.h"

namespace torch {
namespace record {

using op::Attrs;
using op::Dims;
using op::DType;
using op::Op;
using op::Span;
using op::Type;

/// Data (an input of every graph) has no op.
constexpr Op kData = static_cast<Op>(0xffff);

struct Signature {
  std::atomic<uint32_t> references{0};
  uint64_t id = 0;  // never given twice
  uint64_t hash = 0;
  Op op = kData;
  bool no_grad = false;
  Attrs attrs;
  op::Types operands, results;
  op::InlineVector<uint64_t, 2> result_hashes;
  bool differentiable = false;  // the op, with a result that can carry gradients
  std::shared_ptr<const op::Graph> body;
  double cost = 0;  // rough nanoseconds in the reference tier
};

void release(const Signature* signature);
class SignatureRef {
 public:
  SignatureRef() = default;
  explicit SignatureRef(const Signature* s) : s_(s) {
    if (s_) const_cast<Signature*>(s_)->references.fetch_add(1, std::memory_order_relaxed);
  }
  SignatureRef(const SignatureRef& o) : SignatureRef(o.s_) {}
  SignatureRef(SignatureRef&& o) noexcept : s_(o.s_) { o.s_ = nullptr; }
  SignatureRef& operator=(SignatureRef o) noexcept {
    std::swap(s_, o.s_);
    return *this;
  }
  ~SignatureRef() {
    if (s_) release(s_);
  }
  const Signature* get() const { return s_; }
  /// Gives the reference away.
  const Signature* take() { return std::exchange(s_, nullptr); }
  const Signature* operator->() const { return s_; }
  explicit operator bool() const { return s_; }

 private:
  const Signature* s_ = nullptr;
};

/// The type of an operand, borrowed, and its hash.
struct OperandType {
  const Type* type;
  uint64_t hash;
};
/// The signature of an op; null when its shape rule objects, which `error` then says.
SignatureRef find_signature(Op op, Span<OperandType> operands, const Attrs& attrs, bool no_grad,
                            const std::shared_ptr<const op::Graph>& body, std::string& error);
/// The signature of data of that type.
SignatureRef data_signature(const Type& type);
/// The signature of a constant.
SignatureRef constant_signature(const op::Literal& value, Span<int64_t> sizes);
/// The signature of a 0-dim number, which lives as long as the process.
const SignatureRef& number_signature(DType dtype);
/// How many signatures are held, for tests of the bound.
size_t signature_count();
}  // namespace record
}  // namespace torch
