// safetensors: there and back, the format's bytes, damage.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/serialize/mutated.h"

namespace {
using torch::Tensor;
using Tensors = torch::OrderedDict<std::string, Tensor>;

std::string path(const char* name) { return std::string(std::getenv("TEST_TMPDIR")) + "/" + name; }
std::string write(const std::string& header, size_t data, uint64_t length = 0) {
  const std::string file = path("written.safetensors");
  std::ofstream out(file, std::ios::binary);
  if (!length) length = header.size();
  out.write(reinterpret_cast<const char*>(&length), 8);
  out << header << std::string(data, 1);
  return file;
}
void expect_refused(const std::string& sentence, const std::string& header, size_t data,
                    uint64_t length = 0) {
  const std::string file = write(header, data, length);
  try {
    torch::load_safetensors(file);
    ADD_FAILURE() << "loaded: " << header;
  } catch (const c10::Error& e) {
    EXPECT_NE(std::string(e.what()).find(sentence), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("safetensors_test.cpp"), std::string::npos) << e.what();
  }
}

TEST(Safetensors, ThereAndBack) {
  Tensors tensors;
  tensors.insert("bytes", torch::tensor({1, 2, 3}).to(torch::kByte));
  tensors.insert("w", torch::arange(6, torch::kFloat).view({2, 3}).t());
  tensors.insert("empty", torch::empty({0, 2}));
  tensors.insert("scalar", torch::tensor(2.5, torch::kDouble));
  tensors.insert("flags", torch::tensor({true, false}));
  tensors.insert("half", torch::ones({3}).to(torch::kHalf));
  const std::string file = path("all.safetensors");
  torch::save_safetensors(tensors, file, {{"format", "pt"}});
  const torch::Safetensors got = torch::load_safetensors(file);
  ASSERT_EQ(got.tensors.size(), tensors.size());
  for (const auto& item : tensors) {
    EXPECT_EQ(got.tensors[item.key()].scalar_type(), item.value().scalar_type());
    EXPECT_TRUE(torch::equal(got.tensors[item.key()], item.value())) << item.key();
  }
  ASSERT_EQ(got.metadata.size(), 1u);
  EXPECT_EQ(got.metadata[0].second, "pt");
}

TEST(Safetensors, ReadsTheFormat) {
  const std::string file =
      write(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[],"data_offsets":[2,3]}}   )", 3);
  const torch::Safetensors got = torch::load_safetensors(file);
  EXPECT_EQ(got.tensors["a"].sum().item<int>(), 2);
  EXPECT_EQ(got.tensors["b"].dim(), 0);
}

TEST(Safetensors, HostileHeaders) {
  auto one = [](const std::string& shape, const std::string& offsets, const char* dtype = "F32") {
    return std::string(R"({"a":{"dtype":")") + dtype + R"(","shape":)" + shape +
           R"(,"data_offsets":)" + offsets + "}}";
  };
  expect_refused("its header has", "{}", 0, uint64_t(1) << 60);
  expect_refused("its header has", "{}", 0, 50);
  expect_refused("its header has", "", 0, 1);
  expect_refused("load_safetensors", "{\"a\":", 0);
  expect_refused("no JSON object", "[]", 0);
  expect_refused("lacks one of dtype, shape and data_offsets", R"({"a":{}})", 0);
  expect_refused("which is not supported", one("[1]", "[0,4]", "F99"), 4);
  expect_refused("cannot be", one("[-1]", "[0,4]"), 4);
  expect_refused("do not fit its shape", one("[4611686018427387904,4]", "[0,0]"), 0);
  expect_refused("do not fit its shape", one("[2]", "[0,4]"), 4);
  expect_refused("do not fit its shape", one("[1]", "[4,0]"), 4);
  expect_refused("the file has", one("[1000000000]", "[0,4000000000]"), 4);
  expect_refused("the file has", one("[1]", "[0,4]"), 8);
  expect_refused("leaves a gap", one("[1]", "[4,8]"), 8);
  expect_refused("overlaps another tensor",
                 R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})", 3);
  expect_refused("twice",
                 R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})", 2);
  expect_refused("nested too deeply", "{\"a\":" + std::string(100000, '['), 0);
}

// Loads, or is an error; whatever was loaded can be looked at.
TEST(Safetensors, Mutated) {
  Tensors tensors;
  tensors.insert("w", torch::arange(6, torch::kFloat).view({2, 3}));
  tensors.insert("flags", torch::tensor({true, false, true}));
  const std::string file = path("whole.safetensors"), damaged = path("mutated.safetensors");
  torch::save_safetensors(tensors, file, {{"format", "pt"}});
  std::ostringstream whole;
  whole << std::ifstream(file, std::ios::binary).rdbuf();
  Mutator mutated(whole.str());
  int refused = 0;
  for (int round = 0; round < 500; ++round) {
    std::ofstream(damaged, std::ios::binary) << mutated();
    try {
      for (const auto& item : torch::load_safetensors(damaged).tensors)
        EXPECT_EQ(item.value().clone().numel(), item.value().numel());
    } catch (const c10::Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 250);
}
}  // namespace
