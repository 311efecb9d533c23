// Products on an emulated GPU against their definition.
#include <cmath>

#include "tests/codegen/cuda/contraction/product.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace test {
namespace {

Case renamed(Case c, std::string name) {
  c.name = std::move(name);
  return c;
}

// All orders agree; elements are equal to the chain (f32 without chunks, integers) or near.
void check(const Kernels& kernels, const Case& c) {
  const std::vector<double> y = kernels.run(c, Order::ascending);
  for (Order order : {Order::descending, Order::scattered}) {
    const std::vector<double> other = kernels.run(c, order);
    ASSERT_EQ(std::memcmp(y.data(), other.data(), y.size() * sizeof(double)), 0) << c.name;
  }
  const DType dtype = c.problem.a.dtype;
  const bool is_chain = plan(c.problem).launches.size() == 1 && !c.problem.allow_tf32;
  const bool is_exact = !op::is_float(dtype) || (is_chain && !op::is_half(dtype));
  const double tolerance = c.problem.allow_tf32 ? 2e-2 : dtype == DType::Double ? 1e-12 : 2e-4;
  const Numbers sizes = result_sizes(c.problem);
  int wrong = 0;
  for (int64_t outer = 0, i = 0; outer < sizes[0]; ++outer)
    for (int64_t m = 0; m < sizes[1]; ++m)
      for (int64_t n = 0; n < sizes[2]; ++n, ++i) {
        const double want = expected(c, outer, m, n, is_exact && dtype == DType::Float);
        const double got = y[static_cast<size_t>(i)];
        const bool right = is_exact ? got == want : std::fabs(got - want) <= tolerance;
        if (!right && ++wrong <= 3)
          ADD_FAILURE() << c.name << " (" << outer << ", " << m << ", " << n << "): " << got
                        << ", expected " << want;
      }
  EXPECT_EQ(wrong, 0) << c.name;
}
void check_all(const std::vector<Case>& cases) {
  const Kernels kernels(cases);
  for (const Case& c : cases) check(kernels, c);
}

TEST(Contraction, MatmulOfEveryType) {
  std::mt19937 random(1);
  std::vector<Case> cases;
  for (DType d : {DType::Float, DType::Double, DType::Int, DType::Long, DType::Char, DType::Byte,
                  DType::BFloat16, DType::Half}) {
    cases.push_back(renamed(matmul(d, 3, 17, 33, 19, random), "odd"));
    cases.push_back(renamed(matmul(d, 1, 40, 72, 56, random), "ragged"));
    if (op::is_float(d)) continue;
    cases.push_back(renamed(matmul(d, 1, 144, 160, 32, random), "large tiles"));
    Case few = matmul(d, 1, 16, 300, 64, random);  // its rows are neighbours
    few.a = std::make_shared<Tensor>(d, Numbers{1, 16, 64}, random, Numbers{16 * 64, 1, 16});
    few.problem.a = few.a->operand();
    cases.push_back(renamed(few, "few rows"));
  }
  check_all(cases);
}

TEST(Contraction, LayoutsOfMatmul) {
  std::mt19937 random(2);
  std::vector<Case> cases;
  for (DType d : {DType::Float, DType::BFloat16}) {
    // (transposed a, transposed b): memory along rows or k, columns or k
    for (int layout = 0; layout < 4; ++layout) {
      Case c = matmul(d, 2, 48, 80, 72, random);
      if (layout & 1)
        c.a = std::make_shared<Tensor>(d, Numbers{2, 48, 72}, random, Numbers{48 * 72, 1, 48});
      if (layout & 2)
        c.b = std::make_shared<Tensor>(d, Numbers{2, 72, 80}, random, Numbers{72 * 80, 1, 72});
      c.problem.a = c.a->operand();
      c.problem.b = c.b->operand();
      cases.push_back(renamed(c, "layout " + std::to_string(layout)));
      c.problem.a = by_function(*c.a, layout & 1 ? 1 : 2);
      c.problem.b = by_function(*c.b, layout & 2 ? 1 : 2);
      cases.push_back(renamed(c, "functions " + std::to_string(layout)));
      c.problem.a = c.a->operand(4);
      cases.push_back(renamed(c, "one function " + std::to_string(layout)));
    }
    // heads of attention: (batch, head) with a gap, and an operand that is broadcast
    Case c = matmul(d, 6, 33, 40, 24, random);
    c.a = std::make_shared<Tensor>(d, Numbers{2, 3, 33, 24}, random, Numbers{33 * 72, 24, 72, 1});
    c.b = std::make_shared<Tensor>(d, Numbers{2, 3, 24, 40}, random, Numbers{0, 24 * 40, 1, 24}, 8);
    c.problem.a = c.a->operand();
    c.problem.b = c.b->operand();
    c.problem.sizes = {2, 3, 33, 40};
    cases.push_back(renamed(c, "heads"));
    c = matmul(d, 1, 33, 40, 24, random);
    c.problem.wide_indices = true;
    cases.push_back(renamed(c, "wide"));
    for (bool wide : {false, true}) {
      c = matmul(d, 2, 5, 7, 0, random);
      c.problem.wide_indices = wide;
      cases.push_back(renamed(c, wide ? "wide, no k" : "no k"));
    }
  }
  check_all(cases);
}

// Operands, results, sums of chunks beyond 2^31 elements; a number that just fits.
TEST(Contraction, IndicesHave64BitsWhereTheyMust) {
  const auto is_wide = [](const Numbers& a, const Numbers& b, const Numbers& y) {
    Problem p;
    for (auto [operand, sizes] : {std::pair{&p.a, a}, std::pair{&p.b, b}}) {
      operand->sizes = sizes;
      operand->strides = {sizes[1] * sizes[2], sizes[2], 1};
      operand->alignment = 16;
    }
    p.sizes = y;
    p.result = store(DType::Float, y);
    p.wide_indices = y[0] * y[1] * y[2] >= int64_t(1) << 31;
    std::vector<bool> all;
    for (const Launch& l : plan(p).launches) {
      all.push_back(l.text("k").find("typedef i64 I;") != std::string::npos);
      EXPECT_NE(all.back(), l.text("k").find("typedef int I;") != std::string::npos);
    }
    return all;
  };
  using Wide = std::vector<bool>;
  EXPECT_EQ(is_wide({1, 1, 4096}, {1, 4096, 4096}, {1, 1, 4096}), Wide({false, false}));
  EXPECT_EQ(is_wide({1, 1, 70000}, {1, 70000, 70000}, {1, 1, 70000}), Wide{true});
  EXPECT_EQ(is_wide({1, 70000, 8}, {1, 8, 70000}, {1, 70000, 70000}), Wide{true});
  EXPECT_EQ(is_wide({1, 30000, 8}, {1, 8, 70000}, {1, 30000, 70000}), Wide{false});
  EXPECT_EQ(is_wide({40, 30000, 8}, {40, 8, 70000}, {40, 30000, 70000}), Wide{true});
}

TEST(Contraction, FewRowsOrColumnsAndLongSums) {
  std::mt19937 random(4);
  std::vector<Case> cases;
  for (DType d : {DType::Float, DType::Half}) {
    cases.push_back(renamed(matmul(d, 1, 1, 300, 130, random), "row"));
    cases.push_back(renamed(matmul(d, 1, 300, 1, 130, random), "column"));
    cases.push_back(renamed(matmul(d, 1, 12, 200, 64, random), "few rows"));
    cases.push_back(renamed(matmul(d, 2, 8, 24, 2100, random), "chunks"));
    cases.push_back(renamed(matmul(d, 1, 1, 1, 5000, random), "dot"));
    cases.push_back(renamed(matmul(d, 40, 64, 8, 64, random), "small batched"));
  }
  cases.push_back(renamed(matmul(DType::Long, 1, 9, 3, 1500, random), "integer chunks"));
  for (const Case& c : cases)
    if (c.name == "chunks" || c.name == "dot" || c.name == "integer chunks")
      EXPECT_EQ(plan(c.problem).launches.size(), 2u);
  check_all(cases);
}

// With chunks and without.
TEST(Contraction, TheNextTileGivesTheSameBits) {
  std::mt19937 random(7);
  std::vector<Case> cases;
  for (int64_t k : {72, 1100})
    for (int64_t m = 40; m < 1000; m += 97) {
      Case c = renamed(matmul(DType::BFloat16, 1, m, 264, k, random), "tiles");
      c.next_tile = true;
      if (cases.size() == 4 || !plan_with_next_tile(c.problem)) continue;
      EXPECT_NE(plan(c.problem).tile, plan_of(c).tile);
      cases.push_back(c);
      c.next_tile = false;
      cases.push_back(c);
    }
  ASSERT_EQ(cases.size(), 4u);
  const Kernels kernels(cases);
  for (size_t i = 0; i < cases.size(); i += 2)
    EXPECT_EQ(kernels.run(cases[i], Order::ascending), kernels.run(cases[i + 1], Order::ascending));
}

TEST(Contraction, Tf32) {
  std::mt19937 random(5);
  std::vector<Case> cases;
  for (int layout = 0; layout < 2; ++layout) {
    Case c = matmul(DType::Float, 1, 70, 66, 52, random);
    if (layout)
      c.b = std::make_shared<Tensor>(DType::Float, Numbers{1, 52, 66}, random,
                                     Numbers{52 * 66, 1, 52});
    c.problem.b = c.b->operand();
    c.problem.allow_tf32 = true;
    cases.push_back(renamed(c, "tf32"));
  }
  check_all(cases);
}

struct Convolution {
  Numbers x, weight, stride, padding, dilation;
  int64_t groups;
};
Case conv(Kind kind, DType d, const Convolution& v, std::mt19937& random) {
  Case c;
  c.problem.kind = kind;
  c.problem.window = {v.stride, v.padding, v.dilation, v.groups};
  Numbers y{v.x[0], v.weight[0]};
  for (size_t i = 0; i < v.stride.size(); ++i)
    y.push_back((v.x[i + 2] + 2 * v.padding[i] - v.dilation[i] * (v.weight[i + 2] - 1) - 1) /
                    v.stride[i] +
                1);
  c.problem.sizes = kind == Kind::conv ? y : kind == Kind::conv_input_grad ? v.x : v.weight;
  c.a = std::make_shared<Tensor>(d, kind == Kind::conv ? v.x : y, random);
  c.b = std::make_shared<Tensor>(d, kind == Kind::conv_weight_grad ? v.x : v.weight, random);
  c.problem.a = c.a->operand();
  c.problem.b = c.b->operand();
  c.problem.result = store(d, result_sizes(c.problem));
  return c;
}

TEST(Contraction, Convolutions) {
  std::mt19937 random(6);
  const std::vector<Convolution> shapes{
      {{2, 3, 20}, {4, 3, 5}, {1}, {0}, {1}, 1},
      {{2, 4, 9, 11}, {6, 4, 3, 3}, {1, 1}, {1, 1}, {1, 1}, 1},
      {{3, 4, 12, 10}, {6, 2, 3, 2}, {2, 3}, {1, 0}, {2, 1}, 2},
      {{2, 8, 8, 8}, {16, 8, 1, 1}, {1, 1}, {0, 0}, {1, 1}, 1},
      {{2, 6, 7, 7}, {6, 1, 3, 3}, {1, 1}, {1, 1}, {1, 1}, 6},
      {{1, 2, 5, 6, 4}, {4, 2, 2, 3, 2}, {1, 2, 1}, {1, 0, 1}, {1, 1, 1}, 1},
  };
  for (Kind kind : {Kind::conv, Kind::conv_input_grad, Kind::conv_weight_grad}) {
    std::vector<Case> cases;
    int number = 0;
    for (const Convolution& shape : shapes) {
      for (DType d : {DType::Float, DType::BFloat16}) {
        if (d == DType::BFloat16 && number % 2 == 0) continue;  // no other index maps
        Case c = conv(kind, d, shape, random);
        c.name =
            "conv " + std::to_string(static_cast<int>(kind)) + " shape " + std::to_string(number);
        cases.push_back(c);
      }
      ++number;
    }
    // expressions as operands
    Case c = conv(kind, DType::Float, shapes[2], random);
    c.problem.a = by_function(*c.a, 3);
    c.problem.b = by_function(*c.b, 3);
    cases.push_back(renamed(c, "conv of functions"));
    // an expanded weight of few rows: its places take divisions, and threads are left over
    c = conv(kind, DType::Float, {{1, 4, 4, 4}, {6, 2, 2, 2}, {1, 1}, {0, 0}, {1, 1}, 2}, random);
    if (kind == Kind::conv) {
      c.b =
          std::make_shared<Tensor>(DType::Float, Numbers{6, 2, 2, 2}, random, Numbers{2, 0, 1, 0});
      c.problem.b = c.b->operand();
    }
    cases.push_back(renamed(c, "conv of few rows"));
    c = conv(kind, DType::Int, shapes[1], random);
    cases.push_back(renamed(c, "conv of integers"));
    check_all(cases);
  }
}

// Channels that fill vectors are laid out last.
TEST(Contraction, ConvolutionsOfHalvesTakeVectors) {
  std::mt19937 random(8);
  const std::vector<Convolution> shapes{
      {{2, 16, 9, 11}, {24, 16, 3, 3}, {1, 1}, {1, 1}, {1, 1}, 1},
      {{2, 16, 12, 10}, {16, 8, 3, 2}, {2, 3}, {1, 0}, {2, 1}, 2},
      {{1, 8, 20}, {12, 8, 5}, {1}, {2}, {1}, 1},
      {{2, 16, 5, 4}, {40, 16, 1, 1}, {1, 1}, {0, 0}, {1, 1}, 1},
      {{3, 8, 6, 6}, {8, 8, 2, 2}, {2, 2}, {0, 0}, {1, 1}, 1},
      {{1, 24, 5, 5}, {8, 24, 3, 3}, {1, 1}, {1, 1}, {1, 1}, 1},
  };
  for (Kind kind : {Kind::conv, Kind::conv_input_grad, Kind::conv_weight_grad}) {
    std::vector<Case> cases;
    for (const Convolution& shape : shapes) {
      Case c = conv(kind, DType::BFloat16, shape, random);
      c.name = "halves " + std::to_string(static_cast<int>(kind)) + " " +
               std::to_string(cases.size());
      cases.push_back(c);
      if (shape.weight[0] / shape.groups % 8 != 0) continue;
      for (const Launch& l : plan(c.problem).launches) {
        const std::string text = l.text("k");
        if (text.find("struct A {") == std::string::npos) continue;
        EXPECT_NE(text.find("kVector = 8"), std::string::npos) << c.name;
        EXPECT_EQ(text.find("kVector = 1;"), std::string::npos) << c.name;
        EXPECT_EQ(text.find("kAsync = false"), std::string::npos) << c.name;
      }
    }
    Case c = conv(kind, DType::BFloat16, shapes[0], random);
    c.problem.a = by_function(*c.a, 3);
    c.problem.b = by_function(*c.b, 3);
    cases.push_back(renamed(c, "halves of functions"));
    c = conv(kind, DType::Half, shapes[4], random);
    c.a = std::make_shared<Tensor>(DType::Half, c.a->sizes, random,
                                   Numbers{c.a->sizes[1] * c.a->sizes[2] * c.a->sizes[3], 1,
                                           c.a->sizes[1] * c.a->sizes[3], c.a->sizes[1]});
    c.problem.a = c.a->operand();
    cases.push_back(renamed(c, "channels last"));
    check_all(cases);
  }
}
}  // namespace
}  // namespace test
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
