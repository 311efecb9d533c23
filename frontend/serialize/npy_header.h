/// The header of a .npy file: a Python literal, {'descr': '<f4', 'fortran_order': False, 'shape':
/// (3, 4), }.
#pragma once
#include <string>

#include "ir/op/type.h"

namespace torch {
namespace serialize {

struct NpyHeader {
  op::Type type;
  bool fortran_order = false;
  bool swapped = false;  // big-endian
};

/// Throws NpyError without the file's name; the caller adds it.
NpyHeader parse_npy_header(const std::string& text);
/// The literal without padding.
std::string write_npy_header(const op::Type& type);
}  // namespace serialize
}  // namespace torch
