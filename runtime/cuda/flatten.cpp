#include "runtime/cuda/flatten.h"

#include <algorithm>
#include <stdexcept>

#include "runtime/cuda/report.h"
#include "runtime/executable/loop.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

/// The number of the arena, and of blocks by themselves behind it, is known when all constants
/// are; until then they count from here.
constexpr uint32_t kArena = 1u << 30;

/// What the slots of one plan stand for: the whole one, or a loop's body at one of its steps.
struct Scope {
  const LaunchPlan* plan;
  std::vector<Place> inputs, outputs;
  uint32_t first_constant;
  size_t arena_offset;
  uint32_t first_block;  // where they are memory by themselves
};

[[noreturn]] void fail(const Launch& launch, const std::string& what) {
  throw std::logic_error("launch graph: kernel " + launch.kernel->name + " " + what);
}

class Flattener {
 public:
  Flattener(FlatPlan& flat, bool guarded) : flat_(flat), guarded_(guarded) {}

  void add(const Scope& scope, bool again) {
    for (const Launch& launch : scope.plan->launches) {
      if (!launch.beside) new_group_ = true;  // also where its first is left out
      if (!(again && launch.once)) add(launch, scope);
    }
  }
  uint32_t add_blocks(const LaunchPlan& plan) {
    const auto first = static_cast<uint32_t>(flat_.blocks.size());
    if (guarded_)
      for (const ArenaBlock& block : plan.blocks) flat_.blocks.push_back(block.bytes);
    return first;
  }
  uint32_t add_constants(const LaunchPlan& plan) {
    const auto first = static_cast<uint32_t>(flat_.constants.size());
    flat_.constants.insert(flat_.constants.end(), plan.constants.begin(), plan.constants.end());
    return first;
  }

 private:
  void add(const Launch& launch, const Scope& scope) {
    if (launch.tail.kernel) fail(launch, "has a tail, which only the CPU's launches have");
    Step step;
    step.launch = &launch;
    for (const Slot& slot : launch.buffers) step.places.push_back(place(launch, slot, scope, step));
    if (launch.kernel->loop) {
      unroll(*launch.kernel->loop, step.places);
      new_group_ = true;
      return;
    }
    const Kernel& k = *launch.kernel;
    if (!k.function && !k.enqueue && !k.code) fail(launch, "has no code");
    step.kind = k.function || k.enqueue ? Step::kernel : Step::host;
    step.beside = !new_group_ && step.kind == Step::kernel &&
                  !flat_.steps.empty() && flat_.steps.back().kind == Step::kernel;
    new_group_ = false;
    flat_.steps.push_back(std::move(step));
  }

  Place place(const Launch& launch, const Slot& slot, const Scope& scope, Step& step) {
    const LaunchPlan& plan = *scope.plan;
    const size_t limits[] = {scope.inputs.size(), scope.outputs.size(), plan.blocks.size(),
                             plan.constants.size(), 1};
    if (slot.index >= limits[slot.kind]) fail(launch, "has a buffer that does not exist");
    Place at;
    switch (slot.kind) {
      case Slot::input: at = scope.inputs[slot.index]; break;
      case Slot::output: at = scope.outputs[slot.index]; break;
      case Slot::arena: {
        const ArenaBlock& block = plan.blocks[slot.index];
        if (guarded_) at = {kArena + 1 + scope.first_block + slot.index, 0, block.bytes};
        else at = {kArena, scope.arena_offset + block.offset, block.bytes};
        break;
      }
      case Slot::constant:
        at = {flat_.constants_base() + scope.first_constant + slot.index, 0,
              plan.constants[slot.index]->bytes()};
        break;
      case Slot::error:
        step.report = static_cast<int>(flat_.reports++);
        return {kArena, static_cast<size_t>(step.report) * sizeof(DeviceErrorReport),
                sizeof(DeviceErrorReport), true};
    }
    if (slot.offset > at.bytes) fail(launch, "has a buffer beyond its end");
    at.offset += slot.offset;
    at.bytes -= slot.offset;
    at.written = slot.written;
    return at;
  }

  /// As Loop::run does it.
  void unroll(const Loop& loop, const std::vector<Place>& places) {
    const LaunchPlan& body = loop.body->plan();
    Scope scope{&body,           {}, {}, add_constants(body), flat_.reserve(body.arena_bytes),
                add_blocks(body)};
    scope.inputs.assign(places.begin(),
                        places.begin() + static_cast<std::ptrdiff_t>(body.input_types.size()));
    scope.outputs.resize(body.output_types.size());
    for (size_t i = 0; i < body.output_types.size(); ++i)
      if (i >= loop.carried && loop.outputs[i - loop.carried] < 0)
        scope.outputs[i] = {kArena, flat_.reserve(body.output_types[i].bytes()),
                            body.output_types[i].bytes(), true};
    for (int64_t s = 0; s < loop.steps; ++s) {
      enter(scope, loop, places, s);
      add(scope, s > 0);
      for (size_t i = 0; i < loop.carried; ++i) scope.inputs[i] = scope.outputs[i];
    }
    if (loop.steps == 0) copy_states(loop, body, places);
  }
  void enter(Scope& scope, const Loop& loop, const std::vector<Place>& places, int64_t s) {
    const LaunchPlan& body = *scope.plan;
    const auto t = static_cast<size_t>(loop.reverse ? loop.steps - 1 - s : s);
    auto slice = [&](const Place& all, size_t bytes) {
      return Place{all.base, all.offset + t * bytes, bytes, all.written};
    };
    for (size_t i = 0; i < loop.carried; ++i)
      scope.outputs[i] = places[(loop.steps - 1 - s) % 2 ? loop.spares[i] : loop.finals[i]];
    for (size_t i = loop.carried; i < loop.carried + loop.stacked; ++i)
      scope.inputs[i] = slice(places[i], body.input_types[i].bytes());
    for (size_t i = loop.carried; i < scope.outputs.size(); ++i)
      if (const int64_t to = loop.outputs[i - loop.carried]; to >= 0)
        scope.outputs[i] = slice(places[static_cast<size_t>(to)], body.output_types[i].bytes());
  }
  void copy_states(const Loop& loop, const LaunchPlan& body, const std::vector<Place>& places) {
    for (size_t i = 0; i < loop.carried; ++i) {
      Step step;
      step.kind = Step::copy;
      step.places = {places[i], places[loop.finals[i]]};
      step.places[0].bytes = body.input_types[i].bytes();
      if (step.places[0].bytes) flat_.steps.push_back(std::move(step));
    }
  }

  FlatPlan& flat_;
  const bool guarded_;
  bool new_group_ = false;
};

std::vector<Place> whole(const std::vector<op::Type>& types, uint32_t first, bool written) {
  std::vector<Place> places;
  for (const op::Type& type : types) places.push_back({first++, 0, type.bytes(), written});
  return places;
}
}  // namespace

size_t FlatPlan::reserve(size_t bytes) {
  const size_t at = (arena_bytes + 63) / 64 * 64;
  arena_bytes = at + bytes;
  return at;
}

FlatPlan::FlatPlan(LaunchPlan given, bool guarded) : plan(std::move(given)) {
  arena_bytes = plan.arena_bytes;
  for (const ArenaBlock& block : plan.blocks)
    if (block.offset + block.bytes > plan.arena_bytes)
      throw std::logic_error("launch graph: a block of " + std::to_string(block.bytes) +
                             " bytes at " + std::to_string(block.offset) +
                             " lies beyond the arena of " + std::to_string(plan.arena_bytes) +
                             " bytes");
  Flattener flattener(*this, guarded);
  Scope scope{&plan,
              whole(plan.input_types, 0, false),
              whole(plan.output_types, outputs_base(), true),
              flattener.add_constants(plan),
              0,
              flattener.add_blocks(plan)};
  flattener.add(scope, false);
  for (const op::Type& type : plan.output_types) unwanted.push_back(reserve(type.bytes()));
  reports_offset = reserve(reports * sizeof(DeviceErrorReport));
  for (Step& step : steps)
    for (Place& place : step.places)
      if (place.base >= kArena) place.base = place.base - kArena + arena_base();
  for (Step& step : steps) {
    if (step.report < 0) continue;
    for (size_t i = 0; i < step.places.size(); ++i)
      if (step.launch->buffers[i].kind == Slot::error) step.places[i].offset += reports_offset;
  }
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
