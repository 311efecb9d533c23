#include "frontend/record/tensor_impl.h"

#include <algorithm>
#include <mutex>

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/meta.h"
#include "frontend/record/trace.h"

namespace torch {
namespace record {
void save_result_version(Node& node, const TensorImpl& t) {
  if (!node.saves_result) return;
  if (!node.saved) node.saved = new SavedVersions;
  node.saved->add(t.version_counter(), -1);
}

Lineage::~Lineage() {
  drop_history();
  if (leaf) autograd::release(leaf);
}

void destroy(TensorImpl* t) { delete t; }

TensorImpl::~TensorImpl() {
  if (meta) {
    meta->set_owner(nullptr);
    autograd::release(meta);
  }
  if (VersionCounter* v = version.load(std::memory_order_relaxed)) release(v);
  if (base && counted(base)->references.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy(base);
}

VersionCounter* TensorImpl::make_version_counter() const {
  auto* made = new VersionCounter;
  VersionCounter* other = nullptr;
  if (version.compare_exchange_strong(other, made, std::memory_order_acq_rel)) return made;
  release(made);
  return other;
}

Tensor make_tensor(Value value, Span<int64_t> order) {
  const Type& type = value.type();
  TensorImpl* t = new TensorImpl;
  Tensor result(t);
  t->dtype = type.dtype;
  t->sizes = type.dims;
  t->storage = Ref<Storage>::adopt(new Storage);
  Storage& s = *t->storage;
  settle_in(value, kHost);
  s.home = value->lives();
  const bool carries = value->carries;
  if (carries) save_result_version(*value.get(), *t);
  if (order.empty()) {
    t->strides = op::row_major_strides(t->sizes);
    s.base = type;
  } else {
    const How how(value->where, kLayout);
    Dims inverse(order.size());
    for (size_t i = 0; i < order.size(); ++i) inverse[order[i]] = static_cast<int64_t>(i);
    t->strides = strides_in_order(t->sizes, order);
    t->contiguous = is_row_major(t->sizes, t->strides);
    value = record(Op::permute, {value}, op::attrs::permute::pack(order), how);
    s.base = value.type();
    t->chain = permuted({}, s.base, inverse, how);
  }
  if (carries) {
    s.lineage.history = value;
    s.lineage.epoch = s.epoch;
  }
  s.value = HeldValue(std::move(value));
  return result;
}

Tensor make_view(const Tensor& of, ViewChain chain, Dims sizes, Dims strides, int64_t offset,
                 Location where, CreationMeta creation) {
  const TensorImpl& from = *impl(of);
  TensorImpl* t = new TensorImpl;
  Tensor result(t);
  t->dtype = from.dtype;
  t->is_view = true;
  t->contiguous = is_row_major(sizes, strides);
  t->sizes = std::move(sizes);
  t->strides = std::move(strides);
  t->offset = offset;
  t->storage = from.storage;
  t->lineage = from.lineage;
  // Steps that cancel out leave the tensor itself, which as a view still is a node of its own to
  // autograd.
  const uint32_t depth = chain ? chain->depth : 0, before = from.chain ? from.chain->depth : 0;
  if ((depth < before || chain.get() == from.chain.get()) && requires_grad(from))
    chain = same(chain, t->type(), where);
  t->chain = std::move(chain);
  t->creation = from.creation == CreationMeta::DEFAULT ? creation : from.creation;
  if (t->creation == CreationMeta::DEFAULT && !GradMode::is_enabled())
    t->creation = CreationMeta::NO_GRAD_MODE;
  VersionCounter* version = from.version_counter();
  retain(version);
  t->version.store(version, std::memory_order_relaxed);
  t->base = from.base ? from.base : impl(of);
  counted(t->base)->references.fetch_add(1, std::memory_order_relaxed);
  if (!GradMode::is_enabled() && requires_grad(from)) {
    t->lineage = Ref<Lineage>::adopt(new Lineage);
    t->lineage->no_grad_view = true;
    t->creation = CreationMeta::NO_GRAD_MODE;
  }
  return result;
}

Tensor make_detached(const Tensor& of, bool share_version) {
  const TensorImpl& from = *impl(of);
  TensorImpl* t = new TensorImpl;
  Tensor result(t);
  t->dtype = from.dtype;
  t->contiguous = from.contiguous;
  t->sizes = from.sizes;
  t->strides = from.strides;
  t->offset = from.offset;
  t->storage = from.storage;
  t->chain = from.chain;
  t->lineage = Ref<Lineage>::adopt(new Lineage);
  if (share_version) share_versions(result, of);
  return result;
}

void share_versions(const Tensor& t, const Tensor& with) {
  VersionCounter* version = impl(with)->version_counter();
  retain(version);
  if (VersionCounter* own = impl(t)->version.exchange(version, std::memory_order_acq_rel))
    release(own);
}

void make_leaf(TensorImpl& t, autograd::Meta* meta) {
  autograd::retain(meta);
  t.lineage->leaf = meta;
  t.lineage->root_chain = t.chain = sealed(t.chain);
}

namespace {
bool requires_grad(const Lineage& family) {
  return family.history || (family.leaf && family.leaf->requires_grad);
}
}  // namespace

bool outside_of_base(const TensorImpl& t) {
  return t.base && t.lineage.get() != t.base->lineage.get() && !requires_grad(t.family()) &&
         requires_grad(t.base->family());
}

bool requires_grad(const TensorImpl& t) {
  std::lock_guard<Spinlock> lock(t.storage->lock);
  return requires_grad(t.family()) || outside_of_base(t);
}

bool is_leaf(const TensorImpl& t) {
  std::lock_guard<Spinlock> lock(t.storage->lock);
  const Lineage& family = t.family();
  if (family.history) return false;
  return !family.leaf || !family.leaf->requires_grad || family.leaf == t.meta;
}

Operand operand(const Value& value, const Tensor& t) { return Operand(value, impl(t)); }
}  // namespace record

namespace autograd {
void release(Meta* m) {
  if (m->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete m;
}

Meta* meta_of(const Tensor& t) {
  record::TensorImpl& impl = *record::impl(t);
  std::lock_guard<record::Spinlock> lock(impl.storage->lock);
  if (!impl.meta) {
    impl.meta = new Meta;
    impl.meta->set_owner(&impl);
  }
  return impl.meta;
}

Tensor Meta::owner() const {
  std::lock_guard<record::Spinlock> lock(lock_);
  if (!owner_) return Tensor();
  // Unless it is about to end.
  std::atomic<uint32_t>& references = record::counted(owner_)->references;
  uint32_t now = references.load(std::memory_order_relaxed);
  while (now != 0 && !references.compare_exchange_weak(now, now + 1, std::memory_order_acquire)) {
  }
  if (now == 0) return Tensor();
  Tensor alive(owner_);
  references.fetch_sub(1, std::memory_order_relaxed);
  return alive;
}
void Meta::set_owner(record::TensorImpl* tensor) const {
  std::lock_guard<record::Spinlock> lock(lock_);
  owner_ = tensor;
}
}  // namespace autograd
}  // namespace torch
