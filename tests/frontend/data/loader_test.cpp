// Loaders: what comes, in which order, from how many threads; mistakes and exceptions.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>

namespace data = torch::data;
namespace {
using torch::Tensor;

// Example i is the number i, its target i % 3.
struct Numbers : data::datasets::Dataset<Numbers> {
  explicit Numbers(size_t size) : size_(size) {}
  data::Example<> get(size_t i) override {
    const auto number = static_cast<int64_t>(i);
    // Work that is recorded: a worker must hand over its values.
    return {torch::full({2}, number, torch::kFloat) * 1, torch::tensor(number % 3)};
  }
  std::optional<size_t> size() const override { return size_; }
  size_t size_;
};

std::vector<std::vector<float>> batches_of(size_t workers, bool drop_last, size_t size = 10) {
  auto loader = data::make_data_loader<data::samplers::SequentialSampler>(
      Numbers(size).map(data::transforms::Stack<>()),
      data::DataLoaderOptions(4).workers(workers).drop_last(drop_last));
  std::vector<std::vector<float>> all;
  for (auto& batch : *loader) {
    EXPECT_EQ(batch.data.dim(), 2);
    EXPECT_EQ(batch.target.scalar_type(), torch::kLong);
    std::vector<float> numbers;
    for (int64_t i = 0; i < batch.data.size(0); ++i) {
      numbers.push_back(batch.data[i][1].item<float>());
      EXPECT_EQ(batch.target[i].item<int64_t>(), static_cast<int64_t>(numbers.back()) % 3);
    }
    all.push_back(numbers);
  }
  return all;
}

TEST(Loader, GivesTheSameBatchesWithAnyNumberOfWorkers) {
  const std::vector<std::vector<float>> whole = {{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9}},
                                        full = {{0, 1, 2, 3}, {4, 5, 6, 7}};
  for (size_t workers : {0, 1, 3}) {
    EXPECT_EQ(batches_of(workers, false), whole) << workers;
    EXPECT_EQ(batches_of(workers, true), full) << workers;
  }
  EXPECT_TRUE(batches_of(2, false, 0).empty());
}

TEST(Loader, BatchesOfWorkersAreValuesAlready) {
  auto loader = data::make_data_loader<data::samplers::SequentialSampler>(
      Numbers(64).map(data::transforms::Stack<>()), data::DataLoaderOptions(8).workers(2));
  std::vector<Tensor> kept;
  for (auto& batch : *loader) kept.push_back(batch.data);
  loader->join();
  ASSERT_EQ(kept.size(), 8u);
  weft::clear_ledger();
  for (const Tensor& t : kept) t.data_ptr<float>();
  EXPECT_EQ(weft::ledger().barrier_count, 0u);
  EXPECT_EQ(torch::cat(kept).sum().item<float>(), 63 * 64);
}

TEST(Loader, RandomOrderIsThePrograms) {
  auto epoch = [](data::samplers::RandomSampler sampler) {
    torch::manual_seed(5);
    auto loader = data::make_data_loader(Numbers(50), sampler, data::DataLoaderOptions(7));
    std::vector<float> seen;
    for (auto& batch : *loader)
      for (auto& example : batch) seen.push_back(example.data[0].item<float>());
    return seen;
  };
  const auto first = epoch(data::samplers::RandomSampler(50)),
             second = epoch(data::samplers::RandomSampler(50));
  EXPECT_EQ(first, second);
  EXPECT_EQ(std::set<float>(first.begin(), first.end()).size(), 50u);
  EXPECT_FALSE(std::is_sorted(first.begin(), first.end()));
}

struct Failing : data::datasets::Dataset<Failing, int> {
  int get(size_t i) override {
    if (i == 5) throw std::runtime_error("example 5 is damaged");
    return static_cast<int>(i);
  }
  std::optional<size_t> size() const override { return 8; }
};

TEST(Loader, AWorkersExceptionArrivesInItsTurnAndTheRestComes) {
  auto loader = data::make_data_loader<data::samplers::SequentialSampler>(
      Failing(), data::DataLoaderOptions(2).workers(2));
  auto it = loader->begin();
  EXPECT_EQ(*it, (std::vector<int>{0, 1}));
  ++it;
  EXPECT_EQ(*it, (std::vector<int>{2, 3}));
  try {
    ++it;
    FAIL() << "nothing thrown";
  } catch (const data::WorkerException& e) {
    EXPECT_STREQ(e.what(), "Caught exception in DataLoader worker thread. Original message: "
                           "example 5 is damaged");
    EXPECT_THROW(std::rethrow_exception(e.original_exception), std::runtime_error);
  }
  ++it;
  EXPECT_EQ(*it, (std::vector<int>{6, 7}));
}

TEST(Loader, MistakesNameTheUsersLine) {
  struct Endless : data::datasets::Dataset<Endless, int> {
    int get(size_t i) override { return static_cast<int>(i); }
    std::optional<size_t> size() const override { return std::nullopt; }
  };
  try {
    data::make_data_loader(Endless());
    FAIL() << "nothing thrown";
  } catch (const c10::Error& e) {
    EXPECT_EQ(e.line(), __LINE__ - 3);
    EXPECT_STREQ(e.what_without_backtrace(),
                 "Expected the dataset to be sized in order to construct the Sampler");
  }
  auto loader = data::make_data_loader(Failing(), data::DataLoaderOptions(1).workers(1));
  auto it = loader->begin();
  try {
    loader->begin();
    FAIL() << "nothing thrown";
  } catch (const c10::Error& e) {
    EXPECT_EQ(e.line(), __LINE__ - 3);
  }
}

// Chunks of 10 numbers each, read by several threads.
struct Chunks : data::datasets::ChunkDataReader<int> {
  using BatchType = std::vector<int>;
  BatchType read_chunk(size_t chunk) override {
    if (chunk == failing) throw std::runtime_error("chunk");
    BatchType all(10);
    for (int i = 0; i < 10; ++i) all[static_cast<size_t>(i)] = static_cast<int>(chunk) * 10 + i;
    return all;
  }
  size_t chunk_count() override { return 5; }
  void reset() override {}
  size_t failing = 99;
};

TEST(Chunk, EveryExampleOnceAnEpoch) {
  for (size_t preloaders : {1, 3}) {
    auto dataset = data::datasets::make_shared_dataset<data::datasets::ChunkDataset<Chunks>>(
        Chunks(), data::samplers::RandomSampler(0), data::samplers::RandomSampler(0),
        data::datasets::ChunkDatasetOptions(preloaders, 8, 16, 2));
    auto loader = data::make_data_loader(dataset, data::DataLoaderOptions(8).workers(2));
    for (int epoch = 0; epoch < 3; ++epoch) {
      std::multiset<int> seen;
      for (auto& batch : *loader) seen.insert(batch.begin(), batch.end());
      EXPECT_EQ(seen.size(), 50u);
      EXPECT_EQ(std::set<int>(seen.begin(), seen.end()).size(), 50u);
    }
  }
}

TEST(Chunk, WhatReadingThrowsArrives) {
  Chunks chunks;
  chunks.failing = 1;
  auto dataset = data::datasets::make_shared_dataset<
      data::datasets::ChunkDataset<Chunks, data::samplers::SequentialSampler,
                                   data::samplers::SequentialSampler>>(
      chunks, data::samplers::SequentialSampler(0), data::samplers::SequentialSampler(0),
      data::datasets::ChunkDatasetOptions(1, 10));
  dataset.reset();
  EXPECT_EQ(dataset->get_batch()->front(), 0);
  EXPECT_THROW(dataset->get_batch(), data::WorkerException);
  EXPECT_EQ(dataset->get_batch()->front(), 20);
}
}  // namespace
