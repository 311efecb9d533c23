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
  static_assert(kWarps * Multiply::kPartRows * Multiply::kPitch * sizeof(Sum) <= kSharedBytes, "");
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

  typedef Loader<A, TilesOfA, kRows> Left;
  typedef Loader<B, TilesOfB, kColumns> Right;
  constexpr int kTables = kStages * kStage * static_cast<int>(sizeof(S));
  static_assert(kTables + Left::kTableBytes + Right::kTableBytes <= kSharedBytes, "");
  unsigned char* const tables = shared + kTables;
  Left left(a, place.row, sizes.rows, k_end, tables);
  Right right(b, place.column, sizes.columns, k_end, tables + Left::kTableBytes);
  Stages<Left, Right> stages(left, right, reinterpret_cast<S*>(shared), k_begin, tiles);
  Multiply product;
  if (tiles > 0) product.run(stages, warp_row, warp_column);

  // Rows of the warp go by shared memory, where all are done with the tiles, so that neighbouring
  // lanes store neighbouring columns.
  Sum* const part = reinterpret_cast<Sum*>(shared) + warp * Multiply::kPartRows * Multiply::kPitch;
  WEFT_ROLLED
  for (int p = 0; p < Multiply::kParts; ++p) {
    product.put_part(p, part);
    weft_sync_warp();
    WEFT_UNROLL_BY_2
    for (int r = 0; r < Multiply::kPartRows; ++r) {
      const I row = place.row + warp_row + Multiply::row_of_part(p, r);
      WEFT_UNROLL
      for (int c = 0; c < Multiply::kWarpColumns; c += 32) {
        const int at = c + weft_thread() % 32;
        const I column = place.column + warp_column + at;
        if (row < sizes.rows && column < sizes.columns && at < Multiply::kWarpColumns)
          result.store(row, column, part[r * Multiply::kPitch + at]);
      }
    }
    weft_sync_warp();
  }
}
