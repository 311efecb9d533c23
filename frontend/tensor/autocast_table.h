/// Which functions autocast concerns and how, by libtorch's lists for GPUs and for the host. A
/// function that is made of such ones needs no row. No part of libtorch.
#pragma once
#include <cstdint>

namespace torch {
enum class CastTo : uint8_t {
  nothing,  // what it is given
  lower,    // the lower precision
  full,     // f32
  widest,   // the widest type of its operands
  refused,  // unsafe
};
struct CastRule {
  CastTo on_gpu, on_host;
};

namespace casts {
constexpr CastTo nothing = CastTo::nothing, lower = CastTo::lower, full = CastTo::full,
                 widest = CastTo::widest, refused = CastTo::refused;
using Rule = const CastRule;

// Products
inline constexpr Rule addbmm{lower, lower}, addmm{lower, lower}, baddbmm{lower, lower},
    bmm{lower, lower}, conv1d{lower, lower}, conv2d{lower, lower}, conv3d{lower, lower},
    conv_transpose1d{lower, lower}, conv_transpose2d{lower, lower}, conv_transpose3d{lower, lower},
    linear{lower, lower}, matmul{lower, lower}, mm{lower, lower}, prelu{lower, lower},
    recurrent_layer{lower, lower}, scaled_dot_product_attention{lower, lower};
inline constexpr Rule addmv{lower, nothing}, addr{lower, nothing}, chain_matmul{lower, nothing},
    einsum{lower, nothing}, mv{lower, nothing}, recurrent_cell{lower, nothing};

// What needs the range or the precision of f32
inline constexpr Rule binary_cross_entropy_with_logits{full, full}, cdist{full, full},
    cosine_embedding_loss{full, full}, hinge_embedding_loss{full, full}, huber_loss{full, full},
    kl_div{full, full}, l1_loss{full, full}, margin_ranking_loss{full, full}, mse_loss{full, full},
    multi_margin_loss{full, full}, multilabel_margin_loss{full, full}, nll_loss{full, full},
    poisson_nll_loss{full, full}, prod{full, full}, smooth_l1_loss{full, full},
    soft_margin_loss{full, full}, triplet_margin_loss{full, full};
inline constexpr Rule binary_cross_entropy{refused, full};
inline constexpr Rule cosine_similarity{full, nothing}, cumprod{full, nothing},
    cumsum{full, nothing}, dist{full, nothing}, group_norm{full, nothing},
    layer_norm{full, nothing}, log_softmax{full, nothing}, logsumexp{full, nothing},
    norm{full, nothing}, pdist{full, nothing}, pow{full, nothing}, renorm{full, nothing},
    softmax{full, nothing}, softplus{full, nothing}, sum{full, nothing}, upsample{full, nothing};
// acos, asin, cosh, exp, expm1, log, log10, log1p, log2, reciprocal, rsqrt, sinh, tan
inline constexpr Rule wide_range{full, nothing};
inline constexpr Rule adaptive_avg_pool3d{nothing, full}, adaptive_max_pool3d{nothing, full},
    avg_pool3d{nothing, full}, cross_entropy_loss{nothing, full}, ctc_loss{nothing, full},
    fractional_max_pool{nothing, full}, max_pool3d{nothing, full}, max_unpool{nothing, full},
    nanquantile{nothing, full}, quantile{nothing, full}, reflection_pad{nothing, full},
    replication_pad{nothing, full}, trace{nothing, full};

// What has operands of one type
inline constexpr Rule addcdiv{widest, nothing}, addcmul{widest, nothing}, atan2{widest, nothing},
    bilinear{widest, nothing}, cross{widest, nothing}, dot{widest, nothing},
    index_put{widest, nothing}, scatter_add{widest, nothing}, tensordot{widest, nothing};
inline constexpr Rule grid_sampler{widest, full};
inline constexpr Rule cat{nothing, widest}, index_copy{nothing, widest}, stack{nothing, widest};

inline constexpr Rule as_it_is{nothing, nothing};
}  // namespace casts
}  // namespace torch
