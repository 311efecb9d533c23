#pragma once
#include "frontend/data/datasets/map.h"

namespace torch {
namespace data {
namespace datasets {
/// Images of digits in the IDX files of MNIST (yann.lecun.com/exdb/mnist): images (N, 1, rows,
/// columns) float in [0, 1], targets (N) long.
class MNIST : public Dataset<MNIST> {
 public:
  enum class Mode { kTrain, kTest };
  /// Reads "train-images-idx3-ubyte" and "train-labels-idx1-ubyte" (or "t10k-...") in the folder
  /// `root`.
  explicit MNIST(const std::string& root, Mode mode = Mode::kTrain,
                 Location where = Location::current());
  Example<> get(size_t index) override;
  std::optional<size_t> size() const override;
  bool is_train() const noexcept { return is_train_; }
  const Tensor& images() const { return images_; }
  const Tensor& targets() const { return targets_; }

 private:
  bool is_train_;
  Tensor images_, targets_;
};
}  // namespace datasets
}  // namespace data
}  // namespace torch
