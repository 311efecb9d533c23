/// Graphs that were seen, and what runs them. A hit compares the key word by word; the hash finds
/// it. One executable serves any subset of its outputs; a request beyond them compiles the union.
/// Graph lock held, but for the making of executables.
#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "codegen/compile/compile.h"
#include "frontend/record/export.h"
#include "frontend/tensor/location.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace record {

/// An executable with the values it can give.
struct Variant {
  std::vector<uint32_t> outputs;  // value numbers, ascending
  std::shared_ptr<const runtime::Executable> executable;
  std::vector<std::vector<uint32_t>> over;  // per output: inputs that it may be written over
  bool gives(const std::vector<uint32_t>& wanted) const;
};

struct CachedGraph {
  std::vector<uint64_t> key;
  std::vector<SignatureRef> signatures;  // their ids are in the key
  std::shared_ptr<const op::Graph> graph;  // without outputs; locations of the first sight
  codegen::Placement placement;
  bool has_grad = false;
  double cost = 0;                       // rough nanoseconds in the reference tier
  double spent = 0;                      // nanoseconds that the reference tier has had of it
  std::mutex making;                     // one thread makes an executable
  std::shared_ptr<const Variant> reference, compiled;
};

class GraphCache {
 public:
  std::shared_ptr<CachedGraph> find(const Gathering& g);
  std::shared_ptr<CachedGraph> add(const Gathering& g);
  /// What distinguishes the graph from the nearest that is known: "first seen" or which input's
  /// type or which op, at which line.
  std::string difference(const Gathering& g) const;
  size_t size() const { return order_.size(); }
  void clear();

 private:
  struct Entry {
    Hash128 hash;
    std::shared_ptr<CachedGraph> graph;
  };
  static constexpr size_t kMost = 1024;  // the least recently used goes
  std::list<Entry> order_;               // most recent first
  std::unordered_multimap<uint64_t, std::list<Entry>::iterator> by_hash_;
};
GraphCache& graph_cache();
}  // namespace record
}  // namespace torch
