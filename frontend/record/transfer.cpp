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
          size_t bytes) {
  runtime::copy(to->data(), to->device(), from, from_device, bytes);
}
// A copy that nobody waits for; null where there can be none.
runtime::BufferRef copied_beside(const runtime::BufferRef& buffer, size_t bytes, Home from,
                                 Home to) {
  if (bytes == 0 || is_gpu(from) == is_gpu(to)) return {};
  if (is_gpu(from)) return runtime::download(buffer, bytes);
  if (!runtime::cuda::is_pinned(buffer->data())) return {};
  return runtime::upload(buffer, bytes, device_of(to));
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

void await(const runtime::BufferRef& buffer, const Barrier& barrier) {
  runtime::DeviceId from;
  if (!buffer->arriving(&from)) return;
  const WaitNote note(barrier, home_of(from));
  at_line(barrier.where, [&] { buffer->data(); });
}

runtime::BufferRef brought(const runtime::BufferRef& buffer, Home to) {
  runtime::BufferRef there = runtime::allocate(buffer->bytes(), device_of(to));
  copy(there, buffer->data(), buffer->device(), buffer->bytes());
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
    const Home from = home_of(bytes.buffer->device());
    runtime::BufferRef there;
    if (!may_wait) there = copied_beside(bytes.buffer, type.bytes(), from, to);
    if (there) return data(type, std::move(there));
    there = runtime::allocate(type.bytes(), device_of(to));
    std::optional<WaitNote> wait;
    if (is_gpu(from) && !is_gpu(to)) wait.emplace(barrier, from);
    copy(there, bytes.buffer->data(), bytes.buffer->device(), type.bytes());
    return data(type, std::move(there));
  });
}

Value pinned(const Value& value, Location where) {
  const Bytes bytes = host_bytes(value, {"pin_memory", where});
  return at_line(where, [&] {
    runtime::BufferRef there = runtime::cuda::allocate_pinned(value.type().bytes());
    copy(there, bytes.data(), {}, value.type().bytes());
    return data(value.type(), std::move(there));
  });
}
}  // namespace record
}  // namespace torch
