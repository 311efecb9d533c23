// ---- The product of two tiles on tensor cores: each warp has kWarpRows x kWarpColumns of the
// result, as fragments of 16 x 8.
struct Multiply {
  static constexpr bool kWide = sizeof(S) == 4;  // tf32: pieces of 8 of k, else 16
  typedef Matrices<kRows, kWide || A::kAlongK> TilesOfA;
  typedef Matrices<kColumns, kWide || B::kAlongK> TilesOfB;
  static constexpr int kWarpRows = kRows / kWarpsDown, kWarpColumns = kColumns / kWarpsAcross;
  static constexpr int kPiece = 16 / static_cast<int>(sizeof(S)), kPieceOfK = 2 * kPiece;
  static constexpr int kHigh = kWarpRows / 16, kWide8 = kWarpColumns / 8;
  static_assert(kWarpRows % 16 == 0 && kWarpColumns % 16 == 0 && kDepth % kPieceOfK == 0, "");

  float sums[kHigh][kWide8][4] = {};

  static WEFT_INLINE void load(u32 (&r)[4], const S* p, bool is_transposed) {
    if (is_transposed) weft_load_matrices_transposed(r, weft_shared_address(p));
    else weft_load_matrices(r, weft_shared_address(p));
    if constexpr (kWide) WEFT_UNROLL
    for (int i = 0; i < 4; ++i) r[i] = weft_to_tf32(weft_float(static_cast<i32>(r[i])));
  }
  // Where this lane's row of four matrices lies: A's are (upper, lower) of the first k, then of the
  // second; B's are (first k, second k) of the left columns, then of the right.
  static WEFT_INLINE const S* place_a(const S* a, int row, int k) {
    const int lane = weft_thread() % 32;
    if constexpr (TilesOfA::kAlongK)
      return a + TilesOfA::at(row + lane % 16, k + lane / 16 * kPiece);
    else return a + TilesOfA::at(row + lane / 8 % 2 * 8, k + lane % 8 + lane / 16 * 8);
  }
  static WEFT_INLINE const S* place_b(const S* b, int column, int k) {
    const int lane = weft_thread() % 32;
    if constexpr (TilesOfB::kAlongK)
      return b + TilesOfB::at(column + lane % 8 + lane / 16 * 8, k + lane / 8 % 2 * kPiece);
    else return b + TilesOfB::at(column + lane / 16 * 8, k + lane % 8 + lane / 8 % 2 * 8);
  }
  struct Fragments {
    u32 a[kHigh][4], b[kWide8 / 2][4];
  };
  static WEFT_INLINE void load(Fragments& f, const S* a, const S* b, int warp_row, int warp_column,
                               int k) {
    WEFT_UNROLL
    for (int i = 0; i < kHigh; ++i)
      load(f.a[i], place_a(a, warp_row + 16 * i, k), !TilesOfA::kAlongK);
    WEFT_UNROLL
    for (int j = 0; j < kWide8 / 2; ++j)
      load(f.b[j], place_b(b, warp_column + 16 * j, k), !TilesOfB::kAlongK);
  }
  WEFT_INLINE void multiply(const Fragments& f) {
    WEFT_UNROLL
    for (int i = 0; i < kHigh; ++i) WEFT_UNROLL
    for (int j = 0; j < kWide8; ++j)
      multiply_add(sums[i][j], f.a[i], f.b[j / 2][j % 2 * 2], f.b[j / 2][j % 2 * 2 + 1]);
  }

  // While one step's fragments are multiplied, the next one's are loaded, the next tile's at last.
  // Copies begin behind these loads, which no compiler moves across them; elements that come
  // through registers begin a tile earlier than they are stored.
  template <class Left, class Right>
  WEFT_INLINE void run(Stages<Left, Right>& stages, int warp_row, int warp_column) {
    constexpr int kSteps = kDepth / kPieceOfK;
    constexpr bool kCopies = Stages<Left, Right>::kCopies;
    static_assert(kSteps % 2 == 0, "steps take turns with the fragments");
    Fragments fragments[2];
    stages.wait();
    load(fragments[0], stages.a(), stages.b(), warp_row, warp_column, 0);
    WEFT_ROLLED
    for (int t = 0; t < stages.tiles; ++t) {
      WEFT_UNROLL
      for (int step = 0; step < kSteps; ++step) {
        const bool is_last = step + 1 == kSteps;
        if (!kCopies && step == 0) stages.begin_next();
        if (!kCopies && is_last) stages.end_next();
        if (is_last) stages.wait();
        load(fragments[(step + 1) % 2], stages.a(), stages.b(), warp_row, warp_column,
             (step + 1) % kSteps * kPieceOfK);
        if (kCopies && is_last) {
          stages.begin_next();
          stages.end_next();
        }
        multiply(fragments[step % 2]);
      }
    }
  }

  // The result in parts: 16 rows of the warp.
  static constexpr int kParts = kHigh, kPartRows = 16, kPitch = kWarpColumns + 8;
  WEFT_INLINE void put_part(int part, Sum* stage) const {
    const int lane = weft_thread() % 32;
    WEFT_UNROLL
    for (int i = 0; i < kParts; ++i)
      if (i == part) WEFT_UNROLL
    for (int j = 0; j < kWide8; ++j) WEFT_UNROLL
    for (int half = 0; half < 2; ++half) {
      const vec<Sum, 2> pair{{sums[i][j][2 * half], sums[i][j][2 * half + 1]}};
      weft_store(stage + (lane / 4 + 8 * half) * kPitch + 8 * j + lane % 4 * 2, pair);
    }
  }
  static WEFT_INLINE int row_of_part(int part, int r) { return 16 * part + r; }
};
