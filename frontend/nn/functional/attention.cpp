#include "frontend/nn/functional/attention.h"

#include <cmath>
#include <limits>

#include "frontend/nn/composite.h"
#include "frontend/nn/functions.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"

namespace torch {
namespace nn {
namespace functional {
namespace {
using Options = MultiheadAttentionForwardFuncOptions;
constexpr double kNever = -std::numeric_limits<double>::infinity();

struct Heads {
  Tensor q, k, v;
};

// Rows [from, to) of a weight or bias; where they lie follows from its shape.
Tensor part(const Tensor& of, int64_t size, int64_t from, int64_t count) {
  if (!of.defined()) return of;
  std::vector<int64_t> sizes{from * size, count * size, (3 - from - count) * size};
  return of.split(sizes, 0)[1];
}

Heads projected(const Tensor& query, const Tensor& key, const Tensor& value, const Options& o) {
  const Tensor &w = o.in_proj_weight(), &b = o.in_proj_bias();
  const int64_t size = query.size(2);
  const auto some = [&](const Tensor& x, int64_t from, int64_t count) {
    return torch::linear(x, part(w, size, from, count), part(b, size, from, count));
  };
  if (o.use_separate_proj_weight()) {
    const auto one = [&](const Tensor& x, const Tensor& weight, int64_t at) {
      TORCH_CHECK(weight.dim() == 2 && weight.size(0) == size && weight.size(1) == x.size(-1),
                  "expected a projection weight of sizes [", size, ", ", x.size(-1), "]; got ",
                  weight.sizes());
      return torch::linear(x, weight, part(b, size, at, 1));
    };
    return {one(query, o.q_proj_weight(), 0), one(key, o.k_proj_weight(), 1),
            one(value, o.v_proj_weight(), 2)};
  }
  if (!key.is_same(value)) return {some(query, 0, 1), some(key, 1, 1), some(value, 2, 1)};
  if (!query.is_same(key)) {
    const std::vector<Tensor> kv = some(key, 1, 2).chunk(2, -1);
    return {some(query, 0, 1), kv[0], kv[1]};
  }
  const std::vector<Tensor> qkv = torch::linear(query, w, b).chunk(3, -1);
  return {qkv[0], qkv[1], qkv[2]};
}

// One more key, that no mask hides.
Tensor one_more(const Tensor& mask) {
  if (!mask.defined()) return mask;
  std::vector<int64_t> sizes = mask.sizes().vec();
  sizes.back() = 1;
  return torch::cat({mask, torch::zeros(sizes, mask.options().requires_grad(false))}, -1);
}

// (S, N, E) -> (N * heads, S, E / heads)
Tensor split_heads(const Tensor& x, int64_t heads) {
  return x.contiguous().view({x.size(0), x.size(1) * heads, x.size(2) / heads}).transpose(0, 1);
}

bool hides(const Tensor& mask) {
  return mask.scalar_type() == kBool || mask.scalar_type() == kByte;
}

Tensor given_head(const Tensor& given, const Tensor& x) {
  if (!given.defined()) return x;
  TORCH_CHECK(given.dim() == 3 && given.size(0) == x.size(0) && given.size(2) == x.size(2),
              "expected static keys and values of sizes [", x.size(0), ", any, ", x.size(2),
              "]; got ", given.sizes());
  return given;
}

void check(const Tensor& query, const Tensor& key, const Tensor& value, const Options& o) {
  TORCH_CHECK(query.dim() == 3 && key.dim() == 3 && value.dim() == 3,
              "expected query, key and value to have 3 dimensions; got ", query.dim(), ", ",
              key.dim(), " and ", value.dim());
  TORCH_CHECK(query.size(2) == o.embed_dim_to_check(),
              "embed_dim == embed_dim_to_check: expected ", o.embed_dim_to_check(),
              " features of the query; got ", query.size(2));
  TORCH_CHECK(key.size(0) == value.size(0) && key.size(1) == value.size(1),
              "key.sizes() == value.sizes(): got ", key.sizes(), " and ", value.sizes());
  TORCH_CHECK(o.num_heads() > 0, "num_heads must be greater than 0, got ", o.num_heads());
  TORCH_CHECK(query.size(2) % o.num_heads() == 0, "embed_dim must be divisible by num_heads, got ",
              query.size(2), " and ", o.num_heads());
}

// Keys, values and masks with what the options add at the end.
struct Attended {
  Heads heads;
  Tensor mask, padding;
};

Attended attended(Heads h, const Options& o, int64_t batch) {
  Attended a{{}, o.attn_mask(), o.key_padding_mask()};
  const bool biased = o.bias_k().defined() && o.bias_v().defined();
  TORCH_CHECK(biased || (!o.bias_k().defined() && !o.bias_v().defined()),
              "expected both or none of bias_k and bias_v");
  const auto longer = [&a] { a.mask = one_more(a.mask), a.padding = one_more(a.padding); };
  if (biased) {
    TORCH_CHECK(!o.static_k().defined(), "bias cannot be added to static key.");
    TORCH_CHECK(!o.static_v().defined(), "bias cannot be added to static value.");
    h.k = torch::cat({h.k, o.bias_k().expand({1, batch, h.k.size(2)})}, 0);
    h.v = torch::cat({h.v, o.bias_v().expand({1, batch, h.v.size(2)})}, 0);
    longer();
  }
  const double scale = 1 / std::sqrt(static_cast<double>(h.q.size(2) / o.num_heads()));
  a.heads.q = split_heads(h.q * scale, o.num_heads());
  a.heads.k = given_head(o.static_k(), split_heads(h.k, o.num_heads()));
  a.heads.v = given_head(o.static_v(), split_heads(h.v, o.num_heads()));
  if (o.add_zero_attn()) {
    for (Tensor* x : {&a.heads.k, &a.heads.v}) {
      const Tensor zeros = torch::zeros({x->size(0), 1, x->size(2)}, x->options().requires_grad(false));
      *x = torch::cat({*x, zeros}, 1);
    }
    longer();
  }
  return a;
}

Tensor masked(Tensor scores, const Attended& a, int64_t batch, int64_t heads) {
  if (a.mask.defined())
    scores = hides(a.mask) ? scores.masked_fill(a.mask.to(kBool), kNever) : scores + a.mask;
  if (!a.padding.defined()) return scores;
  const int64_t queries = scores.size(1), keys = scores.size(2);
  TORCH_CHECK(a.padding.dim() == 2 && a.padding.size(0) == batch && a.padding.size(1) == keys,
              "Expected key_padding_mask_.size(0) == bsz and key_padding_mask_.size(1) == src_len "
              "to be true, but got false: expected [",
              batch, ", ", keys, "]; got ", a.padding.sizes());
  const Tensor none = a.padding.to(kBool).unsqueeze(1).unsqueeze(2);
  return scores.view({batch, heads, queries, keys})
      .masked_fill(none, kNever)
      .view({batch * heads, queries, keys});
}
}  // namespace

std::tuple<Tensor, Tensor> multi_head_attention_forward(const Tensor& query, const Tensor& key,
                                                        const Tensor& value, const Options& options,
                                                        Location where) {
  Composite composite("multi_head_attention_forward", nullptr, where);
  check(query, key, value, options);
  const int64_t queries = query.size(0), batch = query.size(1), size = query.size(2),
                heads = options.num_heads();
  const Attended a = attended(projected(query, key, value, options), options, batch);
  Tensor weights = masked(a.heads.q.bmm(a.heads.k.transpose(1, 2)), a, batch, heads).softmax(-1);
  weights = torch::dropout(weights, options.dropout_p(), options.training());
  Tensor output = weights.bmm(a.heads.v).transpose(0, 1).reshape({queries, batch, size});
  output = torch::linear(output, options.out_proj_weight(), options.out_proj_bias());
  if (!options.need_weights()) return {output, Tensor()};
  weights = weights.view({batch, heads, queries, weights.size(2)});
  if (options.average_attn_weights()) weights = weights.sum(IntArrayRef{1}) / heads;
  return {output, weights};
}
}  // namespace functional
}  // namespace nn
}  // namespace torch
