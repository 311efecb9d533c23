#include "frontend/record/step.h"

#include <algorithm>
#include <mutex>

#include "frontend/record/evaluate.h"
#include "frontend/record/exposed.h"
#include "frontend/record/transfer.h"
#include "frontend/tensor/warning.h"
#include "runtime/device/copy.h"

namespace torch {
namespace record {
namespace {

thread_local Step* current_step = nullptr;

void land_now(Storage& s, const Barrier& barrier) {
  for (;;) {
    Value value;
    {
      std::lock_guard<Spinlock> lock(s.lock);
      if (s.exposure->writable && !s.landing) return;
      value = s.value.get();
    }
    evaluate(value, barrier);
    const Bytes bytes = bytes_of(value);
    std::lock_guard<Spinlock> lock(s.lock);
    if (s.value.get().get() != value.get()) continue;
    const runtime::DeviceId from = bytes.buffer ? bytes.buffer->device() : runtime::DeviceId();
    runtime::copy(s.exposure->memory->data(), s.exposure->memory->device(), bytes.data(), from,
                  s.base.bytes(), true);
    if (s.exposure->writable) {
      s.value = HeldValue();
      s.lineage.make_stale();
      ++s.epoch;
    }
    s.landing = false;
    break;
  }
  wait_for(s.home, barrier);
}
}  // namespace

void land(const TensorImpl& t, Location where) {
  Storage& s = *t.storage;
  if (!s.exposure) return;
  if (Step* step = Step::current()) {
    step->lands_later(&s);
  } else {
    land_now(s, {"an in-place op on memory that the program has the address of", where});
  }
}

Step::Step(const char* what, Location where) : what_(what), where_(where), outer_(current_step) {
  current_step = this;
}

Step::~Step() {
  try {
    land();
  } catch (const std::exception& e) {
    // The tensors keep their values; only the program's own view of the memory stays behind.
    c10::detail::warn(c10::UserWarning(),
                      std::string(what_) + ": exposed memory was not updated: " + e.what(), where_);
  }
  for (Storage* s : waiting_) release(s);
  current_step = outer_;
}

Step* Step::current() { return current_step; }

void Step::lands_later(Storage* storage) {
  if (std::find(waiting_.begin(), waiting_.end(), storage) != waiting_.end()) return;
  retain(storage);
  waiting_.push_back(storage);
}

void Step::land() {
  while (!waiting_.empty()) {
    Ref<Storage> s = Ref<Storage>::adopt(waiting_.back());
    waiting_.pop_back();
    land_now(*s, {what_, where_});
  }
}

void Step::end() {
  evaluate_all({what_, where_});
  land();
}

void end_step(const char* what, Location where) { Step(what, where).end(); }
}  // namespace record

void eval(TensorListIn tensors) {
  std::vector<record::Value> values;
  for (const Tensor& t : tensors.list) values.push_back(record::read(t, "eval", tensors.where));
  record::evaluate(values, {"eval", tensors.where});
}
}  // namespace torch
