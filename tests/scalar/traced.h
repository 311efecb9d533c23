/// A value type whose kind is known at run time only, as an emitter's is. It evaluates through
/// Plain, checks that kinds agree and counts operations: formulas that pass here hold no hidden
/// branch on data or type.
#pragma once

#include <cstdint>
#include <stdexcept>

#include "ir/scalar/literal.h"

namespace traced {

namespace ts = torch::scalar;

enum class Kind { f32, f64, i32, i64, mask };

inline int operations =
    0;  // arithmetic, comparisons, selects, shifts, conversions; no constants or casts

struct Traced {
  Kind kind;
  ts::Plain<float> f32{};
  ts::Plain<double> f64{};
  ts::Plain<std::int32_t> i32{};
  ts::Plain<std::int64_t> i64{};
  ts::Mask mask{};
};

inline Traced wrap(ts::Plain<float> v) { return {.kind = Kind::f32, .f32 = v}; }
inline Traced wrap(ts::Plain<double> v) { return {.kind = Kind::f64, .f64 = v}; }
inline Traced wrap(ts::Plain<std::int32_t> v) { return {.kind = Kind::i32, .i32 = v}; }
inline Traced wrap(ts::Plain<std::int64_t> v) { return {.kind = Kind::i64, .i64 = v}; }
inline Traced wrap(ts::Mask v) { return {.kind = Kind::mask, .mask = v}; }

inline void require(bool ok) {
  if (!ok) throw std::logic_error("kinds disagree");
}

/// f on the one member that all operands hold; F returns a Plain.
template <class F> Traced on_float(F f, const Traced& a, const Traced& b, const Traced& c) {
  require(a.kind == b.kind && b.kind == c.kind && (a.kind == Kind::f32 || a.kind == Kind::f64));
  return a.kind == Kind::f32 ? wrap(f(a.f32, b.f32, c.f32)) : wrap(f(a.f64, b.f64, c.f64));
}
template <class F> Traced on_int(F f, const Traced& a, const Traced& b) {
  require(a.kind == b.kind && (a.kind == Kind::i32 || a.kind == Kind::i64));
  return a.kind == Kind::i32 ? wrap(f(a.i32, b.i32)) : wrap(f(a.i64, b.i64));
}
inline bool is_float(const Traced& a) { return a.kind == Kind::f32 || a.kind == Kind::f64; }

inline int element_bits(const Traced& a) {
  require(a.kind != Kind::mask);
  return a.kind == Kind::f32 || a.kind == Kind::i32 ? 32 : 64;
}
inline Traced constant(const Traced& like, double c) {
  return like.kind == Kind::f32 ? wrap(constant(like.f32, c)) : wrap(constant(like.f64, c));
}
inline Traced integer(const Traced& like, std::int64_t c) {
  return element_bits(like) == 32 ? wrap(integer(like.i32, c)) : wrap(integer(like.i64, c));
}

#define TRACED_BOTH(op)                                                                     \
  inline Traced operator op(const Traced& a, const Traced& b) {                             \
    ++operations;                                                                           \
    if (is_float(a)) return on_float([](auto x, auto y, auto) { return x op y; }, a, b, b); \
    return on_int([](auto x, auto y) { return x op y; }, a, b);                             \
  }
TRACED_BOTH(+)
TRACED_BOTH(-)
TRACED_BOTH(*)
TRACED_BOTH(<)
TRACED_BOTH(>)
TRACED_BOTH(==)
#undef TRACED_BOTH

#define TRACED_FLOAT(op)                                                   \
  inline Traced operator op(const Traced& a, const Traced& b) {            \
    ++operations;                                                          \
    return on_float([](auto x, auto y, auto) { return x op y; }, a, b, b); \
  }
TRACED_FLOAT(/)
TRACED_FLOAT(<=)
TRACED_FLOAT(>=)
TRACED_FLOAT(!=)
#undef TRACED_FLOAT

#define TRACED_LOGIC(op)                                                                    \
  inline Traced operator op(const Traced& a, const Traced& b) {                             \
    ++operations;                                                                           \
    if (a.kind == Kind::mask) return require(b.kind == Kind::mask), wrap(a.mask op b.mask); \
    return on_int([](auto x, auto y) { return x op y; }, a, b);                             \
  }
TRACED_LOGIC(&)
TRACED_LOGIC(|)
TRACED_LOGIC(^)
#undef TRACED_LOGIC

#define TRACED_UNARY(name)                                                \
  inline Traced name(const Traced& a) {                                   \
    ++operations;                                                         \
    return on_float([](auto x, auto, auto) { return name(x); }, a, a, a); \
  }
TRACED_UNARY(abs)
TRACED_UNARY(sqrt)
TRACED_UNARY(floor)
TRACED_UNARY(nearest)
#undef TRACED_UNARY

inline Traced operator-(const Traced& a) {
  ++operations;
  return on_float([](auto x, auto, auto) { return -x; }, a, a, a);
}
inline Traced operator!(const Traced& a) {
  ++operations;
  return require(a.kind == Kind::mask), wrap(!a.mask);
}
inline Traced fma(const Traced& a, const Traced& b, const Traced& c) {
  ++operations;
  return on_float([](auto x, auto y, auto z) { return fma(x, y, z); }, a, b, c);
}
inline Traced copysign(const Traced& a, const Traced& b) {
  ++operations;
  return on_float([](auto x, auto y, auto) { return copysign(x, y); }, a, b, b);
}
inline Traced select(const Traced& m, const Traced& a, const Traced& b) {
  ++operations;
  require(m.kind == Kind::mask && a.kind == b.kind);
  return m.mask.value ? a : b;
}
template <class F> Traced rarely(const Traced& m, const Traced& usual, F f) {
  const int before = operations;
  Traced rare = f();
  operations = before + 1;  // what a skipped branch costs
  require(m.kind == Kind::mask && rare.kind == usual.kind);
  return m.mask.value ? rare : usual;
}

inline Traced bits(const Traced& a) {
  return is_float(a) && a.kind == Kind::f32 ? wrap(bits(a.f32)) : wrap(bits(a.f64));
}
inline Traced from_bits(const Traced& a) {
  return a.kind == Kind::i32 ? wrap(from_bits(a.i32)) : wrap(from_bits(a.i64));
}
inline Traced to_int(const Traced& a) {
  ++operations;
  return a.kind == Kind::f32 ? wrap(to_int(a.f32)) : wrap(to_int(a.f64));
}
inline Traced to_float(const Traced& a) {
  ++operations;
  return a.kind == Kind::i32 ? wrap(to_float(a.i32)) : wrap(to_float(a.i64));
}

#define TRACED_INTEGER(name)                                        \
  inline Traced name(const Traced& a, const Traced& b) {            \
    ++operations;                                                   \
    return on_int([](auto x, auto y) { return name(x, y); }, a, b); \
  }                                                                 \
  inline Traced name(const Traced& a, int n) { return name(a, integer(a, n)); }
TRACED_INTEGER(shift_left)
TRACED_INTEGER(shift_right)
TRACED_INTEGER(shift_right_logical)
#undef TRACED_INTEGER
inline Traced multiply_high(const Traced& a, const Traced& b) {
  ++operations;
  return on_int([](auto x, auto y) { return multiply_high(x, y); }, a, b);
}

static_assert(ts::Scalar<Traced>);

}  // namespace traced
