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
  static constexpr int kRowsHeld = kOneRow ? 1 : Operand::kSimple && kCount > 8 ? 0 : kCount;
  static constexpr int kTile = Layout::kSize;
  // What k comes to is in shared memory, where a thread has many and it takes divisions.
  static constexpr bool kTable = !Operand::kAlongK && !Operand::kSimple;
  static constexpr int kTableBytes = kTable ? 2 * kDepth * sizeof(typename Operand::Step) : 0;
  static constexpr bool kAsync = Operand::kAsync;
  static_assert(kCount <= 32, "bits of `inside`");

  const Operand& operand;
  const I outer_begin, k_end;
  u32 inside = 0;  // bit i: vector i is of the operand
  typename Operand::Row rows[kRowsHeld + 1];
  vec<Element, kVector> held[Operand::kAsync ? 1 : kCount];
  typename Operand::Step* const table;  // of two tiles
  int turn = 0;

  static WEFT_INLINE int number(int i) { return i * kThreads + weft_thread(); }
  static WEFT_INLINE int line(int i) { return number(i) / kLine; }
  static WEFT_INLINE int along(int i) {
    return (kOneColumn ? weft_thread() : number(i)) % kLine * kVector;
  }
  static WEFT_INLINE int outer(int i) { return Operand::kAlongK ? line(i) : along(i); }
  static WEFT_INLINE int depth(int i) { return Operand::kAlongK ? along(i) : line(i); }

  WEFT_INLINE Loader(const Operand& o, I begin, I size, I end, unsigned char* memory)
      : operand(o),
        outer_begin(begin),
        k_end(end),
        table(reinterpret_cast<typename Operand::Step*>(memory)) {
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
  // The table of the tile at k; it is there after a barrier.
  WEFT_INLINE void prepare(I k) {
    if constexpr (kTable) {
      turn ^= 1;
      if (weft_thread() < kDepth)
        table[turn * kDepth + weft_thread()] = operand.step(k + weft_thread());
    }
  }
  WEFT_INLINE typename Operand::Step step(int i, I k) const {
    if constexpr (kTable) return table[turn * kDepth + (kEven ? depth(i) : depth(i) % kDepth)];
    else return operand.step(k + depth(i));
  }
  WEFT_INLINE void begin(S* tile, I k) {
    WEFT_UNROLL
    for (int i = 0; i < kCount; ++i) {
      bool valid = (inside >> i & 1) && k + depth(i) < k_end;
      const typename Operand::Step at_k = step(i, k);
      if constexpr (Operand::kPlain) {
        I at = 0;
        valid &= operand.find(row(i), at_k, at);
        const Element* from = operand.data + (valid ? at : 0);
        if constexpr (Operand::kAsync) {
          if (kEven || number(i) < kVectors)
            weft_copy_async<kVector * sizeof(Element)>(
                weft_shared_address(tile + Layout::at(outer(i), depth(i))), from, valid);
        } else {  // the first element stands in for those outside: no branch
          held[i] = weft_load<vec<Element, kVector>>(from);
          WEFT_UNROLL
          for (int j = 0; j < kVector; ++j) held[i][j] = valid ? held[i][j] : Element(0);
        }
      } else {
        held[i][0] = valid ? operand.load(row(i), at_k) : Element(0);
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

// The ring of tiles in shared memory: one is multiplied while the others are brought.
template <class Left, class Right> struct Stages {
  static constexpr int kA = Left::kTile, kStage = Left::kTile + Right::kTile;
  static constexpr bool kAsync = Left::kAsync || Right::kAsync;
  // Nothing comes through registers: a stage is filled as soon as it was multiplied.
  static constexpr bool kCopies = Left::kAsync && Right::kAsync;
  static constexpr bool kTables = Left::kTable || Right::kTable;
  Left& left;
  Right& right;
  S* const memory;
  I k;  // of the tile that is brought next
  const int tiles;
  int brought;    // tiles
  int now, next;  // stages: the one that is multiplied, the one that is filled

  WEFT_INLINE Stages(Left& a, Right& b, S* at, I k_begin, int count)
      : left(a), right(b), memory(at), k(k_begin), tiles(count), brought(0), now(-1), next(0) {
    left.prepare(k);
    right.prepare(k);
    WEFT_ROLLED
    for (int t = 0; t < (kCopies ? kStages : kStages - 1); ++t) {
      if constexpr (kTables) weft_sync();
      begin_next();
      end_next();
    }
  }
  WEFT_INLINE void begin_next() {
    if (brought < tiles) {
      left.begin(memory + next * kStage, k);
      right.begin(memory + next * kStage + kA, k);
    }
    if constexpr (kAsync) weft_copy_commit();
  }
  WEFT_INLINE void end_next() {
    if (brought < tiles) {
      left.end(memory + next * kStage);
      right.end(memory + next * kStage + kA);
    }
    ++brought;
    k += kDepth;
    left.prepare(k);
    right.prepare(k);
    next = next + 1 == kStages ? 0 : next + 1;
  }
  // For the next tile to be there for all threads, and for all to be done with the one before.
  WEFT_INLINE void wait() {
    if constexpr (kAsync) weft_copy_wait<kStages - 2>();
    weft_sync();
    now = now + 1 == kStages ? 0 : now + 1;
  }
  WEFT_INLINE const S* a() const { return memory + now * kStage; }
  WEFT_INLINE const S* b() const { return memory + now * kStage + kA; }
};
