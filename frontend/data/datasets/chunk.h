/// Datasets that are read in chunks (a file, a part of one): threads read ahead, examples of some
/// chunks are shuffled together.
#pragma once
#include "frontend/data/datasets/chunk_buffer.h"
#include "frontend/data/datasets/stateful.h"
#include "frontend/data/samplers/random.h"
#include "frontend/nn/arg.h"

namespace torch {
namespace data {
namespace datasets {
/// Reads a chunk by its number; from several threads when there are several preloaders.
template <typename ExampleType_, typename ChunkType_ = std::vector<ExampleType_>>
class ChunkDataReader {
 public:
  using ChunkType = ChunkType_;
  using ExampleType = ExampleType_;
  virtual ~ChunkDataReader() = default;
  virtual ChunkType read_chunk(size_t chunk_index) = 0;
  virtual size_t chunk_count() = 0;
  virtual void reset() = 0;
};

struct ChunkDatasetOptions {
  ChunkDatasetOptions() = delete;
  ChunkDatasetOptions(size_t preloader_count, size_t batch_size, size_t cache_size = 2048,
                      size_t cross_chunk_shuffle_count = 1, Location where = Location::current());
  /// Threads that read chunks.
  TORCH_ARG(size_t, preloader_count);
  TORCH_ARG(size_t, batch_size);
  /// Examples that are read ahead at most.
  TORCH_ARG(size_t, cache_size);
  /// Chunks that are shuffled together.
  TORCH_ARG(size_t, cross_chunk_shuffle_count);
};

template <typename ChunkReader, typename ChunkSampler = samplers::RandomSampler,
          typename ExampleSampler = samplers::RandomSampler>
class ChunkDataset final
    : public StatefulDataset<ChunkDataset<ChunkReader, ChunkSampler, ExampleSampler>,
                             typename ChunkReader::BatchType, size_t> {
 public:
  using BatchType = std::optional<typename ChunkReader::BatchType>;
  using UnwrappedBatchType = typename ChunkReader::BatchType;
  using BatchRequestType = size_t;
  using ChunkSamplerType = ChunkSampler;
  using ExampleSamplerType = ExampleSampler;

  /// `preprocessing_policy` sees the examples of the chunks that were read together.
  ChunkDataset(ChunkReader chunk_reader, ChunkSampler chunk_sampler, ExampleSampler example_sampler,
               ChunkDatasetOptions options,
               std::function<void(UnwrappedBatchType&)> preprocessing_policy = {})
      : chunk_reader_(std::move(chunk_reader)),
        chunk_sampler_(std::move(chunk_sampler)),
        example_sampler_(std::move(example_sampler)),
        options_(std::move(options)),
        preprocessing_policy_(std::move(preprocessing_policy)) {}
  ~ChunkDataset() override { stop(); }

  /// None at the end of an epoch.
  BatchType get_batch(size_t batch_size) override {
    WEFT_CHECK_AT(Location::none(), buffer_ != nullptr,
                  "Dataset needs to call reset() before calling get_batch().");
    WEFT_CHECK_AT(Location::none(), batch_size == options_.batch_size(),
                  "The requested batch size does not match with the initialized batch size.\n"
                  " The requested batch size is ", batch_size,
                  ", while the dataset is created with batch size equal to ",
                  options_.batch_size());
    return buffer_->get_batch();
  }
  BatchType get_batch() { return get_batch(options_.batch_size()); }

  /// Starts an epoch, where load() left off if it was called.
  void reset() override {
    stop();
    chunk_reader_.reset();
    if (!loaded_) chunk_sampler_.reset(chunk_reader_.chunk_count());
    loaded_ = false;
    buffer_ = std::make_unique<Buffer>(options_.batch_size(), options_.cache_size(),
                                       options_.preloader_count(), example_sampler_);
    for (size_t i = 0; i < options_.preloader_count(); ++i)
      preloaders_.start([this] { preload(); });
  }
  std::optional<size_t> size() const override { return std::nullopt; }
  ChunkSamplerType& chunk_sampler() { return chunk_sampler_; }

  void save(serialize::OutputArchive& archive) const override {
    data::detail::Monitor::Lock lock(chunks_);
    chunk_sampler_.save(archive);
  }
  void load(serialize::InputArchive& archive) override {
    data::detail::Monitor::Lock lock(chunks_);
    chunk_sampler_.load(archive);
    loaded_ = true;
  }

 private:
  using Buffer = detail::ChunkBuffer<UnwrappedBatchType, ExampleSampler>;

  // A preloader: reads chunks until there are none, or the buffer is closed.
  void preload() {
    while (buffer_->wait_for_room()) {
      try {
        const auto chunks = next_chunks();
        if (!chunks) break;
        UnwrappedBatchType data;
        for (const size_t i : *chunks) {
          UnwrappedBatchType chunk = chunk_reader_.read_chunk(i);
          std::move(chunk.begin(), chunk.end(), std::back_inserter(data));
        }
        if (preprocessing_policy_) preprocessing_policy_(data);
        if (!data.empty()) buffer_->add(std::move(data));
      } catch (...) {
        buffer_->add(std::current_exception());
      }
    }
    buffer_->one_finished();
  }
  auto next_chunks() {
    data::detail::Monitor::Lock lock(chunks_);
    return chunk_sampler_.next(options_.cross_chunk_shuffle_count());
  }
  void stop() {
    if (buffer_) buffer_->close();
    preloaders_.join();
  }

  ChunkReader chunk_reader_;
  mutable data::detail::Monitor chunks_;  // guards the chunk sampler
  ChunkSampler chunk_sampler_;
  ExampleSampler example_sampler_;
  const ChunkDatasetOptions options_;
  std::function<void(UnwrappedBatchType&)> preprocessing_policy_;
  std::unique_ptr<Buffer> buffer_;
  data::detail::Workers preloaders_;
  bool loaded_ = false;
};
}  // namespace datasets
}  // namespace data
}  // namespace torch
