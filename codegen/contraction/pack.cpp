#include "codegen/contraction/pack.h"

namespace mlir::weft::contraction {
namespace {
Type elementOf(const Panel& panel) { return cast<MemRefType>(panel.memref.getType()).getElementType(); }
unsigned vectorsOf(const Panel& panel) { return (panel.width + panel.lanes - 1) / panel.lanes; }

/// Where lane 0 of row k - k0 lies.
Value rowOf(Emit& e, const Panel& panel, Value k) { return e.add(panel.at, e.mul(k, panel.width)); }

void zeroPanel(Emit& e, const Panel& panel, Value rows) {
  Value zero = e.zero(e.vectorOf(elementOf(panel), panel.lanes)), count = e.mul(rows, panel.width);
  e.loop(e.constant(0), count, panel.lanes, [&](Value i) {
    // Behind it another task may have its own panel.
    e.storeVector(zero, panel.memref, e.add(panel.at, i), e.firstLanes(e.sub(count, i), panel.lanes));
  });
}

/// A whole panel in one run: its vectors side by side, so that memory is read in rows.
void packWhole(Emit& e, Reader& reader, const Access& access, const Reader::Index& row, Value k0, Value k1,
               const Panel& panel) {
  reader.runs(access.k, k0, k1, [&](ArrayRef<Value> kNumbers, Value k, Value length) {
    Reader::Index index = reader.moved(row, access.k, kNumbers);
    Value first = e.sub(k, k0);
    e.loop(e.constant(0), length, 1, [&](Value i) {
      Reader::Index at = reader.along(index, access.k, i);
      Value to = rowOf(e, panel, reader.row(at, e.add(first, i)));
      for (unsigned lane = 0; lane < panel.width; lane += panel.lanes) {
        Value v = reader.load(reader.along(at, access.p, e.constant(lane)), access.p, panel.lanes, {});
        e.storeVector(v, panel.memref, e.add(to, lane));
      }
    });
  });
}

/// Runs of p one after the other, up to a vector at a time.
void packPieces(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0, Value p1, Value k0,
                Value k1, const Panel& panel) {
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
          e.storeVector(reader.load(at, access.p, panel.lanes, mask), panel.memref, e.add(to, lane), mask);
        });
      });
    });
  });
}

void packAlongP(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0, Value extent, Value k0,
                Value k1, const Panel& panel) {
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
      whole, [&] { packWhole(e, reader, access, reader.moved(start, access.p, first), k0, k1, panel); },
      [&] { packPieces(e, reader, access, start, p0, p1, k0, k1, panel); });
}

/// The source index of each lane of the panel, [dim][lane] of index; beyond the extent that of the last.
void tabulate(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0, Value extent,
              const Panel& panel, Value table) {
  Value last = e.add(extent, -1);
  unsigned lanes = vectorsOf(panel) * panel.lanes;
  e.loop(e.constant(0), e.constant(lanes), 1, [&](Value lane) {
    SmallVector<Value> numbers = reader.numbers(access.p, e.min(e.add(p0, lane), last));
    for (auto [d, v] : llvm::enumerate(reader.moved(start, access.p, numbers)))
      e.store(v, table, e.add(lane, d * lanes));
  });
}

void packAlongK(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0, Value extent, Value k0,
                Value k1, const Panel& panel, Value scratch) {
  const unsigned lanes = panel.lanes, tableLanes = vectorsOf(panel) * lanes;
  Value table = e.view(scratch, e.constant(0), e.b.getIndexType());
  Value block = e.view(scratch, e.constant(tableLanes * access.dims.size() * 8), elementOf(panel));
  tabulate(e, reader, access, start, p0, extent, panel, table);
  Value rowStep = e.mul(reader.rowStep(), panel.width);
  const bool direct = reader.direct() && elementOf(panel).getIntOrFloatBitWidth() >= 32;
  const unsigned rows = std::min(panel.width, lanes);
  auto blockAt = [&](Value first, Value c, Value kLength, ArrayRef<Value> kNumbers, Value k) {
    Value count = e.min(e.sub(kLength, c), e.constant(lanes)), whole = e.less(e.constant(lanes - 1), count);
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
    // Whole blocks of plain memory are read where they are, others through scratch.
    Value from = block;
    SmallVector<Value> rowPlaces;
    if (direct) {
      e.when(whole, [] {}, copyRows);
      from = e.select(whole, reader.memory(), block);
    } else {
      copyRows();
    }
    for (unsigned row = 0; row < lanes; ++row) {
      Value inBlock = e.constant(row * lanes);
      rowPlaces.push_back(direct ? e.select(whole, indexOf(e.constant(std::min(row, rows - 1)))[0], inBlock) : inBlock);
    }
    Value at = e.add(rowOf(e, panel, reader.row(indexOf(e.constant(0)), e.add(k, c))), first);
    if (elementOf(panel).getIntOrFloatBitWidth() < 32) {
      e.loop(e.constant(0), count, 1, [&](Value j) {
        e.loop(e.constant(0), e.min(e.sub(e.constant(panel.width), first), e.constant(lanes)), 1, [&](Value row) {
          Value value = e.load(block, e.add(e.mul(row, lanes), j));
          e.store(value, panel.memref, e.add(at, e.add(e.mul(rowStep, j), row)));
        });
      });
      return;
    }
    SmallVector<Value> columns = transposed(e, from, rowPlaces, lanes);
    // The last block of a row that is no whole number of vectors must leave the next row alone.
    Value lanesOfRow;
    if (panel.width % lanes) lanesOfRow = e.firstLanes(e.sub(e.constant(panel.width), first), lanes);
    e.when(
        whole,
        [&] {
          for (unsigned j = 0; j < lanes; ++j)
            e.storeVector(columns[j], panel.memref, e.add(at, e.mul(rowStep, j)), lanesOfRow);
        },
        [&] {
          for (unsigned j = 0; j < lanes; ++j) e.storeVector(columns[j], block, e.constant(j * lanes));
          e.loop(e.constant(0), count, 1, [&](Value j) {
            Value column = e.loadVector(block, e.mul(j, lanes), lanes);
            e.storeVector(column, panel.memref, e.add(at, e.mul(rowStep, j)), lanesOfRow);
          });
        });
  };
  // One block of lanes to its end before the next: few streams of memory at a time.
  e.loop(e.constant(0), e.min(e.constant(tableLanes), e.sub(extent, p0)), lanes, [&](Value first) {
    reader.runs(access.k, k0, k1, [&](ArrayRef<Value> kNumbers, Value k, Value kLength) {
      e.loop(e.constant(0), kLength, lanes, [&](Value c) { blockAt(first, c, kLength, kNumbers, e.sub(k, k0)); });
    });
  });
}

Value concatenated(Emit& e, ArrayRef<Value> parts) {
  SmallVector<Value> level(parts);
  while (level.size() > 1) {
    SmallVector<Value> next;
    for (size_t i = 0; i < level.size(); i += 2) {
      SmallVector<int64_t> order(2 * cast<VectorType>(level[i].getType()).getNumElements());
      for (size_t j = 0; j < order.size(); ++j) order[j] = j;
      next.push_back(e.b.create<vector::ShuffleOp>(e.loc, level[i], level[i + 1], order));
    }
    level = next;
  }
  return level.front();
}

/// Lanes of each group of `group`: evens (odd = 0) or odds of x and y in pairs of `width` lanes.
Value interleaved(Emit& e, Value x, Value y, unsigned lanes, unsigned group, unsigned width, unsigned high) {
  SmallVector<int64_t> order;
  for (unsigned g = 0; g < lanes; g += group)
    for (unsigned i = 0; i < group / (2 * width); ++i)
      for (unsigned from : {0u, lanes})
        for (unsigned w = 0; w < width; ++w) order.push_back(from + g + high * group / 2 + i * width + w);
  return e.b.create<vector::ShuffleOp>(e.loc, x, y, order);
}
}  // namespace

SmallVector<Value> transposed(Emit& e, Value memref, ArrayRef<Value> rowPlaces, unsigned lanes) {
  Type element = cast<MemRefType>(memref.getType()).getElementType();
  const unsigned group = 128 / element.getIntOrFloatBitWidth();  // elements of 128 bits: shuffles within are cheap
  SmallVector<Value> columns;
  for (unsigned j = 0; j < lanes; j += group) {
    // rows[q]: 128 bits (columns j...) of rows q, q + group, ...; a group x group transpose within each 128 bits is left.
    SmallVector<Value> rows;
    for (unsigned q = 0; q < group; ++q) {
      SmallVector<Value> parts;
      for (unsigned row = q; row < lanes; row += group)
        parts.push_back(e.loadVector(memref, e.add(rowPlaces[row], j), group));
      rows.push_back(concatenated(e, parts));
    }
    if (group == 2) {
      for (unsigned high : {0u, 1u}) columns.push_back(interleaved(e, rows[0], rows[1], lanes, 2, 1, high));
      continue;
    }
    SmallVector<Value> pairs;
    for (unsigned q : {0u, 2u})
      for (unsigned high : {0u, 1u}) pairs.push_back(interleaved(e, rows[q], rows[q + 1], lanes, 4, 1, high));
    for (unsigned pair : {0u, 1u})
      for (unsigned high : {0u, 1u}) columns.push_back(interleaved(e, pairs[pair], pairs[pair + 2], lanes, 4, 2, high));
  }
  return columns;
}

int64_t packScratchBytes(const Access& access, unsigned width, unsigned lanes, unsigned elementBytes) {
  if (access.direction == Access::alongP) return 0;
  return (width + lanes - 1) / lanes * lanes * access.dims.size() * 8 + lanes * lanes * elementBytes;
}

void packPanel(Emit& e, Reader& reader, const Access& access, const Reader::Index& start, Value p0, Value extent, Value k0,
               Value k1, const Panel& panel, Value scratch) {
  if (access.direction == Access::alongK) packAlongK(e, reader, access, start, p0, extent, k0, k1, panel, scratch);
  else packAlongP(e, reader, access, start, p0, extent, k0, k1, panel);
}
}  // namespace mlir::weft::contraction
