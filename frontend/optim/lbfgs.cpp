#include "frontend/optim/lbfgs.h"

#include <algorithm>
#include <cmath>

#include "frontend/optim/line_search_inside.h"
#include "frontend/optim/step.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace optim {
namespace {
std::unique_ptr<OptimizerOptions> complete(LBFGSOptions options) {
  if (!options.max_eval()) options.max_eval(options.max_iter() * 5 / 4);
  return std::make_unique<LBFGSOptions>(options);
}

// One step: the parameters as one long vector, and the closure.
class Minimization {
 public:
  Minimization(OptimizerParamGroup& group, LBFGSParamState& state, const LossClosure& closure)
      : params_(group.params()),
        options_(static_cast<LBFGSOptions&>(group.options())),
        state_(state),
        closure_(closure) {}

  void run(double loss) {
    loss_ = loss;
    evaluations_ = 1;
    state_.func_evals(state_.func_evals() + 1);
    grad_ = flat_grad();
    if (largest(grad_) <= options_.tolerance_grad()) return;
    for (int64_t i = 1; i <= options_.max_iter(); ++i)
      if (!iterate(i == options_.max_iter())) break;
  }

 private:
  double largest(const Tensor& t) const { return t.abs().max().item<double>(); }
  double call_closure() const {
    AutoGradMode with_grad(true);
    return closure_().item<double>();
  }

  Tensor flat_grad() const {
    std::vector<Tensor> parts;
    for (const Tensor& p : params_)
      parts.push_back(p.grad().defined() ? p.grad().detach().reshape({-1})
                                         : record::known_zeros(p).reshape({-1}));
    return torch::cat(parts);
  }
  void move(double distance, const Tensor& direction) const {
    int64_t offset = 0;
    for (const Tensor& p : params_) {
      const int64_t count = p.numel();
      p.add_(direction.slice(0, offset, offset + count).view(p.sizes()), distance);
      offset += count;
    }
  }

  // False where the step ends.
  bool iterate(bool last) {
    state_.n_iter(state_.n_iter() + 1);
    const bool first = state_.n_iter() == 1;
    if (first) start();
    else direct();
    state_.prev_flat_grad(grad_);
    state_.prev_loss(loss_);
    state_.t(first ? std::min(1.0, 1.0 / grad_.abs().sum().item<double>()) * options_.lr()
                   : options_.lr());
    const double slope = grad_.dot(state_.d()).item<double>();
    if (slope > -options_.tolerance_change()) return false;
    const bool optimal = advance(slope, last);
    if (last || evaluations_ >= *options_.max_eval() || optimal) return false;
    if (largest(state_.d().mul(state_.t())) <= options_.tolerance_change()) return false;
    return std::abs(loss_ - state_.prev_loss()) >= options_.tolerance_change();
  }

  void start() {
    state_.d(grad_.neg());
    state_.H_diag(torch::ones({}, grad_.options()));
    state_.old_dirs({}).old_stps({}).ro({});
  }

  // The direction: the inverse Hessian, as the steps and gradient changes of the past show it, times
  // the gradient. Each turn of the loops is evaluated: their number grows and compiles nothing.
  void direct() {
    remember(grad_.sub(state_.prev_flat_grad()), state_.d().mul(state_.t()));
    const auto &dirs = state_.old_dirs(), &steps = state_.old_stps();
    const int64_t past = static_cast<int64_t>(dirs.size());
    if (!state_.al()) state_.al(std::vector<Tensor>());
    std::vector<Tensor>& al = *state_.al();
    al.resize(static_cast<size_t>(options_.history_size()));
    Tensor r = grad_.neg();
    for (size_t i = static_cast<size_t>(past); i-- > 0;) {
      al[i] = steps[i].dot(r) * state_.ro()[i];
      r = r.add(dirs[i] * -al[i]);
      torch::eval(r, al[i]);
    }
    r = r.mul(state_.H_diag());
    for (size_t i = 0; i < static_cast<size_t>(past); ++i) {
      const Tensor be = dirs[i].dot(r) * state_.ro()[i];
      r = r.add(steps[i] * (al[i] - be));
      torch::eval(r);
    }
    state_.d(r);
  }
  void remember(const Tensor& change, const Tensor& step) {
    const Tensor product = change.dot(step);
    if (!(product.item<double>() > 1e-10)) return;
    if (static_cast<int64_t>(state_.old_dirs().size()) == options_.history_size()) {
      state_.old_dirs().pop_front();
      state_.old_stps().pop_front();
      state_.ro().pop_front();
    }
    state_.old_dirs().push_back(change);
    state_.old_stps().push_back(step);
    state_.ro().push_back(1.0 / product);
    state_.H_diag(product / change.dot(change));
  }

  // Moves the parameters; true where the gradient there is as good as zero.
  bool advance(double slope, bool last) {
    int64_t evaluations = 0;
    bool optimal = false;
    if (options_.line_search_fn()) {
      TORCH_CHECK(*options_.line_search_fn() == "strong_wolfe",
                  "only 'strong_wolfe' is supported, got '", *options_.line_search_fn(), "'");
      const LineSearch search = search_line(slope);
      evaluations = search.evaluations;
      loss_ = search.found.loss;
      grad_ = search.found.grad;
      state_.t(search.found.t);
      move(state_.t(), state_.d());
      optimal = largest(grad_) <= options_.tolerance_grad();
    } else {
      move(state_.t(), state_.d());
      if (!last) {
        loss_ = call_closure();
        grad_ = flat_grad();
        optimal = largest(grad_) <= options_.tolerance_grad();
        evaluations = 1;
      }
    }
    evaluations_ += evaluations;
    state_.func_evals(state_.func_evals() + evaluations);
    return optimal;
  }
  LineSearch search_line(double slope) {
    std::vector<Tensor> origin;
    for (const Tensor& p : params_) origin.push_back(p.detach().clone());
    auto at = [&](double t) {
      move(t, state_.d());
      LinePoint point;
      point.t = t;
      point.loss = call_closure();
      point.grad = flat_grad();
      point.slope = point.grad.dot(state_.d()).item<double>();
      for (size_t i = 0; i < params_.size(); ++i) params_[i].copy_(origin[i]);
      return point;
    };
    return strong_wolfe(at, {0, loss_, grad_, slope}, state_.t(), state_.d(),
                        options_.tolerance_change());
  }

  std::vector<Tensor>& params_;
  const LBFGSOptions& options_;
  LBFGSParamState& state_;
  const LossClosure& closure_;
  Tensor grad_;
  double loss_ = 0;
  int64_t evaluations_ = 0;
};
}  // namespace
WEFT_FIELDS(LBFGSOptions, WEFT_FIELD(lr), WEFT_FIELD(max_iter), WEFT_FIELD(max_eval),
            WEFT_FIELD(tolerance_grad), WEFT_FIELD(tolerance_change), WEFT_FIELD(history_size),
            WEFT_FIELD(line_search_fn))
WEFT_FIELDS(LBFGSParamState, WEFT_FIELD(func_evals), WEFT_FIELD(n_iter), WEFT_FIELD(t),
            WEFT_FIELD(prev_loss), WEFT_FIELD(d), WEFT_FIELD(H_diag), WEFT_FIELD(prev_flat_grad),
            WEFT_FIELD(old_dirs), WEFT_FIELD(old_stps), WEFT_FIELD(ro), WEFT_FIELD(al))

LBFGS::LBFGS(const std::vector<OptimizerParamGroup>& param_groups, LBFGSOptions defaults,
             Location where)
    : Optimizer(param_groups, complete(std::move(defaults)), where) {
  record::Call call(where);
  TORCH_CHECK(param_groups_.size() == 1,
              "LBFGS doesn't support per-parameter options (parameter groups): got ",
              param_groups_.size(), " groups");
  auto& options = static_cast<LBFGSOptions&>(param_groups_[0].options());
  if (!options.max_eval()) options.max_eval(options.max_iter() * 5 / 4);
}
LBFGS::LBFGS(std::vector<Tensor> params, LBFGSOptions defaults, Location where)
    : LBFGS({OptimizerParamGroup(std::move(params))}, std::move(defaults), where) {}
std::unique_ptr<OptimizerParamState> LBFGS::new_state() const {
  return std::make_unique<LBFGSParamState>();
}

Tensor LBFGS::step(LossClosure closure) {
  record::Call call(closure.where());
  TORCH_CHECK(closure != nullptr, "LBFGS requires a closure function");
  Step step("LBFGS", closure);
  const Tensor loss = step.loss();
  OptimizerParamGroup& group = param_groups_.at(0);
  if (!group.params().empty()) {
    auto& state = state_of<LBFGSParamState>(state_, group.params()[0],
                                            [] { return std::make_unique<LBFGSParamState>(); });
    Minimization(group, state, closure).run(loss.item<double>());
  }
  return step.finish();
}
}  // namespace optim
}  // namespace torch
