#include "codegen/contraction/pack.h"

#include "codegen/contraction/transpose.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::weft::contraction {
namespace {
Type elementOf(const Panel& panel) {
  return cast<MemRefType>(panel.memref.getType()).getElementType();
}
/// Along k, blocks of so many lanes of a panel are transposed: a vector, or the part of one that
/// holds a narrow panel.
unsigned blockRows(unsigned width, unsigned lanes) {
  return std::min<unsigned>(lanes, std::max<unsigned>(4, llvm::PowerOf2Ceil(width)));
}
unsigned tableRows(unsigned width, unsigned lanes) {
  return llvm::alignTo(width, blockRows(width, lanes));
}

/// Where lane 0 of row k - k0 lies.
Value rowOf(Emit& e, const Panel& panel, Value k) { return e.add(panel.at, e.mul(k, panel.width)); }

void zeroPanel(Emit& e, const Panel& panel, Value rows) {
  Value zero = e.zero(e.vectorOf(elementOf(panel), panel.lanes)), count = e.mul(rows, panel.width);
  e.loop(e.constant(0), count, panel.lanes, [&](Value i) {
    // Behind it another task may have its own panel.
    e.storeVector(zero, panel.memref, e.add(panel.at, i),
                  e.firstLanes(e.sub(count, i), panel.lanes));
  });
}

/// A whole panel in one run: its vectors side by side, so that memory is read in rows.
void packWhole(Emit& e, Reader& reader, const Access& access, const Reader::Index& row, Value k0,
               Value k1, const Panel& panel) {
  reader.runs(access.k, k0, k1, [&](ArrayRef<Value> kNumbers, Value k, Value length) {
    Reader::Index index = reader.moved(row, access.k, kNumbers);
    Value first = e.sub(k, k0);
    e.loop(e.constant(0), length, 1, [&](Value i) {
      Reader::Index at = reader.along(index, access.k, i);
      Value to = rowOf(e, panel, reader.row(at, e.add(first, i)));
      for (unsigned lane = 0; lane < panel.width; lane += panel.lanes) {
        Value v =
            reader.load(reader.along(at, access.p, e.constant(lane)), access.p, panel.lanes, {});
        e.storeVector(v, panel.memref, e.add(to, lane));
      }
    });
  });
}

/// Runs of p one after the other, up to a vector at a time.
void packPieces(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0,
                Value p1, Value k0, Value k1, const Panel& panel) {
  reader.runs(access.p, p0, p1, [&](ArrayRef<Value> pNumbers, Value p, Value length) {
    Reader::Index run = reader.moved(start, access.p, pNumbers);
    e.loop(e.constant(0), length, panel.lanes, [&](Value c) {
      Value mask = e.firstLanes(e.sub(length, c), panel.lanes);
      Reader::Index row = reader.along(run, access.p, c);
      Value lane = e.add(e.sub(p, p0), c);
      reader.runs(access.k, k0, k1, [&](ArrayRef<Value> kNumbers, Value k, Value kLength) {
        Reader::Index index = reader.moved(row, access.k, kNumbers);
        Value first = e.sub(k, k0);
        e.loop(e.constant(0), kLength, 1, [&](Value i) {
          Reader::Index at = reader.along(index, access.k, i);
          Value to = rowOf(e, panel, reader.row(at, e.add(first, i)));
          e.storeVector(reader.load(at, access.p, panel.lanes, mask), panel.memref, e.add(to, lane),
                        mask);
        });
      });
    });
  });
}

void packAlongP(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0,
                Value extent, Value k0, Value k1, const Panel& panel) {
  Value p1 = e.min(e.add(p0, panel.width), extent), count = e.sub(p1, p0);
  // Lanes that nobody writes but share a vector, so that no odd numbers slow the products down.
  const unsigned shared = std::min(panel.width, panel.lanes);
  Value ragged = e.less(e.constant(0), e.rem(count, e.constant(shared)));
  e.when(ragged, [&] { zeroPanel(e, panel, e.sub(k1, k0)); });
  if (panel.width % panel.lanes) return packPieces(e, reader, access, start, p0, p1, k0, k1, panel);
  SmallVector<Value> first = reader.numbers(access.p, p0);
  Value whole = e.less(e.constant(panel.width - 1), count);
  if (access.p.size() > 1) {
    Value left = e.sub(reader.count(access.p.back()), first.back());
    whole = e.both(whole, e.less(e.constant(panel.width - 1), left));
  }
  e.when(
      whole,
      [&] { packWhole(e, reader, access, reader.moved(start, access.p, first), k0, k1, panel); },
      [&] { packPieces(e, reader, access, start, p0, p1, k0, k1, panel); });
}

/// The source index of each lane of the panel, [dim][lane] of index; beyond the extent that of the
/// last.
void tabulate(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0,
              Value extent, const Panel& panel, Value table) {
  Value last = e.add(extent, -1);
  const unsigned lanes = tableRows(panel.width, panel.lanes);
  e.loop(e.constant(0), e.constant(lanes), 1, [&](Value lane) {
    SmallVector<Value> numbers = reader.numbers(access.p, e.min(e.add(p0, lane), last));
    for (auto [d, v] : llvm::enumerate(reader.moved(start, access.p, numbers)))
      e.store(v, table, e.add(lane, d * lanes));
  });
}

void packAlongK(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0,
                Value extent, Value k0, Value k1, const Panel& panel, Value scratch) {
  const unsigned lanes = panel.lanes, rows = blockRows(panel.width, lanes),
                 tableLanes = tableRows(panel.width, lanes);
  Value table = e.view(scratch, e.constant(0), e.b.getIndexType());
  Value block = e.view(scratch, e.constant(tableLanes * access.dims.size() * 8), elementOf(panel));
  tabulate(e, reader, access, start, p0, extent, panel, table);
  Value rowStep = e.mul(reader.rowStep(), panel.width);
  const bool direct = reader.direct() && elementOf(panel).getIntOrFloatBitWidth() >= 32;
  const unsigned group = columnsAtOnce(elementOf(panel));
  auto blockAt = [&](Value first, Value c, Value kLength, ArrayRef<Value> kNumbers, Value k) {
    Value count = e.min(e.sub(kLength, c), e.constant(lanes)),
          whole = e.equal(e.rem(count, e.constant(group)), e.constant(0));
    auto indexOf = [&](Value row) {
      Reader::Index index;
      for (size_t d = 0; d < access.dims.size(); ++d)
        index.push_back(e.load(table, e.add(e.add(first, row), d * tableLanes)));
      return reader.along(reader.moved(index, access.k, kNumbers), access.k, c);
    };
    auto copyRows = [&] {
      Value mask = e.firstLanes(count, lanes);
      e.loop(e.constant(0), e.constant(rows), 1, [&](Value row) {
        e.storeVector(reader.load(indexOf(row), access.k, lanes, mask), block, e.mul(row, lanes));
      });
    };
    // Whole groups of columns of plain memory are read where they are, others through scratch.
    Value from = block;
    if (direct) {
      e.when(whole, [] {}, copyRows);
      from = e.select(whole, reader.memory(), block);
    } else {
      copyRows();
    }
    Value at = e.add(rowOf(e, panel, reader.row(indexOf(e.constant(0)), e.add(k, c))), first);
    if (elementOf(panel).getIntOrFloatBitWidth() < 32) {
      e.loop(e.constant(0), count, 1, [&](Value j) {
        e.loop(e.constant(0), e.min(e.sub(e.constant(panel.width), first), e.constant(rows)), 1,
               [&](Value row) {
                 Value value = e.load(block, e.add(e.mul(row, lanes), j));
                 e.store(value, panel.memref, e.add(at, e.add(e.mul(rowStep, j), row)));
               });
      });
      return;
    }
    // The last block of a row that is no whole number of vectors must leave the next row alone.
    Value lanesOfRow;
    if (panel.width % rows) lanesOfRow = e.firstLanes(e.sub(e.constant(panel.width), first), rows);
    e.loop(e.constant(0), count, group, [&](Value j) {
      SmallVector<Value> rowPlaces;
      for (unsigned row = 0; row < rows; ++row) {
        Value place = e.constant(row * lanes);
        if (direct) place = e.select(whole, indexOf(e.constant(row))[0], place);
        rowPlaces.push_back(e.add(place, j));
      }
      for (auto [q, column] : llvm::enumerate(transposed(e, from, rowPlaces))) {
        Value number = e.add(j, q);
        auto store = [&, column = column] {
          e.storeVector(column, panel.memref, e.add(at, e.mul(rowStep, number)), lanesOfRow);
        };
        if (q) e.when(e.less(number, count), store);
        else store();
      }
    });
  };
  // One block of lanes to its end before the next: few streams of memory at a time.
  e.loop(e.constant(0), e.min(e.constant(tableLanes), e.sub(extent, p0)), rows, [&](Value first) {
    reader.runs(access.k, k0, k1, [&](ArrayRef<Value> kNumbers, Value k, Value kLength) {
      e.loop(e.constant(0), kLength, lanes,
             [&](Value c) { blockAt(first, c, kLength, kNumbers, e.sub(k, k0)); });
    });
  });
}
}  // namespace

int64_t packScratchBytes(const Access& access, unsigned width, unsigned lanes,
                         unsigned elementBytes) {
  if (access.direction == Access::alongP) return 0;
  return tableRows(width, lanes) * access.dims.size() * 8 +
         blockRows(width, lanes) * lanes * elementBytes;
}

void packPanel(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0,
               Value extent, Value k0, Value k1, const Panel& panel, Value scratch) {
  if (access.direction == Access::alongK)
    packAlongK(e, reader, access, start, p0, extent, k0, k1, panel, scratch);
  else packAlongP(e, reader, access, start, p0, extent, k0, k1, panel);
}
}  // namespace mlir::weft::contraction
