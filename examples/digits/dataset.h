// Images and labels from files; every mistake in a file throws std::runtime_error with the file's
// name.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

/// 28x28 grey images, values 0 to 1, one after the other, and a label 0 to 9 each.
struct Images {
  static constexpr int64_t side = 28, pixels = side * side;
  std::vector<float> values;
  std::vector<int64_t> labels;
  int64_t count() const { return static_cast<int64_t>(labels.size()); }
};

struct Dataset {
  std::string name;
  Images train, test;
};

/// The UCI digits (data/README.md): 8x8 pixels are scaled by 3 and padded to 28x28; of the images,
/// in an order that is random but always the same, 1,500 are for training.
Dataset read_digits(const std::string& path);

/// MNIST's four IDX files (train-images-idx3-ubyte, ...), gzipped or not, in a folder.
Dataset read_mnist(const std::string& folder);
