// The order of sums, written out from ir/op/order.h word by word and slowly.
#include <functional>

#include "ir/op/order.h"
#include "tests/reference/compare.h"

namespace torch {
namespace reference {
namespace {

using op::Dims;
using op::DType;
using op::Op;
using op::Type;

float row(const std::vector<float>& x) {
  if (x.size() > 16384) {
    std::vector<float> chunks;
    for (size_t i = 0; i < x.size(); i += 16384)
      chunks.push_back(row({x.begin() + static_cast<int64_t>(i),
                            x.begin() + static_cast<int64_t>(std::min(x.size(), i + 16384))}));
    return row(chunks);
  }
  std::vector<float> acc(64, 0.0f);
  for (size_t r = 0; r < x.size(); ++r) acc[r % 64] += x[r];
  for (size_t w = 32; w > 0; w /= 2)
    for (size_t l = 0; l < w; ++l) acc[l] += acc[l + w];
  return acc[0];
}
float column(const std::vector<float>& x) {
  if (x.size() > 16384) {
    std::vector<float> chunks;
    for (size_t i = 0; i < x.size(); i += 16384)
      chunks.push_back(column({x.begin() + static_cast<int64_t>(i),
                               x.begin() + static_cast<int64_t>(std::min(x.size(), i + 16384))}));
    return column(chunks);
  }
  float acc = 0;
  for (float v : x) acc += v;
  return acc;
}

std::vector<float> sum(const HostTensor& x, Dims dims) {
  op::GraphBuilder b;
  b.output(b.add(Op::sum, {b.input(x.type)}, op::attrs::sum::pack(dims)));
  const HostTensor y = run_reference(b.graph, {x})[0];
  return {y.data<float>(), y.data<float>() + y.type.numel()};
}

TEST(ReferenceOrder, SumsOfRows) {
  std::mt19937 random(1);
  for (int64_t n : {1, 5, 63, 64, 65, 255, 256, 1000, 16384, 16385, 50000}) {
    const HostTensor x = random_tensor(Type(DType::Float, {2, n}), random);
    const float* d = x.data<float>();
    const std::vector<float> rows = {row({d, d + n}), row({d + n, d + 2 * n})};
    EXPECT_EQ(sum(x, {1}), rows) << n;
    // Of the sum over everything, a row of 256 or more is a group of its own; else all dims are
    // one.
    EXPECT_EQ(sum(x, {0, 1})[0], n < 256 ? row({d, d + 2 * n}) : row(rows)) << n;
  }
}

TEST(ReferenceOrder, SumsOfColumns) {
  std::mt19937 random(2);
  for (int64_t n : {1, 7, 100, 16385, 40000}) {
    const HostTensor x = random_tensor(Type(DType::Float, {n, 3}), random);
    std::vector<float> expected;
    for (int64_t j = 0; j < 3; ++j) {
      std::vector<float> c;
      for (int64_t r = 0; r < n; ++r) c.push_back(x.data<float>()[r * 3 + j]);
      expected.push_back(column(c));
    }
    EXPECT_EQ(sum(x, {0}), expected) << n;
  }
}

TEST(ReferenceOrder, SeveralGroupsInnermostFirst) {
  std::mt19937 random(3);
  const HostTensor x = random_tensor(Type(DType::Float, {5, 1, 3, 70}), random);
  // (0, 1, 3): the innermost group is a row; what it leaves, (5, 3), is reduced by columns.
  std::vector<float> expected;
  for (int64_t j = 0; j < 3; ++j) {
    std::vector<float> rows;
    for (int64_t i = 0; i < 5; ++i) {
      const float* at = x.data<float>() + (i * 3 + j) * 70;
      rows.push_back(row({at, at + 70}));
    }
    expected.push_back(column(rows));
  }
  EXPECT_EQ(sum(x, {0, 1, 3}), expected);
}

TEST(ReferenceOrder, TheSumOfNegativeZeroIsZero) {
  const HostTensor x = tensor_of(Type(DType::Float, {1, 2}), {-0.0, -0.0});
  for (float v : sum(x, {0})) EXPECT_FALSE(std::signbit(v));
}

TEST(ReferenceOrder, MatmulIsAChainOfFusedProductsInFixedChunks) {
  std::mt19937 random(4);
  for (auto [m, n, k] :
       {std::array<int64_t, 3>{3, 4, 100}, {2, 3, 5000}, {40, 70, 3000}, {300, 300, 2100}}) {
    const HostTensor a = random_tensor(Type(DType::Float, {m, k}), random),
                     b = random_tensor(Type(DType::Float, {k, n}), random);
    op::GraphBuilder g;
    const uint32_t left = g.input(a.type), right = g.input(b.type);
    g.output(g.add(Op::matmul, {left, right}));
    const HostTensor y = run_reference(g.graph, {a, b})[0];
    const int64_t splits = op::contraction_splits(1, m, n, k),
                  chunk = op::contraction_chunk(k, splits);
    for (int64_t i = 0; i < m; i += 7)
      for (int64_t j = 0; j < n; j += 5) {
        float total = 0;
        for (int64_t begin = 0; begin < k; begin += chunk) {
          float acc = 0;
          for (int64_t p = begin; p < std::min(begin + chunk, k); ++p)
            acc = std::fma(a.data<float>()[i * k + p], b.data<float>()[p * n + j], acc);
          total = begin ? total + acc : acc;
        }
        ASSERT_EQ(y.data<float>()[i * n + j], total) << m << " " << n << " " << k;
      }
  }
}
}  // namespace
}  // namespace reference
}  // namespace torch
