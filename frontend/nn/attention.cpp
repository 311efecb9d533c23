#include "frontend/nn/attention.h"

#include <cmath>
#include <limits>

#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace {
constexpr double kNever = -std::numeric_limits<double>::infinity();

void check(const Tensor& query, const Tensor& key, const Tensor& value,
           const std::optional<Tensor>& mask, double dropout_p, bool is_causal) {
  TORCH_CHECK(query.dim() >= 2 && key.dim() >= 2 && value.dim() >= 2,
              "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: ",
              query.dim(), " key.dim: ", key.dim(), " and value.dim: ", value.dim(), " instead.");
  TORCH_CHECK(query.scalar_type() == key.scalar_type() && query.scalar_type() == value.scalar_type(),
              "Expected query, key, and value to have the same dtype, but got query.dtype: ",
              query.dtype(), " key.dtype: ", key.dtype(), " and value.dtype: ", value.dtype(),
              " instead.");
  TORCH_CHECK(dropout_p >= 0 && dropout_p <= 1,
              "dropout probability has to be between 0 and 1, but got ", dropout_p);
  if (!nn::given(mask)) return;
  TORCH_CHECK(!is_causal,
              "_scaled_dot_product_attention: Explicit attn_mask should not be set when "
              "is_causal=True");
  const ScalarType type = mask->scalar_type();
  TORCH_CHECK(type == kBool || type == kFloat || type == query.scalar_type(),
              "Expected attn_mask dtype to be bool or float or to match query dtype, but got "
              "attn_mask.dtype: ",
              mask->dtype(), " and  query.dtype: ", query.dtype(), " instead.");
}

// Each head of keys (dim -3) as often as heads of queries share it.
Tensor shared_heads(const Tensor& x, const Tensor& query) {
  TORCH_CHECK(query.dim() >= 3 && x.dim() >= 3 && x.size(-3) > 0 &&
                  query.size(-3) % x.size(-3) == 0,
              "Number of heads in key and value must divide the number of heads in query");
  const int64_t times = query.size(-3) / x.size(-3);
  if (times == 1) return x;
  std::vector<int64_t> wide = x.sizes().vec(), flat = wide;
  wide.insert(wide.end() - 2, times);
  flat[flat.size() - 3] *= times;
  return x.unsqueeze(-3).expand(wide).reshape(flat);
}

// Softmax along the keys; rows where a query may look nowhere are zeros.
Tensor weights_of(const Tensor& scores) {
  const Tensor blind = scores.eq(kNever).all(-1, /*keepdim=*/true);
  return scores.masked_fill(blind, 0).softmax(-1).masked_fill(blind, 0);
}

Tensor masked(const Tensor& scores, const Tensor& mask) {
  return mask.scalar_type() == kBool ? scores.masked_fill(mask.logical_not(), kNever)
                                     : scores + mask.to(scores.scalar_type());
}

// Whether key j comes after query i.
Tensor later(int64_t queries, int64_t keys, const TensorOptions& whole) {
  return torch::arange(keys, whole) > torch::arange(queries, whole).unsqueeze(1);
}
}  // namespace

Tensor scaled_dot_product_attention(In query, const Tensor& key, const Tensor& value,
                                    const std::optional<Tensor>& attn_mask, double dropout_p,
                                    bool is_causal, std::optional<double> scale, bool enable_gqa) {
  if (const Autocast cast(casts::scaled_dot_product_attention, {query, key, value, attn_mask}); cast.on())
    return scaled_dot_product_attention(In(cast[0], query.where), cast[1], cast[2], cast[3], dropout_p, is_causal, scale, enable_gqa);
  nn::Composite composite("scaled_dot_product_attention", "ScaledDotProductAttentionBackward0",
                          query.where);
  const Tensor& q = query;
  check(q, key, value, attn_mask, dropout_p, is_causal);
  const Tensor k = enable_gqa ? shared_heads(key, q) : key,
               v = enable_gqa ? shared_heads(value, q) : value;
  const double factor = scale.value_or(1 / std::sqrt(static_cast<double>(q.size(-1))));
  Tensor weights = q.matmul(k.transpose(-2, -1)) * factor;
  if (is_causal) weights = weights.masked_fill(later(q.size(-2), k.size(-2), q.options().dtype(kLong).requires_grad(false)), kNever).softmax(-1);
  else if (nn::given(attn_mask)) weights = weights_of(masked(weights, *attn_mask));
  else weights = weights.softmax(-1);
  if (dropout_p > 0) weights = torch::dropout(weights, dropout_p, true);
  return weights.matmul(v);
}
}  // namespace torch
