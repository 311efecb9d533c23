// ---- A block computes a tile of the result over a chunk of k, kStages tiles of the operands ahead.
struct Sizes {
  I rows, columns, depth, chunk;  // `chunk` of `depth` a block
  I tiles_down, tiles_across, batches;
};
struct Place {
  I row, column, batch, chunk;
};
// Blocks that follow each other are near in both directions, so that they meet in the L2 cache.
WEFT_INLINE Place place_of_block(const Sizes& sizes) {
  constexpr I kGroup = 8;
  const I block = static_cast<I>(weft_block()), tiles = sizes.tiles_down * sizes.tiles_across;
  const I layer = block / tiles, tile = block % tiles;
  const I first = tile / (kGroup * sizes.tiles_across) * kGroup;
  const I left = sizes.tiles_down - first, down = left < kGroup ? left : kGroup;
  const I within = tile - first * sizes.tiles_across;
  return {(first + within % down) * kRows, within / down * kColumns, layer % sizes.batches,
          layer / sizes.batches};
}

WEFT_INLINE void run(A& a, B& b, Result& result, const Sizes& sizes) {
  WEFT_SHARED;
  typedef typename Multiply::TilesOfA TilesOfA;
  typedef typename Multiply::TilesOfB TilesOfB;
  constexpr int kStage = TilesOfA::kSize + TilesOfB::kSize;
  constexpr int kWarps = kThreads / 32;
  static_assert(kStages * kStage * sizeof(S) <= kSharedBytes, "");
  static_assert(kWarps * Multiply::kPartRows * Multiply::kPitch * sizeof(Sum) <= kSharedBytes, "");
  S* const stages = reinterpret_cast<S*>(shared);
  const Place place = place_of_block(sizes);
  a.begin(place.batch);
  b.begin(place.batch);
  result.begin(place.batch, place.chunk);
  const I k_begin = place.chunk * sizes.chunk;
  const I k_end = k_begin + sizes.chunk < sizes.depth ? k_begin + sizes.chunk : sizes.depth;
  const int tiles = static_cast<int>((k_end - k_begin + kDepth - 1) / kDepth);
  const int warp = weft_thread() / 32;
  const int warp_row = warp % kWarpsDown * Multiply::kWarpRows;
  const int warp_column = warp / kWarpsDown * Multiply::kWarpColumns;

  Loader<A, TilesOfA, kRows> left(a, place.row, sizes.rows, k_end);
  Loader<B, TilesOfB, kColumns> right(b, place.column, sizes.columns, k_end);
  Multiply product;
  WEFT_UNROLL
  for (int t = 0; t < kStages - 1; ++t) {
    if (t < tiles) {
      S* const stage = stages + t * kStage;
      left.begin(stage, k_begin + t * kDepth);
      right.begin(stage + TilesOfA::kSize, k_begin + t * kDepth);
      left.end(stage);
      right.end(stage + TilesOfA::kSize);
    }
    if constexpr (A::kAsync || B::kAsync) weft_copy_commit();
  }
  int now = 0, next = kStages - 1;
  WEFT_ROLLED
  for (int t = 0; t < tiles; ++t) {
    if constexpr (A::kAsync || B::kAsync) weft_copy_wait<kStages - 2>();
    weft_sync();  // tile t is there for all, and nobody reads the one that `next` overwrites
    S* const stage = stages + next * kStage;
    const bool more = t + kStages - 1 < tiles;
    if (more) {
      left.begin(stage, k_begin + (t + kStages - 1) * kDepth);
      right.begin(stage + TilesOfA::kSize, k_begin + (t + kStages - 1) * kDepth);
    }
    if constexpr (A::kAsync || B::kAsync) weft_copy_commit();
    product.add_tile(stages + now * kStage, stages + now * kStage + TilesOfA::kSize, warp_row,
                     warp_column);
    if (more) {
      left.end(stage);
      right.end(stage + TilesOfA::kSize);
    }
    now = now + 1 == kStages ? 0 : now + 1;
    next = next + 1 == kStages ? 0 : next + 1;
  }
  weft_sync();

  // Rows of the warp go by shared memory, so that neighbouring lanes store neighbouring columns.
  Sum* const part = reinterpret_cast<Sum*>(shared) + warp * Multiply::kPartRows * Multiply::kPitch;
  WEFT_ROLLED
  for (int p = 0; p < Multiply::kParts; ++p) {
    product.put_part(p, part);
    weft_sync_warp();
    WEFT_ROLLED
    for (int r = 0; r < Multiply::kPartRows; ++r) {
      const I row = place.row + warp_row + Multiply::row_of_part(p, r);
      if (row >= sizes.rows) break;
      WEFT_ROLLED
      for (int c = weft_thread() % 32; c < Multiply::kWarpColumns; c += 32) {
        const I column = place.column + warp_column + c;
        if (column < sizes.columns) result.store(row, column, part[r * Multiply::kPitch + c]);
      }
    }
    weft_sync_warp();
  }
}
