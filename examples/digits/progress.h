// The line that shows how an epoch goes.
#pragma once
#include <chrono>
#include <cstdint>

class Progress {
 public:
  Progress(int64_t epoch, int64_t epochs, int64_t images);
  /// On a terminal, draws the bar; a few times a second at most.
  void show(int64_t images_done, double mean_loss);
  /// Ends the line with the test accuracy (0 to 1).
  void finish(double accuracy);

 private:
  void draw() const;
  std::chrono::steady_clock::time_point start_, drawn_;
  int64_t epoch_, epochs_, images_, done_ = 0;
  double loss_ = 0, speed_ = 0;
  bool terminal_;
};
