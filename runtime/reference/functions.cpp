// Which function serves which op.
#include "runtime/reference/half.h"
#include "runtime/reference/variants.h"

namespace torch {
namespace reference {

void matmul(const Call& c) { has_fma() ? fma::matmul(c) : baseline::matmul(c); }
void conv(const Call& c) { has_fma() ? fma::conv(c) : baseline::conv(c); }
void conv_input_grad(const Call& c) {
  has_fma() ? fma::conv_input_grad(c) : baseline::conv_input_grad(c);
}
void conv_weight_grad(const Call& c) {
  has_fma() ? fma::conv_weight_grad(c) : baseline::conv_weight_grad(c);
}
void random(const Call& c) { has_fma() ? fma::random(c) : baseline::random(c); }

Function find_function(op::Op op) {
  using op::Op;
  switch (op) {
    case Op::cast: return cast;
    case Op::argmax: case Op::argmin: return computed<index_reduction>;
    case Op::matmul: return computed<matmul>;
    case Op::conv: return computed<conv>;
    case Op::conv_input_grad: return computed<conv_input_grad>;
    case Op::conv_weight_grad: return computed<conv_weight_grad>;
    case Op::max_pool: return computed<max_pool>;
    case Op::max_pool_grad: return computed<max_pool_grad>;
    case Op::window_sum: return computed<window_sum>;
    case Op::window_sum_grad: return computed<window_sum_grad>;
    case Op::reshape: return reshape;
    case Op::permute: return permute;
    case Op::expand: return expand;
    case Op::flip: return flip;
    case Op::slice: return slice;
    case Op::insert: return insert;
    case Op::pad: return pad;
    case Op::concat: return concat;
    case Op::gather: return gather;
    case Op::scatter: return scatter;
    case Op::scatter_add: case Op::scatter_mul: case Op::scatter_max: case Op::scatter_min:
      return computed<scatter>;
    case Op::index_select: return index_select;
    case Op::index_add: return computed<index_add>;
    case Op::argsort: return argsort;
    case Op::constant: return constant;
    case Op::iota: return iota;
    case Op::cached: return cached;
    case Op::detach: return detach;
    case Op::require: return require;
    default: break;
  }
  switch (op::info(op).family) {
    case op::Family::elementwise: return computed<elementwise>;
    case op::Family::reduction: return computed<reduction>;
    case op::Family::random: return random;
    default: return nullptr;
  }
}
}  // namespace reference
}  // namespace torch
