// Training and testing.
#pragma once
#include <array>
#include <vector>

#include "examples/digits/dataset.h"
#include "examples/digits/model.h"

struct Settings {
  int64_t epochs = 15, batch = 64;
  double lr = 0.05, momentum = 0.9;
  uint64_t seed = 1;
  std::string device = "cpu";
};

/// Row: what the digit is; column: what the model says.
using Confusion = std::array<std::array<int64_t, 10>, 10>;

struct Course {
  std::vector<double> losses;      // one a step
  std::vector<double> accuracies;  // on the test part, one an epoch, 0 to 1
  Confusion confusion{};           // after the last epoch
  double images_per_second = 0;    // in training, first epoch left out
};

/// Trains the model by SGD, printing progress; tests it after each epoch.
Course train(SimpleModel& model, const Dataset& dataset, const Settings& settings);
