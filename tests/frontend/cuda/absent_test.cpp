// Without a GPU: nothing of the kind is there, and asking for it says what is missing.
#include "tests/frontend/cuda/cuda.h"

TEST(Absent, SaysSo) {
  EXPECT_FALSE(torch::cuda::is_available());
  EXPECT_EQ(torch::cuda::device_count(), 0);
  EXPECT_FALSE(torch::mps::is_available());
  const torch::Device device(torch::cuda::is_available() ? torch::kCUDA : torch::kCPU);
  EXPECT_EQ(torch::ones({2}, device).device(), torch::Device(torch::kCPU));
  for (const auto& ask : std::vector<std::function<void()>>{
           [] { torch::ones({2}, torch::kCUDA); }, [] { torch::ones(2).to(torch::kCUDA); },
           [] { torch::ones(2).cuda(); }, [] { torch::rand({2}, torch::kCUDA); },
           [] { torch::nn::Linear(1, 1)->to(torch::kCUDA); },
           [] { torch::cuda::get_device_name(); }})
    refuses(ask, {"No CUDA GPUs are available", "WEFT_CUDA"});
  refuses([] { torch::ones({2}, torch::kCUDA); }, {"absent_test.cpp"});
  refuses([] { torch::ones(2).pin_memory(); }, {"No CUDA GPUs are available"});
  torch::cuda::empty_cache();
  torch::cuda::manual_seed_all(1);
  torch::manual_seed(1);
}
