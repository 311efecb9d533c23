// Launch plans of kernels written by hand, on a GPU, emulated or not.
#include "runtime/cuda/launch_graph.h"

#include <cstring>

#include "runtime/cuda/pinned.h"
#include "runtime/executable/error_report.h"
#include "runtime/executable/loop.h"
#include "runtime/trace/history.h"
#include "tests/runtime/cuda/hand_plans.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {
using namespace hand;

TEST_F(LaunchGraphs, StepsRunInOrderWithNumbersOfTheHost) {
  for (bool on : {true, false}) {
    graphs(on);
    LaunchGraph graph(scaled_sum(), 0, {false, false, true});
    EXPECT_EQ(graph.summary.launches, 3);
    BufferRef a = to_gpu(row(1)), b = to_gpu(row(3));
    const emulate::Calls begin = emulate::calls();
    for (float s : {2.f, 2.f, 0.5f, 4.f})
      EXPECT_EQ(run(graph, {a->data(), b->data(), &s}), row(4 * s, 2 * s));
    const emulate::Calls end = emulate::calls();
    EXPECT_COUNTED(end.kernels - begin.kernels, 12u);
    EXPECT_COUNTED(end.graph_launches - begin.graph_launches, on ? 3u : 0u);
  }
}

TEST_F(LaunchGraphs, OnlyWhatMovedIsChanged) {
  LaunchGraph graph(scaled_sum(), 0, {false, false, true});
  BufferRef a = to_gpu(row(1)), b = to_gpu(row(3)), c = to_gpu(row(5)), y = allocate(kN * 4, gpu());
  float s = 1;
  void* outputs[] = {y->data()};
  auto step = [&](const BufferRef& first) {
    const void* inputs[] = {first->data(), b->data(), &s};
    const uint64_t before = emulate::calls().node_updates;
    graph.run(inputs, outputs);
    EXPECT_EQ(to_host<float>(y), row((first.get() == a.get() ? 4 : 8) * s, 2 * s));
    return emulate::calls().node_updates - before;
  };
  step(a);
  EXPECT_EQ(step(a), 0u);  // the graph is made for these
  EXPECT_EQ(step(a), 0u);
  EXPECT_LE(step(c), 3u);  // another instance
  for (int i = 0; i < 3; ++i) EXPECT_EQ(step(a) + step(c), 0u);
  uint64_t changes = 0;
  for (int i = 1; i < 10; ++i) {
    s = static_cast<float>(i);
    changes += step(a);
  }
  EXPECT_LE(changes, 9u);  // the node that has the number
}

TEST_F(LaunchGraphs, LaunchesBesideEachOtherAreOne) {
  std::vector<Launch> launches;
  std::vector<op::Type> inputs;
  for (uint32_t i = 0; i < 11; ++i) {
    launches.push_back(launch(i ? launches[0].kernel : kernel("twice"), {in(i), out(i)}));
    launches.back().beside = i > 0;
    inputs.push_back(kRow);
  }
  LaunchGraph graph(plan(inputs, 11, launches), 0);
  std::vector<BufferRef> from, to;
  std::vector<const void*> in_pointers;
  std::vector<void*> out_pointers;
  for (int i = 0; i < 11; ++i) {
    from.push_back(to_gpu(row(static_cast<float>(i))));
    to.push_back(allocate(kN * 4, gpu()));
    in_pointers.push_back(from.back()->data());
    out_pointers.push_back(to.back()->data());
  }
  for (int pass = 0; pass < 3; ++pass) {
    const uint64_t before = emulate::calls().kernels;
    graph.run(in_pointers.data(), out_pointers.data());
    EXPECT_COUNTED(emulate::calls().kernels - before, 2u);  // eight rows and three
    for (int i = 0; i < 11; ++i)
      EXPECT_EQ(to_host<float>(to[static_cast<size_t>(i)]), row(static_cast<float>(2 * i), 2));
  }
}

TEST_F(LaunchGraphs, ErrorsInValuesComeLate) {
  Launch first =
      launch(kernel("pick"), {in(0), in(1), temporary(0, true), {Slot::error, 0, 0, true}});
  first.node = 7;
  Launch second = launch(kernel("add"), {temporary(0), in(0), out(0)});
  LaunchGraph graph(plan({kRow, kIndices}, 1, {first, second}, 1), 0);
  std::vector<int64_t> at(kN);
  BufferRef a = to_gpu(row(0)), y = allocate(kN * 4, gpu());
  BufferRef good = to_gpu(at);
  at[250] = -3;
  at[20] = 1000;
  BufferRef bad = to_gpu(at);
  void* outputs[] = {y->data()};
  std::vector<std::string> heard;
  auto late = [&](const ValueError& e) {
    heard.push_back(std::to_string(e.node) + ": " + e.what());
    throw e;
  };
  for (const BufferRef& indices : {good, bad, good, bad, good}) {
    const void* inputs[] = {a->data(), indices->data()};
    graph.launch(inputs, outputs, late);
  }
  EXPECT_TRUE(heard.empty());
  const std::string sentence = "index 1000 is out of bounds for dimension 0 with size 300";
  EXPECT_EQ(thrown([] { synchronize(gpu()); }), sentence);
  EXPECT_EQ(thrown([&] { to_host<float>(y); }), sentence);
  EXPECT_EQ(heard, std::vector<std::string>(2, "7: " + sentence));
  EXPECT_EQ(to_host<float>(y), row(0));
  const void* inputs[] = {a->data(), bad->data()};
  EXPECT_EQ(thrown([&] { graph.run(inputs, outputs); }), sentence);
}

TEST_F(LaunchGraphs, LoopsAreUnrolled) {
  for (int64_t steps : {0, 1, 2, 5}) {
    LaunchPlan body = plan({kRow, kRow}, 2,
                           {launch(kernel("add"), {in(0), in(1), out(0)}),
                            launch(kernel("copy"), {{Slot::output, 0, 0, false}, out(1)})});
    auto loop = std::make_shared<Loop>();
    loop->body = std::make_shared<LaunchList>(std::move(body));
    loop->steps = steps;
    loop->carried = loop->stacked = 1;
    loop->finals = {2};
    loop->spares = {4};
    loop->outputs = {3};
    Launch whole;
    whole.kernel = loop_kernel("scan", loop);
    whole.params = {loop_parameter(*whole.kernel)};
    whole.buffers = {in(0), in(1), out(0), out(1), temporary(0, true)};
    LaunchPlan p = plan({kRow, op::Type(op::DType::Float, {steps, kN})}, 2, {whole}, 1);
    p.output_types[1] = op::Type(op::DType::Float, {steps, kN});
    LaunchGraph graph(std::move(p), 0);
    std::vector<float> stacked;
    for (int64_t s = 0; s < steps; ++s) {
      const std::vector<float> one = row(static_cast<float>(s));
      stacked.insert(stacked.end(), one.begin(), one.end());
    }
    stacked.resize(std::max<size_t>(stacked.size(), 1));
    BufferRef state = to_gpu(row(100)), xs = to_gpu(stacked), last = allocate(kN * 4, gpu()),
              all = allocate(stacked.size() * 4, gpu());
    const void* inputs[] = {state->data(), xs->data()};
    void* outputs[] = {last->data(), all->data()};
    for (int pass = 0; pass < 3; ++pass) graph.run(inputs, outputs);
    const float sum = static_cast<float>(steps * (steps - 1) / 2);
    EXPECT_EQ(to_host<float>(last), row(100 + sum, 1 + static_cast<float>(steps)));
    if (steps > 0) EXPECT_EQ(to_host<float>(all)[1], 101 + 1);
  }
}

TEST_F(LaunchGraphs, FunctionsOfTheHostStandBetween) {
  auto host = std::make_shared<Kernel>();
  host->name = "negate";
  host->kind = "call";
  host->code = [](void* const* buffers, const int64_t* params, int64_t, int64_t, void*) {
    for (int64_t i = 0; i < params[0]; ++i)
      static_cast<float*>(buffers[1])[i] = -static_cast<const float*>(buffers[0])[i];
    if (static_cast<const float*>(buffers[0])[0] == 0) weft_division_error(buffers[2], 0, 0);
  };
  Launch middle = launch(host, {temporary(0), temporary(1, true), {Slot::error, 0, 0, true}});
  middle.tasks = 1;
  LaunchGraph graph(plan({kRow, kRow}, 1,
                         {launch(kernel("add"), {in(0), in(1), temporary(0, true)}), middle,
                          launch(kernel("add"), {temporary(1), in(0), out(0)})},
                         2),
                    0);
  BufferRef a = to_gpu(row(1)), b = to_gpu(row(2));
  for (int pass = 0; pass < 3; ++pass) EXPECT_EQ(run(graph, {a->data(), b->data()}), row(-2, -1));
  BufferRef minus = to_gpu(row(-1));
  EXPECT_EQ(thrown([&] { run(graph, {a->data(), minus->data()}); }), division_error_message);
}

TEST_F(LaunchGraphs, CopiesToTheSameMemoryAreLeftOut) {
  Launch copies = launch(kernel("copy"), {in(0), out(0)});
  copies.copies = true;
  LaunchPlan p = plan({kRow, kRow}, 2, {copies, launch(kernel("add"), {in(1), in(1), out(1)})});
  p.aliases = {{0, 0}};
  LaunchGraph graph(std::move(p), 0);
  EXPECT_TRUE(graph.may_alias(0, 0));
  EXPECT_FALSE(graph.may_alias(1, 0));
  BufferRef a = to_gpu(row(1)), b = to_gpu(row(2)), y = allocate(kN * 4, gpu()), z = y;
  z = allocate(kN * 4, gpu());
  for (bool same : {true, false, true, true, false}) {
    const void* inputs[] = {a->data(), b->data()};
    void* outputs[] = {same ? a->data() : y->data(), z->data()};
    const uint64_t before = emulate::calls().kernels;
    graph.run(inputs, outputs);
    EXPECT_COUNTED(emulate::calls().kernels - before, same ? 1u : 2u);
    EXPECT_EQ(to_host<float>(same ? a : y), row(1));
  }
}

TEST_F(LaunchGraphs, OutputsThatNobodyWants) {
  LaunchGraph graph(plan({kRow}, 2,
                         {launch(kernel("add"), {in(0), in(0), out(0)}),
                          launch(kernel("add"), {in(0), in(0), out(1)})}),
                    0);
  BufferRef a = to_gpu(row(1)), y = allocate(kN * 4, gpu());
  const void* inputs[] = {a->data()};
  void* outputs[] = {nullptr, y->data()};
  for (int pass = 0; pass < 2; ++pass) graph.run(inputs, outputs);
  EXPECT_EQ(to_host<float>(y), row(2, 2));
}

TEST_F(LaunchGraphs, TheHistoryHasWhatRan) {
  LaunchGraph graph(scaled_sum(), 0, {false, false, true});
  BufferRef a = to_gpu(row(1));
  const float s = 1;
  history::enable(true);
  const uint64_t first = history::count();
  run(graph, {a->data(), a->data(), &s});
  history::enable(false);
  const std::vector<history::Entry> ran = history::entries(first);
  ASSERT_EQ(ran.size(), 2u);
  EXPECT_EQ(ran[0].name, "add");
  EXPECT_EQ(ran[1].name, "scale");
  EXPECT_EQ(ran[1].tasks, 3);
  EXPECT_LE(ran[0].begin_ns + ran[0].ns, ran[1].begin_ns);
  EXPECT_NE(ran[0].launch, ran[1].launch);
}

TEST_F(LaunchGraphs, GuardedKernelsWriteOnlyWhatTheySay) {
  Knobs guarded = knobs();
  guarded.guard = Knobs::Guard::end;
  set_knobs(guarded);
  for (bool says : {true, false}) {
    LaunchGraph graph(plan({kRow}, 1,
                           {launch(kernel("copy"), {in(0), temporary(0, says)}),
                            launch(kernel("copy"), {temporary(0), out(0)})},
                           1),
                      0);
    BufferRef a = to_gpu(row(1));
    if (says) EXPECT_EQ(run(graph, {a->data()}), row(1));
    else
      EXPECT_EQ(thrown([&] { run(graph, {a->data()}); }),
                "launch graph: kernel copy wrote buffer 1, which it was to read");
  }
}

TEST_F(LaunchGraphs, PlansThatContradictThemselvesAreRefused) {
  EXPECT_NE(
      thrown([] { LaunchGraph(plan({kRow}, 1, {launch(kernel("copy"), {in(1), out(0)})}), 0); }),
      "");
  auto nothing = std::make_shared<Kernel>();
  nothing->name = "nothing";
  EXPECT_EQ(thrown([&] { LaunchGraph(plan({kRow}, 1, {launch(nothing, {in(0), out(0)})}), 0); }),
            "launch graph: kernel nothing has no code");
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
