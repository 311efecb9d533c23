// Random ops: element by element, as ir/scalar/philox.h defines them.
#include "runtime/reference/variant.h"
#include "runtime/reference/variants.h"

namespace torch {
namespace reference {
namespace WEFT_VARIANT {
namespace {

/// The words of element i, as integers of the result's width.
template <class Word> class Words {
 public:
  Words(const Call& c)
      : seed_(static_cast<uint64_t>(*c.in<int64_t>(0))),
        offset_(static_cast<uint64_t>(*c.in<int64_t>(1))) {}
  formulas::PhiloxBlock<Value<Word>> operator[](int64_t i) const {
    return formulas::philox<Value<Word>>(
        {low(static_cast<uint64_t>(i)), high(static_cast<uint64_t>(i)), low(offset_),
         high(offset_)},
        low(seed_), high(seed_));
  }

 private:
  static Value<Word> low(uint64_t x) { return {static_cast<Word>(static_cast<uint32_t>(x))}; }
  static Value<Word> high(uint64_t x) { return low(x >> 32); }
  uint64_t seed_, offset_;
};

template <class T, class Word> void floating(const Call& c) {
  const Words<Word> words(c);
  const int64_t n = c.result_type().numel();
  const Value<T> like{T(0)};
  T* y = c.out<T>();
  if (c.op == op::Op::random_normal)
    for (int64_t i = 0; i < n; ++i) y[i] = random_normal(like, words[i]).value;
  else
    for (int64_t i = 0; i < n; ++i) y[i] = random_uniform(like, words[i]).value;
}

template <class Word> void bits(const Call& c) {
  const Words<Word> words(c);
  const int64_t n = c.result_type().numel();
  for (int64_t i = 0; i < n; ++i) c.out<Word>()[i] = random_bits(words[i]).value;
}
}  // namespace

void random(const Call& c) {
  switch (c.result_type().dtype) {
    case op::DType::Float: return floating<float, int32_t>(c);
    case op::DType::Double: return floating<double, int64_t>(c);
    case op::DType::Int: return bits<int32_t>(c);
    case op::DType::Long: return bits<int64_t>(c);
    default: return;
  }
}
}  // namespace WEFT_VARIANT
}  // namespace reference
}  // namespace torch
