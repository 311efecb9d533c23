// Without a GPU: nothing of the kind is there, and asking for it says what is missing.
#include <sstream>

#include "tests/frontend/cuda/archives.h"
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

namespace {
// A program's own way of moving, written for libtorch's signature.
struct Mover : torch::nn::Module {
  torch::nn::Linear inside{register_module("inside", torch::nn::Linear(2, 2))};
  int moved = 0;
  using Module::to;
  void to(torch::Device device, bool non_blocking = false) override {
    ++moved;
    torch::nn::Module::to(device, non_blocking);
  }
};

// The error names the line of `f`, which stands at this line.
template <class F> void refuses_here(F f, const char* says, int line = __builtin_LINE()) {
  const std::string here = "absent_test.cpp:" + std::to_string(line) + ":";
  refuses(f, {here.c_str(), says});
}
}  // namespace

TEST(Absent, ModulesNameTheLine) {
  torch::nn::Sequential model(torch::nn::Linear(2, 3), torch::nn::LSTM(3, 4));
  refuses_here([&] { model->to(torch::kCUDA); }, "CUDA is switched off");
  refuses_here([&] { model->to(torch::Device("cuda:1"), torch::kHalf); }, "'cuda:1'");
  refuses_here([&] { model->to(torch::kMPS); }, "not linked with support for mps");
  refuses_here([&] { model->cuda(); }, "CUDA is switched off");
  refuses_here([&] { torch::nn::LSTM(3, 4)->to(torch::kCUDA); }, "CUDA is switched off");
  Mover mover;
  torch::nn::Module& base = mover;
  refuses_here([&] { base.to(torch::kCUDA); }, "CUDA is switched off");
  mover.to(torch::kCPU);
  EXPECT_EQ(mover.moved, 2);
}

TEST(Absent, ArchivesOfGpus) {
  torch::nn::Linear model(2, 2), other(2, 2);
  std::ostringstream stream;
  torch::save(model, stream);
  const std::string bytes = on_another_device(stream.str(), "cpu", "cuda:0");
  const torch::Tensor before = other->weight.clone();
  refuses_here([&] { torch::load(other, bytes.data(), bytes.size()); },
               "Attempting to deserialize object on a CUDA device");
  refuses([&] { torch::load(other, bytes.data(), bytes.size()); },
          {"CUDA is switched off", "Give torch::load the device"});
  expect_equal(other->weight, before);
  torch::load(other, bytes.data(), bytes.size(), torch::kCPU);
  expect_equal(other->weight, model->weight);
}
