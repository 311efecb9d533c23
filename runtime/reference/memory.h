/// The memory of one run of a Program.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include "runtime/device/arena.h"
#include "runtime/reference/program.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace reference {

inline void copy(void* to, const void* from, size_t bytes) {
  if (bytes && to != from) std::memmove(to, from, bytes);
}

/// Numbers by pointer, a few or many.
class PointerMap {
 public:
  explicit PointerMap(size_t n) { all_.reserve(n); }
  void add(const void* p, int64_t number) { all_.emplace_back(p, number); }
  void seal() {
    if (all_.size() > 16) std::sort(all_.begin(), all_.end());
  }
  /// The largest number of `p`; -1: none.
  int64_t find(const void* p) const {
    int64_t most = -1;
    if (all_.size() <= 16) {
      for (const auto& [q, number] : all_)
        if (q == p) most = std::max(most, number);
      return most;
    }
    const auto behind = std::upper_bound(all_.begin(), all_.end(), std::make_pair(p, INT64_MAX));
    return behind != all_.begin() && std::prev(behind)->first == p ? std::prev(behind)->second : -1;
  }

 private:
  std::vector<std::pair<const void*, int64_t>> all_;
};

/// The table of pointers. Outputs that nobody wants are computed elsewhere; those whose memory an
/// input still needs, too, and move when it does not. All memory is there before the first step:
/// what fails later has not written an input.
class Program::Memory {
 public:
  Memory(const Program& p, const void* const* inputs, void* const* outputs)
      : program_(p),
        outputs_(outputs),
        guard_(runtime::knobs().guards()),
        arena_(guard_ ? 0 : p.arena_bytes_) {
    const op::Graph& g = p.graph_;
    table_.reserve(g.inputs.size() + g.outputs.size() + p.blocks_.size());
    PointerMap needed(g.inputs.size());  // until which node
    for (size_t i = 0; i < g.inputs.size(); ++i) {
      table_.push_back(const_cast<void*>(inputs[i]));
      needed.add(inputs[i], std::max(p.last_read_[i], p.last_failing_));
    }
    needed.seal();
    for (uint32_t i = 0; i < g.outputs.size(); ++i) {
      table_.push_back(outputs[i]);
      if (!p.made_in_place_[i]) continue;
      const int64_t until = outputs[i] ? needed.find(outputs[i]) : INT64_MAX;
      if (until >= p.made_by_[i]) moves_.push_back({p.made_by_[i], until, i});
    }
    for (const Block& b : p.blocks_)
      table_.push_back(guard_ ? elsewhere(b.bytes) : arena_.data() + b.offset);
    place_moves();
  }
  void* const* table() const { return table_.data(); }

  /// Of a node: what nothing before it needs moves into its place.
  void before(int64_t node) {
    while (moved_ < moves_.size() && moves_[moved_].until < node) {
      const uint32_t output = moves_[moved_++].output;
      void*& at = table_[program_.graph_.inputs.size() + output];
      copy(outputs_[output], at, program_.type_of(program_.graph_.outputs[output]).bytes());
      at = outputs_[output];
    }
  }

  /// Brings to the outputs what is not there yet. What is copied from memory that is itself an
  /// output's is saved first.
  void deliver() const {
    const op::Graph& g = program_.graph_;
    PointerMap targets(g.outputs.size());
    for (size_t i = 0; i < g.outputs.size(); ++i) targets.add(outputs_[i], 0);
    targets.seal();
    std::vector<runtime::BufferRef> saved;
    struct Copy {
      void* to;
      const void* from;
      size_t bytes;
    };
    std::vector<Copy> copies;
    for (size_t i = 0; i < g.outputs.size(); ++i) {
      const void* from = table_[program_.base_[program_.root_[g.outputs[i]]]];
      if (!outputs_[i] || from == outputs_[i]) continue;
      const size_t bytes = program_.type_of(g.outputs[i]).bytes();
      if (targets.find(from) >= 0) {
        saved.push_back(runtime::allocate(bytes));
        copy(saved.back()->data(), from, bytes);
        from = saved.back()->data();
      }
      copies.push_back({outputs_[i], from, bytes});
    }
    for (const Copy& c : copies) copy(c.to, c.from, c.bytes);
  }

 private:
  struct Move {
    int64_t made, until;  // nodes
    uint32_t output;
  };
  /// Room for them, from the node that makes them until they move: one after the other in the same.
  void place_moves() {
    std::vector<std::pair<int64_t, runtime::BufferRef>> rooms;
    std::sort(moves_.begin(), moves_.end(),
              [](const Move& a, const Move& b) { return a.made < b.made; });
    for (const Move& m : moves_) {
      const size_t bytes = program_.type_of(program_.graph_.outputs[m.output]).bytes();
      auto room = rooms.begin();
      while (room != rooms.end() &&
             (room->first >= m.made || room->second->bytes() < bytes || guard_))
        ++room;
      if (room == rooms.end()) room = rooms.insert(room, {0, runtime::allocate(bytes)});
      room->first = m.until;
      table_[program_.graph_.inputs.size() + m.output] = room->second->data();
    }
    for (auto& room : rooms) held_.push_back(std::move(room.second));
    std::sort(moves_.begin(), moves_.end(),
              [](const Move& a, const Move& b) { return a.until < b.until; });
  }
  void* elsewhere(size_t bytes) {
    held_.push_back(runtime::allocate(bytes));
    return held_.back()->data();
  }

  const Program& program_;
  void* const* outputs_;
  const bool guard_;
  runtime::Arena arena_;
  std::vector<runtime::BufferRef> held_;
  std::vector<void*> table_;
  std::vector<Move> moves_;  // by `until`, once placed
  size_t moved_ = 0;
};
}  // namespace reference
}  // namespace torch
