// What goes wrong is said once, clearly, with nothing left behind.
#include "runtime/cuda/kernels.h"
#include "runtime/cuda/launch_graph.h"
#include "runtime/cuda/pinned.h"
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr int64_t kN = 64;
const op::Type kRow(op::DType::Int, {kN});

const KernelSource kAddOne{"add_one", R"(
extern "C" __global__ void add_one(const i32* a, i32* b) {
  b[weft_thread()] = a[weft_thread()] + 1;
}
)"};
const KernelSource kCopy{"copy", R"(
extern "C" __global__ void copy(const i32* a, i32* b) { b[weft_thread()] = a[weft_thread()]; }
)"};
const KernelSource kLost{"lost", R"(
extern "C" __global__ void lost(const i32* a, i32* b) {
  if (weft_thread() == 3) weft_sync();
  b[weft_thread()] = a[weft_thread()];
}
)"};

LaunchPlan plan(const KernelSource& source) {
  const LoadedKernel loaded = load(0, {source}).front();
  auto kernel = std::make_shared<Kernel>();
  kernel->name = source.name;
  kernel->kind = "map";
  kernel->function = loaded.function;
  kernel->keep_alive = loaded.keep_alive;
  LaunchPlan p;
  p.input_types = p.output_types = {kRow};
  p.arena_bytes = kN * 4;
  p.blocks = {{0, kN * 4}};
  Launch first, second;
  first.kernel = second.kernel = kernel;
  first.threads = second.threads = kN;
  first.buffers = {{Slot::input, 0, 0, false}, {Slot::arena, 0, 0, true}};
  second.buffers = {{Slot::arena, 0, 0, false}, {Slot::output, 0, 0, true}};
  p.launches = {first, second};
  return p;
}

class FaultsTest : public Emulated {
 protected:
  void SetUp() override {
    Emulated::SetUp();
    if (IsSkipped()) return;
    Device::get(0);
    clear();
    before_ = emulate::held();
    host_.assign(kN, 7);
  }
  void TearDown() override {
    Emulated::TearDown();
    if (IsSkipped()) return;
    clear();
    const emulate::Held after = emulate::held();
    EXPECT_EQ(after.allocations, before_.allocations);
    EXPECT_EQ(after.pinned, before_.pinned);
    EXPECT_EQ(after.graphs, before_.graphs);
    EXPECT_EQ(after.execs, before_.execs);
    EXPECT_EQ(after.modules, before_.modules);
    EXPECT_LE(after.events, before_.events + 4);  // kept for the next
    EXPECT_EQ(host_, std::vector<int>(kN, 7));
  }
  static void clear() {
    try {
      synchronize(gpu());
    } catch (const Error&) {
    }
    empty_cache(gpu());
  }
  static std::string run(const Executable& e, const BufferRef& x, const BufferRef& y) {
    const void* inputs[] = {x->data()};
    void* outputs[] = {y->data()};
    return thrown([&] { e.run(inputs, outputs); });
  }
  emulate::Held before_{};
  std::vector<int> host_;
};

TEST_F(FaultsTest, AnAllocationIsTriedTwice) {
  for (int n = 1; n < 4; ++n) {
    emulate::Faults faults;
    faults.allocation = n;
    emulate::set_faults(faults);
    BufferRef a = to_gpu(host_), b = allocate(3 << 20, gpu()), c = allocate(40 << 20, gpu());
    EXPECT_EQ(to_host<int>(a), host_);
  }
}

TEST_F(FaultsTest, NoMemoryForARun) {
  LaunchGraph graph(plan(kAddOne), 0);
  BufferRef x = to_gpu(host_), y = allocate(kN * 4, gpu());
  std::vector<BufferRef> all;
  emulate::Faults faults;
  faults.memory_bytes = 2 << 20;
  emulate::set_faults(faults);
  EXPECT_EQ(thrown([&] {
              for (;;) all.push_back(allocate(1000, gpu()));
            }).rfind("CUDA out of memory. Tried to allocate 1000 B (1000 bytes). GPU 0 has", 0),
            0u);
  const std::string what = run(graph, x, y);
  EXPECT_EQ(what.rfind("CUDA out of memory. Tried to allocate ", 0), 0u);
  EXPECT_NE(what.find(" bytes) for what a graph computes on its way. GPU 0 has"), what.npos)
      << what;
  all.clear();
  EXPECT_EQ(run(graph, x, y), "");
  EXPECT_EQ(to_host<int>(y), std::vector<int>(kN, 9));
}

TEST_F(FaultsTest, ALaunchIsRefused) {
  LaunchGraph graph(plan(kAddOne), 0);
  BufferRef x = to_gpu(host_), y = allocate(kN * 4, gpu());
  for (int n = 1; n <= 2; ++n) {
    emulate::Faults faults;
    faults.launch = n;
    emulate::set_faults(faults);
    LaunchGraph fresh(plan(kAddOne), 0);
    EXPECT_EQ(run(fresh, x, y),
              "CUDA error: too many resources requested for launch "
              "(CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, 701) while launching the kernel add_one (1 "
              "blocks of 64 threads, 0 bytes of shared memory) on cuda:0");
    EXPECT_EQ(run(fresh, x, y), "");
    EXPECT_EQ(to_host<int>(y), std::vector<int>(kN, 9));
  }
}

TEST_F(FaultsTest, WithoutAGraphThereIsAStream) {
  LaunchGraph graph(plan(kAddOne), 0);
  BufferRef x = to_gpu(host_), y = allocate(kN * 4, gpu());
  emulate::Faults faults;
  faults.graph = 1;
  emulate::set_faults(faults);
  const emulate::Calls before = emulate::calls();
  for (int pass = 0; pass < 4; ++pass) EXPECT_EQ(run(graph, x, y), "");
  EXPECT_EQ(to_host<int>(y), std::vector<int>(kN, 9));
  EXPECT_EQ(emulate::calls().graph_launches, before.graph_launches);
}

/// y = x + 2 where x moves, and a copy that is left out where it lies right.
LaunchPlan with_copy() {
  LaunchPlan p = plan(kAddOne);
  const LoadedKernel loaded = load(0, {kCopy}).front();
  auto kernel = std::make_shared<Kernel>();
  kernel->name = "copy";
  kernel->kind = "map";
  kernel->function = loaded.function;
  kernel->keep_alive = loaded.keep_alive;
  Launch copy;
  copy.kernel = kernel;
  copy.threads = kN;
  copy.copies = true;
  copy.buffers = {{Slot::input, 0, 0, false}, {Slot::output, 1, 0, true}};
  p.launches.push_back(copy);
  p.output_types.push_back(kRow);
  return p;
}

TEST_F(FaultsTest, AGraphFailsWhenItIsChangedOrLaunched) {
  struct Place {
    const char* what;
    int emulate::Faults::*fault;
  };
  for (const Place& place : {Place{"change", &emulate::Faults::graph_change},
                             Place{"switch", &emulate::Faults::graph_switch},
                             Place{"launch", &emulate::Faults::graph_launch},
                             Place{"make", &emulate::Faults::graph}})
    for (int first = 0; first < 12; ++first) {
      SCOPED_TRACE(place.what + std::string(" ") + std::to_string(first));
      LaunchGraph graph(with_copy(), 0);
      BufferRef y = allocate(kN * 4, gpu()), z = allocate(kN * 4, gpu());
      std::vector<BufferRef> kept;  // so that inputs move
      for (int pass = 0; pass < 14; ++pass) {
        BufferRef x = to_gpu(std::vector<int>(kN, pass));
        emulate::Faults faults;
        if (pass >= first) faults.*place.fault = 1;
        emulate::set_faults(faults);
        const void* inputs[] = {x->data()};
        void* outputs[] = {y->data(), pass % 3 ? x->data() : z->data()};
        EXPECT_EQ(thrown([&] { graph.run(inputs, outputs); }), "");
        emulate::set_faults({});
        EXPECT_EQ(to_host<int>(y), std::vector<int>(kN, pass + 2));
        if (pass % 3 == 0) EXPECT_EQ(to_host<int>(z), std::vector<int>(kN, pass));
        kept.push_back(x);
      }
    }
}

TEST_F(FaultsTest, OneGraphThatFailsIsNotTheLast) {
  LaunchGraph graph(plan(kAddOne), 0);
  BufferRef x = to_gpu(host_), y = allocate(kN * 4, gpu());
  for (int pass = 0; pass < 3; ++pass) EXPECT_EQ(run(graph, x, y), "");
  emulate::Faults faults;
  faults.graph_launch = 1;
  emulate::set_faults(faults);
  EXPECT_EQ(run(graph, x, y), "");
  const uint64_t before = emulate::calls().graph_launches;
  for (int pass = 0; pass < 3; ++pass) EXPECT_EQ(run(graph, x, y), "");
  EXPECT_EQ(emulate::calls().graph_launches - before, 3u);
  EXPECT_EQ(to_host<int>(y), std::vector<int>(kN, 9));
}

TEST_F(FaultsTest, NvrtcFails) {
  emulate::Faults faults;
  faults.compilation = 1;
  emulate::set_faults(faults);
  EXPECT_EQ(thrown([] { load(0, {{"other", "extern \"C\" __global__ void other() {}\n"}}); }),
            "NVRTC refuses a kernel (other) for sm_90a: NVRTC_ERROR_COMPILATION\na fault that was "
            "asked for");
}

TEST_F(FaultsTest, AKernelThatHangs) {
  LaunchGraph graph(plan(kLost), 0);
  BufferRef x = to_gpu(host_), y = allocate(kN * 4, gpu());
  const std::string what = run(graph, x, y);
  EXPECT_EQ(what.rfind("CUDA error: unspecified launch failure: lost: ", 0), 0u) << what;
  EXPECT_NE(what.find("while launching the kernel lost"), std::string::npos) << what;
}

TEST_F(FaultsTest, TheDeviceIsLost) {
  LaunchGraph graph(plan(kAddOne), 0);
  BufferRef x = to_gpu(host_), y = allocate(kN * 4, gpu());
  EXPECT_EQ(run(graph, x, y), "");
  emulate::Faults faults;
  faults.device_lost = true;
  emulate::set_faults(faults);
  const std::string lost =
      "CUDA error: unspecified launch failure: the device is lost (CUDA_ERROR_LAUNCH_FAILED, 719) "
      "while ";
  EXPECT_EQ(run(graph, x, y).rfind(lost + "launching ", 0), 0u);
  EXPECT_EQ(thrown([&] { to_host<int>(y); }), lost + "copying from cuda:0");
  EXPECT_EQ(thrown([&] { to_gpu(host_); }).rfind(lost, 0), 0u);
  EXPECT_EQ(thrown([] { synchronize(gpu()); }),
            lost + "waiting for cuda:0, in work that was given to it before");
  EXPECT_NE(thrown([] { allocate_pinned(1 << 22); }), "");
}

TEST_F(FaultsTest, ACopyFails) {
  BufferRef x = to_gpu(host_);
  emulate::Faults faults;
  faults.copy = 1;
  emulate::set_faults(faults);
  EXPECT_EQ(
      thrown([&] { to_host<int>(x); }),
      "CUDA error: an illegal memory access was encountered (CUDA_ERROR_ILLEGAL_ADDRESS, 700) "
      "while copying from cuda:0");
  EXPECT_NE(thrown([] { synchronize(gpu()); }), "");
  emulate::set_faults({});
  EXPECT_EQ(to_host<int>(x), host_);
}

TEST_F(FaultsTest, NoPinnedMemory) {
  emulate::Faults faults;
  faults.pinned_allocation = 1;
  emulate::set_faults(faults);
  BufferRef x = to_gpu(host_);  // tried again
  EXPECT_EQ(to_host<int>(x), host_);
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
