#include "examples/digits/progress.h"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace {
constexpr int width = 28;

std::string bar(double part) {
  const int full = static_cast<int>(part * width + 0.5);
  std::string text;
  for (int i = 0; i < width; ++i) text += i < full ? "━" : "╌";
  return text;
}
}  // namespace

Progress::Progress(int64_t epoch, int64_t epochs, int64_t images)
    : start_(std::chrono::steady_clock::now()),
      drawn_(),
      epoch_(epoch),
      epochs_(epochs),
      images_(images),
      terminal_(isatty(STDOUT_FILENO)) {}

void Progress::show(int64_t images_done, double mean_loss) {
  const auto now = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  done_ = images_done;
  loss_ = mean_loss;
  speed_ = seconds > 0 ? static_cast<double>(images_done) / seconds : 0;
  if (!terminal_ || now - drawn_ < std::chrono::milliseconds(50)) return;
  drawn_ = now;
  draw();
}

void Progress::draw() const {
  std::printf("\repoch %2ld/%ld  %s  loss %.4f  %6.0f images/s", static_cast<long>(epoch_),
              static_cast<long>(epochs_),
              bar(static_cast<double>(done_) / static_cast<double>(images_)).c_str(), loss_,
              speed_);
  std::fflush(stdout);
}

void Progress::finish(double accuracy) {
  if (terminal_) draw();
  else
    std::printf("epoch %2ld/%ld  loss %.4f  %6.0f images/s", static_cast<long>(epoch_),
                static_cast<long>(epochs_), loss_, speed_);
  std::printf("  test %5.2f %%\n", 100 * accuracy);
  std::fflush(stdout);
}
