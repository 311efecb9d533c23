/// What computes with fma is compiled twice, for any x86-64 (where fma is a call of libm: exact and
/// slow) and for machines that have it; the bits are the same. WEFT_VARIANT names the namespace
/// that a build's functions are in. ir/scalar is read under another name in each build, or the
/// linker would mix the two codes of its functions.
#pragma once

#ifndef WEFT_VARIANT
#error "compiled by the two rules of runtime/reference/BUILD that define WEFT_VARIANT"
#endif
#define WEFT_JOIN_(a, b) a##_##b
#define WEFT_JOIN(a, b) WEFT_JOIN_(a, b)

#define scalar WEFT_JOIN(scalar, WEFT_VARIANT)
#include "ir/scalar/elementwise.h"
#include "ir/scalar/philox.h"
#undef scalar

namespace torch {
namespace reference {
namespace WEFT_VARIANT {
template <class T> using Value = ::torch::WEFT_JOIN(scalar, WEFT_VARIANT)::Plain<T>;
namespace formulas = ::torch::WEFT_JOIN(scalar, WEFT_VARIANT);
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
