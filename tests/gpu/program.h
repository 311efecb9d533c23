/// The parts of the program that scripts/gpu_check packs: mains of what it tests and measures.
#pragma once
#include <cstdint>
#include <functional>

#include <torch/torch.h>

int workload_main(int argc, char** argv);  // bench/main.cpp
int digits_main(int argc, char** argv);    // examples/digits
int tour_main(int argc, char** argv);      // examples/tour, by number

namespace gpu {
/// [ELEMENTS]: what copies of the driver, maps and rows move a second.
int rates(int argc, char** argv);
/// SIZE TYPE: what a square product computes a second.
int product(int argc, char** argv);
/// What a known step costs the host.
int overhead(int argc, char** argv);
/// Random numbers here and there.
int masks(int argc, char** argv);

/// Seconds a call, once warm; the best of a few batches, after each of which the GPU is waited for.
double seconds_of(const std::function<void()>& call, double batch_seconds = 0.03);
}  // namespace gpu
