// torch::save and torch::load: libtorch's files, there and back, mistakes, damage, kills.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "frontend/serialize/zip.h"
#include "tests/serialize/libtorch_files.h"
#include "tests/serialize/mutated.h"

namespace {
using torch::Tensor;
namespace nn = torch::nn;

const std::string data = "tests/serialize/data/";

std::string folder() {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/archives/";
  std::filesystem::create_directories(path);
  return path;
}
std::string bytes_of(const std::string& path) {
  std::ostringstream all;
  all << std::ifstream(path, std::ios::binary).rdbuf();
  return all.str();
}
template <class F> void expect_error(const std::string& sentence, F&& f) {
  try {
    f();
    ADD_FAILURE() << "nothing was thrown: " << sentence;
  } catch (const c10::Error& e) {
    EXPECT_NE(std::string(e.what()).find(sentence), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("archive_test.cpp"), std::string::npos) << e.what();
  }
}

TEST(Archive, ReadsLibtorchsFiles) { EXPECT_TRUE(files::check(data)); }
TEST(Archive, ReadsItsOwnFiles) {
  files::write(folder());
  EXPECT_TRUE(files::check(folder()));
}

TEST(Archive, StreamsFunctionsAndMemory) {
  const Tensor x = files::base().t();
  std::stringstream stream;
  torch::save(x, stream);
  std::string text;
  torch::save(x, [&](const void* from, size_t bytes) {
    text.append(static_cast<const char*>(from), bytes);
    return bytes;
  });
  Tensor a, b, c;
  torch::load(a, stream);
  torch::load(b, text.data(), text.size());
  torch::load(
      c,
      [&](uint64_t at, void* to, size_t bytes) -> size_t {
        const size_t got = std::min<size_t>(bytes, text.size() - at);
        std::memcpy(to, text.data() + at, got);
        return got;
      },
      [&] { return text.size(); });
  for (const Tensor& t : {a, b, c}) EXPECT_TRUE(files::same(t, x));
  expect_error("the writer took fewer bytes", [&] {
    torch::save(x, [](const void*, size_t) { return size_t(0); });
  });
}

TEST(Archive, AllElementTypesOfThisBuild) {
  std::vector<Tensor> all;
  for (auto type : {torch::kFloat, torch::kDouble, torch::kLong, torch::kInt, torch::kByte, torch::kBool})
    all.push_back(torch::tensor({0, 1, 2}).to(type));
  std::stringstream stream;
  torch::save(all, stream);
  std::vector<Tensor> got;
  torch::load(got, stream);
  ASSERT_EQ(got.size(), all.size());
  for (size_t i = 0; i < all.size(); ++i) EXPECT_TRUE(files::same(got[i], all[i])) << i;
}

TEST(Archive, Nested) {
  torch::serialize::OutputArchive out, inner;
  inner.write("x", torch::ones({2}));
  out.write("inner", inner);
  out.write("buffer", torch::zeros({1}), /*is_buffer=*/true);
  std::stringstream stream;
  out.save_to(stream);
  torch::serialize::InputArchive in, read;
  in.load_from(stream);
  EXPECT_EQ(in.keys(), (std::vector<std::string>{"inner", "buffer"}));
  in.read("inner", read);
  Tensor x;
  read.read("x", x);
  EXPECT_EQ(x.sum().item<float>(), 2);
  EXPECT_FALSE(in.try_read("x", x));
  EXPECT_FALSE(in.try_read("buffer", read));
  expect_error("No such serialized tensor 'inner.y'", [&] {
    torch::serialize::InputArchive again;
    in.read("inner", again);
    torch::record::Call call(torch::Location::current());
    again.read("y", x);
  });
}

TEST(Archive, Values) {
  using c10::IValue;
  torch::serialize::OutputArchive out;
  const std::vector<std::pair<std::string, IValue>> values{
      {"int", int64_t(3)}, {"large", int64_t(1) << 40}, {"negative", int64_t(-5)}, {"half", 0.5},
      {"text", "a\"b"}, {"true", true}, {"none", IValue()}, {"a/b", int64_t(1)},
      {"ints", std::vector<int64_t>{1, 300}}, {"doubles", std::vector<double>{1, 2.5}}};
  for (const auto& [key, value] : values) out.write(key, value);
  std::stringstream stream;
  out.save_to(stream);
  torch::serialize::InputArchive in;
  in.load_from(stream);
  for (const auto& [key, value] : values) {
    IValue got;
    in.read(key, got);
    EXPECT_EQ(got, value) << key;
  }
  IValue got;
  EXPECT_FALSE(in.try_read("nothing", got));
  expect_error("does not have a field with name 'nothing'", [&] {
    torch::record::Call call(torch::Location::current());
    in.read("nothing", got);
  });
}

TEST(Archive, Mistakes) {
  const std::string path = folder() + "mistakes.pt";
  torch::save(torch::ones({2}), path);
  files::Net net = files::net(1);
  Tensor x;
  expect_error("No such serialized submodule: 'fc'", [&] {
    std::stringstream stream;
    torch::serialize::OutputArchive archive;
    archive.write("counts", torch::zeros({3}, torch::kLong));
    archive.save_to(stream);
    torch::load(net, stream);
  });
  expect_error("No such serialized tensor 'counts'", [&] { torch::load(net, path); });
  expect_error("open file failed because of errno 2", [&] { torch::load(x, folder() + "none.pt"); });
  expect_error("cannot read", [&] { torch::load(x, folder()); });
  expect_error("cannot write", [&] { torch::save(x = torch::ones(1), folder() + "no/such/file.pt"); });
  expect_error("undefined tensor", [&] {
    torch::record::Call call(torch::Location::current());
    torch::save(Tensor(), path);
  });
  torch::optim::Adam adam(net->parameters());
  expect_error("the archive holds no optimizer", [&] { torch::load(adam, path); });
  expect_error("the archive has no value as 'betas'", [&] { torch::load(adam, data + "sgd.pt"); });
  torch::optim::Adam smaller(net->fc->parameters());
  expect_error("a parameter group that has a different size",
               [&] { torch::load(smaller, data + "adam.pt"); });
}

// A module whose last part is missing in the file is as before.
TEST(Archive, NothingIsHalfLoaded) {
  struct Pair : nn::Module {
    Pair(const char* second, double value) {
      register_parameter("first", torch::full({2}, value));
      register_parameter(second, torch::full({2}, value));
    }
  };
  auto saved = std::make_shared<Pair>("second", 1), other = std::make_shared<Pair>("third", 2);
  std::stringstream stream;
  torch::save(saved, stream);
  expect_error("No such serialized tensor 'third'", [&] { torch::load(other, stream); });
  for (const Tensor& p : other->parameters()) EXPECT_EQ(p.sum().item<float>(), 4);
}

// Every truncation and many changed bytes: loads, or is an error and changes nothing.
TEST(Archive, DamagedFiles) {
  std::string bytes = bytes_of(data + "net.pt");
  files::Net net = files::net(7);
  int refused = 0, loaded = 0;
  auto attempt = [&](const std::string& damaged) {
    try {
      torch::load(net, damaged.data(), damaged.size());
      ++loaded;
      net = files::net(7);
    } catch (const c10::Error&) {
      ++refused;
      EXPECT_EQ(net->fc->bias[0].item<float>(), 7);
    }
  };
  // (The last records of a zip are there twice: without the second one it is still whole.)
  for (size_t size = 0; size + 60 < bytes.size(); size += 7) attempt(bytes.substr(0, size));
  EXPECT_EQ(loaded, 0);
  for (size_t i = 0; i < bytes.size(); i += 3)
    for (char change : {'\x01', '\x80', '\xff'}) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ change);
      attempt(damaged);
    }
  EXPECT_GT(refused, 1000);
}

// A zip of one stored entry.
std::string zip_of(const std::string& name, const std::string& bytes) {
  torch::serialize::ZipWriter zip;
  zip.add(name, bytes);
  return zip.finish();
}

// Loads, or is an error; whatever was loaded can be looked at.
TEST(Archive, MutatedFiles) {
  int refused = 0;
  for (const char* name : {"net.pt", "adam.pt", "python.pt"}) {
    const std::string whole = bytes_of(data + name);
    if (whole.empty()) continue;
    Mutator mutated(whole);
    for (int round = 0; round < 1000; ++round) try {
        const std::string bytes = mutated();
        torch::serialize::InputArchive archive;
        archive.load_from(bytes.data(), bytes.size());
        for (const std::string& key : archive.keys()) {
          Tensor tensor;
          if (archive.try_read(key, tensor)) EXPECT_EQ(tensor.clone().numel(), tensor.numel());
        }
      } catch (const c10::Error&) {
        ++refused;
      }
  }
  EXPECT_GT(refused, 500);
}

// A small file does not become a large memory: a pickle that copies a dict again and again.
TEST(Archive, APickleThatCopiesItself) {
  std::string pickle = "\x80\x02}q\x01(";
  for (int i = 0; i < 20000; ++i) pickle += "NN";
  pickle += "u0";
  for (int i = 0; i < 5000; ++i) {
    pickle += "ctorch.jit._pickle\nrestore_type_tag\nh\x01X";
    pickle += std::string("\x01\0\0\0t\x86R0", 8);
  }
  const std::string bytes = zip_of("archive/data.pkl", pickle + "h\x01.");
  torch::serialize::InputArchive archive;
  expect_error("it copies more values than it has",
               [&] { archive.load_from(bytes.data(), bytes.size()); });
}
// And a directory that names the same bytes again and again.
TEST(Archive, EntriesThatLieOverEachOther) {
  std::string bytes = zip_of("archive/data/0", std::string(100000, 'x'));
  const size_t directory = bytes.rfind("PK\x01\x02"), end = bytes.rfind("PK\x05\x06");
  const std::string entry = bytes.substr(directory, end - directory);
  std::string all, tail = bytes.substr(end);
  const uint16_t count = 500;
  for (uint16_t i = 0; i < count; ++i) {
    all += entry;
    all[all.size() - entry.size() + 46] = static_cast<char>('0' + i % 64);
    all[all.size() - entry.size() + 47] = static_cast<char>('0' + i / 64);
  }
  const uint32_t size = static_cast<uint32_t>(all.size());
  std::memcpy(&tail[8], &count, 2);
  std::memcpy(&tail[10], &count, 2);
  std::memcpy(&tail[12], &size, 4);
  bytes = bytes.substr(0, directory) + all + tail;
  torch::serialize::InputArchive archive;
  expect_error("its entries have more bytes than the archive",
               [&] { archive.load_from(bytes.data(), bytes.size()); });
}

// Whoever is killed while saving leaves a whole file.
TEST(Archive, AKilledProcessLeavesAWholeFile) {
  const std::string path = folder() + "killed.pt";
  torch::save(torch::zeros({100000}), path);
  for (int round = 0; round < 8; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      const std::string bytes = bytes_of(path);
      for (;;) {
        torch::serialize::InputArchive archive;
        archive.load_from(bytes.data(), bytes.size());
        Tensor x;
        archive.read("0", x);
        torch::save(x, path);
      }
    }
    usleep(20000 + 7000 * round);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    Tensor x;
    torch::load(x, path);
    EXPECT_EQ(x.numel(), 100000);
  }
}
}  // namespace
