/// One evaluation: gathers what is wanted, plans, finds the executable, runs it, publishes the
/// results. Repeated when another thread was evaluating the same, or when something failed that was
/// not asked for.
#pragma once
#include "frontend/record/counted.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/failure.h"
#include "frontend/record/flight.h"
#include "frontend/record/graph_lock.h"
#include "frontend/record/plan.h"
#include "frontend/record/tiers.h"
#include "frontend/record/trace.h"
#include "runtime/executable/executable.h"

namespace torch {
namespace record {

struct Request {
  std::vector<Node*> asked;
  Home home = kHost;          // a graph is of one device
  bool all = false;           // and all that is pending and alive of this thread, temporaries too
  // what fails on the way is an error, even if it was not asked for by name
  bool raises = true;
  Barrier barrier{"", Location::none()};
};

class Run {
 public:
  void evaluate(const Request& request);

 private:
  enum class Outcome { done, again };
  Outcome attempt();
  void clear();

  // request.cpp: what is evaluated together
  bool gather(GraphLock& lock);
  bool gather(const std::vector<Node*>& wanted, Gatherer& gatherer, GraphLock& lock);
  void ask(Gatherer& gatherer);

  // run.cpp: executables and buffers
  bool prepare();
  void take_inputs();
  void bring_inputs();
  void find_updates();
  void fly();
  void allocate();
  void launch();
  runtime::BufferRef result(uint32_t number) const;
  runtime::LateError late() const;
  void note() const;

  // publish.cpp: what follows for the nodes
  void publish(GraphLock& lock);
  void loosen(Node* node, GraphLock& lock);
  void let_go(Node* node, GraphLock& lock);
  void release_inputs(GraphLock& lock);
  void give_up();
  void fail(const runtime::ValueError& error);
  void fail(const runtime::OutOfMemory& error);
  void fail(Node* culprit, Failure* failure);
  Node* larger_than_memory() const;
  [[noreturn]] static void throw_failure(const Failure& failure);

  const Request* request_ = nullptr;
  bool everything_ = true;    // nothing pending of this thread, of this home, stays out
  bool elsewhere_ = false;    // something is pending of another GPU
  Gathering g_;
  Plan plan_;
  std::vector<uint32_t> wanted_;
  std::shared_ptr<CachedGraph> graph_;
  bool known_ = false;
  std::string reason_;        // why it was not known
  Ref<Failure> met_;          // of an earlier evaluation: what came of it is wanted now
  Chosen chosen_;
  Flight* flight_ = nullptr;
  std::vector<runtime::BufferRef> buffers_, results_;
  std::vector<char> takeable_;  // inputs that results may be written over
  // (value, input): an in-place op made the one of the other
  std::vector<std::pair<uint32_t, uint32_t>> updates_;
  std::vector<const void*> in_;
  std::vector<void*> out_;
  double ns_ = 0;
};

/// Ends a pending node as failed. Graph lock.
void fail_with(Node* node, Failure* failure);
}  // namespace record
}  // namespace torch
