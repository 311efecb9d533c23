/// The order of elements along a dim, by bitonic sort: elements are compared with their places, so
/// that there is one order, whatever the network. A row is padded to a power of two; tiles, of parts of
/// a row or of several short ones, are sorted in shared memory, longer rows step by step in global
/// memory.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "codegen/cuda/print.h"
#include "ir/op/type.h"

namespace mlir::weft::cuda {

struct ArgsortLaunch {
  std::vector<int64_t> params;
  int64_t blocks = 0;
};
/// Launches of one kernel, in order: its buffers are x, y, and two temporaries (one element each for
/// rows that fit a tile).
struct Argsort {
  static constexpr int kThreads = 512;
  static constexpr int kPiece = 256;  // of long runs of equals
  std::string key;
  bool wide = false;  // places need 64 bits
  std::vector<ArgsortLaunch> launches;
  int64_t valueBytes = 0, placeBytes = 0;
};
/// `count`: how many of each row are wanted.
Argsort planArgsort(const ::torch::op::Type& x, int64_t dim, bool descending, int64_t count);
Text argsortText(StringRef name, ::torch::op::DType dtype, bool descending, bool wide);

/// Runs of equal elements of sorted rows. Buffers: x, whose rows lie together; the order that sorts them;
/// and for each place in that order, where the run that begins there ends, or, at multiples of kPiece
/// within a run, minus the place where it or the piece ends; else 0. Parameters: the length of a row,
/// elements in all.
Text segmentsText(StringRef name, ::torch::op::DType dtype);
}  // namespace mlir::weft::cuda
