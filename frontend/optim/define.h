/// What the library's optimizers have in common besides their formulas.
#pragma once
#include <tuple>

#include "frontend/tensor/arg.h"
#include "frontend/optim/optimizer.h"
#include "frontend/tensor/compiled_once.h"

/// Last in a struct of options or state.
#define WEFT_HAS_FIELDS \
 public:                \
  void fields(Fields& into) override

/// The class `Name` with options `NameOptions` and state `NameParamState`; what follows the name is
/// the default of its options, if any.
#define WEFT_OPTIMIZER(Name, ...)                                                          \
  class Name : public Optimizer {                                                          \
   public:                                                                                 \
    explicit Name(const std::vector<OptimizerParamGroup>& param_groups,                    \
                  Name##Options defaults __VA_ARGS__, WEFT_WHERE);                         \
    explicit Name(std::vector<Tensor> params, Name##Options defaults __VA_ARGS__,          \
                  WEFT_WHERE);                                                             \
    Tensor step(LossClosure closure = nullptr) override;                                   \
                                                                                           \
   private:                                                                                \
    std::unique_ptr<OptimizerParamState> new_state() const override;                       \
  };                                                                                       \
  WEFT_COMPILED_ONCE class OptimizerCloneableOptions<Name##Options>;                       \
  WEFT_COMPILED_ONCE class OptimizerCloneableParamState<Name##ParamState>
