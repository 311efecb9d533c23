#include "frontend/optim/sgd.h"

#include "frontend/optim/step.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
void check(const SGDOptions& o) {
  check_lr(o);
  TORCH_CHECK(o.momentum() >= 0, "Invalid momentum value: ", o.momentum());
  check_weight_decay(o);
  TORCH_CHECK(!o.nesterov() || (o.momentum() > 0 && o.dampening() == 0),
              "Nesterov momentum requires a momentum and zero dampening (got momentum ",
              o.momentum(), " and dampening ", o.dampening(), ")");
}
}  // namespace
WEFT_FIELDS(SGDOptions, WEFT_FIELD(lr), WEFT_FIELD(momentum), WEFT_FIELD(dampening),
            WEFT_FIELD(weight_decay), WEFT_FIELD(nesterov), WEFT_EXTRA_FIELD(maximize))
WEFT_FIELDS(SGDParamState, WEFT_FIELD(momentum_buffer))
WEFT_DEFINE_OPTIMIZER(SGD, check)

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
        auto& state = state_of<SGDParamState>(state_, p, [] {
          return std::make_unique<SGDParamState>();
        });
        const bool first = !state.momentum_buffer().defined();
        if (first) state.momentum_buffer(record::known_zeros(p));
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
