// Every family but elementwise against the oracle.
#include "tests/reference/compare.h"

namespace torch {
namespace reference {
namespace {

using op::Dims;
using op::DType;
using op::Op;
using op::Type;
namespace attrs = op::attrs;

Type floats(Dims dims) { return Type(DType::Float, std::move(dims)); }
const std::vector<DType> kNumbers = {DType::Float,    DType::Double, DType::Half,
                                     DType::BFloat16, DType::Int,    DType::Long,
                                     DType::Short,    DType::Char,   DType::Byte};
const std::vector<DType> kFloats = {DType::Float, DType::Double, DType::Half, DType::BFloat16};

TEST(ReferenceReduction, AnyDimsAnyType) {
  const std::vector<std::pair<Dims, Dims>> cases = {{{7}, {0}},
                                                    {{3, 5}, {1}},
                                                    {{3, 5}, {0}},
                                                    {{2, 3, 4, 5}, {0, 2}},
                                                    {{2, 3, 4, 5}, {1, 3}},
                                                    {{2, 3, 4, 5}, {0, 1, 2, 3}},
                                                    {{2, 1, 4}, {0, 2}},
                                                    {{1, 1}, {0, 1}},
                                                    {{3, 200}, {1}},
                                                    {{40000}, {0}},
                                                    {{40000, 2}, {0}},
                                                    {{2, 0, 3}, {1}},
                                                    {{0, 3}, {1}},
                                                    {{4, 300}, {0, 1}},
                                                    {{3, 2, 1, 300}, {0, 1, 2, 3}},
                                                    {{5, 2, 300}, {0, 2}}};
  for (const auto& [dims, reduced] : cases) {
    for (Op op : {Op::sum, Op::prod, Op::max, Op::min})
      for (DType d : kNumbers) {
        if ((op == Op::max || op == Op::min) && Type(d, dims).numel() == 0) continue;
        expect_op(op, {Type(d, dims)}, attrs::sum::pack(reduced), op == Op::prod ? 100 : 64,
                  op == Op::sum ? 500 : 0);
      }
    for (DType d : kFloats)
      expect_op(Op::mean, {Type(d, dims)}, attrs::mean::pack(reduced), 16, 10);
    for (Op op : {Op::any, Op::all})
      expect_op(op, {Type(DType::Bool, dims)}, attrs::any::pack(reduced));
  }
}

TEST(ReferenceReduction, ArgmaxAndArgmin) {
  for (DType d : kNumbers)
    for (int64_t dim : {0, 1, 2})
      for (Op op : {Op::argmax, Op::argmin})
        expect_op(op, {Type(d, {4, 30, 3})}, attrs::argmax::pack(dim));
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({6}));
  b.output(b.add(Op::argmax, {x}, attrs::argmax::pack(0)));
  b.output(b.add(Op::argmin, {x}, attrs::argmin::pack(0)));
  b.output(b.add(Op::max, {x}, attrs::max::pack({0})));
  auto y = run_reference(b.graph, {tensor_of(floats({6}), {1, 5, NAN, 5, NAN, -2})});
  EXPECT_EQ(*y[0].data<int64_t>(), 2);
  EXPECT_EQ(*y[1].data<int64_t>(), 2);
  EXPECT_TRUE(std::isnan(*y[2].data<float>()));
  y = run_reference(b.graph, {tensor_of(floats({6}), {1, 5, 2, 5, -2, -2})});
  EXPECT_EQ(*y[0].data<int64_t>(), 1);
  EXPECT_EQ(*y[1].data<int64_t>(), 4);
}

TEST(ReferenceContraction, Matmul) {
  for (DType d : kNumbers) {
    expect_op(Op::matmul, {Type(d, {3, 4}), Type(d, {4, 5})}, {}, 4, 10);
    expect_op(Op::matmul, {Type(d, {2, 3, 7, 6}), Type(d, {2, 3, 6, 2})}, {}, 4, 10);
    expect_op(Op::matmul, {Type(d, {3, 0}), Type(d, {0, 5})});
    expect_op(Op::matmul, {Type(d, {0, 3}), Type(d, {3, 5})});
    expect_op(Op::matmul, {Type(d, {1, 5000}), Type(d, {5000, 3})}, {}, 40, 300);  // k is cut
  }
}

TEST(ReferenceContraction, ConvolutionsAndTheirGradients) {
  struct Case {
    Dims input, weight;
    Dims stride, padding, dilation;
    int64_t groups;
  };
  const std::vector<Case> cases = {
      {{2, 3, 9}, {4, 3, 3}, {1}, {0}, {1}, 1},
      {{2, 3, 9, 8}, {4, 3, 3, 2}, {1, 1}, {1, 0}, {1, 1}, 1},
      {{2, 4, 9, 8}, {6, 2, 3, 3}, {2, 3}, {1, 2}, {2, 1}, 2},
      {{1, 4, 5, 6, 7}, {4, 1, 2, 3, 2}, {1, 2, 1}, {1, 1, 0}, {1, 1, 2}, 4},
      {{0, 3, 9, 8}, {4, 3, 3, 2}, {1, 1}, {0, 0}, {1, 1}, 1},
      {{1, 40, 8, 8}, {2, 40, 8, 8}, {1, 1}, {0, 0}, {1, 1}, 1},  // k is cut
  };
  for (DType d : kFloats)
    for (const Case& c : cases) {
      const Type x(d, c.input), w(d, c.weight);
      const op::Attrs a = attrs::conv::pack(c.stride, c.padding, c.dilation, c.groups);
      op::Types y;
      ASSERT_EQ(op::infer(Op::conv, {&x, &w}, a, y), "");
      const Dims in(c.input.begin() + 2, c.input.end()),
          window(c.weight.begin() + 2, c.weight.end());
      expect_op(Op::conv, {x, w}, a, 16, 60);
      expect_op(Op::conv_input_grad, {y[0], w},
                attrs::conv_input_grad::pack(c.stride, c.padding, c.dilation, c.groups, in), 16,
                60);
      expect_op(Op::conv_weight_grad, {y[0], x},
                attrs::conv_weight_grad::pack(c.stride, c.padding, c.dilation, c.groups, window),
                16, 60);
    }
}

TEST(ReferenceWindow, PoolingAndItsGradients) {
  struct Case {
    Dims input, window, stride, padding, dilation;
    bool ceil_mode;
  };
  const std::vector<Case> cases = {
      {{2, 9}, {2}, {2}, {0}, {1}, false},
      {{2, 3, 9, 8}, {3, 2}, {2, 2}, {1, 1}, {1, 1}, true},
      {{2, 3, 9, 8}, {3, 3}, {1, 2}, {1, 0}, {2, 1}, false},
      {{1, 2, 5, 6, 7}, {2, 3, 2}, {1, 2, 3}, {0, 1, 1}, {1, 1, 2}, true}};
  for (DType d : kNumbers)
    for (const Case& c : cases) {
      const Type x(d, c.input);
      const op::Attrs a =
          attrs::max_pool::pack(c.window, c.stride, c.padding, c.dilation, c.ceil_mode);
      op::Types y;
      ASSERT_EQ(op::infer(Op::max_pool, {&x}, a, y), "");
      expect_op(Op::max_pool, {x}, a);
      expect_op(Op::window_sum, {x}, a, 4, 10);
      const Dims sizes(c.input.end() - static_cast<int64_t>(c.window.size()), c.input.end());
      expect_op(Op::window_sum_grad, {y[0]},
                attrs::window_sum_grad::pack(c.window, c.stride, c.padding, c.dilation, sizes), 4,
                10);
      // The gradient of max_pool on its own indices.
      op::GraphBuilder b;
      const uint32_t in = b.input(x), dy = b.input(y[0]);
      const uint32_t pooled = b.add(Op::max_pool, {in}, a);
      b.output(b.add(Op::max_pool_grad, {dy, pooled + 1},
                     attrs::max_pool_grad::pack(c.window, c.stride, c.padding, c.dilation, sizes)));
      std::mt19937 random(3);
      expect_as_oracle(b.graph, {random_tensor(x, random), random_tensor(y[0], random)}, 4, 10);
    }
}

TEST(ReferenceView, EveryMove) {
  for (DType d : {DType::Float, DType::Double, DType::Byte, DType::Bool, DType::Long}) {
    const Type x(d, {2, 3, 4});
    expect_op(Op::reshape, {x}, attrs::reshape::pack({4, 6}));
    expect_op(Op::permute, {x}, attrs::permute::pack({2, 0, 1}));
    expect_op(Op::expand, {Type(d, {3, 1})}, attrs::expand::pack({2, 3, 4}));
    expect_op(Op::flip, {x}, attrs::flip::pack({0, 2}));
    expect_op(Op::pad, {x, Type(d, {})}, attrs::pad::pack({1, 0, 2}, {0, 0, 1}, {0, 2, 1}));
    expect_op(Op::pad, {Type(d, {0, 2}), Type(d, {})}, attrs::pad::pack({1, 0}, {1, 0}, {3, 0}));
    expect_op(Op::concat, {x, Type(d, {2, 0, 4}), Type(d, {2, 5, 4})}, attrs::concat::pack(1));
    expect_op(Op::detach, {x});
    expect_op(Op::cached, {x, x});
  }
  expect_op(Op::permute, {floats({})}, attrs::permute::pack({}));
  expect_op(Op::constant, {}, attrs::constant::pack(op::Literal::of(DType::Float, 2.5), {3, 2}));
  expect_op(Op::constant, {}, attrs::constant::pack(op::Literal::of(DType::Long, -7), {}));
  for (DType d : kNumbers) expect_op(Op::iota, {}, attrs::iota::pack({3, 300, 2}, 1, d));
}

op::Graph slicing(int64_t whole, int64_t size, int64_t step) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({4, whole})), i = b.input(Type(DType::Long, {})),
                 j = b.input(Type(DType::Long, {})), u = b.input(floats({2, size}));
  b.output(b.add(Op::slice, {x, i, j}, attrs::slice::pack({2, size}, {2, step})));
  b.output(b.add(Op::insert, {x, u, i, j}, attrs::insert::pack({2, step})));
  return b.graph;
}

TEST(ReferenceView, SlicesAtRunTimeStarts) {
  std::mt19937 random(5);
  const op::Graph g = slicing(9, 3, 3);
  const HostTensor x = random_tensor(floats({4, 9}), random),
                   u = random_tensor(floats({2, 3}), random);
  auto scalar = [](double v) { return tensor_of(Type(DType::Long, {}), {v}); };
  for (double j : {0, 1, 2}) expect_as_oracle(g, {x, scalar(1), scalar(j), u});
  for (auto [i, j] :
       std::vector<std::pair<double, double>>{{-1, 0}, {2, 0}, {0, 3}, {0, -1}, {0, 1e18}})
    try {
      run_reference(g, {x, scalar(i), scalar(j), u});
      FAIL() << i << " " << j;
    } catch (const runtime::ValueError& e) {
      EXPECT_EQ(e.node, 0u);
      EXPECT_NE(std::string(e.what()).find("out of bounds"), std::string::npos);
    }
  EXPECT_THROW(run_reference(g, {x, scalar(0), scalar(7), u}), runtime::ValueError);
  expect_as_oracle(slicing(9, 0, 1),
                   {x, scalar(1), scalar(9), random_tensor(floats({2, 0}), random)});
}

HostTensor indices(DType d, Dims dims, int64_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::vector<double> values;
  const Type t(d, std::move(dims));
  for (int64_t i = 0; i < t.numel(); ++i)
    values.push_back(static_cast<double>(random() % static_cast<unsigned>(size)));
  return tensor_of(t, values);
}

TEST(ReferenceIndexing, GatherScatterSelectAdd) {
  std::mt19937 random(9);
  for (DType index : {DType::Int, DType::Long})
    for (DType d : kNumbers)
      for (int64_t dim : {0, 1, 2}) {
        const Type x(d, {3, 4, 5}), i(index, {2, 3, 4}), list(index, {6});
        Dims slices = x.dims;
        slices[static_cast<size_t>(dim)] = 6;
        const int64_t size = x.dims[static_cast<size_t>(dim)];
        for (Op op : {Op::gather, Op::scatter, Op::scatter_add, Op::scatter_mul, Op::scatter_max,
                      Op::scatter_min, Op::index_select, Op::index_add}) {
          SCOPED_TRACE(op::name(op));
          const bool whole = op == Op::index_select || op == Op::index_add;
          op::GraphBuilder b;
          std::vector<HostTensor> in = {random_tensor(x, random),
                                        indices(index, whole ? list.dims : i.dims, size)};
          std::vector<uint32_t> operands = {b.input(x), b.input(in[1].type)};
          if (op != Op::gather && op != Op::index_select) {
            in.push_back(random_tensor(Type(d, whole ? slices : i.dims), random));
            operands.push_back(b.input(in[2].type));
          }
          b.output(b.add(op, operands, attrs::gather::pack(dim)));
          expect_as_oracle(b.graph, in, 4, 10);
        }
      }
}

TEST(ReferenceIndexing, Argsort) {
  std::mt19937 random(3);
  for (DType d : kNumbers)
    for (int64_t dim : {0, 1, 2})
      for (bool descending : {false, true})
        for (int64_t count : {0, 2, 4}) {
          op::GraphBuilder b;
          const Type x(d, {4, 5, 6});
          b.output(b.add(Op::argsort, {b.input(x)}, attrs::argsort::pack(dim, descending, count)));
          HostTensor in = random_tensor(x, random);
          if (d == DType::Float) in.data<float>()[7] = in.data<float>()[40] = NAN;
          expect_as_oracle(b.graph, {in}, 0, 0);
        }
}

TEST(ReferenceIndexing, OutOfRangeNamesTheNodeAndTheIndex) {
  op::GraphBuilder b;
  const uint32_t x = b.input(floats({3, 4})), i = b.input(Type(DType::Long, {2}));
  const uint32_t doubled = b.add(Op::add, {x, x});
  b.output(b.add(Op::index_select, {doubled, i}, attrs::index_select::pack(1)));
  std::mt19937 random(1);
  for (double bad : {4.0, -1.0}) try {
      run_reference(b.graph, {random_tensor(floats({3, 4}), random),
                              tensor_of(Type(DType::Long, {2}), {0, bad})});
      FAIL();
    } catch (const runtime::ValueError& e) {
      EXPECT_EQ(e.node, 1u);
      EXPECT_EQ(std::string(e.what()), "index " + std::to_string(static_cast<int>(bad)) +
                                           " is out of bounds for dimension 1 with size 4");
    }
}

TEST(ReferenceRandom, IsThePaperPhilox) {
  for (Op op : {Op::random_uniform, Op::random_normal, Op::random_bits})
    for (DType d : {DType::Float, DType::Double, DType::Int, DType::Long}) {
      if ((op == Op::random_bits) == op::is_float(d)) continue;
      op::GraphBuilder b;
      const uint32_t seed = b.input(Type(DType::Long, {})), offset = b.input(Type(DType::Long, {}));
      b.output(b.add(op, {seed, offset}, attrs::random_uniform::pack({1000}, d)));
      expect_as_oracle(b.graph,
                       {tensor_of(Type(DType::Long, {}), {-123456789012345.0}),
                        tensor_of(Type(DType::Long, {}), {98765432109.0})},
                       8, op == Op::random_normal ? 1 : 0);
    }
}

TEST(ReferenceRandom, HasTheMomentsOfItsDistribution) {
  op::GraphBuilder b;
  const uint32_t seed = b.input(Type(DType::Long, {})), offset = b.input(Type(DType::Long, {}));
  b.output(b.add(Op::random_uniform, {seed, offset},
                 attrs::random_uniform::pack({200000}, DType::Float)));
  b.output(
      b.add(Op::random_normal, {seed, offset}, attrs::random_normal::pack({200000}, DType::Float)));
  auto y = run_reference(
      b.graph, {tensor_of(Type(DType::Long, {}), {1}), tensor_of(Type(DType::Long, {}), {0})});
  double sum[2] = {0, 0}, square[2] = {0, 0}, fourth = 0;
  for (int64_t i = 0; i < 200000; ++i)
    for (int k = 0; k < 2; ++k) {
      const double v = y[static_cast<size_t>(k)].data<float>()[i];
      if (k == 0) ASSERT_TRUE(v >= 0 && v < 1);
      sum[k] += v / 200000;
      square[k] += v * v / 200000;
      if (k == 1) fourth += v * v * v * v / 200000;
    }
  EXPECT_NEAR(sum[0], 0.5, 0.003);
  EXPECT_NEAR(square[0], 1.0 / 3, 0.003);
  EXPECT_NEAR(sum[1], 0, 0.01);
  EXPECT_NEAR(square[1], 1, 0.02);
  EXPECT_NEAR(fourth, 3, 0.15);
}
}  // namespace
}  // namespace reference
}  // namespace torch
