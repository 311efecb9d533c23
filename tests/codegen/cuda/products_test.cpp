// Products of matrices with the odd operands that programs bring, by our kernels and by cuBLASLt:
// slices in loops, flipped and expanded ones, nothing to add up, nothing to compute.
#include <gtest/gtest.h>

#include "runtime/trace/knobs.h"
#include "tests/codegen/cuda/device.h"
#include "tests/codegen/cuda/small_program.h"
#include "tests/codegen/tiers.h"

namespace torch {
namespace test {
namespace {
using op::DType;
using op::Op;
using runtime::Knobs;

void expect_equal(const SmallProgram& p) {
  const Knobs before = runtime::knobs();
  const std::vector<Bytes> inputs = draw_inputs(p.inputs, 5);
  const std::vector<Bytes> expected = run(p.graph, codegen::Tier::reference, inputs);
  const op::Types types = op::output_types(p.graph);
  for (Knobs::Matmul who : {Knobs::Matmul::own, Knobs::Matmul::cublaslt}) {
    Knobs changed = before;
    changed.matmul = who;
    runtime::set_knobs(changed);
    SCOPED_TRACE(who == Knobs::Matmul::own ? "own" : "cublaslt");
    const std::vector<Bytes> got = run_on_gpu(p.graph, inputs);
    for (size_t o = 0; o < got.size(); ++o)
      EXPECT_EQ(far(types[o], expected[o], got[o], 4 * tolerance(types[o].dtype)), "") << o;
  }
  runtime::set_knobs(before);
}

struct LoopNode {
  std::vector<uint32_t> operands;
  int64_t carried, stacked;
  bool reverse;
  op::Types results;
};
void add_loop(op::Graph& graph, const LoopNode& l, const SmallProgram& body) {
  op::GraphNode scan;
  scan.op = Op::scan;
  scan.operands = l.operands;
  scan.attrs = op::attrs::scan::pack(l.carried, l.stacked, l.reverse);
  scan.results = l.results;
  scan.body = std::make_shared<op::Graph>(body.graph);
  graph.nodes.push_back(scan);
}

// h = tanh(x_t w + h u); y_t = x_t w, whose slices lie anywhere.
SmallProgram recurrent(DType d, bool reverse) {
  const int64_t m = 3, k = 5, n = 7, steps = 4;
  SmallProgram body;
  const uint32_t h = body.input(d, {m, n}), x = body.input(d, {m, k}), w = body.input(d, {k, n}),
                 u = body.input(d, {n, n});
  const uint32_t y = body.add(Op::matmul, {x, w});
  const uint32_t next = body.add(Op::tanh, {body.add(Op::add, {y, body.add(Op::matmul, {h, u})})});
  body.graph.outputs = {next, y};
  SmallProgram p;
  const uint32_t first = p.input(d, {m, n}), xs = p.input(d, {steps, m, k}),
                 by_x = p.input(d, {k, n}), by_h = p.input(d, {n, n});
  add_loop(p.graph,
           {{first, xs, by_x, by_h}, 1, 1, reverse,
            {op::Type(d, {m, n}), op::Type(d, {steps, m, n})}},
           body);
  p.graph.outputs = {4, 5};
  return p;
}
// The first `k` of the only row.
uint32_t part_of(SmallProgram& p, uint32_t row, int64_t k) {
  const op::Literal first = op::Literal::of(DType::Long, int64_t(0));
  const uint32_t start = p.add(Op::constant, {}, op::attrs::constant::pack(first, op::Dims{}));
  return p.add(Op::slice, {row, start, start},
               op::attrs::slice::pack(op::Dims{1, k}, op::Dims{1, 1}));
}
// One row of which a part is taken: in it vectors would be aligned.
SmallProgram part_of_a_row(DType d) {
  const int64_t k = 8, n = 8, steps = 5;
  SmallProgram body;
  const uint32_t h = body.input(d, {1, n}), x = body.input(d, {1, k + 1}),
                 w = body.input(d, {k, n});
  const uint32_t next = body.add(Op::add, {h, body.add(Op::matmul, {part_of(body, x, k), w})});
  body.graph.outputs = {next};
  SmallProgram p;
  const uint32_t first = p.input(d, {1, n}), xs = p.input(d, {steps, 1, k + 1}),
                 by = p.input(d, {k, n});
  add_loop(p.graph, {{first, xs, by}, 1, 1, false, {op::Type(d, {1, n})}}, body);
  p.graph.outputs = {3};
  return p;
}
// A loop in a loop: the inner one's state begins as a slice of the outer's, which it also has as a
// value that stays, and ends as one.
SmallProgram nested(DType d) {
  const int64_t k = 4, steps = 3, inner_steps = 2;
  SmallProgram inner;
  {
    const uint32_t h = inner.input(d, {1, k + 1}), w = inner.input(d, {k, k + 1}),
                   x = inner.input(d, {1, k + 1});
    const uint32_t of_h = inner.add(Op::matmul, {part_of(inner, h, k), w}),
                   of_x = inner.add(Op::matmul, {part_of(inner, x, k), w});
    inner.graph.outputs = {inner.add(Op::sin, {inner.add(Op::add, {of_h, of_x})})};
  }
  SmallProgram outer;
  const op::Type row(d, {1, k + 1});
  const uint32_t state = outer.input(d, {1, k + 1}), x = outer.input(d, {1, k + 1}),
                 ws = outer.input(d, {inner_steps, k, k + 1});
  add_loop(outer.graph, {{x, ws, x}, 1, 1, true, {row}}, inner);
  outer.graph.outputs = {outer.add(Op::mul, {state, 3}), 3};
  SmallProgram p;
  const uint32_t first = p.input(d, {1, k + 1}), xs = p.input(d, {steps, 1, k + 1}),
                 w = p.input(d, {inner_steps, k, k + 1});
  add_loop(p.graph, {{first, xs, w}, 1, 1, false, {row, op::Type(d, {steps, 1, k + 1})}}, outer);
  p.graph.outputs = {3, 4};
  return p;
}

TEST(Products, SlicesOfLoopsLieAnywhere) {
  for (DType d : {DType::Float, DType::BFloat16}) {
    SCOPED_TRACE(op::find_dtype(d)->ir_name);
    for (bool reverse : {false, true}) expect_equal(recurrent(d, reverse));
    expect_equal(part_of_a_row(d));
    expect_equal(nested(d));
  }
}

struct Sizes {
  op::Dims a, b;
};
SmallProgram product(DType d, const Sizes& s) {
  SmallProgram p;
  const uint32_t a = p.input(d, s.a), b = p.input(d, s.b);
  p.graph.outputs = {p.add(Op::matmul, {a, b})};
  return p;
}

TEST(Products, OfNothing) {
  for (DType d : {DType::Float, DType::BFloat16, DType::Long})
    for (const Sizes& s : {Sizes{{5, 0}, {0, 6}}, Sizes{{0, 5}, {5, 6}}, Sizes{{5, 4}, {4, 0}},
                           Sizes{{0, 3, 4}, {0, 4, 2}}, Sizes{{3, 2, 0}, {3, 0, 2}},
                           Sizes{{0, 0}, {0, 0}}, Sizes{{1, 1}, {1, 1}}})
      expect_equal(product(d, s));
}

TEST(Products, FlippedAndExpandedOperands) {
  for (DType d : {DType::Float, DType::BFloat16}) {
    for (const op::Dims& dims : {op::Dims{0}, op::Dims{1}, op::Dims{2}, op::Dims{0, 1, 2}}) {
      SmallProgram p;
      const uint32_t a = p.input(d, {3, 8, 16}), b = p.input(d, {3, 16, 24});
      const uint32_t left = p.add(Op::flip, {a}, op::attrs::flip::pack(dims));
      const uint32_t right = p.add(Op::flip, {b}, op::attrs::flip::pack(dims));
      p.graph.outputs = {p.add(Op::matmul, {left, b}), p.add(Op::matmul, {a, right}),
                         p.add(Op::matmul, {left, right})};
      expect_equal(p);
    }
    for (const op::Dims& from : {op::Dims{1, 8, 16}, op::Dims{3, 1, 16}, op::Dims{3, 8, 1},
                                 op::Dims{1, 1, 16}, op::Dims{1, 8, 1}, op::Dims{1, 1, 1}}) {
      SmallProgram p;
      const uint32_t a = p.input(d, from), b = p.input(d, {3, 16, 24}),
                     c = p.input(d, {3, 24, 8});
      const uint32_t wide = p.add(Op::expand, {a}, op::attrs::expand::pack(op::Dims{3, 8, 16}));
      p.graph.outputs = {p.add(Op::matmul, {wide, b}), p.add(Op::matmul, {c, wide})};
      expect_equal(p);
    }
  }
}
}  // namespace
}  // namespace test
}  // namespace torch
