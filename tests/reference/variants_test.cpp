// The build for machines with FMA and the one for any x86-64 give the same bits.
#include "runtime/reference/variants.h"

#include <cstring>

#include "tests/reference/compare.h"

namespace torch {
namespace reference {
namespace {

using op::Dims;
using op::DType;
using op::Op;
using op::Type;

bool same_bits(const HostTensor& a, const HostTensor& b) {
  const int64_t n = a.type.numel();
  bool same = true;
  op::visit_dtype(a.type.dtype, [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < n; ++i) {
      const T x = a.data<T>()[i], y = b.data<T>()[i];
      // nan's sign is the machine's
      if (std::memcmp(&x, &y, sizeof(T)) && !(x != x && y != y)) same = false;
    }
  });
  return same;
}

/// Numbers of every size and sign, and the special ones.
HostTensor all_sizes(DType d, int64_t n, unsigned seed) {
  std::mt19937_64 random(seed);
  HostTensor t(Type(d, {n}));
  auto* words = static_cast<char*>(t.buffer->data());
  for (int64_t i = 0; i < n; ++i) {
    const uint64_t w = random();
    const bool tame = i % 2;
    const double v =
        std::ldexp(static_cast<double>(static_cast<int64_t>(w)), -63 + static_cast<int>(w % 8));
    const float f = static_cast<float>(v);
    if (d == DType::Float) std::memcpy(words + 4 * i, tame ? static_cast<const void*>(&f) : &w, 4);
    if (d == DType::Double) std::memcpy(words + 8 * i, tame ? static_cast<const void*>(&v) : &w, 8);
  }
  return t;
}

TEST(ReferenceVariants, ElementwiseBitsAreEqual) {
  if (!has_fma()) GTEST_SKIP() << "this machine has no FMA";
  constexpr int64_t n = 4000;
  for (DType d : {DType::Float, DType::Double}) {
    const HostTensor a = all_sizes(d, n, 1), b = all_sizes(d, n, 2), c = all_sizes(d, n, 3);
    for (size_t i = 0; i < op::op_count(); ++i) {
      const Op op = static_cast<Op>(i);
      if (op::info(op).family != op::Family::elementwise || op == Op::cast || op == Op::select)
        continue;
      const Row plain = d == DType::Float ? baseline::float_row(op) : baseline::double_row(op);
      const Row fused = d == DType::Float ? fma::float_row(op) : fma::double_row(op);
      if (!plain) continue;
      const void* x[] = {a.buffer->data(), b.buffer->data(), c.buffer->data()};
      const op::Type operand(d, {n});
      const op::Type* operands[] = {&operand, &operand, &operand};
      op::Types results;
      ASSERT_EQ(
          op::infer(op, {operands, static_cast<size_t>(op::info(op).num_operands)}, {}, results),
          "");
      for (int64_t stride : {1, 0}) {
        const int64_t strides[] = {1, stride, stride};
        HostTensor y(results[0]), z(results[0]);
        plain(y.buffer->data(), x, strides, n);
        fused(z.buffer->data(), x, strides, n);
        EXPECT_TRUE(same_bits(y, z)) << op::name(op) << " " << op::dtype_name(d);
      }
    }
  }
}

void expect_same(Op op, const std::vector<HostTensor>& inputs, const op::Attrs& attrs,
                 Function plain, Function fused) {
  std::vector<const Type*> types;
  std::vector<const void*> in;
  for (const HostTensor& t : inputs) types.push_back(&t.type), in.push_back(t.buffer->data());
  op::Types results;
  ASSERT_EQ(op::infer(op, types, attrs, results), "");
  HostTensor y(results[0]), z(results[0]);
  void *first = y.buffer->data(), *second = z.buffer->data();
  plain({op, attrs, types, results, in.data(), &first});
  fused({op, attrs, types, results, in.data(), &second});
  EXPECT_TRUE(same_bits(y, z)) << op::name(op);
}

TEST(ReferenceVariants, ContractionAndRandomBitsAreEqual) {
  if (!has_fma()) GTEST_SKIP() << "this machine has no FMA";
  std::mt19937 random(1);
  for (DType d : {DType::Float, DType::Double}) {
    auto tensor = [&](Dims dims) { return random_tensor(Type(d, std::move(dims)), random); };
    expect_same(Op::matmul, {tensor({7, 2100}), tensor({2100, 9})}, {}, baseline::matmul,
                fma::matmul);
    const op::Attrs conv = op::attrs::conv::pack({2, 1}, {1, 1}, {1, 2}, 2);
    expect_same(Op::conv, {tensor({2, 4, 9, 8}), tensor({6, 2, 3, 3})}, conv, baseline::conv,
                fma::conv);
    const HostTensor seed = tensor_of(Type(DType::Long, {}), {5}),
                     offset = tensor_of(Type(DType::Long, {}), {6});
    for (Op op : {Op::random_uniform, Op::random_normal})
      expect_same(op, {seed, offset}, op::attrs::random_normal::pack({10000}, d), baseline::random,
                  fma::random);
  }
}
}  // namespace
}  // namespace reference
}  // namespace torch
