/// What autograd knows beyond the history of values: of a leaf, that it wants a gradient, and that
/// gradient; of a node of the record, what the program hung on it.
#pragma once
#include <functional>

#include "frontend/autograd/function_hook.h"
#include "frontend/record/node.h"
#include "frontend/record/spinlock.h"
#include "frontend/tensor/tensor.h"

namespace torch {
namespace autograd {
struct Node;

/// Hooks of one place of the graph of gradients.
struct Place {
  std::vector<std::function<Tensor(const Tensor&)>> tensor_hooks;  // null: removed
  NodeHooks node_hooks;
  std::weak_ptr<Node> node;  // what the program sees the place as, while it does

  bool has_tensor_hooks() const {
    for (const auto& hook : tensor_hooks)
      if (hook) return true;
    return false;
  }
};

struct Meta {
  std::atomic<uint32_t> references{1};
  bool requires_grad = false;  // a leaf's
  bool retains_grad = false;   // of a tensor that is no leaf
  uint32_t retained = 0;       // counts the nodes whose gradient that was; the last one's is meant
  Tensor grad;
  std::string name;
  Place place;                 // a leaf's

  /// The tensor, if it still lives.
  Tensor owner() const;
  void set_owner(record::TensorImpl* tensor) const;

 private:
  mutable record::Spinlock lock_;
  mutable record::TensorImpl* owner_ = nullptr;
};
inline void retain(Meta* m) { m->references.fetch_add(1, std::memory_order_relaxed); }
/// Of the tensor; made on demand.
Meta* meta_of(const Tensor& t);

/// Of a node that gradients flow to. Graph lock.
struct Anchor {
  Place place;
  /// Of data: the function of the user's whose result this is. Data that carries gradients, and is
  /// neither this nor a leaf, is where they end.
  std::shared_ptr<Node> function;
  uint32_t index = 0;       // of its results
  Meta* keeper = nullptr;   // counted: the tensor that retains the gradient
  uint32_t retained = 0;    // while it still means this node
  bool retains() const { return keeper && keeper->retains_grad && keeper->retained == retained; }
};
}  // namespace autograd
}  // namespace torch
