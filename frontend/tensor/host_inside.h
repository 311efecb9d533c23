/// Integer tensors whose values the host must see: indices that are checked, masks that say how
/// many.
#pragma once
#include "frontend/tensor/compute_inside.h"

namespace torch {
/// The elements as int64, row by row. Evaluates; `why` goes into the ledger.
std::vector<int64_t> host_integers(const Tensor& t, const char* why, Location where);
/// Where the index's values are known or fold, that they are in [-size, size) (or [0, size)); an
/// IndexError otherwise.
void check_known_indices(const Value& index, int64_t size, int64_t dim, bool negative,
                         const How& how);
/// Negative ones counted from the end.
Value wrapped_indices(const Value& index, int64_t size, const How& how);
/// A vector of longs.
Value host_vector(const std::vector<int64_t>& values, record::Home home);
/// Flat positions of what is not zero, ascending: a vector of longs where the tensor is. Evaluates, for
/// how many there are; a GPU sorts them itself.
Tensor nonzero_positions(const Tensor& t, const char* why, const How& how);
/// The same as indices, a vector a dim.
std::vector<Tensor> nonzero_indices(const Tensor& t, const char* why, const How& how);
}  // namespace torch
