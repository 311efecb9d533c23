/// What an op is, without MLIR: the table that ir/op/generate.py makes from the rows in
/// ir/tensor/*.td.
#pragma once
#include <string>
#include <vector>

#include "ir/op/type.h"

namespace torch {
namespace op {

enum class Family : uint8_t {
  elementwise,
  reduction,
  contraction,
  window,
  view,
  indexing,
  creation,
  random,
  control
};

/// How an attribute lies in Attrs: i64, boolean, flag (a boolean that the text spells when it is
/// true alone), dtype: one word; i64_array: its length, then the elements; value: dtype word, then
/// the bits of the double or the integer.
enum class AttrKind : uint8_t { i64, boolean, flag, dtype, i64_array, value };
struct AttrInfo {
  const char* name;
  AttrKind kind;
};

/// A literal with its element type (the `value` of a constant).
struct Literal {
  DType dtype = DType::Undefined;
  int64_t bits = 0;  // of a double for floating types, else the integer itself
  static Literal of(DType dtype, double value);
  double as_double() const;
  int64_t as_int() const;
};

/// A shape rule gives the result types, or says what is wrong ("inner dimensions differ: ...");
/// empty string: all right.
using Types = std::vector<Type>;
using ShapeRule = std::string (*)(Span<const Type*> operands, const Attrs& attrs, Types& results);

struct OpInfo {
  const char* name;     // mnemonic in the IR
  Family family;
  int8_t num_operands;  // -1 when variadic
  int8_t num_results;   // -1 when variadic
  bool differentiable;  // false: no operand has a gradient, by nature
  uint32_t vjp_reads_operands;  // bit i: the vjp reads operand i; bit 31: all from 31 on
  uint32_t vjp_reads_results;
  const char* types;    // element types of the first operand: any number float integral whole bool
  Span<AttrInfo> attrs;
  ShapeRule rule;       // null: results do not follow from operands (weft.scan: infer_scan)
};

enum class Op : uint16_t;
/// The row of an op.
const OpInfo& info(Op op);
inline const char* name(Op op) { return info(op).name; }
/// Whether its first operand may have this element type.
bool takes(Op op, DType dtype);
/// By mnemonic; false when there is none.
bool find_op(const char* mnemonic, Op& out);
/// Number of ops; values of Op are 0 .. count - 1.
size_t op_count();

/// Checks operand count and element types, then the op's own rule. The one entry for recorder and
/// verifier.
std::string infer(Op op, Span<const Type*> operands, const Attrs& attrs, Types& results);
/// The same for weft.scan, whose results follow from operands and body.
std::string infer_scan(Span<const Type*> operands, const Attrs& attrs, Span<Type> body_inputs,
                       Span<Type> body_outputs, Types& results);

/// Reads attributes in order.
class AttrReader {
 public:
  explicit AttrReader(const Attrs& attrs) : at_(attrs.begin()) {}
  int64_t i64() { return *at_++; }
  bool boolean() { return *at_++ != 0; }
  bool flag() { return boolean(); }
  DType dtype() { return static_cast<DType>(*at_++); }
  Span<int64_t> i64_array() {
    size_t n = static_cast<size_t>(*at_++);
    Span<int64_t> s(at_, n);
    at_ += n;
    return s;
  }
  Literal value() {
    Literal v;
    v.dtype = dtype();
    v.bits = i64();
    return v;
  }

 private:
  const int64_t* at_;
};
/// Writes them.
class AttrWriter {
 public:
  void i64(int64_t v) { attrs.push_back(v); }
  void boolean(bool v) { attrs.push_back(v); }
  void flag(bool v) { boolean(v); }
  void dtype(DType v) { attrs.push_back(static_cast<int64_t>(v)); }
  void i64_array(Span<int64_t> v) {
    attrs.push_back(static_cast<int64_t>(v.size()));
    attrs.append(v);
  }
  void value(const Literal& v) {
    dtype(v.dtype);
    i64(v.bits);
  }
  Attrs attrs;
};
}  // namespace op
}  // namespace torch

// enum Op, and namespace attrs with one struct an op that has attributes:
//   struct attrs::slice { Span sizes, steps; explicit slice(const Attrs&); static Attrs pack(sizes,
//   steps); };
#include "ir/op/ops.inc"
