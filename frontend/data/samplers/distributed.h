/// Samplers of one of several processes ("replicas") that share a dataset.
#pragma once
#include "frontend/data/samplers/base.h"

namespace torch {
namespace data {
namespace samplers {
/// Each replica has the same count of examples: with `allow_duplicates` the first examples are
/// taken twice to make it so, without it the last ones are left out.
template <typename BatchRequest = std::vector<size_t>>
class DistributedSampler : public Sampler<BatchRequest> {
 public:
  DistributedSampler(size_t size, size_t num_replicas = 1, size_t rank = 0,
                     bool allow_duplicates = true)
      : size_(size),
        num_replicas_(num_replicas),
        rank_(rank),
        allow_duplicates_(allow_duplicates) {}
  /// The order of an epoch depends on its number alone, so that all replicas agree on it.
  void set_epoch(size_t epoch) { epoch_ = epoch; }
  size_t epoch() const { return epoch_; }

 protected:
  size_t local_sample_count() {
    return allow_duplicates_ ? (size_ + num_replicas_ - 1) / num_replicas_ : size_ / num_replicas_;
  }
  size_t size_, num_replicas_, rank_, epoch_ = 0;
  bool allow_duplicates_;
};

/// Each replica takes a part of one list of all examples.
class DistributedListSampler : public DistributedSampler<> {
 public:
  using DistributedSampler<>::DistributedSampler;
  void reset(std::optional<size_t> new_size = std::nullopt) override;
  std::optional<std::vector<size_t>> next(size_t batch_size) override;
  void save(serialize::OutputArchive& archive) const override;
  void load(serialize::InputArchive& archive) override;
  /// The place in the list of what comes next.
  size_t index() const noexcept { return sample_index_; }

 protected:
  /// Brings the list of an epoch in order.
  virtual void arrange(std::vector<size_t>& indices) const = 0;
  void make_list();

 private:
  size_t end_index_ = 0, sample_index_ = 0;
  std::vector<size_t> indices_;
};

class DistributedRandomSampler : public DistributedListSampler {
 public:
  DistributedRandomSampler(size_t size, size_t num_replicas = 1, size_t rank = 0,
                           bool allow_duplicates = true);

 private:
  void arrange(std::vector<size_t>& indices) const override;
};

class DistributedSequentialSampler : public DistributedListSampler {
 public:
  DistributedSequentialSampler(size_t size, size_t num_replicas = 1, size_t rank = 0,
                               bool allow_duplicates = true);

 private:
  void arrange(std::vector<size_t>&) const override {}
};
}  // namespace samplers
}  // namespace data
}  // namespace torch
