#pragma once
#include <deque>
#include <string>

#include "frontend/optim/define.h"

namespace torch {
namespace optim {

struct LBFGSOptions : public OptimizerCloneableOptions<LBFGSOptions> {
  LBFGSOptions(double lr = 1) : lr_(lr) {}
  TORCH_ARG(double, lr) = 1;
  /// Iterations of a step.
  TORCH_ARG(int64_t, max_iter) = 20;
  /// Calls of the closure in a step; max_iter * 5 / 4 unless said.
  TORCH_ARG(std::optional<int64_t>, max_eval) = std::nullopt;
  TORCH_ARG(double, tolerance_grad) = 1e-7;
  TORCH_ARG(double, tolerance_change) = 1e-9;
  TORCH_ARG(int64_t, history_size) = 100;
  /// "strong_wolfe", or none.
  TORCH_ARG(std::optional<std::string>, line_search_fn) = std::nullopt;
  WEFT_HAS_FIELDS;
};

/// Of all parameters together, kept as that of the first one.
struct LBFGSParamState : public OptimizerCloneableParamState<LBFGSParamState> {
  TORCH_ARG(int64_t, func_evals) = 0;
  TORCH_ARG(int64_t, n_iter) = 0;
  TORCH_ARG(double, t) = 0;
  TORCH_ARG(double, prev_loss) = 0;
  TORCH_ARG(Tensor, d);
  TORCH_ARG(Tensor, H_diag);
  TORCH_ARG(Tensor, prev_flat_grad);
  TORCH_ARG(std::deque<Tensor>, old_dirs);
  TORCH_ARG(std::deque<Tensor>, old_stps);
  TORCH_ARG(std::deque<Tensor>, ro);
  TORCH_ARG(std::optional<std::vector<Tensor>>, al) = std::nullopt;
  WEFT_HAS_FIELDS;
};

/// Limited-memory BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5), with a line
/// search for the strong Wolfe conditions (algorithms 3.5 and 3.6) if asked for. A step calls its
/// closure, which it needs, many times. One group of parameters.
class LBFGS : public Optimizer {
 public:
  explicit LBFGS(const std::vector<OptimizerParamGroup>& param_groups, LBFGSOptions defaults = {},
                 WEFT_WHERE);
  explicit LBFGS(std::vector<Tensor> params, LBFGSOptions defaults = {}, WEFT_WHERE);
  Tensor step(LossClosure closure) override;

 private:
  std::unique_ptr<OptimizerParamState> new_state() const override;
};
WEFT_COMPILED_ONCE class OptimizerCloneableOptions<LBFGSOptions>;
WEFT_COMPILED_ONCE class OptimizerCloneableParamState<LBFGSParamState>;
}  // namespace optim
}  // namespace torch
