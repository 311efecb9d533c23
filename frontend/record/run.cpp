#include "frontend/record/run.h"

#include <algorithm>
#include <chrono>

#include "codegen/compile/compile.h"
#include "frontend/record/ledger_inside.h"
#include "frontend/record/scope.h"
#include "frontend/record/transfer.h"
#include "frontend/tensor/error.h"

namespace torch {
namespace record {
namespace {

// Nobody reads the value after this evaluation, and nobody else has its memory. One reference is
// ours.
bool may_be_taken(const Node* input) {
  const uint32_t readers = input->references.load(std::memory_order_acquire) -
                           input->structure_references.load(std::memory_order_acquire) - 1;
  const bool saved = reads_itself(*input) && !(input->flags & kLetsGo);
  return input->buffer && input->releasing != 0 && readers == input->releasing && !saved &&
         input->buffer->unique();
}
}  // namespace

void Run::clear() {
  g_.clear();
  plan_.clear();
  wanted_.clear();
  graph_ = nullptr;
  reason_.clear();
  chosen_ = {};
  buffers_.clear();
  results_.clear();
  takeable_.clear();
  updates_.clear();
  in_.clear();
  out_.clear();
}

void Run::evaluate(const Request& request) {
  request_ = &request;
  met_ = {};
  while (attempt() == Outcome::again) clear();
  clear();
  // What is pending of other GPUs counts on.
  if (everything_ && !elsewhere_) {
    Trace& trace = Trace::mine();
    Trace::Pending& pending = trace.pending(request.home);
    pending.length = 0;
    pending.cost = 0;
    trace.kept_bytes = 0;
  }
  if (const Ref<Failure> failure = std::exchange(met_, {})) throw_failure(*failure);
}

Run::Outcome Run::attempt() {
  {
    GraphLock lock;
    if (!gather(lock)) return Outcome::again;
    if (g_.items.empty()) return Outcome::done;
    if (!prepare()) {
      publish(lock);  // all that is wanted is some other value that is known
      return Outcome::done;
    }
  }
  try {
    fly();
  } catch (const runtime::ValueError& e) {
    fail(e);
    return Outcome::again;
  } catch (const runtime::OutOfMemory& e) {
    fail(e);
    return Outcome::again;
  } catch (const codegen::InternalError& e) {
    give_up();
    throw c10::InternalError(e.what(), located(request_->barrier.where));
  } catch (const c10::Error&) {
    give_up();
    throw;
  // a dump that cannot be written, a knob that this machine cannot follow
  } catch (const std::exception& e) {
    give_up();
    throw c10::Error(e.what(), located(request_->barrier.where));
  }
  {
    GraphLock lock;
    publish(lock);
    land(std::exchange(flight_, nullptr), lock);
  }
  note();
  return Outcome::done;
}

// Plans, and finds the graph; false when nothing is to be computed.
bool Run::prepare() {
  make_plan(g_, plan_, Policy{!request_->all, everything_});
  for (Node* n : plan_.outputs) {
    const uint32_t number = number_of(g_, n);
    if (number & kInput) g_.inputs[number & ~kInput]->releasing = 0;  // lives on as this output
    else wanted_.push_back(number);
  }
  for (const Plan::Kept& k : plan_.kept) wanted_.push_back(g_.numbers[k.op->number + k.result]);
  if (wanted_.empty()) return false;
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  graph_ = graph_cache().find(g_);
  known_ = bool(graph_);
  if (!known_) {
    reason_ = graph_cache().difference(g_);
    graph_ = graph_cache().add(g_);
  }
  flight_ = new Flight;
  for (const Item& item : g_.items)
    if (item.pending) item.node->flight = flight_;
  for (Node* p : g_.projections) p->flight = flight_;
  find_updates();
  take_inputs();
  return true;
}

void Run::take_inputs() {
  for (Node* input : g_.inputs) {
    retain(input);
    takeable_.push_back(may_be_taken(input));
    buffers_.push_back(takeable_.back() ? std::move(input->buffer) : input->buffer);
  }
}

// What lived anywhere was made on one device, and is read on another.
void Run::bring_inputs() {
  for (size_t i = 0; i < buffers_.size(); ++i) {
    if (!buffers_[i] || home_of(buffers_[i]->device()) == g_.home) continue;
    if (takeable_[i]) {
      GraphLock lock;
      g_.inputs[i]->buffer = buffers_[i];
      takeable_[i] = false;
    }
    buffers_[i] = brought(buffers_[i], g_.home);
  }
}

// A parameter is updated where it lies, rather than swapping memory with its gradient.
void Run::find_updates() {
  for (const Node* n : plan_.outputs)
    for (const Overwritten* o = n->overwritten; o; o = o->next) {
      const Node* before = o->before;
      if (before->mark != n->mark || !(before->flags & kNumbered)) continue;
      const uint32_t from = number_of(g_, before), to = number_of(g_, n);
      if ((from & kInput) && !(to & kInput))
        updates_.emplace_back(to + static_cast<uint32_t>(g_.inputs.size()), from & ~kInput);
    }
}

void Run::fly() {
  // With the inputs in front, as op::Graph counts.
  for (uint32_t& number : wanted_) number += static_cast<uint32_t>(g_.inputs.size());
  chosen_ = choose(*graph_, wanted_);
  bring_inputs();
  allocate();
  launch();
}

void Run::allocate() {
  const Variant& v = *chosen_.variant;
  std::vector<char> taken(buffers_.size(), 0);
  results_.resize(v.outputs.size());
  for (const auto& [value, input] : updates_) {
    const size_t o = static_cast<size_t>(
        std::lower_bound(v.outputs.begin(), v.outputs.end(), value) - v.outputs.begin());
    const std::vector<uint32_t>& over = v.over[o];
    if (results_[o] || !takeable_[input] || taken[input] ||
        !std::binary_search(over.begin(), over.end(), input))
      continue;
    taken[input] = 1;
    results_[o] = buffers_[input];
  }
  for (size_t o = 0; o < v.outputs.size(); ++o) {
    if (results_[o] || !std::binary_search(wanted_.begin(), wanted_.end(), v.outputs[o])) continue;
    for (uint32_t i : v.over[o]) {
      if (!takeable_[i] || taken[i]) continue;
      taken[i] = 1;
      results_[o] = buffers_[i];
      break;
    }
    if (!results_[o])
      results_[o] = runtime::allocate(v.executable->output_types[o].bytes(), device_of(g_.home));
  }
}

void Run::launch() {
  if (!is_gpu(g_.home))
    for (const runtime::BufferRef& b : buffers_)
      if (b) await(b, request_->barrier);
  for (size_t i = 0; i < g_.inputs.size(); ++i)
    in_.push_back(buffers_[i] ? buffers_[i]->data() : &g_.inputs[i]->immediate);
  for (const runtime::BufferRef& b : results_) out_.push_back(b ? b->data() : nullptr);
  const auto start = std::chrono::steady_clock::now();
  const runtime::Executable& executable = *chosen_.variant->executable;
  if (is_gpu(g_.home)) executable.launch(in_.data(), out_.data(), late());
  else executable.run(in_.data(), out_.data());
  ns_ = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
  account(*graph_, chosen_, ns_);
}

runtime::BufferRef Run::result(uint32_t number) const {
  const std::vector<uint32_t>& outputs = chosen_.variant->outputs;
  const uint32_t wanted = number + static_cast<uint32_t>(g_.inputs.size());
  return results_[static_cast<size_t>(std::lower_bound(outputs.begin(), outputs.end(), wanted) -
                                      outputs.begin())];
}

void Run::note() const {
  note_barrier({request_->barrier, g_.items.size(), plan_.outputs.size(), known_, chosen_.reference,
                ns_ / 1e6, g_.home});
  if (chosen_.made)
    note_compile(*graph_, chosen_, request_->barrier.where, chosen_.why ? chosen_.why : reason_);
}
}  // namespace record
}  // namespace torch
