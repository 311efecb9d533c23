// The IDX files of MNIST: whole ones, and damaged ones.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace {
using torch::data::datasets::MNIST;

std::string word(uint32_t n) {
  return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
          static_cast<char>(n)};
}
class Mnist : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << bytes;
  }
  void write_whole() {
    std::string pixels;
    for (int i = 0; i < 3 * 2 * 4; ++i) pixels += static_cast<char>(i * 10);
    write("t10k-images-idx3-ubyte", word(0x803) + word(3) + word(2) + word(4) + pixels);
    write("t10k-labels-idx1-ubyte", word(0x801) + word(3) + "\x07\x01\x09");
  }
  void expect_refused(const std::string& part) {
    try {
      MNIST(folder_, MNIST::Mode::kTest);
      FAIL() << "nothing thrown; expected: " << part;
    } catch (const c10::Error& e) {
      EXPECT_NE(std::string(e.what()).find(part), std::string::npos) << e.what();
      EXPECT_STREQ(e.file(), __FILE__);
    }
  }
  std::string folder_ = std::getenv("TEST_TMPDIR");
};

TEST_F(Mnist, GivesImagesInZeroToOneAndTheirDigits) {
  write_whole();
  MNIST digits(folder_, MNIST::Mode::kTest);
  EXPECT_FALSE(digits.is_train());
  EXPECT_EQ(digits.size().value(), 3u);
  EXPECT_EQ(digits.images().sizes(), torch::IntArrayRef({3, 1, 2, 4}));
  auto example = digits.get(2);
  EXPECT_EQ(example.data.sizes(), torch::IntArrayRef({1, 2, 4}));
  EXPECT_EQ(example.data[0][1][3].item<float>(), 230.0f / 255);
  EXPECT_EQ(example.target.item<int64_t>(), 9);
}

TEST_F(Mnist, DamagedFilesAreRefused) {
  write_whole();
  write("t10k-images-idx3-ubyte", word(0x801) + word(3));
  expect_refused("got magic number 2049, expected 2051");
  write("t10k-images-idx3-ubyte", word(0x803) + word(3) + "\1");
  expect_refused("it ends within its header");
  write("t10k-images-idx3-ubyte", word(0x803) + word(3) + word(2) + word(4) + "few");
  expect_refused("sizes [3, 2, 4] need more bytes, got 3");
  write("t10k-images-idx3-ubyte", word(0x803) + word(~0u) + word(~0u) + word(~0u) + "few");
  expect_refused("need more bytes, got 3");
  write("t10k-images-idx3-ubyte", word(0x803) + word(1) + word(1) + word(1) + "few");
  expect_refused("sizes [1, 1, 1] need 1 bytes, got 3");
  write("t10k-images-idx3-ubyte", word(0x803) + word(1) + word(1) + word(1) + "a");
  expect_refused("1 images, but 3 targets");
  std::remove((folder_ + "/t10k-images-idx3-ubyte").c_str());
  expect_refused("Error opening images file at");
}
}  // namespace
