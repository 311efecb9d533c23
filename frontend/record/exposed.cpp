#include "frontend/record/exposed.h"

#include <cstring>
#include <mutex>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"
#include "frontend/record/attach.h"
#include "frontend/record/evaluate.h"
#include "frontend/record/graph_lock.h"
#include "frontend/record/step.h"
#include "frontend/record/transfer.h"
#include "runtime/device/copy.h"

namespace torch {
namespace record {
namespace {

using Lock = std::unique_lock<Spinlock>;

// Elements one by one along the innermost dim; `strided` says which side is not dense.
void copy_elements(char* to, const char* from, Span<int64_t> sizes, Span<int64_t> strides,
                   size_t element, bool scatter) {
  if (sizes.empty()) {
    std::memcpy(to, from, element);
    return;
  }
  const int64_t n = sizes[0], step = strides[0] * static_cast<int64_t>(element);
  const Span<int64_t> inner_sizes(sizes.data() + 1, sizes.size() - 1),
      inner_strides(strides.data() + 1, strides.size() - 1);
  int64_t dense = static_cast<int64_t>(element);
  for (int64_t s : inner_sizes) dense *= s;
  if (is_row_major(sizes, strides)) {
    std::memcpy(to, from, static_cast<size_t>(dense * n));
    return;
  }
  for (int64_t i = 0; i < n; ++i)
    copy_elements(to + i * (scatter ? step : dense), from + i * (scatter ? dense : step),
                  inner_sizes, inner_strides, element, scatter);
}

bool empty(Span<int64_t> sizes) {
  for (int64_t s : sizes)
    if (s == 0) return true;
  return false;
}

char* address(const TensorImpl& t) {
  return static_cast<char*>(t.storage->exposure->memory->data()) +
         t.offset * static_cast<int64_t>(op::dtype_bytes(t.dtype));
}

Value snapshot(const Type& type, const void* from, Span<int64_t> strides) {
  runtime::BufferRef copy = new_memory(type, Location::none());
  gather_bytes(copy->data(), from, type.dims, strides, op::dtype_bytes(type.dtype));
  return data(type, std::move(copy));
}

// A copy of the storage's bytes, where they live.
runtime::BufferRef copied(const Type& type, const runtime::BufferRef& from) {
  runtime::BufferRef copy = new_memory(type, Location::none(), home_of(from->device()));
  runtime::copy(copy->data(), copy->device(), from->data(), from->device(), type.bytes(), true);
  return copy;
}

Value snapshot_base(const Storage& s) { return data(s.base, copied(s.base, s.exposure->memory)); }

// What the view addresses now.
Value snapshot(const TensorImpl& t, Location where) {
  const Storage& s = *t.storage;
  if (!is_gpu(s.home)) return snapshot(t.type(), address(t), t.strides);
  NoGradGuard no_grad;
  const Value value = replay(t.chain, snapshot_base(s));
  evaluate(value, {"memory that the program has the address of was read", where});
  return value;
}

// Memory with the known value's bytes that nobody else has: its own where the storage is the only
// one to hold it.
runtime::BufferRef private_memory(Storage& s, bool writable) {
  Node* node = s.value.get().get();
  const uint32_t ours = 1 + (s.lineage.history.get() == node);
  {
    GraphLock lock;
    if (writable && node->buffer && node->buffer->unique() &&
        node->references.load(std::memory_order_acquire) == ours)
      return node->buffer;
  }
  const Bytes bytes = bytes_of(s.value.get());
  if (bytes.buffer) return copied(s.base, bytes.buffer);
  runtime::BufferRef copy = new_memory(s.base, Location::none(), s.home);
  runtime::copy(copy->data(), copy->device(), bytes.data(), {}, s.base.bytes(), true);
  return copy;
}

// From now on memory is the truth.
void give_up_value(Storage& s, Lineage& family) {
  s.value = HeldValue();
  s.overwritten = nullptr;
  ++s.epoch;
  s.lineage.make_stale();
  family.make_stale();
  family.leaf_read = {};
}
}  // namespace

void scatter_bytes(void* to, const void* from, Span<int64_t> sizes, Span<int64_t> strides,
                   size_t element) {
  if (!empty(sizes))
    copy_elements(static_cast<char*>(to), static_cast<const char*>(from), sizes, strides, element,
                  true);
}
void gather_bytes(void* to, const void* from, Span<int64_t> sizes, Span<int64_t> strides,
                  size_t element) {
  if (!empty(sizes))
    copy_elements(static_cast<char*>(to), static_cast<const char*>(from), sizes, strides, element,
                  false);
}

namespace {
void* exposed(const Tensor& t, bool writable, Location where) {
  const TensorImpl& self = *impl(t);
  Storage& s = *self.storage;
  for (;;) {
    Lock lock(s.lock);
    if (s.exposure && (s.exposure->writable || !writable)) return address(self);
    if (s.exposure) {
      s.exposure->writable = true;
      give_up_value(s, self.family());
      return address(self);
    }
    Value value = s.value.get();
    if (value->state.load(std::memory_order_acquire) != State::known) {
      lock.unlock();
      read(t, "data_ptr", where);  // undoes a write that failed
      {
        std::lock_guard<Spinlock> again(s.lock);
        value = s.value.get();
      }
      evaluate(value, {"data_ptr", where});
      continue;
    }
    value = {};
    s.exposure = new Exposure{private_memory(s, writable), writable, where};
    if (writable) give_up_value(s, self.family());
    return address(self);
  }
}

}  // namespace

void* expose(const Tensor& t, bool writable, Location where) {
  const TensorImpl& self = *impl(t);
  if (empty(self.sizes)) return nullptr;
  void* const address = exposed(t, writable, where);
  wait_for(self.storage->home, {"data_ptr", where});
  return address;
}

Tensor expose_foreign(const Type& type, Span<int64_t> strides, runtime::BufferRef memory,
                      Location where) {
  // Laid out otherwise than row by row: a view of flat memory.
  const bool plain = is_row_major(type.dims, strides);
  Type base = type;
  if (!plain) {
    int64_t extent = empty(type.dims) ? 0 : 1;
    for (size_t i = 0; i < type.dims.size() && extent; ++i)
      extent += (type.dims[i] - 1) * strides[i];
    base.dims = Dims{extent};
  }
  Tensor t = make_tensor(data(base, memory));
  TensorImpl& self = *impl(t);
  if (!plain) {
    self.chain = strided(base, type.dims, strides, 0, How(where));
    self.sizes = type.dims;
    self.contiguous = false;
  }
  self.strides = Dims(strides);
  if (empty(type.dims)) return t;
  Storage& s = *self.storage;
  s.exposure = new Exposure{std::move(memory), true, where};
  s.value = HeldValue();
  return t;
}

Value read_exposed(const TensorImpl& t, Location where) {
  Storage& s = *t.storage;
  Lineage& family = t.family();
  const bool grad = GradMode::is_enabled();
  Value structure;
  autograd::Meta* leaf = nullptr;
  ViewChain root_chain;
  {
    Lock lock(s.lock);
    if (grad) structure = family.history;
    if (grad && family.leaf && family.leaf->requires_grad) leaf = family.leaf;
    root_chain = family.root_chain;
  }
  if (leaf && t.chain.get() != root_chain.get()) {
    const Value base = snapshot_base(s);
    Value root = base;
    {
      NoGradGuard no_grad;
      root = replay(root_chain, base);
    }
    evaluate(root,
             {"a view of a leaf was read whose memory the program has the address of", where});
    return replay_from_root(root_chain, leaf_data(root, leaf), t.chain, base);
  }
  Value known = snapshot(t, where);
  if (leaf) return leaf_data(known, leaf);
  if (structure) {
    const Value base = grew_from(t.chain, root_chain) ? Value() : snapshot_base(s);
    structure = replay_from_root(root_chain, structure, t.chain, base);
  } else if (grad && outside_of_base(t)) {
    structure = end_of_gradients(known.type(), s.home);
  }
  return structure ? record(Op::cached, {structure, known}, {}, where) : known;
}

bool write_exposed(const Tensor& t, const Value& value, const How& how) {
  const TensorImpl& self = *impl(t);
  Storage& s = *self.storage;
  Lineage& family = self.family();
  if (!s.exposure) return false;
  const bool graded = GradMode::is_enabled() && (value->carries || family.history);
  if (s.exposure->writable && !s.landing && (graded || Step::current() || is_gpu(s.home))) {
    // Written as any other tensor for now; the memory follows when the step ends.
    Value base = snapshot_base(s);
    Lock lock(s.lock);
    s.value = HeldValue(std::move(base));
    s.landing = true;
  }
  if (!s.exposure->writable || s.landing) return false;
  evaluate(value, {"an in-place op on memory that the program has the address of", how.where});
  const Bytes bytes = bytes_of(value);
  scatter_bytes(address(self), bytes.data(), self.sizes, self.strides, op::dtype_bytes(self.dtype));
  self.version_counter()->version.fetch_add(1, std::memory_order_relaxed);
  Lock lock(s.lock);
  ++s.epoch;
  return true;
}
}  // namespace record
}  // namespace torch
