/// What a Tensor points to: a storage, a chain of view steps from its base, and the sizes, strides
/// and offset that torch reports.
#pragma once
#include "frontend/autograd/view_meta.h"
#include "frontend/record/layout.h"
#include "frontend/record/storage.h"
#include "frontend/record/view_step.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace record {

using autograd::CreationMeta;

struct TensorImpl : Pooled {
  std::atomic<uint32_t> references{0};  // first: the public handle counts it
  DType dtype = DType::Undefined;
  bool contiguous = true;
  bool is_view = false;         // of another tensor, in torch's sense
  CreationMeta creation = CreationMeta::DEFAULT;
  Ref<Storage> storage;
  Ref<Lineage> lineage;         // null: the storage's own
  ViewChain chain;
  Dims sizes, strides;
  int64_t offset = 0;
  TensorImpl* base = nullptr;   // counted: what `_base()` gives
  autograd::Meta* meta = nullptr;  // counted; on demand
  mutable std::atomic<VersionCounter*> version{nullptr};  // counted; on demand

  // Guarded by the storage's lock.
  mutable Value read;           // the Value last read, through the chain
  mutable uint64_t read_epoch = 0;

  Type type() const { return Type(dtype, sizes); }
  Lineage& family() const { return lineage ? *lineage : storage->lineage; }
  /// Made on demand; shared by views.
  VersionCounter* version_counter() const {
    VersionCounter* made = version.load(std::memory_order_acquire);
    return made ? made : make_version_counter();
  }
  VersionCounter* make_version_counter() const;
  uint32_t current_version() const {
    return version_counter()->version.load(std::memory_order_relaxed);
  }
  ~TensorImpl();
};
inline TensorImpl* impl(const TensorBase& t) {
  return reinterpret_cast<TensorImpl*>(t.unsafeGetTensorImpl());
}

/// A tensor of its own with this value, row-major or with its memory in `order`.
Tensor make_tensor(Value value, Span<int64_t> order = {});
/// A tensor over the same storage; sizes, strides and offset are as given.
Tensor make_view(const Tensor& of, ViewChain chain, Dims sizes, Dims strides, int64_t offset,
                 Location where, CreationMeta creation = CreationMeta::DEFAULT);
/// The tensor is the result of an op that torch would have save it: writing to it later is an error
/// for the gradient.
void save_result_version(Node& node, const TensorImpl& t);
/// The same memory, in a lineage without history. `share_version` as detach() does, not as data().
Tensor make_detached(const Tensor& of, bool share_version);

/// Writes to the one are writes to the other, as far as versions tell.
void share_versions(const Tensor& t, const Tensor& with);

/// The tensor, alone in its lineage, becomes a leaf that gradients arrive at.
void make_leaf(TensorImpl& t, autograd::Meta* meta);

/// The Value of a tensor now. Undefined tensors are an error that names `what` (the op).
Value read(const Tensor& t, const char* what, Location where);
/// An operand: the Value, and where it came from.
Operand operand(const Value& value, const Tensor& t);
/// Gives the tensor a new Value, of its own sizes and dtype: through the chain into the base, with
/// version and epoch.
void write(const Tensor& t, const Value& value, const How& how);
/// What torch refuses to write in place.
void check_writable(const Tensor& t, const char* what, Location where);
/// Of these, what autograd forbids: also to become another look at the same memory.
void check_changeable(const Tensor& t, const char* what, Location where);
/// Of these, what concerns how a view came to be, when a value with history is written.
void check_view(const Tensor& t, const char* what, Location where);

bool requires_grad(const TensorImpl& t);
/// A view that is not of its base's family, which requires grad: it was made without grad, or
/// before the base required one. It requires grad, too, which leads nowhere. Storage's lock held.
bool outside_of_base(const TensorImpl& t);
bool is_leaf(const TensorImpl& t);
/// The node that made the tensor, with gradients; null for leaves. Reading may record a view.
Value history(const Tensor& t);
}  // namespace record
}  // namespace torch
