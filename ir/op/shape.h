/// The shape rules, one plain function each; names as in the rows (`rule`). Written in
/// shape_<family>.cpp beside each other; called through op::infer by the recorder and by the MLIR
/// verifier alike. Messages are libtorch's where libtorch has one, and always state what was got
/// and what was expected.
#pragma once
#include "ir/op/op.h"

namespace torch {
namespace op {
namespace rules {
#define WEFT_RULE(name) \
  std::string name(Span<const Type*> operands, const Attrs& attrs, Types& results)
WEFT_RULE(elementwise);
WEFT_RULE(comparison);
WEFT_RULE(select);
WEFT_RULE(cast);
WEFT_RULE(reduction);
WEFT_RULE(extremum_reduction);
WEFT_RULE(index_reduction);
WEFT_RULE(matmul);
WEFT_RULE(conv);
WEFT_RULE(conv_input_grad);
WEFT_RULE(conv_weight_grad);
WEFT_RULE(max_pool);
WEFT_RULE(max_pool_grad);
WEFT_RULE(window_sum);
WEFT_RULE(window_sum_grad);
WEFT_RULE(reshape);
WEFT_RULE(permute);
WEFT_RULE(expand);
WEFT_RULE(flip);
WEFT_RULE(slice);
WEFT_RULE(insert);
WEFT_RULE(pad);
WEFT_RULE(concat);
WEFT_RULE(gather);
WEFT_RULE(scatter);
WEFT_RULE(index_select);
WEFT_RULE(index_add);
WEFT_RULE(argsort);
WEFT_RULE(constant);
WEFT_RULE(iota);
WEFT_RULE(random);
WEFT_RULE(random_bits);
WEFT_RULE(grad);
WEFT_RULE(cached);
WEFT_RULE(detach);
WEFT_RULE(require);
#undef WEFT_RULE
}  // namespace rules
}  // namespace op
}  // namespace torch
