/// Writes a program while its inputs are still being found: values get their numbers at the end.
#pragma once
#include <optional>
#include <random>

#include "tests/random/random_graph.h"

namespace torch {
namespace test {

class ProgramWriter {
 public:
  using Id = uint32_t;

  ProgramWriter(uint64_t seed, const RandomOptions& options) : options_(options), random_(seed) {}

  // Dice.
  int64_t below(int64_t n) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  template <class T> const T& one_of(const std::vector<T>& list) {
    return list[static_cast<size_t>(below(static_cast<int64_t>(list.size())))];
  }
  template <class T> const T& one_of(std::initializer_list<T> list) {
    return list.begin()[below(static_cast<int64_t>(list.size()))];
  }
  op::Dims sizes(size_t rank);
  op::DType dtype();
  op::DType floating() {
    return !options_.dtypes.empty() ? options_.dtypes[0]
           : chance(60)             ? op::DType::Float
           : chance(50)             ? op::DType::Double
           : chance(50)             ? op::DType::Half
                                    : op::DType::BFloat16;
  }

  // Values.
  const op::Type& type(Id id) const { return values_[id].type; }
  Id input(op::Type type, Domain domain);
  Id constant(op::DType dtype, double value, op::Dims sizes = {});
  /// The first result of a new node; none when the op is not allowed, refuses the operands or gives
  /// too much.
  std::optional<Id> add(op::Op op, std::vector<Id> operands, op::Attrs attrs = {},
                        std::shared_ptr<const op::Graph> body = nullptr,
                        std::vector<op::Type> results = {});
  /// A value that fits, most likely a young one.
  std::optional<Id> pick(const std::function<bool(const op::Type&)>& fits);
  /// A value of this very type, old or new.
  Id of(const op::Type& type);
  /// One that broadcasts with `sizes` without making them larger.
  Id broadcastable(op::DType dtype, const op::Dims& sizes);
  /// Numbers in [0, n), of i64 or i32.
  Id indices(const op::Dims& sizes, int64_t n);
  /// A 0-dim start in [0, last].
  Id start(int64_t last);

  RandomProgram finish();
  size_t nodes() const { return nodes_.size(); }
  const RandomOptions& options() const { return options_; }

 private:
  struct Value {
    op::Type type;
    int node, result;  // node < 0: input `result`
    bool used = false;
  };
  const RandomOptions& options_;
  std::mt19937_64 random_;
  std::vector<Value> values_;
  std::vector<Input> inputs_;
  std::vector<op::GraphNode> nodes_;  // operands are Ids
};

/// Adds a node of one family, or nothing where the dice ask for what cannot be.
void add_elementwise(ProgramWriter& w);
void add_reduction(ProgramWriter& w);
void add_product(ProgramWriter& w);
void add_window(ProgramWriter& w);
void add_view(ProgramWriter& w);
void add_slice(ProgramWriter& w);
void add_indexing(ProgramWriter& w);
void add_creation(ProgramWriter& w);
void add_scan(ProgramWriter& w);
void add_gradient(ProgramWriter& w);
}  // namespace test
}  // namespace torch
