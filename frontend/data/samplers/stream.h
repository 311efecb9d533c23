#pragma once
#include "frontend/data/samplers/base.h"

namespace torch {
namespace data {
namespace samplers {
/// So many examples, whichever come.
struct BatchSize : CustomBatchRequest {
  explicit BatchSize(size_t size);
  size_t size() const noexcept override;
  operator size_t() const noexcept;
  size_t size_;
};

/// For datasets that know what comes next themselves: an epoch of `epoch_size` examples.
class StreamSampler : public Sampler<BatchSize> {
 public:
  explicit StreamSampler(size_t epoch_size);
  void reset(std::optional<size_t> new_size = std::nullopt) override;
  std::optional<BatchSize> next(size_t batch_size) override;
  void save(serialize::OutputArchive& archive) const override;
  void load(serialize::InputArchive& archive) override;

 private:
  size_t examples_retrieved_so_far_ = 0, epoch_size_;
};
}  // namespace samplers
}  // namespace data
}  // namespace torch
