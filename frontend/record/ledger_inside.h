/// Writing the ledger.
#pragma once
#include "frontend/record/evaluate.h"
#include "frontend/record/tiers.h"

namespace torch {
namespace record {
struct BarrierNote {
  const Barrier& barrier;
  size_t nodes, outputs;
  bool known, reference;
  double ms;
  Home home = kHost;
  bool waited = false;
};
void note_barrier(const BarrierNote& note);
/// While it lives the host waits for a device.
class WaitNote {
 public:
  WaitNote(const Barrier& barrier, Home home);
  ~WaitNote();
  WaitNote(const WaitNote&) = delete;

 private:
  const Barrier& barrier_;
  const Home home_;
  const int64_t start_;  // nanoseconds
};
/// `where`: what forced it, should none of its ops have a line.
void note_compile(const CachedGraph& graph, const Chosen& chosen, Location where,
                  const std::string& reason);
/// "train.cpp:41"; "(no line)" for none.
std::string text(Location where);
}  // namespace record
}  // namespace torch
