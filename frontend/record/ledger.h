/// What was compiled and what was evaluated, and why. `WEFT_LOG=compiles,barriers` prints entries
/// as they come.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace torch {
/// A graph that was not known.
struct CompileEntry {
  std::string where;      // "train.cpp:41", the line of its first op
  std::string reason;     // "first seen", or what differs from the nearest known graph
  int nodes = 0, kernels = 0, kernels_compiled = 0;
  double passes_ms = 0, codegen_ms = 0;
  bool reference = false; // the reference tier runs it: nothing was compiled
};
/// An evaluation.
struct BarrierEntry {
  std::string where;      // the line that forced it
  // "item", "data_ptr", "optimizer.step()", "a leaf was read while its value was pending", ...
  std::string what;
  int nodes = 0;          // ops evaluated
  int outputs = 0;
  bool known = false;     // the graph was known
  bool reference = false; // run by the reference tier
  bool waited = false;    // nothing was evaluated: the host waited for the device
  std::string device;     // "cpu", "cuda:0"
  double ms = 0;          // of a GPU's evaluation, to launch it
};
/// The newest entries (at most `ledger_capacity`, oldest first) and counts of all since start or
/// `clear_ledger`.
struct Ledger {
  std::vector<CompileEntry> compiles;
  std::vector<BarrierEntry> barriers;
  uint64_t compile_count = 0, barrier_count = 0, hit_count = 0, wait_count = 0;
};
constexpr size_t ledger_capacity = 1024;
Ledger ledger();
void clear_ledger();
}  // namespace torch
