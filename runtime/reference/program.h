/// An op::Graph made ready to run op by op: which function, which memory. Results of views that
/// keep the order (reshape, detach, cached) share their operand's memory; temporaries share an
/// arena by their lifetimes.
#pragma once
#include <memory>
#include <vector>

#include "ir/op/graph.h"
#include "runtime/reference/call.h"

namespace torch {
namespace reference {

class Program {
 public:
  /// Keeps a reference to the graph. Throws std::invalid_argument for what no function computes
  /// (weft.grad).
  explicit Program(const op::Graph& graph);
  /// As runtime::Executable::run; any output may be the memory of any input. Throws
  /// runtime::ValueError; inputs are then as they were.
  void run(const void* const* inputs, void* const* outputs) const;
  size_t steps() const { return steps_.size(); }
  size_t arena_bytes() const { return arena_bytes_; }

 private:
  struct Step {
    uint32_t node;
    Function function;                    // null: a scan
    std::unique_ptr<const Program> body;  // of the scan
    uint32_t first_pointer, operands;     // pointers: operands, then results
    std::vector<const op::Type*> operand_types;
  };
  struct Block {
    size_t offset, bytes;
  };
  class Memory;

  void resolve_aliases();
  bool may_throw(const op::GraphNode& node) const;
  void add_steps();
  void place_values();
  void find_lives(const std::vector<uint32_t>& last);
  void run_scan(const Step& step, void* const* pointers) const;
  const op::Type& type_of(uint32_t value) const { return *types_[value]; }

  const op::Graph& graph_;
  std::vector<const op::Type*> types_;   // of values
  std::vector<uint32_t> root_;           // the value whose memory a value has
  std::vector<uint32_t> base_;           // of root values: where in the run's table of pointers
  std::vector<Block> blocks_;            // of temporaries
  // of outputs: computed into their memory, not copied at the end
  std::vector<bool> made_in_place_;
  std::vector<int64_t> made_by_;         // of outputs: the node
  // of inputs: the last node that reads it; beyond all where an output is a copy of it
  std::vector<int64_t> last_read_;
  int64_t last_failing_ = -1;            // the last node that may throw
  std::vector<Step> steps_;
  std::vector<uint32_t> pointers_;       // of all steps, as indices into the run's table
  size_t arena_bytes_ = 0;
};
}  // namespace reference
}  // namespace torch
