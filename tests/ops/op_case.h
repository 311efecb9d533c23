/// The table of op cases: a row is an op, the types of its operands with the numbers they are
/// filled with, and its attributes. Every test that has something to say of each op walks it:
/// values, gradients, tiers, printing. An op without a row fails tests/ops:coverage_test. To add
/// one: a line in cases_<family>.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ir/op/graph.h"

namespace torch {
namespace test {

/// Which numbers an operand holds.
struct Domain {
  enum Kind {
    uniform,  // in [low, high); whole numbers for integers
    // in [low, high), any two of the case's `apart` elements well separated, none near zero
    apart,
    listed,   // `values`, again from the front when they are used up
    // in [low, high), now and then a zero of either sign, an infinity, nan, the largest, the
    // smallest
    special
  } kind = uniform;
  double low = -2, high = 2;
  std::vector<double> values;

  static Domain in(double low, double high) { return {uniform, low, high, {}}; }
  static Domain distinct() { return {apart, -2, 2, {}}; }
  /// 0 <= i < n.
  static Domain below(int64_t n) { return {uniform, 0, double(n), {}}; }
  static Domain list(std::vector<double> values) { return {listed, 0, 0, std::move(values)}; }
};

struct Input {
  op::Type type;
  Domain domain;
  bool fixed = false;  // not to be differentiated by, at these numbers
};

struct OpCase {
  op::Op op{};
  std::vector<Input> inputs;
  op::Attrs attrs;
  std::shared_ptr<const op::Graph> body;  // weft.scan
  std::string note;                       // what is special about it
  bool smooth = true;                     // central differences say what its gradient is

  /// "sum float(2, 3) [1, 0]: note".
  std::string name() const;
  /// Its operands as inputs, the op as only node, all results as outputs.
  op::Graph graph() const;
};

/// All cases, in f64 where the op has floating operands (cast and the like aside).
const std::vector<OpCase>& op_cases();
/// The ops that they are of, each once.
std::vector<op::Op> ops_with_cases();

/// The case with its operands of the row's element types (the first operand's for most) in another
/// dtype; the domain stays (but integers are divided by what is not 0). Empty when the op refuses
/// it.
std::vector<OpCase> retyped(const OpCase& c, op::DType dtype);

/// Row-major elements of `type`, as bytes.
using Bytes = std::vector<unsigned char>;
/// Fills inputs; the same seed, the same bytes.
std::vector<Bytes> draw_inputs(const std::vector<Input>& inputs, uint64_t seed);
/// Where two arrays differ first ("element 3: 1.5 and 2"); empty when all bits are the same. Any
/// nan is any other.
std::string difference(const op::Type& type, const Bytes& a, const Bytes& b);
/// Element `i` as a number, and back.
double element(const Bytes& bytes, op::DType dtype, size_t i);
void set_element(Bytes& bytes, op::DType dtype, size_t i, double value);

// The families.
void add_elementwise_cases(std::vector<OpCase>& cases);
void add_reduction_cases(std::vector<OpCase>& cases);
void add_contraction_cases(std::vector<OpCase>& cases);
void add_window_cases(std::vector<OpCase>& cases);
void add_view_cases(std::vector<OpCase>& cases);
void add_indexing_cases(std::vector<OpCase>& cases);
void add_creation_cases(std::vector<OpCase>& cases);
void add_control_cases(std::vector<OpCase>& cases);

/// Every element type there is.
constexpr op::DType all_dtypes[] = {
#define WEFT_ENUMERATOR(E, ...) op::DType::E,
    WEFT_DTYPES(WEFT_ENUMERATOR)
#undef WEFT_ENUMERATOR
};

// To write rows with.
inline op::Type f64(op::Dims dims = {}) { return {op::DType::Double, std::move(dims)}; }
inline op::Type f32(op::Dims dims = {}) { return {op::DType::Float, std::move(dims)}; }
inline op::Type i64(op::Dims dims = {}) { return {op::DType::Long, std::move(dims)}; }
inline op::Type boolean(op::Dims dims = {}) { return {op::DType::Bool, std::move(dims)}; }
}  // namespace test
}  // namespace torch
