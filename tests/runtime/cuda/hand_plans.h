/// Kernels written by hand, and launch plans of them, for tests on a GPU, emulated or not.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "runtime/cuda/kernels.h"
#include "runtime/cuda/launch_graph.h"
#include "runtime/trace/knobs.h"
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace hand {

inline const std::vector<KernelSource> kSources = {
    {"add", R"(extern "C" __global__ void add(const float* a, const float* b, float* c, i64 n) {
  const i64 step = weft_blocks() * weft_threads();
  for (i64 i = weft_block() * weft_threads() + weft_thread(); i < n; i += step) c[i] = a[i] + b[i];
}
)"},
    {"scale",
     R"(extern "C" __global__ void scale(const float* a, const float* by, float* b, i64 n) {
  const i64 i = weft_block() * weft_threads() + weft_thread();
  if (i < n) b[i] = a[i] * *by;
}
)"},
    {"pick", R"(
extern "C" __global__ void pick(const float* a, const i64* at, float* b, void* report, i64 n) {
  const i64 i = weft_block() * weft_threads() + weft_thread();
  if (i >= n) return;
  if (at[i] < 0 || at[i] >= n) weft_index_error(report, 0, i, at[i], n, 0);
  else b[i] = a[at[i]];
}
)"},
    {"copy", R"(extern "C" __global__ void copy(const float* a, float* b, i64 n) {
  const i64 i = weft_block() * weft_threads() + weft_thread();
  if (i < n) b[i] = a[i];
}
)"},
    {"twice",
     R"(__device__ void twice_body(const float* a, float* b, i64 n, i64 block, i64 blocks) {
  const i64 i = block * weft_threads() + weft_thread();
  if (i < n) b[i] = 2 * a[i];
}
extern "C" __global__ void twice(const float* a, float* b, i64 n) {
  twice_body(a, b, n, weft_block(), weft_blocks());
}
extern "C" __global__ void twice_many(const __grid_constant__ weft_table<8, 3> t) {
  const int row = t.row();
  const u64* v = t.values + 3 * row;
  twice_body((const float*)v[0], (float*)v[1], (i64)v[2], t.block(row), t.blocks(row));
}
)"},
};

inline constexpr int64_t kN = 300;

inline std::shared_ptr<Kernel> kernel(const std::string& name) {
  static const std::vector<LoadedKernel> all = load(0, kSources);
  size_t at = 0;
  while (kSources.at(at).name != name) ++at;
  auto made = std::make_shared<Kernel>();
  made->name = name;
  made->kind = "map";
  made->function = all[at].function;
  made->many = all[at].many;
  made->many_rows = all[at].many ? 8 : 0;
  made->keep_alive = all[at].keep_alive;
  return made;
}

inline Launch launch(const std::shared_ptr<const Kernel>& k, std::vector<Slot> buffers) {
  Launch l;
  l.kernel = k;
  l.buffers = std::move(buffers);
  l.params = {kN};
  l.threads = 128;
  l.tasks = 3;
  return l;
}
inline Slot in(uint32_t i) { return {Slot::input, i, 0, false}; }
inline Slot out(uint32_t i) { return {Slot::output, i, 0, true}; }
inline Slot temporary(uint32_t i, bool written = false) { return {Slot::arena, i, 0, written}; }

inline const op::Type kRow(op::DType::Float, {kN});
inline const op::Type kScalar(op::DType::Float, {});
inline const op::Type kIndices(op::DType::Long, {kN});

inline LaunchPlan plan(std::vector<op::Type> inputs, size_t outputs, std::vector<Launch> launches,
                       uint32_t blocks = 0) {
  LaunchPlan p;
  p.input_types = std::move(inputs);
  p.output_types.assign(outputs, kRow);
  p.launches = std::move(launches);
  for (uint32_t b = 0; b < blocks; ++b) p.blocks.push_back({b * 2048, kN * 4});
  p.arena_bytes = blocks * 2048;
  return p;
}

inline std::vector<float> row(float first, float step = 1) {
  std::vector<float> values(kN);
  for (size_t i = 0; i < values.size(); ++i) values[i] = first + step * static_cast<float>(i);
  return values;
}

class LaunchGraphs : public OnGpu {
 protected:
  void SetUp() override {
    OnGpu::SetUp();
    if (IsSkipped()) return;
    before_ = knobs();
  }
  void TearDown() override {
    if (IsSkipped()) return;
    set_knobs(before_);
    OnGpu::TearDown();
  }
  void graphs(bool on) {
    Knobs k = knobs();
    k.cuda_graphs = on;
    set_knobs(k);
  }
  Knobs before_;
};

/// Runs with the inputs where they are; fresh outputs.
inline std::vector<float> run(const LaunchGraph& graph, std::vector<const void*> inputs) {
  BufferRef y = allocate(kN * 4, gpu());
  void* outputs[] = {y->data()};
  graph.run(inputs.data(), outputs);
  return to_host<float>(y);
}

/// y = (a + b) * s, where s is a number of the host's.
inline LaunchPlan scaled_sum() {
  return plan({kRow, kRow, kScalar}, 1,
              {launch(kernel("add"), {in(0), in(1), temporary(0, true)}),
               launch(kernel("scale"), {temporary(0), in(2), out(0)})},
              1);
}
}  // namespace hand
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
