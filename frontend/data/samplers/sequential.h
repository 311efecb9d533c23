#pragma once
#include "frontend/data/samplers/base.h"

namespace torch {
namespace data {
namespace samplers {
/// Examples 0, 1, 2, ...
class SequentialSampler : public Sampler<> {
 public:
  explicit SequentialSampler(size_t size);
  void reset(std::optional<size_t> new_size = std::nullopt) override;
  std::optional<std::vector<size_t>> next(size_t batch_size) override;
  void save(serialize::OutputArchive& archive) const override;
  void load(serialize::InputArchive& archive) override;
  /// How many examples had their turn.
  size_t index() const noexcept;

 private:
  size_t size_, index_ = 0;
};
}  // namespace samplers
}  // namespace data
}  // namespace torch
