/// The gradient of a convolution's input. Window position by window position, dx[c, o * stride +
/// tap * dilation] += sum over output channels of w[channel, c, tap] * dy[channel, o]: plain
/// products, whose accumulators rest in scratch, in a layout where every tap finds its row of
/// outputs side by side:
///   [c][phase of each dim][q of each dim][image]    with stride * q + phase = position + padding.
/// A few images lie interleaved, so that even short rows fill vectors. dy is packed once a task,
/// the weight once. A task is (chunk of k, block of images, group, block of q of the first dim,
/// block of channels).
#pragma once
#include "codegen/contraction/kernel.h"

namespace mlir::weft::contraction {

/// One spatial dimension; there are two at least.
struct GradDim {
  int64_t in, out, window, stride, padding, dilation;
  int64_t quotients;      // of q
  int64_t place, phase;   // elements of the accumulators from one q, from one phase to the next
  Param inParam, outParam, windowParam, strideParam, paddingParam, dilationParam, placeParam,
      phaseParam;
  int64_t reach() const { return (window - 1) * dilation / stride; }
};

struct GradDesign {
  Design design;                // `b` is dy: panels of one row of outputs
  SmallVector<GradDim> dims;
  bool partial = false;         // chunks' sums go to a temporary: [chunk][batch][m][n]
  bool plain;                   // accumulators of a row lie like the row itself
  Param imageBlocks, interleave, shift, imageCount;  // interleave = 1 << shift
  Param quotientBlocks, quotients, allQuotients, reach;
  Param middle, middleIn;       // rows of outputs, of inputs, for each position of the first dim
  Param depth, outputs;         // output channels: of a panel's pass, of a group
  Param rowLanes, rowPanels;    // lanes and panels of a row of outputs
  Param plane;                  // elements from one channel's accumulators to the next
  Param dyScratch, blockScratch, tableScratch;
};

/// The register tile for m channels by n lanes of a row, and about how many cycles a step of k
/// takes with it.
Tile chooseGradTile(int64_t m, int64_t n, unsigned elementBits, const Target& target);
double costOf(const Tile& tile, int64_t m, int64_t n);

/// Packs the weight. Tasks: (group, chunk, block of k, panel). Buffers: the weight's, then the
/// panels.
func::FuncOp emitGradPack(ModuleOp module, StringRef name, const Design& design);
/// Buffers: the weight's panels, dy's, then the epilogue's or the chunks' sums.
func::FuncOp emitInputGrad(ModuleOp module, StringRef name, const GradDesign& design,
                           const Epilogue& epilogue);
/// Adds the chunks' sums. Tasks: rows (batch, m). Buffers: the sums, then the epilogue's.
func::FuncOp emitGradCombine(ModuleOp module, StringRef name, const Design& design, Param splits,
                             const Epilogue& epilogue);
}  // namespace mlir::weft::contraction
