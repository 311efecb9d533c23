/// make_data_loader: batches of a dataset, in the order of a sampler, loaded by threads if asked
/// for.
#pragma once
#include <type_traits>

#include "frontend/data/data_loader_base.h"
#include "frontend/data/samplers/random.h"

namespace torch {
namespace data {

/// A sampler says which examples a batch has; each worker has its own copy of the dataset.
template <typename Dataset, typename Sampler>
class StatelessDataLoader
    : public DataLoaderBase<Dataset, typename Dataset::BatchType,
                            typename Sampler::BatchRequestType> {
  using Base =
      DataLoaderBase<Dataset, typename Dataset::BatchType, typename Sampler::BatchRequestType>;

 public:
  using typename Base::BatchRequestType;
  StatelessDataLoader(Dataset dataset, Sampler sampler, DataLoaderOptions options)
      : Base(std::move(options)), sampler_(std::move(sampler)) {
    for (size_t w = 0; w < this->options_.workers; ++w)
      this->workers_.start([this, dataset]() mutable { this->work(dataset); });
    if (this->options_.workers == 0)
      this->dataset_ = std::make_unique<Dataset>(std::move(dataset));
  }
  // The workers' function is this class's.
  ~StatelessDataLoader() override { this->join(); }

 private:
  void reset() override {
    sampler_.reset();
    Base::reset();
  }
  std::optional<BatchRequestType> get_batch_request() override {
    auto indices = sampler_.next(this->options_.batch_size);
    if (!indices || (indices->size() < this->options_.batch_size && this->options_.drop_last))
      return std::nullopt;
    return indices;
  }
  Sampler sampler_;
};

/// The dataset itself knows what comes next; all workers share it.
template <typename Dataset>
class StatefulDataLoader
    : public DataLoaderBase<Dataset, typename Dataset::BatchType::value_type,
                            typename Dataset::BatchRequestType> {
  using Base = DataLoaderBase<Dataset, typename Dataset::BatchType::value_type,
                              typename Dataset::BatchRequestType>;

 public:
  using typename Base::BatchRequestType;
  StatefulDataLoader(Dataset dataset, DataLoaderOptions options)
      : Base(std::move(options), std::make_unique<Dataset>(std::move(dataset))) {
    for (size_t w = 0; w < this->options_.workers; ++w)
      this->workers_.start([this] { this->work(*this->dataset_); });
  }
  ~StatefulDataLoader() override { this->join(); }

 private:
  void reset() override {
    this->dataset_->reset();
    Base::reset();
  }
  std::optional<BatchRequestType> get_batch_request() override {
    return this->options_.batch_size;
  }
};

template <typename Dataset, typename Sampler>
std::enable_if_t<!Dataset::is_stateful, std::unique_ptr<StatelessDataLoader<Dataset, Sampler>>>
make_data_loader(Dataset dataset, Sampler sampler, DataLoaderOptions options) {
  return std::make_unique<StatelessDataLoader<Dataset, Sampler>>(
      std::move(dataset), std::move(sampler), std::move(options));
}
/// With a sampler over the whole dataset, whose size must be known.
template <typename Sampler = samplers::RandomSampler, typename Dataset>
std::enable_if_t<!Dataset::is_stateful && std::is_constructible<Sampler, size_t>::value,
                 std::unique_ptr<StatelessDataLoader<Dataset, Sampler>>>
make_data_loader(Dataset dataset, DataLoaderOptions options = DataLoaderOptions(),
                 Location where = Location::current()) {
  const std::optional<size_t> size = dataset.size();
  WEFT_CHECK_AT(where, size.has_value(),
                "Expected the dataset to be sized in order to construct the Sampler");
  return make_data_loader(std::move(dataset), Sampler(*size), std::move(options));
}
template <typename Dataset, typename = std::enable_if_t<Dataset::is_stateful>>
std::unique_ptr<StatefulDataLoader<Dataset>> make_data_loader(
    Dataset dataset, DataLoaderOptions options = DataLoaderOptions()) {
  return std::make_unique<StatefulDataLoader<Dataset>>(std::move(dataset), std::move(options));
}
}  // namespace data
}  // namespace torch
