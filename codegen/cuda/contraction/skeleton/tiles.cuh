// ---- Tiles of the operands: kOuter rows of A or columns of B, kDepth of k.

// In shared memory for the tile of threads: [k][outer], a gap behind each line against conflicts.
template <int kOuter> struct LinesOfOuter {
  static constexpr bool kAlongK = false;
  static constexpr int kPitch = kOuter + 16 / static_cast<int>(sizeof(S));
  static constexpr int kSize = kDepth * kPitch;
  static WEFT_INLINE int at(int outer, int k) { return k * kPitch + outer; }
};
// For tensor cores: lines along k or along outer, whose pieces of 16 bytes change places so that
// eight lines' pieces lie in different banks.
template <int kOuter, bool kAlong> struct Matrices {
  static constexpr bool kAlongK = kAlong;
  static constexpr int kPiece = 16 / static_cast<int>(sizeof(S));
  static constexpr int kLine = kAlong ? kDepth : kOuter;
  static constexpr int kPieces = kLine / kPiece;
  static constexpr int kSize = kOuter * kDepth;
  static WEFT_INLINE int turn(int line) {
    return kPieces >= 8 ? line & 7 : line / (8 / kPieces) & (kPieces - 1);
  }
  static WEFT_INLINE int at(int outer, int k) {
    const int line = kAlong ? outer : k, along = kAlong ? k : outer;
    return line * kLine + (along / kPiece ^ turn(line)) * kPiece + along % kPiece;
  }
};

// Brings an operand's tiles to shared memory: the block's threads take vectors along the direction
// in which elements are neighbours in global memory. A copy begins, and ends later: in between
// elements are in registers, or on their way.
template <class Operand, class Layout, int kOuter> struct Loader {
  typedef typename Operand::Element Element;
  static constexpr int kVector = Operand::kVector;
  static constexpr int kLine = (Operand::kAlongK ? kDepth : kOuter) / kVector;
  static constexpr int kVectors = kOuter * kDepth / kVector;
  static constexpr int kCount = (kVectors + kThreads - 1) / kThreads;
  static constexpr bool kEven = kVectors % kThreads == 0;
  // All vectors of a thread have one row, or one k.
  static constexpr bool kOneColumn = kThreads % kLine == 0;
  static constexpr bool kOneRow = kOneColumn && !Operand::kAlongK;
  static constexpr int kRowsHeld = kOneRow ? 1 : Operand::kCheapRows ? 0 : kCount;
  static_assert(kCount <= 32, "bits of `inside`");

  const Operand& operand;
  const I outer_begin, k_end;
  u32 inside = 0;  // bit i: vector i is of the operand
  typename Operand::Row rows[kRowsHeld + 1];
  vec<Element, kVector> held[Operand::kAsync ? 1 : kCount];

  static WEFT_INLINE int number(int i) { return i * kThreads + weft_thread(); }
  static WEFT_INLINE int line(int i) { return number(i) / kLine; }
  static WEFT_INLINE int along(int i) {
    return (kOneColumn ? weft_thread() : number(i)) % kLine * kVector;
  }
  static WEFT_INLINE int outer(int i) { return Operand::kAlongK ? line(i) : along(i); }
  static WEFT_INLINE int depth(int i) { return Operand::kAlongK ? along(i) : line(i); }

  WEFT_INLINE Loader(const Operand& o, I begin, I size, I end)
      : operand(o), outer_begin(begin), k_end(end) {
    WEFT_UNROLL
    for (int i = 0; i < kCount; ++i) {
      if ((kEven || number(i) < kVectors) && begin + outer(i) < size) inside |= 1u << i;
      if (i < kRowsHeld) rows[i] = operand.row(begin + outer(i));
    }
  }
  WEFT_INLINE typename Operand::Row row(int i) const {
    if constexpr (kRowsHeld == 0) return operand.row(outer_begin + outer(i));
    else return rows[kRowsHeld == 1 ? 0 : i];
  }
  WEFT_INLINE void begin(S* tile, I k) {
    WEFT_UNROLL
    for (int i = 0; i < kCount; ++i) {
      bool valid = (inside >> i & 1) && k + depth(i) < k_end;
      const typename Operand::Step step = operand.step(k + depth(i));
      if constexpr (Operand::kPlain) {
        I at = 0;
        valid = operand.find(row(i), step, at) && valid;
        const Element* from = operand.data + (valid ? at : 0);
        if constexpr (Operand::kAsync) {
          if (kEven || number(i) < kVectors)
            weft_copy_async<kVector * sizeof(Element)>(
                weft_shared_address(tile + Layout::at(outer(i), depth(i))), from, valid);
        } else if (valid) {
          held[i] = weft_load<vec<Element, kVector>>(from);
        } else {
          held[i] = {};
        }
      } else {
        held[i][0] = valid ? operand.load(row(i), step) : Element(0);
      }
    }
  }
  WEFT_INLINE void end(S* tile) const {
    if constexpr (!Operand::kAsync) {
      WEFT_UNROLL
      for (int i = 0; i < kCount; ++i) {
        if (!kEven && number(i) >= kVectors) continue;
        vec<S, kVector> values;
        WEFT_UNROLL
        for (int j = 0; j < kVector; ++j) values[j] = static_cast<S>(held[i][j]);
        if constexpr (Operand::kAlongK == Layout::kAlongK) {
          weft_store(tile + Layout::at(outer(i), depth(i)), values);
        } else {
          WEFT_UNROLL
          for (int j = 0; j < kVector; ++j)
            tile[Operand::kAlongK ? Layout::at(outer(i), depth(i) + j)
                                  : Layout::at(outer(i) + j, depth(i))] = values[j];
        }
      }
    }
  }
};
