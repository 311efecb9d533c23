#include "frontend/optim/sgd.h"

#include <tuple>

#include "frontend/optim/step.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
auto fields(const SGDOptions& o) {
  return std::make_tuple(o.lr(), o.momentum(), o.dampening(), o.weight_decay(), o.nesterov(),
                         o.maximize());
}
std::unique_ptr<OptimizerOptions> checked(const SGDOptions& o) {
  TORCH_CHECK(o.lr() >= 0, "Invalid learning rate: ", o.lr());
  TORCH_CHECK(o.momentum() >= 0, "Invalid momentum value: ", o.momentum());
  TORCH_CHECK(o.weight_decay() >= 0, "Invalid weight_decay value: ", o.weight_decay());
  TORCH_CHECK(!o.nesterov() || (o.momentum() > 0 && o.dampening() == 0),
              "Nesterov momentum requires a momentum and zero dampening");
  return std::make_unique<SGDOptions>(o);
}
}  // namespace

bool operator==(const SGDOptions& a, const SGDOptions& b) { return fields(a) == fields(b); }
void SGDOptions::merge(SGDOptions& into, const SGDOptions& given) {
  const SGDOptions fresh(1e-3);
  into.lr() = given.lr();  // it has no default that could mean "not given"
  if (given.momentum() != fresh.momentum()) into.momentum() = given.momentum();
  if (given.dampening() != fresh.dampening()) into.dampening() = given.dampening();
  if (given.weight_decay() != fresh.weight_decay()) into.weight_decay() = given.weight_decay();
  if (given.nesterov() != fresh.nesterov()) into.nesterov() = given.nesterov();
  if (given.maximize() != fresh.maximize()) into.maximize() = given.maximize();
}

SGD::SGD(const std::vector<OptimizerParamGroup>& param_groups, SGDOptions defaults)
    : Optimizer(param_groups, checked(defaults)) {}
SGD::SGD(std::vector<Tensor> params, SGDOptions defaults)
    : Optimizer(std::move(params), checked(defaults)) {}

Tensor SGD::step(LossClosure closure) {
  Step step("SGD", closure);
  for (auto& group : param_groups_) {
    const auto& options = static_cast<SGDOptions&>(group.options());
    for (auto& p : group.params()) {
      if (!p.grad().defined()) continue;
      Tensor value = p.data();
      Tensor update = options.maximize() ? -p.grad().data() : p.grad().data();
      if (options.weight_decay() != 0) update = update.add(value, options.weight_decay());
      if (options.momentum() != 0) {
        const bool first = !state_.count(p.unsafeGetTensorImpl());
        auto& state = state_of<SGDParamState>(state_, p, [&] {
          auto fresh = std::make_unique<SGDParamState>();
          fresh->momentum_buffer(record::known_zeros(p));
          return fresh;
        });
        // 0 * momentum + 1 * update: the first buffer is the update itself, without dampening. It
        // is written once.
        const Tensor buffer = state.momentum_buffer()
                                  .mul(options.momentum())
                                  .add(update, first ? 1.0 : 1 - options.dampening());
        state.momentum_buffer().copy_(buffer);
        update = options.nesterov() ? update.add(buffer, options.momentum()) : buffer;
      }
      value.add_(update, -options.lr());
    }
  }
  return step.finish();
}
}  // namespace optim
}  // namespace torch
