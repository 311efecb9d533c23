// Sums of cotangents, and the special case of many slices of one tensor.
#include "ir/interface/symbol.h"
#include "ir/tensor/constants.h"
#include "ir/tensor/ops.h"
#include "ir/tensor/differentiate.h"

namespace mlir::weft {
namespace {
// Up to so many inserts into zeros, adding whole tensors is one map over guarded reads; beyond, it
// costs a multiple.
constexpr size_t kFewInserts = 4;

// An insert into zeros; starts where they are constants.
struct Piece {
  InsertOp op;
  SmallVector<std::optional<int64_t>> starts;

  ArrayRef<int64_t> sizes() { return op.getUpdate().getType().getShape(); }
};

std::optional<Piece> asPiece(Value value) {
  auto op = value.getDefiningOp<InsertOp>();
  if (!op || !isZero(op.getX())) return std::nullopt;
  Piece piece{op, {}};
  for (Value start : op.getStarts()) piece.starts.push_back(integerConstant(start));
  return piece;
}

// The one dim along which these pieces tile the tensor, if there is one; sorts them along it.
std::optional<int64_t> tiledDim(MutableArrayRef<Piece> pieces, ArrayRef<int64_t> whole) {
  std::optional<int64_t> dim;
  for (Piece &piece : pieces)
    for (auto [d, size] : llvm::enumerate(piece.sizes())) {
      if (size == whole[d] && !(dim && *dim == static_cast<int64_t>(d))) continue;
      if (!piece.starts[d] || piece.op.getSteps()[d] != 1 ||
          (dim && *dim != static_cast<int64_t>(d)))
        return std::nullopt;
      dim = d;
    }
  if (!dim) return std::nullopt;
  int64_t end = 0;
  llvm::sort(pieces,
             [&](const Piece& a, const Piece& b) { return a.starts[*dim] < b.starts[*dim]; });
  for (Piece &piece : pieces) {
    const int64_t start = *piece.starts[*dim];
    if (start < end) return std::nullopt;
    end = start + piece.sizes()[*dim];
  }
  return dim;
}

// Pieces that lie side by side, with zeros in the gaps.
Symbol sideBySide(const Symbol& place, ArrayRef<Piece> sorted, ArrayRef<int64_t> whole,
                  int64_t dim) {
  SmallVector<Symbol> parts;
  int64_t end = 0;
  const auto fill = [&](int64_t to) {
    SmallVector<int64_t> sizes(whole);
    sizes[dim] = to - end;
    if (to > end) parts.push_back(place.literal(0.0, sizes));
  };
  for (Piece piece : sorted) {
    const int64_t start = *piece.starts[dim];
    fill(start);
    parts.push_back(place.at(piece.op.getUpdate()));
    end = start + piece.sizes()[dim];
  }
  fill(whole[dim]);
  return concat(parts, dim);
}
}  // namespace

Value sumCotangents(OpBuilder &builder, Value of, ArrayRef<Value> cotangents) {
  if (cotangents.size() == 1) return cotangents[0];
  const Symbol place(builder, gradLoc(of.getLoc()), of);
  Symbol total;
  const auto add = [&](const Symbol &part) { total = total ? total + part : part; };
  SmallVector<Piece> pieces;
  for (Value cotangent : cotangents) {
    if (auto piece = asPiece(cotangent))
      pieces.push_back(std::move(*piece));
    else
      add(place.at(cotangent));
  }
  if (pieces.size() > 1) {
    SmallVector<Piece> sorted(pieces);
    if (auto dim = tiledDim(sorted, place.sizes())) {
      add(sideBySide(place, sorted, place.sizes(), *dim));
      return total;
    }
  }
  for (Piece &piece : pieces) {
    if (!total || pieces.size() <= kFewInserts) {
      add(place.at(piece.op.getY()));
      continue;
    }
    const Symbol update = place.at(piece.op.getUpdate());
    const Symbol sum =
        slice(total, piece.op.getStarts(), update.sizes(), piece.op.getSteps()) + update;
    total = insert(total, sum, piece.op.getStarts(), piece.op.getSteps());
  }
  return total;
}

}  // namespace mlir::weft
