/// Memory whose address the program has. *Pinned*: the address stays, and later in-place results
/// land there. *Writable*: the program may write at any moment, so the memory is the truth and
/// every read that is recorded takes a copy, then and there, of the bytes that the view addresses.
/// A pinned tensor that was given out for reading alone is mirrored: its Value stays the truth.
#pragma once
#include "frontend/record/tensor_impl.h"

namespace torch {
namespace record {

/// The address of the tensor's first element; pins its storage. Null for empty tensors.
void* expose(const Tensor& t, bool writable, Location where);
/// A new storage on the program's memory.
Tensor expose_foreign(const Type& type, Span<int64_t> strides, runtime::BufferRef memory,
                      Location where);
/// A read of a tensor whose storage is writable by the program.
Value read_exposed(const TensorImpl& t, Location where);
/// Writes to a tensor of an exposed storage and true; false when it is not exposed.
bool write_exposed(const Tensor& t, const Value& value, const How& how);
/// Copies elements of dense row-major `from` to places of a strided layout in `to`, or back.
void scatter_bytes(void* to, const void* from, Span<int64_t> sizes, Span<int64_t> strides,
                   size_t element);
void gather_bytes(void* to, const void* from, Span<int64_t> sizes, Span<int64_t> strides,
                  size_t element);
}  // namespace record
}  // namespace torch
