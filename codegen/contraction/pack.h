/// Packing: a panel is [k][lane], `width` lanes of p (m's for A, n's for B); lanes beyond the
/// extent of p hold values that nobody stores. Both directions work in whole vectors: along p lanes
/// are written as read, along k blocks of vectors are transposed.
#pragma once
#include "codegen/contraction/access.h"

namespace mlir::weft::contraction {

/// Scratch that packing needs, in bytes.
int64_t packScratchBytes(const Access& access, unsigned width, unsigned lanes,
                         unsigned elementBytes);

struct Panel {
  unsigned width, lanes;  // lanes: of a vector
  Value memref, at;       // where its first element goes
};
/// Packs p in [p0, p0 + width), those below `extent`, and k in [k0, k1) of the batch at `start`.
void packPanel(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0,
               Value extent, Value k0, Value k1, const Panel& panel, Value scratch);
}  // namespace mlir::weft::contraction
