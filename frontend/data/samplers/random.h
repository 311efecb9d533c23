#pragma once
#include "frontend/data/samplers/base.h"

namespace torch {
namespace data {
namespace samplers {
/// Every example once, in an order that torch::manual_seed decides.
class RandomSampler : public Sampler<> {
 public:
  explicit RandomSampler(int64_t size, Dtype index_dtype = kLong);
  ~RandomSampler() override;
  void reset(std::optional<size_t> new_size = std::nullopt) override;
  std::optional<std::vector<size_t>> next(size_t batch_size) override;
  void save(serialize::OutputArchive& archive) const override;
  void load(serialize::InputArchive& archive) override;
  /// How many examples had their turn.
  size_t index() const noexcept;

 private:
  Tensor indices_;  // on the host
  int64_t index_ = 0;
};
}  // namespace samplers
}  // namespace data
}  // namespace torch
