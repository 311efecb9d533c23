#include "frontend/autograd/to_copy.h"

#include "frontend/autograd/grad_mode.h"
#include "frontend/autograd/recorded_node.h"
#include "frontend/record/attach.h"
#include "frontend/record/transfer.h"
#include "frontend/tensor/compute_inside.h"

namespace torch {
namespace autograd {
namespace {
struct ToCopyBackward0 : Node {
  ToCopyBackward0(record::Home from, Location where) : from_(from), where_(where) {}
  std::string name() const override { return "ToCopyBackward0"; }

 protected:
  variable_list apply(variable_list&& grads) override {
    if (!grads[0].defined()) return {Tensor()};
    return {grads[0].to(device_at(from_), grads[0].scalar_type(), false, false, nullopt, where_)};
  }

 private:
  const record::Home from_;
  const Location where_;
};
}  // namespace

record::Value to_copy(const record::Value& value, record::Home to, const record::How& how,
                      bool may_wait) {
  const auto node = std::make_shared<ToCopyBackward0>(value->lives(), how.where);
  {
    record::Value source;
    {
      record::GraphLock lock;
      source = record::Value(source_of(value.get()));
    }
    Inside::set_sources(*node, {source});
  }
  InputMetadata metadata = metadata_of(*value.get());
  metadata.device = device_at(to);
  node->add_input_metadata(std::move(metadata));
  const record::Value known =
      record::transferred(record::bare(value, how.where), to, may_wait, how.where);
  AutoGradMode grad(true);
  const record::Value structure = record::result_of(node, 0, value.type(), to);
  return record::record(op::Op::cached, {structure, known}, {}, how);
}
}  // namespace autograd
}  // namespace torch
