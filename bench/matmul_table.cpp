// Measures single matmuls and convolutions for bench/table.py. Prints "NUMBER FLOPS TABLE NAME" of
// each, then an empty line; after that, for every line "NUMBER SECONDS" that it reads, the best
// milliseconds a step.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>

#include "bench/contractions.h"

namespace {
double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Batches of steps are short, so that some of them have the cores for themselves.
double best_ms(const bench::Step& step, double seconds) {
  for (int i = 0; i < 3; ++i) step();
  double start = now();
  step();
  const int inner = std::max(1, static_cast<int>(2e-4 / std::max(now() - start, 1e-6)));
  double best = 1e9;
  const double end = now() + seconds;
  do {
    start = now();
    for (int i = 0; i < inner; ++i) step();
    best = std::min(best, (now() - start) / inner);
  } while (now() < end);
  return 1e3 * best;
}
}  // namespace

int main() {
  try {
    if (const char* threads = std::getenv("OMP_NUM_THREADS"))
      torch::set_num_threads(std::atoi(threads));
    const std::vector<bench::Contraction> list = bench::contractions();
    for (size_t i = 0; i < list.size(); ++i)
      std::cout << i << " " << list[i].flops << " " << list[i].table << " " << list[i].name << "\n";
    std::cout << std::endl;
    std::map<size_t, bench::Step> steps;
    size_t number;
    for (double seconds; std::cin >> number >> seconds;) {
      bench::Step& step = steps[number];
      if (!step) step = list.at(number).make();
      std::cout << best_ms(step, seconds) << std::endl;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
