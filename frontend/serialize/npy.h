/// NumPy's .npy files, one array each: versions 1.0 to 3.0, either byte order, C and Fortran order.
/// What is read is checked against the file's size before anything is allocated, so a damaged
/// header costs nothing but its message.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/op/type.h"
#include "runtime/device/buffer.h"

namespace torch {
namespace serialize {

/// "x.npy: ends after 20 bytes of data; float(3, 4) has 48".
struct NpyError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Array {
  op::Type type;
  runtime::BufferRef buffer;  // row-major
};

/// The array of a regular file. Throws NpyError for a file that is none or holds an element type
/// that `Type` has not, runtime::OutOfMemory.
Array load_npy(const std::string& path);

/// Writes, whole or not at all, row-major `data`, in version 1.0 where that can hold the header. Throws NpyError.
void save_npy(const std::string& path, const op::Type& type, const void* data);

/// NumPy's .npz files: archives of arrays by name, compressed or not.
struct NamedArray {
  std::string name;
  Array array;
};
std::vector<NamedArray> load_npz(const std::string& path);
/// Without compression; whole or not at all.
void save_npz(const std::string& path, const std::vector<NamedArray>& arrays);
}  // namespace serialize
}  // namespace torch
