#include <algorithm>
#include <numeric>
#include <random>

#include "frontend/data/samplers/distributed.h"
#include "frontend/data/samplers/random.h"
#include "frontend/data/samplers/sequential.h"
#include "frontend/data/samplers/stream.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace data {
namespace samplers {

RandomSampler::RandomSampler(int64_t size, Dtype index_dtype)
    : indices_(torch::randperm(size, index_dtype)) {}
RandomSampler::~RandomSampler() = default;
void RandomSampler::reset(std::optional<size_t> new_size) {
  const int64_t size = new_size ? static_cast<int64_t>(*new_size) : indices_.numel();
  indices_ = torch::randperm(size, indices_.options());
  index_ = 0;
}
std::optional<std::vector<size_t>> RandomSampler::next(size_t batch_size) {
  const int64_t left = indices_.numel() - index_;
  if (left == 0) return std::nullopt;
  const int64_t count = std::min(left, static_cast<int64_t>(batch_size));
  const Tensor chosen = indices_.slice(0, index_, index_ + count).to(kLong);
  const int64_t* first = chosen.const_data_ptr<int64_t>();
  index_ += count;
  return std::vector<size_t>(first, first + count);
}
size_t RandomSampler::index() const noexcept { return static_cast<size_t>(index_); }

SequentialSampler::SequentialSampler(size_t size) : size_(size) {}
void SequentialSampler::reset(std::optional<size_t> new_size) {
  size_ = new_size.value_or(size_);
  index_ = 0;
}
std::optional<std::vector<size_t>> SequentialSampler::next(size_t batch_size) {
  if (index_ >= size_) return std::nullopt;
  std::vector<size_t> indices(std::min(batch_size, size_ - index_));
  std::iota(indices.begin(), indices.end(), index_);
  index_ += indices.size();
  return indices;
}
size_t SequentialSampler::index() const noexcept { return index_; }

BatchSize::BatchSize(size_t size) : size_(size) {}
size_t BatchSize::size() const noexcept { return size_; }
BatchSize::operator size_t() const noexcept { return size_; }

StreamSampler::StreamSampler(size_t epoch_size) : epoch_size_(epoch_size) {}
void StreamSampler::reset(std::optional<size_t> new_size) {
  epoch_size_ = new_size.value_or(epoch_size_);
  examples_retrieved_so_far_ = 0;
}
std::optional<BatchSize> StreamSampler::next(size_t batch_size) {
  const size_t left = epoch_size_ - examples_retrieved_so_far_;
  if (left == 0) return std::nullopt;
  examples_retrieved_so_far_ += std::min(batch_size, left);
  return BatchSize(std::min(batch_size, left));
}

void DistributedListSampler::make_list() {
  const size_t local = local_sample_count();
  indices_.resize(num_replicas_ == 1 ? size_ : local * num_replicas_);
  for (size_t i = 0; i < indices_.size(); ++i) indices_[i] = i < size_ ? i : i - size_;
  arrange(indices_);
  sample_index_ = rank_ * local;
  end_index_ = sample_index_ + local;
}
void DistributedListSampler::reset(std::optional<size_t> new_size) {
  size_ = new_size.value_or(size_);
  make_list();
}
std::optional<std::vector<size_t>> DistributedListSampler::next(size_t batch_size) {
  if (sample_index_ == end_index_) return std::nullopt;
  const size_t end = std::min(sample_index_ + batch_size, end_index_);
  std::vector<size_t> chosen(indices_.begin() + static_cast<std::ptrdiff_t>(sample_index_),
                             indices_.begin() + static_cast<std::ptrdiff_t>(end));
  sample_index_ = end;
  return chosen;
}

DistributedRandomSampler::DistributedRandomSampler(size_t size, size_t num_replicas, size_t rank,
                                                   bool allow_duplicates)
    : DistributedListSampler(size, num_replicas, rank, allow_duplicates) {
  make_list();
}
void DistributedRandomSampler::arrange(std::vector<size_t>& indices) const {
  std::mt19937 random(static_cast<uint32_t>(epoch_));
  std::shuffle(indices.begin(), indices.end(), random);
}
DistributedSequentialSampler::DistributedSequentialSampler(size_t size, size_t num_replicas,
                                                           size_t rank, bool allow_duplicates)
    : DistributedListSampler(size, num_replicas, rank, allow_duplicates) {
  make_list();
}
}  // namespace samplers
}  // namespace data
}  // namespace torch
