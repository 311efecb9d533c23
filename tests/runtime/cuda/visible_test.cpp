// CUDA_VISIBLE_DEVICES, which is empty here.
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

TEST(Visible, NoDevice) {
  EXPECT_EQ(device_count(), 0);
  EXPECT_EQ(driver(), nullptr);
  EXPECT_EQ(absence(), "no CUDA device: the driver sees none (is CUDA_VISIBLE_DEVICES empty?)");
  const std::string what = "CUDA is not available: " + absence();
  EXPECT_EQ(thrown([] { allocate(4, gpu()); }), what);
  EXPECT_EQ(thrown([] { set_current_device(0); }), what);
  EXPECT_EQ(thrown([] { synchronize(gpu()); }), what);
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
