// What is evaluated together.
#include <algorithm>

#include "frontend/record/run.h"

namespace torch {
namespace record {
namespace {
// A request is small, and the rest large, beyond these (nanoseconds in the reference tier); then it
// runs alone if it shares nothing with the rest.
constexpr double kSmall = 1e5, kLarge = 1e6;
constexpr uint32_t kFew = 256;

// Those that live in `home`; `elsewhere`: whether there are others, of other GPUs.
std::vector<Node*> roots_of(Trace& trace, Home home, bool& elsewhere) {
  std::vector<Node*> roots;
  elsewhere = false;
  if (trace.body != 0) return roots;  // what is pending of a loop's step has no value
  std::lock_guard<Spinlock> lock(trace.lock);
  for (Node* n = trace.first_root; n; n = n->next_root)
    if (std::max(n->lives(), kHost) == home) roots.push_back(n);
    else elsewhere |= is_gpu(home) && is_gpu(n->lives());
  return roots;
}
}  // namespace

void Run::ask(Gatherer& gatherer) {
  for (Node* n : request_->asked)
    if (gatherer.touch(n)) n->flags |= kWanted;
}

bool Run::gather(GraphLock& lock) {
  Trace& trace = Trace::mine();
  const std::vector<Node*> roots = roots_of(trace, request_->home, elsewhere_);
  std::vector<Node*> wanted = request_->asked;
  everything_ = true;
  const Trace::Pending& pending = trace.pending(request_->home);
  const bool maybe_alone =
      !request_->all && !roots.empty() && (pending.length > kFew || pending.cost > kLarge);
  if (maybe_alone) {
    Gatherer alone(g_, request_->home);
    ask(alone);
    if (!gather(wanted, alone, lock)) return false;
    const std::vector<Node*>& asked = request_->asked;
    auto shares = [&](Node* root) {
      return std::find(asked.begin(), asked.end(), root) == asked.end() && alone.shares(root);
    };
    if (g_.cost < kSmall && std::none_of(roots.begin(), roots.end(), shares) && !g_.busy) {
      everything_ = false;
      return true;
    }
    g_.clear();
  }
  wanted.insert(wanted.end(), roots.begin(), roots.end());
  Gatherer gatherer(g_, request_->home);
  ask(gatherer);
  return gather(wanted, gatherer, lock);
}

bool Run::gather(const std::vector<Node*>& wanted, Gatherer& gatherer, GraphLock& lock) {
  if (!g_.busy && gatherer.add(wanted)) return true;
  if (g_.busy) {
    wait_for(*g_.busy, lock);
    return false;
  }
  // What stands on a failed value has failed. The next attempt passes it by, unless it was asked
  // for.
  Failure* failure = g_.failed->failure;
  for (Node* n : g_.failed_between) fail_with(n, failure);
  const std::vector<Node*>& asked = request_->asked;
  if (std::find(asked.begin(), asked.end(), g_.failed_under) != asked.end())
    throw_failure(*failure);
  if (request_->raises && request_->all && !met_) met_ = Ref<Failure>(failure);
  return false;
}
}  // namespace record
}  // namespace torch
