/// The kernels of a flat plan with their arguments, as they are given to the driver.
#pragma once
#include <cstdint>
#include <vector>

#include "runtime/cuda/api.h"
#include "runtime/cuda/flatten.h"

namespace torch {
namespace runtime {
namespace cuda {

/// One launch: of a step, or of several that stand beside each other and have the same kernel.
struct Node {
  CUfunction function = nullptr;  // null: its only step's Kernel::enqueue, whose buffers are words
  unsigned blocks = 1, threads = 1, shared_bytes = 0;
  /// Its arguments are words of the segment's; each parameter begins with one.
  uint32_t first_word = 0, words = 0;
  std::vector<uint32_t> parameters;  // by words from the first
  std::vector<const Step*> steps;    // empty: it prepares the run
  bool beside = false;
};

/// Calls Kernel::enqueue for a node without a function.
void enqueue(const Node& node, const uint64_t* words, CUstream stream);

/// A word that is an address: other ones in every run.
struct Patch {
  uint32_t word, base;
  size_t offset;
};

/// Kernels without anything between them that the CPU has to do.
struct Segment {
  std::vector<Node> nodes;
  std::vector<uint64_t> words;
  std::vector<Patch> patches;
  const Step* then = nullptr;  // comes after them: a function of the CPU, or a copy

  /// Writes the addresses.
  void fill(const std::vector<char*>& bases, std::vector<uint64_t>& words) const;
  /// Whether it would copy memory to itself.
  static bool leaves_out(const Node& node, const std::vector<char*>& bases);
};

/// A word that is a number of the host's.
struct Number {
  uint32_t input, word;
  size_t bytes;
};

/// What is done before all kernels: numbers of the host get an address, error reports are cleared.
struct Preparation {
  CUfunction function = nullptr;  // prepare_source()
  std::vector<uint32_t> inputs;   // those that are numbers of the host's
  size_t numbers_offset = 0;      // in the arena: eight bytes each
};
/// Name and text of its kernel.
extern const char* const kPrepareName;
extern const char* const kPrepareText;

/// `numbers`: those of the first segment's words that a run writes.
std::vector<Segment> make_segments(const FlatPlan& plan, const Preparation& preparation,
                                   std::vector<Number>& numbers);
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
