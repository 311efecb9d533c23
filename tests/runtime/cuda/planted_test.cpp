// Mistakes in kernels are found: they are reported, or show as bits that depend on the order.
#include <cmath>

#include "runtime/cpu/thread_pool.h"
#include "tests/runtime/cuda/emulated.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

const Program& program() {
  static const Program all(R"(
extern "C" __global__ void __launch_bounds__(64) right(float* y) {
  WEFT_SHARED;
  float* s = (float*)shared;
  const int t = weft_thread();
  s[t] = t;
  weft_sync();
  y[t] = s[63 - t];
}
extern "C" __global__ void no_barrier(float* y) {
  WEFT_SHARED;
  float* s = (float*)shared;
  const int t = weft_thread();
  s[t] = t;
  y[t] = s[63 - t];
}
extern "C" __global__ void no_second_barrier(float* y) {
  WEFT_SHARED;
  float* s = (float*)shared;
  const int t = weft_thread();
  s[t] = t;
  weft_sync();
  const float a = s[(t + 1) % 64];
  s[t] = a;
  weft_sync();
  y[t] = s[t];
}
extern "C" __global__ void some_leave_out_a_barrier(float* y) {
  if (weft_thread() < 40) weft_sync();
  y[weft_thread()] = 1;
}
extern "C" __global__ void two_barriers(float* y) {
  if (weft_thread() < 40) {
    weft_sync();
  } else {
    weft_sync();
  }
  y[weft_thread()] = 1;
}
extern "C" __global__ void a_lane_is_left_out(float* y) {
  const int t = weft_thread();
  y[t] = t == 13 ? 0 : weft_shuffle_xor((float)t, 1);
}
extern "C" __global__ void not_written(float* y) {
  WEFT_SHARED;
  y[weft_thread()] = ((float*)shared)[weft_thread()];
}
extern "C" __global__ void no_wait_for_copies(float* y) {
  WEFT_SHARED;
  float* s = (float*)shared;
  const int t = weft_thread();
  s[t] = y[t] = t;
  weft_sync();
  weft_copy_async<4>(weft_shared_address(s + 64 + t), y + t, true);
  weft_copy_commit();
  weft_sync();
  const float a = s[64 + 63 - t];
  weft_sync();
  y[t] = a;
}
extern "C" __global__ void beyond_shared(float* y) {
  WEFT_SHARED;
  ((volatile float*)shared)[weft_thread() + 1] = 1;
}
)");
  return all;
}
const Grid kGrid{1, 64, 256};

TEST(Planted, NothingInARightKernel) {
  const auto all = program().in_all_orders<float>("right", kGrid, 64);
  EXPECT_TRUE(agree(all));
  for (int t = 0; t < 64; ++t) EXPECT_EQ(all[0][t], 63 - t);
}
TEST(Planted, MissingBarriers) {
  EXPECT_FALSE(agree(program().in_all_orders<float>("no_barrier", kGrid, 64)));
  EXPECT_FALSE(agree(program().in_all_orders<float>("no_second_barrier", kGrid, 64)));
}
TEST(Planted, MissingWaitForCopies) {
  EXPECT_FALSE(agree(program().in_all_orders<float>("no_wait_for_copies", {1, 64, 512}, 64)));
}
TEST(Planted, SharedMemoryThatNobodyWrote) {
  for (const auto& y : program().in_all_orders<float>("not_written", kGrid, 64))
    for (float v : y) EXPECT_TRUE(std::isnan(v));
}
void expect_message(const char* kernel, const char* part) {
  for (Order order : kOrders) {
    std::vector<float> y(64);
    const std::string message = program().launch(kernel, kGrid, order, y.data());
    EXPECT_NE(message.find(part), std::string::npos) << kernel << ": " << message;
  }
}
TEST(Planted, Deadlocks) {
  expect_message("some_leave_out_a_barrier",
                 "deadlock in block 0: of 64 threads 40 wait at a barrier, 0 for other lanes of "
                 "their warp, 24 have ended (barrier: line 29)");
  expect_message("two_barriers", "threads of a block wait at different barriers");
  expect_message("a_lane_is_left_out", "31 for other lanes of their warp");
  // and nothing is left of it
  EXPECT_TRUE(agree(program().in_all_orders<float>("right", kGrid, 64)));
}
TEST(PlantedDeathTest, AccessBeyondSharedMemory) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  set_num_threads(1);
  EXPECT_DEATH(
      {
        std::vector<float> y(64);
        program().launch("beyond_shared", kGrid, Order::ascending, y.data());
      },
      "");
}
TEST(Planted, LaunchesThatCannotBe) {
  std::vector<float> y(64);
  EXPECT_NE(program().launch("right", {1, 2000, 256}, Order::ascending, y.data()), "");
  EXPECT_NE(program().launch("right", {0, 64, 256}, Order::ascending, y.data()), "");
  EXPECT_NE(program().launch("right", {1, 64, 1 << 20}, Order::ascending, y.data()), "");
}
TEST(Compile, SaysWhatIsWrong) {
  try {
    emulate::compile("extern \"C\" __global__ void f(float* y) { y[0] = oops; }");
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("kernels:1"), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("oops"), std::string::npos) << e.what();
  }
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
