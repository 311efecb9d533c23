// ---- The product of two tiles by fma chains: each thread has kThreadRows x kThreadColumns of the
// result, a warp's 4 x 8 threads those that lie together, in groups of up to 4.
struct Multiply {
  typedef LinesOfOuter<kRows> TilesOfA;
  typedef LinesOfOuter<kColumns> TilesOfB;
  static constexpr int kWarpRows = 4 * kThreadRows, kWarpColumns = 8 * kThreadColumns;
  static constexpr int kRowGroup = kThreadRows < 4 ? kThreadRows : 4;
  static constexpr int kColumnGroup = kThreadColumns < 4 ? kThreadColumns : 4;

  Sum sums[kThreadRows][kThreadColumns] = {};

  // Of the warp's i-th row and j-th column of each thread.
  static WEFT_INLINE int row(int i, int y) {
    return i / kRowGroup * 4 * kRowGroup + y * kRowGroup + i % kRowGroup;
  }
  static WEFT_INLINE int column(int j, int x) {
    return j / kColumnGroup * 8 * kColumnGroup + x * kColumnGroup + j % kColumnGroup;
  }

  WEFT_INLINE void add_tile(const S* a, const S* b, int warp_row, int warp_column) {
    const int lane = weft_thread() % 32, y = lane / 8, x = lane % 8;
    WEFT_UNROLL_BY_2
    for (int k = 0; k < kDepth; ++k) {
      vec<S, kRowGroup> left[kThreadRows / kRowGroup];
      vec<S, kColumnGroup> right[kThreadColumns / kColumnGroup];
      WEFT_UNROLL
      for (int i = 0; i < kThreadRows; i += kRowGroup)
        left[i / kRowGroup] =
            weft_load<vec<S, kRowGroup>>(a + TilesOfA::at(warp_row + row(i, y), k));
      WEFT_UNROLL
      for (int j = 0; j < kThreadColumns; j += kColumnGroup)
        right[j / kColumnGroup] =
            weft_load<vec<S, kColumnGroup>>(b + TilesOfB::at(warp_column + column(j, x), k));
      WEFT_UNROLL
      for (int i = 0; i < kThreadRows; ++i) WEFT_UNROLL
      for (int j = 0; j < kThreadColumns; ++j)
        sums[i][j] = multiply_add(left[i / kRowGroup][i % kRowGroup],
                                  right[j / kColumnGroup][j % kColumnGroup], sums[i][j]);
    }
  }

  template <class Left, class Right>
  WEFT_INLINE void run(Stages<Left, Right>& stages, int warp_row, int warp_column) {
    stages.wait();
    WEFT_ROLLED
    for (int t = 0; t < stages.tiles; ++t) {
      stages.begin_next();
      add_tile(stages.a(), stages.b(), warp_row, warp_column);
      stages.end_next();
      stages.wait();
    }
  }

  // The result in parts: part p are the threads' p-th rows.
  static constexpr int kParts = kThreadRows, kPartRows = 4;
  static constexpr int kPitch = kWarpColumns + 16 / static_cast<int>(sizeof(Sum));
  WEFT_INLINE void put_part(int part, Sum* stage) const {
    const int lane = weft_thread() % 32;
    WEFT_UNROLL
    for (int i = 0; i < kParts; ++i)
      if (i == part) WEFT_UNROLL
    for (int j = 0; j < kThreadColumns; ++j)
      stage[lane / 8 * kPitch + column(j, lane % 8)] = sums[i][j];
  }
  static WEFT_INLINE int row_of_part(int part, int r) { return row(part, r); }
};
