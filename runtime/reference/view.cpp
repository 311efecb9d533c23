// Elements move about, nothing is computed: strided copies.
#include "runtime/executable/executable.h"
#include "runtime/reference/call.h"
#include "runtime/reference/bad_value.h"
#include "runtime/reference/strided.h"

namespace torch {
namespace reference {
namespace {

size_t element_bytes(const Call& c) { return op::dtype_bytes(c.result_type().dtype); }

/// Copies a block of shape `dims` between two arrays.
void copy_block(const Call& c, op::Span<int64_t> dims, op::Span<int64_t> to_strides,
                int64_t to_offset, const void* from, op::Span<int64_t> from_strides,
                int64_t from_offset) {
  StridedLoop<2> loop;
  for (size_t i = 0; i < dims.size(); ++i) loop.add(dims[i], {to_strides[i], from_strides[i]});
  copy_strided(loop, c.results[0], to_offset, from, from_offset, element_bytes(c));
}

void copy_all(const Call& c, size_t operand) {
  const size_t bytes = c.result_type().bytes();
  if (bytes) std::memcpy(c.results[0], c.operands[operand], bytes);
}

/// Where the strided part of a `whole` tensor lies that slice and insert speak of; checks the
/// run-time starts.
struct Part {
  Dims strides;
  int64_t offset = 0;
  Part(const Call& c, size_t first_start, op::Span<int64_t> whole, op::Span<int64_t> sizes,
       op::Span<int64_t> steps) {
    strides = op::row_major_strides(whole);
    for (size_t i = 0; i < whole.size(); ++i) {
      const int64_t start = *c.in<int64_t>(first_start + i);
      // As an index into the starts that there are: compiled code reports it so, too.
      const int64_t starts = sizes[i] > 0 ? whole[i] - (sizes[i] - 1) * steps[i] : whole[i] + 1;
      if (start < 0 || start >= starts) throw_index_error(start, starts, static_cast<int64_t>(i));
      offset += start * strides[i];
      strides[i] *= steps[i];
    }
  }
};
}  // namespace

void reshape(const Call& c) { copy_all(c, 0); }
void detach(const Call& c) { copy_all(c, 0); }
void cached(const Call& c) { copy_all(c, 1); }

void permute(const Call& c) {
  const op::attrs::permute a(c.attrs);
  const Dims strides = op::row_major_strides(c.type(0).dims);
  Dims from;
  for (int64_t d : a.permutation) from.push_back(strides[static_cast<size_t>(d)]);
  const Dims& dims = c.result_type().dims;
  copy_block(c, dims, op::row_major_strides(dims), 0, c.operands[0], from, 0);
}

void expand(const Call& c) {
  const Dims& dims = c.result_type().dims;
  copy_block(c, dims, op::row_major_strides(dims), 0, c.operands[0],
             broadcast_strides(c.type(0).dims, dims), 0);
}

void flip(const Call& c) {
  const Dims& dims = c.result_type().dims;
  const Dims to = op::row_major_strides(dims);
  Dims from = to;
  int64_t offset = 0;
  for (int64_t d : op::attrs::flip(c.attrs).dims) {
    const size_t i = static_cast<size_t>(d);
    offset += (dims[i] - 1) * from[i];
    from[i] = -from[i];
  }
  copy_block(c, dims, to, 0, c.operands[0], from, offset);
}

void slice(const Call& c) {
  const op::attrs::slice a(c.attrs);
  const Part part(c, 1, c.type(0).dims, a.sizes, a.steps);
  copy_block(c, a.sizes, op::row_major_strides(a.sizes), 0, c.operands[0], part.strides,
             part.offset);
}

void insert(const Call& c) {
  const op::attrs::insert a(c.attrs);
  const Dims& sizes = c.type(1).dims;
  const Part part(c, 2, c.type(0).dims, sizes, a.steps);
  copy_all(c, 0);
  copy_block(c, sizes, part.strides, part.offset, c.operands[1], op::row_major_strides(sizes), 0);
}

void pad(const Call& c) {
  const op::attrs::pad a(c.attrs);
  const Dims &dims = c.result_type().dims, &inner = c.type(0).dims;
  const Dims strides = op::row_major_strides(dims), zeros(dims.size(), 0);
  copy_block(c, dims, strides, 0, c.operands[1], zeros, 0);
  Dims to = strides;
  int64_t offset = 0;
  for (size_t i = 0; i < dims.size(); ++i) {
    offset += a.low[i] * strides[i];
    to[i] *= a.interior[i] + 1;
  }
  copy_block(c, inner, to, offset, c.operands[0], op::row_major_strides(inner), 0);
}

void concat(const Call& c) {
  const size_t dim = static_cast<size_t>(op::attrs::concat(c.attrs).dim);
  const Dims strides = op::row_major_strides(c.result_type().dims);
  int64_t offset = 0;
  for (size_t i = 0; i < c.operand_types.size(); ++i) {
    const Dims& dims = c.type(i).dims;
    copy_block(c, dims, strides, offset, c.operands[i], op::row_major_strides(dims), 0);
    offset += dims[dim] * strides[dim];
  }
}
}  // namespace reference
}  // namespace torch
