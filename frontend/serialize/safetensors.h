/// Files of the safetensors format: a header in JSON that says where each tensor lies, and the bytes.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "frontend/nn/ordered_dict.h"
#include "frontend/tensor/tensor.h"

namespace torch {

/// Tensors and texts by name.
struct Safetensors {
  OrderedDict<std::string, Tensor> tensors{"Tensor"};
  std::vector<std::pair<std::string, std::string>> metadata;
};
/// Reads a file. What its header says is checked against the file's size, for gaps and overlaps,
/// before anything is allocated; a damaged file is a c10::Error.
Safetensors load_safetensors(const std::string& filename, WEFT_WHERE);
/// Writes a file, whole or not at all.
void save_safetensors(
    const OrderedDict<std::string, Tensor>& tensors, const std::string& filename,
    const std::vector<std::pair<std::string, std::string>>& metadata = {}, WEFT_WHERE);
}  // namespace torch
