#include "frontend/record/transfer.h"

#include <optional>

#include "frontend/record/at_line.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/ledger_inside.h"
#include "runtime/cuda/pinned.h"
#include "runtime/device/copy.h"

namespace torch {
namespace record {
namespace {

// What forces a value that goes there.
const char* arrival(Home to) {
  static std::atomic<const char*> names[64] = {};
  const char* name = names[to].load(std::memory_order_acquire);
  if (name) return name;
  name = intern("to(" + name_of(to) + ")")->c_str();
  names[to].store(name, std::memory_order_release);
  return name;
}

void copy(const runtime::BufferRef& to, const void* from, runtime::DeviceId from_device,
          size_t bytes, bool may_wait) {
  runtime::copy(to->data(), to->device(), from, from_device, bytes, may_wait);
}
}  // namespace

std::string name_of(Home home) {
  return is_gpu(home) ? "cuda:" + std::to_string(home - kFirstGpu) : "cpu";
}

void wait_for(Home home, const Barrier& barrier) {
  if (!is_gpu(home)) return;
  const WaitNote note(barrier, home);
  at_line(barrier.where, [home] { runtime::synchronize(device_of(home)); });
}

runtime::BufferRef brought(const runtime::BufferRef& buffer, Home to) {
  runtime::BufferRef there = runtime::allocate(buffer->bytes(), device_of(to));
  copy(there, buffer->data(), buffer->device(), buffer->bytes(), true);
  return there;
}

Value transferred(const Value& value, Home to, bool may_wait, Location where) {
  const Barrier barrier{arrival(to), where};
  evaluate(value, barrier);
  const Bytes bytes = bytes_of(value);
  const Type& type = value.type();
  if (!bytes.buffer) {
    Value v = data(type, {});
    v->immediate = bytes.immediate;
    settle_in(v, to);
    return v;
  }
  return at_line(where, [&] {
    runtime::BufferRef there = runtime::allocate(type.bytes(), device_of(to));
    std::optional<WaitNote> wait;
    const Home from = home_of(bytes.buffer->device());
    if (is_gpu(from) && !is_gpu(to)) wait.emplace(barrier, from);
    copy(there, bytes.buffer->data(), bytes.buffer->device(), type.bytes(), may_wait);
    return data(type, std::move(there));
  });
}

Value pinned(const Value& value, Location where) {
  const Bytes bytes = host_bytes(value, {"pin_memory", where});
  return at_line(where, [&] {
    runtime::BufferRef there = runtime::cuda::allocate_pinned(value.type().bytes());
    copy(there, bytes.data(), {}, value.type().bytes(), true);
    return data(value.type(), std::move(there));
  });
}
}  // namespace record
}  // namespace torch
