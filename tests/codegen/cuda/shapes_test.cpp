// Every way in which nests are dealt out to threads: rows of a part of a warp, a warp, a block,
// columns, parts that a second launch adds up, scans by blocks, vectors and their ragged ends. Sizes
// are those at which the plan changes. What comes out is what the reference tier gives, and the same
// bits in whatever order threads run.
#include <gtest/gtest.h>

#include <cstdlib>

#include "runtime/trace/knobs.h"
#include "tests/codegen/cuda/device.h"
#include "tests/codegen/cuda/small_program.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {
using op::DType;
using op::Op;

// `rounding`: how much more than a rounding results may differ by.
void expect_equal(const SmallProgram& p, double rounding = 4) {
  const std::vector<Bytes> inputs = draw_inputs(p.inputs, 3);
  const std::vector<Bytes> expected = run(p.graph, codegen::Tier::reference, inputs);
  const op::Types types = op::output_types(p.graph);
  std::vector<Bytes> first;
  for (const char* order : {"0", "1", "2"}) {
    setenv("WEFT_EMULATE_ORDER", order, 1);
    const std::vector<Bytes> got = run_on_gpu(p.graph, inputs);
    unsetenv("WEFT_EMULATE_ORDER");
    for (size_t o = 0; o < types.size(); ++o) {
      EXPECT_EQ(far(types[o], expected[o], got[o], rounding * tolerance(types[o].dtype)), "")
          << "result " << o << ", order " << order;
      if (!first.empty()) {
        EXPECT_EQ(difference(types[o], first[o], got[o]), "") << "order " << order;
      }
    }
    if (first.empty()) first = got;
    if (runtime::knobs().cuda != runtime::Knobs::Cuda::emulate) return;
  }
}

// Sums, the largest and where it stands.
SmallProgram reductions(DType dtype, const op::Dims& sizes, const op::Dims& dims) {
  SmallProgram p;
  const uint32_t x = p.input(dtype, sizes);
  p.graph.outputs = {p.reduce(Op::sum, x, dims), p.reduce(Op::max, x, dims)};
  if (dims.size() == 1)
    p.graph.outputs.push_back(p.add(Op::argmax, {x}, op::attrs::argmax::pack(dims[0])));
  return p;
}
// Three stages: two that reduce, one that stores.
SmallProgram softmax(DType dtype, const op::Dims& sizes, const op::Dims& dims) {
  SmallProgram p;
  const uint32_t x = p.input(dtype, sizes);
  const uint32_t largest = p.kept(p.reduce(Op::max, x, dims), x, dims);
  const uint32_t e = p.add(Op::exp, {p.add(Op::sub, {x, largest})});
  p.graph.outputs = {p.add(Op::div, {e, p.kept(p.reduce(Op::sum, e, dims), x, dims)})};
  return p;
}

struct Shape {
  op::Dims sizes, dims;
};
std::string name_of(const Shape& s) {
  std::string name = "of";
  for (int64_t n : s.sizes) name += "_" + std::to_string(n);
  name += "_over";
  for (int64_t d : s.dims) name += "_" + std::to_string(d);
  return name;
}
class Shapes : public testing::TestWithParam<Shape> {};

TEST_P(Shapes, Reductions) {
  for (DType dtype : {DType::Float, DType::Double, DType::Int}) {
    SCOPED_TRACE(op::dtype_name(dtype));
    expect_equal(reductions(dtype, GetParam().sizes, GetParam().dims));
  }
}
TEST_P(Shapes, Softmax) {
  for (DType dtype : {DType::Float, DType::BFloat16}) {
    SCOPED_TRACE(op::dtype_name(dtype));
    expect_equal(softmax(dtype, GetParam().sizes, GetParam().dims));
  }
}
INSTANTIATE_TEST_SUITE_P(
    Sizes, Shapes,
    testing::Values(Shape{{5, 3}, {1}}, Shape{{70, 8}, {1}}, Shape{{9, 31}, {1}},
                    Shape{{3, 100}, {1}}, Shape{{2, 1024}, {1}}, Shape{{2, 1028}, {1}},
                    Shape{{3, 5000}, {1}}, Shape{{2, 40004}, {1}}, Shape{{1, 70001}, {1}},
                    Shape{{50, 33}, {0}}, Shape{{3, 700}, {0}}, Shape{{70, 300}, {0}}, Shape{{700, 5}, {0}}, Shape{{3, 130, 40}, {1}},
                    Shape{{4000, 34}, {0}}, Shape{{4, 6, 5, 8}, {0, 2, 3}},
                    Shape{{40, 3, 600}, {0, 2}}, Shape{{6, 40, 7}, {0, 1}}, Shape{{90000}, {0}}),
    [](const auto& info) { return name_of(info.param); });

// A layer's gradient: what is added up is stored, too. Few columns and long ones: cut in parts.
TEST(Reductions, OfWhatIsStored) {
  for (const op::Dims& sizes : {op::Dims{3000, 40}, op::Dims{40, 12}, op::Dims{3, 9000}})
    for (int64_t dim : {0, 1})
      for (DType dtype : {DType::Float, DType::BFloat16}) {
        SCOPED_TRACE(op::to_string(op::Type(dtype, sizes)));
        SmallProgram p;
        const uint32_t x = p.input(dtype, sizes), y = p.input(dtype, sizes);
        const uint32_t product = p.add(Op::mul, {x, y});
        p.graph.outputs = {product, p.reduce(Op::sum, product, {dim})};
        expect_equal(p);
      }
}

// Several values a row are kept, of rows of few and many threads; one that all rows share.
TEST(Reductions, OfWhatIsKept) {
  for (int64_t n : {100, 768, 1500, 9000})
    for (DType dtype : {DType::Float, DType::BFloat16}) {
      SCOPED_TRACE(n);
      SmallProgram p;
      const uint32_t x = p.input(dtype, {40, n}), y = p.input(dtype, {40, n}),
                     weight = p.input(dtype, {n});
      const uint32_t dy = p.add(Op::mul, {y, weight});
      const uint32_t mean = p.kept(p.reduce(Op::sum, p.add(Op::mul, {x, dy}), {1}), x, {1});
      const uint32_t off = p.add(Op::mul, {p.add(Op::sub, {x, mean}), dy});
      const uint32_t most = p.kept(p.reduce(Op::max, off, {1}), x, {1});
      p.graph.outputs = {p.add(Op::sub, {p.add(Op::mul, {x, dy}), most})};
      expect_equal(p);
    }
}

// Elements: one dim and several, whole vectors and not, an operand that is a row, a transposed one.
TEST(Maps, Ends) {
  for (const op::Dims& sizes : {op::Dims{1}, op::Dims{1023}, op::Dims{4096}, op::Dims{7, 12},
                                op::Dims{33, 130}, op::Dims{3, 5, 16}, op::Dims{600000}})
    for (DType dtype : {DType::Float, DType::BFloat16, DType::Char}) {
      SCOPED_TRACE(op::to_string(op::Type(dtype, sizes)));
      SmallProgram p;
      const uint32_t x = p.input(dtype, sizes), row = p.input(dtype, {sizes.back()});
      const uint32_t y = p.add(Op::add, {p.add(Op::mul, {x, x}), row});
      p.graph.outputs = {y};
      if (sizes.size() == 2)
        p.graph.outputs.push_back(
            p.add(Op::neg, {p.add(Op::permute, {x}, op::attrs::permute::pack(op::Dims{1, 0}))}));
      expect_equal(p);
    }
}

// Through tiles: ragged ones, with dims around, two that are transposed and one that is not, masks.
TEST(Maps, Transposed) {
  for (const op::Dims& sizes : {op::Dims{33, 65}, op::Dims{3, 40, 70}, op::Dims{40, 3, 70},
                                op::Dims{16, 17}, op::Dims{2, 64, 32, 3}})
    for (DType dtype : {DType::Float, DType::BFloat16, DType::Bool, DType::Double}) {
      SCOPED_TRACE(op::to_string(op::Type(dtype, sizes)));
      const size_t rank = sizes.size();
      op::Dims order, turned;
      for (size_t d = 0; d < rank; ++d) order.push_back(static_cast<int64_t>(d));
      std::swap(order[rank == 4 ? 1 : 0], order[rank - 1]);
      for (int64_t d : order) turned.push_back(sizes[static_cast<size_t>(d)]);
      SmallProgram p;
      const uint32_t x = p.input(dtype, sizes), y = p.input(dtype, sizes),
                     z = p.input(dtype, turned);
      auto turn = [&](uint32_t v) {
        return p.add(Op::permute, {v}, op::attrs::permute::pack(order));
      };
      const Op which = dtype == DType::Bool ? Op::bitwise_xor : Op::add;
      const uint32_t sum = p.add(which, {turn(x), z});
      p.graph.outputs = {turn(x), p.add(which, {sum, turn(y)})};
      expect_equal(p, 0);
    }
}

// Rows of whole vectors that do not begin at their boundaries.
TEST(Maps, RowsOfALongerOne) {
  SmallProgram p;
  const uint32_t x = p.input(DType::Float, {9, 33});
  const uint32_t start = p.add(
      Op::constant, {}, op::attrs::constant::pack(op::Literal::of(DType::Long, 0), op::Dims{}));
  const uint32_t part =
      p.add(Op::slice, {x, start, start}, op::attrs::slice::pack(op::Dims{9, 32}, op::Dims{1, 1}));
  p.graph.outputs = {p.add(Op::tanh, {part})};
  expect_equal(p);
}

// Orders of rows that fit a tile and of longer ones.
TEST(Sorts, Lengths) {
  for (const op::Dims& sizes : {op::Dims{3, 1}, op::Dims{3, 77}, op::Dims{2, 2048},
                                op::Dims{2, 2049}, op::Dims{1, 9000}, op::Dims{5000, 2},
                                op::Dims{700, 9}, op::Dims{9, 700}}) {
    const int64_t dim = sizes[0] > sizes[1] && sizes[1] < 9 ? 0 : 1;
    for (bool falling : {false, true}) {
      SCOPED_TRACE(op::to_string(op::Type(DType::Float, sizes)));
      SmallProgram p;
      const uint32_t x = p.input(DType::Float, sizes);
      const int64_t n = sizes[static_cast<size_t>(dim)];
      p.graph.outputs = {p.add(Op::argsort, {x},
                               op::attrs::argsort::pack(dim, falling, falling ? (n + 1) / 2 : n))};
      expect_equal(p);
    }
  }
}

// Updates that are few, or many: sorted, with rows of destinations of their own or shared ones; most go
// to few elements, some elements get none.
TEST(Scatters, Lengths) {
  struct Case {
    op::Dims base, updates;
    int64_t dim;
  };
  for (const Case& c : {Case{{100, 24}, {60, 24}, 0}, Case{{100, 24}, {70, 24}, 0},
                        Case{{3, 50, 5}, {3, 2100, 5}, 1}, Case{{7, 40}, {7, 300}, 1},
                        Case{{12}, {5000}, 0}, Case{{1, 600}, {1, 65}, 1}})
    for (Op which : {Op::index_add, Op::scatter, Op::scatter_add, Op::scatter_mul, Op::scatter_max,
                     Op::scatter_min})
      for (DType dtype : {DType::Float, DType::BFloat16, DType::Long}) {
        SCOPED_TRACE(std::string(op::name(which)) + " " + op::to_string(op::Type(dtype, c.updates)));
        const int64_t size = c.base[static_cast<size_t>(c.dim)],
                      n = c.updates[static_cast<size_t>(c.dim)];
        SmallProgram p;
        const uint32_t x = p.input(dtype, c.base);
        const op::Dims where = which == Op::index_add ? op::Dims{n} : c.updates;
        const uint32_t index = p.input(n % 2 ? DType::Long : DType::Int, where);
        p.inputs.back().domain = Domain::below(std::min<int64_t>(size, 20));
        const uint32_t src = p.input(dtype, c.updates);
        p.graph.outputs = {p.add(which, {x, index, p.add(Op::neg, {src})},
                                 op::attrs::scatter::pack(c.dim))};
        // Of long runs, pieces are added up first.
        expect_equal(p, n > 256 && (which == Op::index_add || which == Op::scatter_add ||
                                    which == Op::scatter_mul)
                            ? 40
                            : 0);
      }
}

// Running sums and products: a block a row, a thread a row.
TEST(Scans, Lengths) {
  for (Op which : {Op::add, Op::maximum})
    for (const op::Dims& sizes : {op::Dims{5}, op::Dims{128}, op::Dims{1025}, op::Dims{5003},
                                  op::Dims{300, 40}, op::Dims{4, 9000}}) {
      SCOPED_TRACE(op::to_string(op::Type(DType::Float, sizes)));
      SmallProgram p;
      const op::Dims rest = sizes.size() > 1 ? op::Dims{sizes[1]} : op::Dims{};
      const op::Type state(DType::Float, rest);
      auto body = std::make_shared<op::Graph>();
      body->locations.push_back({"shapes.cpp", 2, ""});
      body->inputs = {state, state};
      body->nodes.push_back({which, {0, 1}, {}, {state}, 0, false, nullptr});
      body->outputs = {2, 2};
      const uint32_t first = p.input(DType::Float, rest), x = p.input(DType::Float, sizes);
      op::GraphNode scan;
      scan.op = Op::scan;
      scan.operands = {first, x};
      scan.attrs = op::attrs::scan::pack(1, 1, false);
      scan.results = {state, op::Type(DType::Float, sizes)};
      scan.body = body;
      p.graph.nodes.push_back(scan);
      p.graph.outputs = {2, 3};
      expect_equal(p);
    }
}
}  // namespace
}  // namespace test
}  // namespace torch
